// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures with holes through a session, on tiny networks and data.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <limits>

#include "core/base/fit_picture.h"
#include "core/base/mask.h"
#include "core/data/dataset.h"
#include "core/files/mask_file.h"
#include "core/files/picture_file.h"
#include "core/session/photo_taker.h"
#include "core/session/recaller.h"
#include "core/tasks/frozen_net.h"
#include "core/tasks/recall.h"
#include "observed_session.h"
#include "tests/support/tiny_faces.h"

namespace lmser::test {
namespace {

constexpr ImageShape kDigit{1, 28, 28};

/// An associative memory of tiny digits.
Experiment recalling_experiment() {
    Experiment experiment = tiny_experiment();
    experiment.network.centred = true;
    experiment.network.mask_channel = true;
    experiment.network.wiring.shared_neurons = false;
    experiment.training.random_masks = true;
    return experiment;
}

/// A little memory of colour pictures, with statistics of its codes that are made up.
Recaller::Scene face_scene() {
    auto statistics = std::make_shared<CodeStatistics>();
    statistics->mean = {0, 1, 0, 0, 0};
    statistics->axes = {{1, 0, 0, 0, 0}, {0, 0, 1, 0, 0}};
    statistics->axis_std = {2, .5F};
    return {3, testing::tiny_memory(), nullptr, std::move(statistics), false};
}

Images ramp(const ImageShape& shape) {
    Images picture{shape, std::vector<float>(shape.pixels())};
    for (std::size_t i = 0; i < picture.values.size(); ++i) {
        picture.values[i] = static_cast<float>(i % 17) / 16;
    }
    return picture;
}

Mask middle_hidden(int height, int width) {
    Mask mask = nothing_hidden(height, width);
    fill_rectangle(mask, {width * .25, height * .25}, {width * .75, height * .75},
                   MaskChange::hide);
    return mask;
}

class Recalling : public SessionTest {
protected:
    /// The answer to a request that is not dropped.
    template <class Answer>
    static Answer wait_for(ObservedSession& session, const std::vector<Answer>& answers,
                           const Command& command, std::uint64_t id) {
        session.post(command);
        const auto there = [&] { return !answers.empty() && answers.back().id == id; };
        if (!session.until(there)) {
            throw std::runtime_error("no answer came");
        }
        return answers.back();
    }
};

TEST_F(Recalling, AnswersWithWhatTheNetworkRecalls) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(recalling_experiment()));
    const auto taken = session.next<TakenPicture>(TakeTestPicture{1, 7});
    EXPECT_EQ(taken.id, 1U);
    EXPECT_EQ(taken.origin, "MNIST test 7");
    EXPECT_EQ(taken.photo, nullptr);
    const Mask hidden = middle_hidden(28, 28);
    const auto answer =
        wait_for(session, session.recalled, RecallPicture{2, taken.picture, hidden, {}, false}, 2);
    EXPECT_EQ(answer.run, taken.run);
    EXPECT_EQ(answer.hidden, 14U * 14);
    ASSERT_EQ(answer.composed.values.size(), 784U);
    for (std::size_t i = 0; i < 784; ++i) {
        if (hidden.hidden[i] == 0) {
            EXPECT_EQ(answer.composed.values[i], taken.picture.values[i]);
        }
    }
    ASSERT_TRUE(answer.network);
    EXPECT_GT(answer.network->error, 0);
    EXPECT_FALSE(answer.classical);
    EXPECT_FALSE(answer.mean_membrane);
}

TEST_F(Recalling, ComparesWithWhatNeedsNoNetworkWhereAStrokeHasEnded) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(recalling_experiment()));
    const auto taken = session.next<TakenPicture>(TakeTestPicture{1, 3});
    RecallPicture asked{2, taken.picture, middle_hidden(28, 28), {}, true};
    const auto part = wait_for(session, session.recalled, asked, 2);
    ASSERT_TRUE(part.classical && part.mean_membrane);
    EXPECT_GT(part.classical->psnr, 0);
    // Where everything is hidden there is nothing to go on from; where nothing is, nothing to measure.
    asked = {3, taken.picture, inverted(nothing_hidden(28, 28)), {}, true};
    const auto all = wait_for(session, session.recalled, asked, 3);
    EXPECT_TRUE(all.network);
    EXPECT_FALSE(all.classical);
    asked = {4, taken.picture, nothing_hidden(28, 28), {}, true};
    const auto none = wait_for(session, session.recalled, asked, 4);
    EXPECT_FALSE(none.network);
    EXPECT_EQ(none.composed, taken.picture);
}

