// SPDX-License-Identifier: GPL-3.0-or-later
// Codes, pictures and sweeps through a session, on a tiny dataset.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <thread>

#include "observed_session.h"

namespace lmser::test {
namespace {

const std::vector<float> kCode = {1, -1, .5F, 2};

class Exploring : public SessionTest {};

TEST_F(Exploring, WorksOnFreshWeights) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(Decode{5, kCode});
    ASSERT_TRUE(session.until([&] { return !session.decoded.empty(); }));
    EXPECT_EQ(session.decoded.back().id, 5U);
    EXPECT_EQ(session.decoded.back().code, kCode);
    EXPECT_EQ(session.decoded.back().picture.values.size(), 784U);
}

TEST_F(Exploring, AnswersTheNewestOfManyRequests) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    constexpr std::uint64_t kLast = 500;
    for (std::uint64_t id = 1; id <= kLast; ++id) {
        session.post(Decode{id, {static_cast<float>(id), 0, 0, 0}});
    }
    ASSERT_TRUE(session.until(
        [&] { return !session.decoded.empty() && session.decoded.back().id == kLast; }));
    EXPECT_EQ(session.decoded.back().code[0], static_cast<float>(kLast));
    EXPECT_TRUE(session.replies<Failed>().empty());
}

TEST_F(Exploring, MeasuresTheDistributionOfEveryUnit) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    ASSERT_TRUE(session.until([&] {
        return !session.explorations.empty() && session.explorations.back().units.size() == 4;
    }));
    const Exploration& seen = session.explorations.back();
    EXPECT_TRUE(seen.live);
    EXPECT_TRUE(seen.shared_neurons);
    EXPECT_EQ(seen.iteration, 0);
    EXPECT_LE(seen.units[0].minimum, seen.units[0].percentile_1);
    EXPECT_LT(seen.units[0].percentile_1, seen.units[0].percentile_99);
}

TEST_F(Exploring, ShowsOneTestPictureOfEveryClass) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    ASSERT_TRUE(session.until([&] { return session.snapshot.reconstructions != nullptr; }));
    EXPECT_EQ(session.snapshot.originals->count(), 10U);
    EXPECT_EQ(session.snapshot.reconstructions->count(), 10U);
}

TEST_F(Exploring, EncodesATestPictureAndSweepsAUnitFromIt) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    const auto encoded = session.next<Encoded>(EncodeTestImage{3, 7});
    EXPECT_EQ(encoded.id, 3U);
    EXPECT_EQ(encoded.label, 7);
    ASSERT_EQ(encoded.code.size(), 4U);
    EXPECT_EQ(encoded.reconstruction.count(), 1U);

    session.post(Sweep{4, encoded.code, 2, -1, 1, 5, true});
    ASSERT_TRUE(session.until([&] { return !session.swept.empty(); }));
    const SweptPictures& swept = session.swept.back();
    EXPECT_EQ(swept.id, 4U);
    EXPECT_EQ(swept.values, (std::vector<float>{-1, -.5F, 0, .5F, 1}));
    EXPECT_EQ(swept.pictures.count(), 5U);
}

TEST_F(Exploring, FeedsShortcutsFromTheStartPicture) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    const auto encoded = session.next<Encoded>(EncodeTestImage{1, 7});
    const auto picture = [&](std::uint64_t id, bool shortcuts) {
        session.post(Decode{id, encoded.code, shortcuts});
        EXPECT_TRUE(session.until(
            [&] { return !session.decoded.empty() && session.decoded.back().id == id; }));
        return session.decoded.back().picture;
    };
    EXPECT_EQ(picture(2, true), encoded.reconstruction);
    EXPECT_NE(picture(3, false), encoded.reconstruction);
}

TEST_F(Exploring, FollowsTheLiveWeightsWhileTraining) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(endless_experiment()));
    session.post(Decode{9, kCode});
    session.post(Start{});
    // Without another request the picture of the code comes again as the weights move.
    ASSERT_TRUE(
        session.until([&] { return !session.decoded.empty() && session.decoded.back().id == 0; }));
    EXPECT_EQ(session.decoded.back().code, kCode);
    session.post(Decode{10, kCode});
    ASSERT_TRUE(session.until([&] {
        return std::any_of(session.decoded.begin(), session.decoded.end(),
                           [](const DecodedPicture& one) { return one.id == 10; });
    }));
    EXPECT_EQ(session.snapshot.state, RunState::training);
}

TEST_F(Exploring, KeepsASnapshotThatTrainingDoesNotMove) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(endless_experiment()));
    session.post(FollowLive{false});
    session.post(Decode{1, kCode});
    ASSERT_TRUE(session.until([&] { return !session.decoded.empty(); }));
    const Images before = session.decoded.back().picture;
    session.post(Start{});
    ASSERT_TRUE(session.until([&] { return session.snapshot.pictures_iteration > 20; }));
    session.post(Decode{2, kCode});
    ASSERT_TRUE(session.until([&] { return session.decoded.back().id == 2; }));
    EXPECT_EQ(session.decoded.back().picture, before);
    EXPECT_FALSE(session.explorations.back().live);
    EXPECT_EQ(session.explorations.back().iteration, 0);

    session.post(FollowLive{true});
    ASSERT_TRUE(session.until([&] { return session.explorations.back().iteration > 0; }));
    EXPECT_TRUE(session.explorations.back().live);
}

TEST_F(Exploring, RefusesWhatDoesNotFitTheNetwork) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
    const Images small{{1, 2, 2}, {0, 0, 0, 0}};
    const Images empty{{1, 28, 28}, {}};
    const Images loud{{1, 28, 28}, std::vector<float>(784, 7)};
    for (const Command& command :
         {Command(Decode{1, {1, 2}}), Command(Decode{1, {kNan, 0, 0, 0}}),
          Command(Decode{1, kCode, true}), Command(EncodeTestImage{1, kTestPictures}),
          Command(EncodePicture{1, small}), Command(EncodePicture{1, empty}),
          Command(EncodePicture{1, loud}), Command(Sweep{1, kCode, 4, 0, 1, 5}),
          Command(Sweep{1, kCode, 0, 0, kNan, 5}), Command(Sweep{1, kCode, 0, 0, 1, 0}),
          Command(Sweep{1, kCode, 0, 0, 1, 1'000'000'000})}) {
        const Failed failed = session.next<Failed>(command);
        EXPECT_EQ(failed.error.code, ErrorCode::usage);
        EXPECT_FALSE(failed.error.message.empty());
    }
    EXPECT_TRUE(session.decoded.empty());
    session.post(Decode{2, kCode});
    ASSERT_TRUE(session.until([&] { return !session.decoded.empty(); }));
}

TEST_F(Exploring, RefusesToDecodeWithoutANetwork) {
    ObservedSession session(options());
    EXPECT_EQ(session.next<Failed>(Decode{1, kCode}).error.code, ErrorCode::usage);
    EXPECT_EQ(session.next<Failed>(EncodeTestImage{1, 0}).error.code, ErrorCode::usage);
}

}  // namespace
}  // namespace lmser::test
