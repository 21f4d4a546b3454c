// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/recall.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "core/base/mask.h"
#include "tests/support/tiny_faces.h"

namespace lmser {
namespace {

using namespace lmser::testing;

constexpr std::size_t kPlane = 16 * 16;

/// Two pictures, the first with a hole in its middle, the second with one at its corner.
struct Scene {
    std::shared_ptr<const FrozenNet> net = tiny_memory();
    Images pictures = images_of(*tiny_faces(), tiny_faces()->test, 0, 2);
    std::vector<std::uint8_t> hidden;

    Scene() {
        for (const double corner : {5.0, 0.0}) {
            Mask mask = nothing_hidden(16, 16);
            fill_rectangle(mask, {corner, corner}, {corner + 6, corner + 6}, MaskChange::hide);
            hidden.insert(hidden.end(), mask.hidden.begin(), mask.hidden.end());
        }
    }

    [[nodiscard]] bool is_hidden(std::size_t value) const {
        return hidden[value / (3 * kPlane) * kPlane + value % kPlane] != 0;
    }
};

TEST(Recall, KeepsVisiblePixelsAndFillsHoles) {
    const Scene scene;
    const Recalled answer = recall(*scene.net, scene.pictures, scene.hidden, {});
    std::size_t changed = 0;
    for (std::size_t i = 0; i < scene.pictures.values.size(); ++i) {
        if (!scene.is_hidden(i)) {
            ASSERT_EQ(answer.composed.values[i], scene.pictures.values[i]);
        } else if (answer.composed.values[i] != scene.pictures.values[i]) {
            ++changed;
        }
    }
    EXPECT_GT(changed, 100U);
}

TEST(Recall, DoesNotSeeWhatIsHidden) {
    const Scene scene;
    Images other = scene.pictures;
    for (std::size_t i = 0; i < other.values.size(); ++i) {
        if (scene.is_hidden(i)) {
            other.values[i] = 1 - other.values[i];
        }
    }
    for (const HoleFill fill : {HoleFill::smooth, HoleFill::mean}) {
        RecallOptions options;
        options.fill = fill;
        options.rounds = 3;
        const Recalled answer = recall(*scene.net, scene.pictures, scene.hidden, options);
        EXPECT_EQ(recall(*scene.net, other, scene.hidden, options).composed, answer.composed);
    }
}

TEST(Recall, LaterRoundsSeeTheRecallBefore) {
    const Scene scene;
    RecallOptions options;
    options.composition = Composition::pasted;
    const Recalled once = recall(*scene.net, scene.pictures, scene.hidden, options);
    options.rounds = 2;
    const Recalled twice = recall(*scene.net, scene.pictures, scene.hidden, options);
    EXPECT_EQ(twice.trail[0], once.composed);
    EXPECT_EQ(twice.recalled, scene.net->recall(once.composed, scene.hidden, HoleFill::given));
    double squares = 0;
    double count = 0;
    for (std::size_t i = 0; i < once.recalled.values.size(); ++i) {
        if (scene.is_hidden(i)) {
            squares +=
                std::pow(double{twice.recalled.values[i]} - double{once.recalled.values[i]}, 2);
            ++count;
        }
    }
    EXPECT_NEAR(twice.change[1], std::sqrt(squares / count), 1e-9);
}

TEST(Recall, WithNothingHiddenGivesThePictureAndWithEverythingSomethingImagined) {
    const Scene scene;
    const std::vector<std::uint8_t> none(2 * kPlane, 0);
    EXPECT_EQ(recall(*scene.net, scene.pictures, none, {}).composed, scene.pictures);
    const std::vector<std::uint8_t> all(2 * kPlane, 1);
    const Recalled imagined = recall(*scene.net, scene.pictures, all, {});
    EXPECT_EQ(imagined.composed, imagined.recalled);
    const auto first = imagined.composed.at(0);
    const auto second = imagined.composed.at(1);
    EXPECT_TRUE(std::equal(first.begin(), first.end(), second.begin()));
}

TEST(Recall, TheMembraneTakesAnErrorAtTheBorderInwards) {
    // A recall that is too dark all over: the membrane lifts it to what is around the hole.
    const Scene scene;
    const Images even{{1, 16, 16}, std::vector<float>(kPlane, .75F)};
    const Images dark{{1, 16, 16}, std::vector<float>(kPlane, .5F)};
    const auto hidden = std::span(scene.hidden).first(kPlane);
    for (const float value : composed(even, dark, hidden, Composition::membrane, 20).values) {
        EXPECT_NEAR(value, .75F, 1e-5F);
    }
    const Images pasted = composed(even, dark, hidden, Composition::pasted, 0);
    EXPECT_EQ(pasted.values[8 * 16 + 8], .5F);
}

TEST(Recall, ShowsWhereHolesAreAndWhatTheNetworkFindsInThem) {
    const Scene scene;
    const Images grey = with_grey_holes(scene.pictures, scene.hidden);
    const Images mean = filled(*scene.net, scene.pictures, scene.hidden, HoleFill::mean);
    const Images average = scene.net->mean_picture();
    for (std::size_t i = 0; i < grey.values.size(); ++i) {
        if (scene.is_hidden(i)) {
            EXPECT_EQ(grey.values[i], .5F);
            EXPECT_NEAR(mean.values[i], average.values[i % average.values.size()], 1e-6F);
        } else {
            EXPECT_EQ(grey.values[i], scene.pictures.values[i]);
        }
    }
}

TEST(Recall, RefusesMasksOfAnotherSizeAndNoRounds) {
    const Scene scene;
    const std::vector<std::uint8_t> few(kPlane, 1);
    EXPECT_THROW(recall(*scene.net, scene.pictures, few, {}), std::invalid_argument);
    RecallOptions none;
    none.rounds = 0;
    EXPECT_THROW(recall(*scene.net, scene.pictures, scene.hidden, none), std::invalid_argument);
}

}  // namespace
}  // namespace lmser