TEST_F(Recalling, AnswersTheNewestOfManyRequests) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(recalling_experiment()));
    constexpr std::uint64_t kLast = 300;
    for (std::uint64_t id = 1; id <= kLast; ++id) {
        session.post(RecallPicture{id, ramp(kDigit), middle_hidden(28, 28), {}, false});
    }
    ASSERT_TRUE(session.until(
        [&] { return !session.recalled.empty() && session.recalled.back().id == kLast; }));
    EXPECT_TRUE(session.replies<Failed>().empty());
}

TEST_F(Recalling, TrailsAreWhatOneRecallOfManyRoundsGives) {
    Recaller::Scene scene = face_scene();
    const Images picture = ramp({3, 16, 16});
    const Mask hidden = middle_hidden(16, 16);
    RecallOptions options;
    options.rounds = 4;
    const Recalled whole = recall(*scene.net, picture, hidden.hidden, options);
    Recaller recaller;
    ASSERT_TRUE(recaller.begin({5, picture, hidden, options}, scene));
    std::optional<RecalledTrail> trail;
    while (recaller.trailing()) {
        ASSERT_FALSE(trail);
        trail = recaller.part();
    }
    ASSERT_TRUE(trail);
    EXPECT_EQ(trail->id, 5U);
    ASSERT_EQ(trail->rounds.count(), 4U);
    ASSERT_EQ(trail->scores.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
        const auto round = trail->rounds.at(i);
        EXPECT_TRUE(std::equal(round.begin(), round.end(), whole.trail[i].values.begin())) << i;
        EXPECT_NEAR(trail->change[i], whole.change[i], 1e-9);
    }
}

TEST_F(Recalling, TrailsComeThroughTheSession) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(recalling_experiment()));
    RecallOptions rounds;
    rounds.rounds = 6;
    const auto trail = wait_for(session, session.trails,
                                TrailPicture{9, ramp(kDigit), middle_hidden(28, 28), rounds}, 9);
    EXPECT_EQ(trail.rounds.count(), 6U);
    EXPECT_EQ(trail.change.size(), 6U);
}

TEST_F(Recalling, DrawsSamplesForNetworksOfDigits) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(recalling_experiment()));
    const auto samples = session.next<Samples>(ShowSamples{4});
    EXPECT_EQ(samples.id, 4U);
    EXPECT_EQ(samples.pictures.count(), kSamples);
    EXPECT_EQ(samples.origin, "drawn by the program");
    const auto one = session.next<TakenPicture>(TakeSample{5, 11});
    const auto last = samples.pictures.at(11);
    EXPECT_TRUE(std::equal(last.begin(), last.end(), one.picture.values.begin()));
    EXPECT_EQ(session.next<Failed>(TakeSample{6, kSamples}).error.code, ErrorCode::usage);
}

TEST_F(Recalling, LetsANetworkMakeSamplesAlongItsAxes) {
    Recaller recaller;
    Recaller::Scene scene = face_scene();
    const auto samples = recaller.samples({1}, scene);
    ASSERT_TRUE(samples);
    EXPECT_EQ(samples->pictures.count(), kSamples);
    EXPECT_EQ(samples->origin, "made by the model itself");
    const auto first = samples->pictures.at(0);
    const auto second = samples->pictures.at(1);
    EXPECT_FALSE(std::equal(first.begin(), first.end(), second.begin()));
    Recaller another;
    EXPECT_EQ(another.samples({1}, scene)->pictures, samples->pictures);
}

