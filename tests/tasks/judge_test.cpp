// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/judge.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/data/strokes.h"
#include "core/tasks/generation.h"

namespace lmser {
namespace {

constexpr double kRounding = 1e-6;

/// The built-in digits at half their size, which a judge learns in seconds.
LabelledImages small_strokes(std::size_t count, std::uint64_t seed) {
    const LabelledImages strokes = draw_strokes(count, seed);
    LabelledImages small{{}, strokes.labels};
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t y = 0; y < 28; y += 2) {
            for (std::size_t x = 0; x < 28; x += 2) {
                const std::uint8_t* at = &strokes.pixels[i * 784 + y * 28 + x];
                small.pixels.push_back(
                    static_cast<std::uint8_t>((at[0] + at[1] + at[28] + at[29]) / 4));
            }
        }
    }
    return small;
}

const Dataset& strokes() {
    static const Dataset dataset = [] {
        Dataset made;
        made.name = "strokes";
        made.shape = {1, 14, 14};
        for (int digit = 0; digit < 10; ++digit) {
            made.classes.push_back(std::to_string(digit));
        }
        made.train = small_strokes(3000, 1);
        made.test = small_strokes(500, 2);
        return made;
    }();
    return dataset;
}

JudgeOptions options(int epochs, std::int64_t held_out = 0) {
    JudgeOptions made;
    made.epochs = epochs;
    made.held_out = held_out;
    return made;
}

/// Trained once for all tests.
const Judge& judge() {
    static const std::unique_ptr<Judge> trained = Judge::train(strokes(), options(8));
    return *trained;
}

TEST(Judge, LearnsTheBuiltInDigits) {
    EXPECT_GT(judge().accuracy(strokes(), strokes().test, 0, 500), .95);
}

TEST(Judge, IsAtChanceOnNoise) {
    Random random(1, RandomPurpose::exploration, 0);
    Images noise{strokes().shape, {}};
    std::vector<int> classes;
    for (int i = 0; i < 700; ++i) {  // more than a part
        classes.push_back(i % 10);
        for (std::size_t pixel = 0; pixel < noise.shape.pixels(); ++pixel) {
            noise.values.push_back(static_cast<float>(random.uniform()));
        }
    }
    EXPECT_NEAR(score(judge(), noise, classes, 1).correct, .1, .04);
}

TEST(Judge, SaysTheSameOfAPictureInAnyCompany) {
    const Images many = images_of(strokes(), strokes().test, 0, 500);
    const std::vector<int> all = judge().classify(many);
    ASSERT_EQ(all.size(), 500U);
    for (const std::size_t i : {std::size_t{0}, std::size_t{123}, std::size_t{499}}) {
        EXPECT_EQ(judge().classify(images_of(strokes(), strokes().test, i, 1)),
                  std::vector<int>{all[i]});
    }
}

TEST(Judge, SameSeedGivesTheSameJudge) {
    const JudgeOptions short_training = options(1, 2600);
    const Images pictures = images_of(strokes(), strokes().test, 0, 200);
    EXPECT_EQ(Judge::train(strokes(), short_training)->classify(pictures),
              Judge::train(strokes(), short_training)->classify(pictures));
}

TEST(Judge, DoesNotSeeTheHeldOutPictures) {
    Dataset changed = strokes();
    std::fill(changed.train.pixels.begin() + 400 * 196, changed.train.pixels.end(), 255);
    const JudgeOptions short_training = options(1, 2600);
    const Images pictures = images_of(strokes(), strokes().test, 0, 200);
    EXPECT_EQ(Judge::train(changed, short_training)->classify(pictures),
              Judge::train(strokes(), short_training)->classify(pictures));
}

TEST(Judge, StopsWhenItIsTold) {
    JudgeOptions stopped = options(6);
    std::int64_t last = 0;
    stopped.proceed = [&last](std::int64_t step, std::int64_t steps) {
        EXPECT_EQ(steps, 6 * 30);
        last = step;
        return step < 3;
    };
    EXPECT_EQ(Judge::train(strokes(), stopped), nullptr);
    EXPECT_EQ(last, 3);
}

TEST(Judge, StopsBetweenPartsOfWhatItLooksAt) {
    const Images pictures = images_of(strokes(), strokes().train, 0, 1100);
    int asked = 0;
    const Proceed twice = [&asked] { return ++asked < 3; };
    EXPECT_EQ(judge().classify(pictures, twice).size(), 1000U);
}

TEST(GenerationScore, CountsWhatTheJudgeSeesByHand) {
    constexpr std::size_t kCount = 30;
    const Images pictures = images_of(strokes(), strokes().test, 0, kCount);
    const std::vector<int> seen = judge().classify(pictures);
    // What the judge says, but for two pictures that should show class 9 and something else than they do.
    std::vector<int> classes = seen;
    const int other = seen[1] == 0 ? 1 : 0;
    classes[0] = 9;
    classes[1] = other;
    const double real = 2 * within_class_variance(pictures, classes);
    const GenerationScore scored = score(judge(), pictures, classes, real);
    const double wrong = seen[0] == 9 ? 1 : 2;
    EXPECT_NEAR(scored.correct, (kCount - wrong) / kCount, kRounding);
    ASSERT_EQ(scored.by_class.size(), 10U);
    for (int label = 0; label < 10; ++label) {
        const auto all = std::count(classes.begin(), classes.end(), label);
        const auto own = all - (label == other ? 1 : 0) - (label == 9 && seen[0] != 9 ? 1 : 0);
        const double expected = all > 0 ? static_cast<double>(own) / static_cast<double>(all) : 0;
        EXPECT_NEAR(scored.by_class[static_cast<std::size_t>(label)], expected, kRounding) << label;
    }
    EXPECT_NEAR(scored.diversity, .5, kRounding);
}

TEST(GenerationScore, OfNothingIsZero) {
    const GenerationScore none = score(judge(), {strokes().shape, {}}, {}, 1);
    EXPECT_EQ(none.correct, 0);
    EXPECT_TRUE(none.by_class.empty());
    EXPECT_EQ(none.diversity, 0);
}

}  // namespace
}  // namespace lmser
