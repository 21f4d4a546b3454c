// SPDX-License-Identifier: GPL-3.0-or-later
// The way between two faces, on tiny networks and data.
#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <span>

#include "core/base/codes.h"
#include "core/session/recaller.h"
#include "core/tasks/frozen_net.h"
#include "observed_session.h"
#include "tests/support/tiny_faces.h"

namespace lmser::test {
namespace {

constexpr ImageShape kDigit{1, 28, 28};
constexpr ImageShape kColour{3, 16, 16};
constexpr float kTolerance = 1e-5F;  // several pictures at once are summed in another order

Recaller::Scene face_scene() {
    return {3, testing::tiny_memory(), nullptr, nullptr, false};
}

/// Pictures that differ by `period`.
Images ramp(const ImageShape& shape, std::size_t period = 17) {
    Images picture{shape, std::vector<float>(shape.pixels())};
    for (std::size_t i = 0; i < picture.values.size(); ++i) {
        picture.values[i] = static_cast<float>(i % period) / static_cast<float>(period);
    }
    return picture;
}

void expect_near(std::span<const float> picture, const Images& wanted) {
    ASSERT_EQ(picture.size(), wanted.values.size());
    for (std::size_t i = 0; i < picture.size(); ++i) {
        ASSERT_NEAR(picture[i], wanted.values[i], kTolerance) << i;
    }
}

using Morphing = SessionTest;

TEST_F(Morphing, BeginsAndEndsWithTheFacesAsTheNetworkReconstructsThem) {
    Recaller recaller;
    const Recaller::Scene scene = face_scene();
    const Images from = ramp(kColour);
    const Images to = ramp(kColour, 5);
    const auto morphed = recaller.morph({7, from, to, 6}, scene);
    ASSERT_TRUE(morphed);
    EXPECT_EQ(morphed->id, 7U);
    EXPECT_EQ(morphed->run, 3U);
    ASSERT_EQ(morphed->pictures.count(), 6U);
    expect_near(morphed->pictures.at(0), scene.net->reconstruct(from));
    expect_near(morphed->pictures.at(5), scene.net->reconstruct(to));
    EXPECT_NE(scene.net->reconstruct(from), scene.net->reconstruct(to));
}

TEST_F(Morphing, GoesInEqualStepsFromOneCodeToTheOther) {
    Recaller recaller;
    const Recaller::Scene scene = face_scene();
    const Images from = ramp(kColour);
    const Images to = ramp(kColour, 5);
    const auto morphed = recaller.morph({1, from, to, 5}, scene);
    ASSERT_TRUE(morphed);
    EXPECT_EQ(morphed->from_code, scene.net->encode(from));
    EXPECT_EQ(morphed->to_code, scene.net->encode(to));
    for (std::size_t i = 0; i < 5; ++i) {
        const float part = static_cast<float>(i) / 4;
        const auto code = morph_code(morphed->from_code, morphed->to_code, part);
        expect_near(morphed->pictures.at(i), scene.net->decode(code));
    }
}

TEST_F(Morphing, NeedsNoStatisticsAndLeavesTheSlidersTheirFace) {
    Recaller recaller;
    Recaller::Scene scene = face_scene();
    auto statistics = std::make_shared<CodeStatistics>();
    statistics->mean = std::vector<float>(5);
    statistics->axes = {{1, 0, 0, 0, 0}};
    statistics->axis_std = {1};
    scene.statistics = statistics;
    const Images face = ramp(kColour);
    const auto before = recaller.move({1, face, {.5F}}, scene);
    ASSERT_TRUE(recaller.morph({2, face, ramp(kColour, 5), 3}, scene));
    const auto after = recaller.move({3, face, {.5F}}, scene);
    ASSERT_TRUE(before && after);
    EXPECT_EQ(after->picture, before->picture);
}

TEST_F(Morphing, AnswersTheNewestOfManyRequestsThroughTheSession) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    constexpr std::uint64_t kLast = 100;
    for (std::uint64_t id = 1; id <= kLast; ++id) {
        session.post(MorphFaces{id, ramp(kDigit), ramp(kDigit, 5), 9});
    }
    ASSERT_TRUE(session.until(
        [&] { return !session.morphed.empty() && session.morphed.back().id == kLast; }));
    EXPECT_EQ(session.morphed.back().pictures.count(), 9U);
    EXPECT_TRUE(session.replies<Failed>().empty());
}

TEST_F(Morphing, TellsOfWhichRunItIsAndForgetsWhatWasAskedAboutTheRunBefore) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    const auto ask = [&session](std::uint64_t id) {
        session.post(MorphFaces{id, ramp(kDigit), ramp(kDigit, 5), 3});
    };
    ask(1);
    ASSERT_TRUE(session.until([&] { return !session.morphed.empty(); }));
    EXPECT_EQ(session.morphed.back().run, session.replies<RunOpened>().back().run);
    ASSERT_TRUE(session.opens(tiny_experiment()));
    ask(2);
    ASSERT_TRUE(session.until([&] { return session.morphed.back().id == 2; }));
    EXPECT_EQ(session.morphed.back().run, session.replies<RunOpened>().back().run);
    EXPECT_NE(session.morphed.back().run, session.morphed.front().run);
}

TEST_F(Morphing, ItsCodesAreWhatAnExportTakes) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(MorphFaces{1, ramp(kDigit), ramp(kDigit, 5), 3});
    ASSERT_TRUE(session.until([&] { return !session.morphed.empty(); }));
    ExportMorph asked;
    asked.path = path("faces.gif");
    asked.from = session.morphed.back().from_code;
    asked.to = session.morphed.back().to_code;
    asked.frames = 4;
    session.next<Exported>(asked);
    std::string head(6, ' ');
    std::ifstream(path("faces.gif"), std::ios::binary).read(head.data(), 6);
    EXPECT_EQ(head, "GIF89a");
}

TEST_F(Morphing, RefusesWhatDoesNotFitTheNetwork) {
    ObservedSession session(options());
    const Images digit = ramp(kDigit);
    EXPECT_EQ(session.next<Failed>(MorphFaces{1, digit, digit, 9}).error.code, ErrorCode::usage);
    ASSERT_TRUE(session.opens(tiny_experiment()));
    Images loud = digit;
    loud.values[3] = std::numeric_limits<float>::quiet_NaN();
    for (const Command& command :
         {Command(MorphFaces{1, ramp(kColour), digit, 9}), Command(MorphFaces{1, digit, loud, 9}),
          Command(MorphFaces{1, digit, {}, 9}), Command(MorphFaces{1, digit, digit, 1}),
          Command(MorphFaces{1, digit, digit, kMostMorphedFaces + 1})}) {
        EXPECT_EQ(session.next<Failed>(command).error.code, ErrorCode::usage);
    }
    EXPECT_TRUE(session.morphed.empty());
}

}  // namespace
}  // namespace lmser::test