TEST_F(Recalling, SaysWhyThereAreNoSamples) {
    Recaller recaller;
    Recaller::Scene scene = face_scene();
    scene.statistics.reset();
    const auto samples = recaller.samples({1}, scene);
    ASSERT_TRUE(samples);
    EXPECT_EQ(samples->pictures.count(), 0U);
    EXPECT_NE(samples->note.find("statistics"), std::string::npos);
    scene.dataset = std::make_shared<const Dataset>();
    EXPECT_NE(recaller.samples({1}, scene)->note.find("after the first evaluation"),
              std::string::npos)
        << "a run in training has no file";
    const auto none = recaller.take(TakeSample{2, 0}, scene);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::usage);
}

TEST_F(Recalling, MovesAFaceAlongTheAxesOfTheCodes) {
    Recaller recaller;
    const Recaller::Scene scene = face_scene();
    const Images face = ramp({3, 16, 16});
    const auto still = recaller.move({1, face, {}}, scene);
    ASSERT_TRUE(still);
    std::vector<float> code = scene.net->encode(face);
    EXPECT_EQ(still->picture, scene.net->decode(code));
    EXPECT_EQ(still->axis_std, scene.statistics->axis_std);
    ASSERT_EQ(still->place.size(), 2U);
    EXPECT_NEAR(still->place[0], code[0] / 2, 1e-5);
    code[0] += 3 * 2;
    code[2] -= .5F;
    EXPECT_EQ(recaller.move({2, face, {3, -1}}, scene)->picture, scene.net->decode(code));
    EXPECT_FALSE(recaller.move({3, face, {1, 2, 3}}, scene));
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_FALSE(recaller.move({4, face, {kNan}}, scene));
}

TEST_F(Recalling, AlignsAPhotoForANetworkOfColours) {
    PhotoTaker photos;
    const Recaller::Scene scene = face_scene();
    const Explored explored{3, scene.net, "faces", false, nullptr};
    EXPECT_FALSE(photos.take(AlignPhoto{1, points_of_frame(16, 16)}, explored));
    const Images photo = ramp({3, 60, 90});
    const auto taken = photos.take(TakePhoto{2, photo}, explored);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->run, 3U);
    ASSERT_NE(taken->photo, nullptr);
    EXPECT_EQ(*taken->photo, photo);
    EXPECT_EQ(taken->points, guessed_points(photo.shape));
    EXPECT_EQ(taken->picture, aligned(photo, taken->points, {3, 16, 16}));
    FacePoints points = taken->points;
    points.mouth.y -= 7;
    const auto anew = photos.take(AlignPhoto{4, points}, explored);
    ASSERT_TRUE(anew);
    EXPECT_EQ(anew->picture, aligned(photo, points, {3, 16, 16}));
    EXPECT_EQ(anew->origin, taken->origin);
    EXPECT_FALSE(photos.take(AlignPhoto{5, {}}, explored));
}

TEST_F(Recalling, FitsAPhotoForANetworkOfGreyPictures) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(recalling_experiment()));
    const Images photo = ramp({3, 60, 90});
    const auto taken = session.next<TakenPicture>(TakePhoto{2, photo});
    EXPECT_EQ(taken.photo, nullptr);
    EXPECT_EQ(taken.picture, fit_picture(photo, kDigit, PictureFit::automatic, true).picture);
    EXPECT_FALSE(taken.note.empty());
    ASSERT_TRUE(write_picture(path("mine.png"), photo, 1, {}));
    const auto file = session.next<TakenPicture>(TakePhotoFile{3, path("mine.png")});
    EXPECT_EQ(file.origin, "mine.png");
    std::ofstream(path("cut.jpg")) << "\xff\xd8\xff";
    EXPECT_EQ(session.next<Failed>(TakePhotoFile{4, path("cut.jpg")}).error.code,
              ErrorCode::bad_data);
}

TEST_F(Recalling, KeepsMasksInFiles) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(recalling_experiment()));
    const Mask mask = middle_hidden(28, 28);
    session.next<Exported>(SaveMask{path("mask.png"), mask});
    EXPECT_EQ(session.next<OpenedMask>(OpenMask{2, path("mask.png")}).mask, mask);
    ASSERT_TRUE(write_mask(path("wide.png"), middle_hidden(28, 30)));
    EXPECT_EQ(session.next<Failed>(OpenMask{3, path("wide.png")}).error.code, ErrorCode::bad_data);
}

TEST_F(Recalling, ExportsWhatItRecalled) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(recalling_experiment()));
    ExportRecall asked;
    asked.picture = ramp(kDigit);
    asked.hidden = middle_hidden(28, 28);
    asked.options.rounds = 3;
    asked.scale = 2;
    const auto write = [&](RecallFormat format, const char* name) {
        asked.format = format;
        asked.path = path(name);
        session.next<Exported>(asked);
    };
    write(RecallFormat::composed, "composed.png");
    const auto composed = read_picture(path("composed.png"));
    ASSERT_TRUE(composed);
    EXPECT_EQ(composed->image.shape.width, 56);
    write(RecallFormat::mask, "mask.png");
    EXPECT_EQ(*read_mask(path("mask.png"), 28, 28), asked.hidden);
    write(RecallFormat::contact_sheet, "sheet.png");
    const auto sheet = read_picture(path("sheet.png"));
    ASSERT_TRUE(sheet);
    EXPECT_GT(sheet->image.shape.width, 4 * 56);
    write(RecallFormat::trail_gif, "trail.gif");
    std::string head(6, ' ');
    std::ifstream(path("trail.gif"), std::ios::binary).read(head.data(), 6);
    EXPECT_EQ(head, "GIF89a");
    asked.path = path("no/such/folder.png");
    session.next<Failed>(asked);
}

TEST_F(Recalling, RefusesWhatDoesNotFitTheNetwork) {
    ObservedSession session(options());
    EXPECT_EQ(session.next<Failed>(RecallPicture{1, ramp(kDigit), middle_hidden(28, 28), {}, false})
                  .error.code,
              ErrorCode::usage);
    ASSERT_TRUE(session.opens(recalling_experiment()));
    const Images picture = ramp(kDigit);
    const Mask mask = middle_hidden(28, 28);
    Mask odd = mask;
    odd.hidden[0] = 7;
    Images loud = picture;
    loud.values[3] = 2;
    RecallOptions many;
    many.rounds = kMostRecallRounds + 1;
    ExportRecall tiny{path("x.png"), RecallFormat::composed, picture, mask, {}, 0};
    for (const Command& command :
         {Command(RecallPicture{1, ramp({3, 28, 28}), mask, {}, false}),
          Command(RecallPicture{1, loud, mask, {}, false}),
          Command(RecallPicture{1, picture, middle_hidden(27, 28), {}, false}),
          Command(RecallPicture{1, picture, odd, {}, false}),
          Command(RecallPicture{1, picture, mask, many, false}),
          Command(TrailPicture{1, picture, mask, many}), Command(MoveFace{1, ramp({1, 2, 2}), {}}),
          Command(TakeTestPicture{1, kTestPictures}),
          Command(TakePhoto{1, {{2, 4, 4}, std::vector<float>(32)}}), Command(tiny)}) {
        EXPECT_EQ(session.next<Failed>(command).error.code, ErrorCode::usage);
    }
    EXPECT_TRUE(session.recalled.empty());
}

TEST_F(Recalling, ShowsMaskedTestPicturesWhileAMemoryTrains) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(recalling_experiment()));
    ASSERT_TRUE(session.until([&] { return session.snapshot.reconstructions != nullptr; }));
    EXPECT_TRUE(session.snapshot.recalls);
    const Images& masked = *session.snapshot.originals;
    const Images& composed = *session.snapshot.reconstructions;
    ASSERT_EQ(masked.count(), 10U);
    std::size_t changed = 0;
    for (std::size_t i = 0; i < masked.values.size(); ++i) {
        if (masked.values[i] != composed.values[i]) {
            EXPECT_EQ(masked.values[i], .5F);  // in holes alone
            ++changed;
        }
    }
    EXPECT_GT(changed, 500U);
}

}  // namespace
}  // namespace lmser::test
