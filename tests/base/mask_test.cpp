// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/mask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iostream>
#include <limits>

#include "core/base/random.h"
#include "tests/support/cost.h"

namespace lmser {
namespace {

using namespace lmser::testing;

using ::testing::Each;

constexpr double kUnboundedFar = 1e9;

/// The definition itself, asked of every pixel.
Mask brute_force(Mask mask, PicturePoint from, PicturePoint to, double diameter,
                 MaskChange change) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    for (int y = 0; y < mask.height; ++y) {
        for (int x = 0; x < mask.width; ++x) {
            const double dx = x + .5 - from.x;
            const double dy = y + .5 - from.y;
            double t = 0;
            if (length > 0) {
                t = (dx * (to.x - from.x) + dy * (to.y - from.y)) / (length * length);
            }
            t = std::clamp(t, 0.0, 1.0);
            const double away = std::hypot(dx - t * (to.x - from.x), dy - t * (to.y - from.y));
            const auto under = [&](PicturePoint p) {
                return std::floor(p.x) == x && std::floor(p.y) == y;
            };
            if (away <= diameter / 2 || under(from) || under(to)) {
                mask.hidden[static_cast<std::size_t>(y * mask.width + x)] =
                    static_cast<std::uint8_t>(change);
            }
        }
    }
    return mask;
}

Mask painted(PicturePoint from, PicturePoint to, double diameter, int height = 40, int width = 50) {
    Mask mask = nothing_hidden(height, width);
    paint(mask, from, to, diameter, MaskChange::hide);
    return mask;
}

/// The mask as a drawing: # is hidden.
std::string drawing(const Mask& mask) {
    std::string text;
    for (std::size_t i = 0; i < mask.hidden.size(); ++i) {
        text += mask.hidden[i] != 0 ? '#' : '.';
        text += (i + 1) % static_cast<std::size_t>(mask.width) == 0 ? "\n" : "";
    }
    return text;
}

/// x0, y0, x1, y1 of what is hidden, the ends excluded.
std::vector<int> bounds(const Mask& mask) {
    std::vector<int> box = {mask.width, mask.height, 0, 0};
    for (int i = 0; i < static_cast<int>(mask.hidden.size()); ++i) {
        if (mask.hidden[static_cast<std::size_t>(i)] != 0) {
            box = {std::min(box[0], i % mask.width), std::min(box[1], i / mask.width),
                   std::max(box[2], i % mask.width + 1), std::max(box[3], i / mask.width + 1)};
        }
    }
    return box;
}

double hidden_part(const Mask& mask) {
    return static_cast<double>(hidden_count(mask)) / static_cast<double>(mask.hidden.size());
}

TEST(Mask, StartsWithNothingHiddenAndIsInvertedTwiceToItself) {
    Mask mask = nothing_hidden(2, 3);
    EXPECT_EQ(mask.hidden.size(), 6U);
    EXPECT_EQ(hidden_count(mask), 0U);
    mask.hidden[1] = 1;
    EXPECT_EQ(hidden_count(inverted(mask)), 5U);
    EXPECT_EQ(inverted(inverted(mask)), mask);
    EXPECT_NE(mask, nothing_hidden(2, 3));
    EXPECT_NE(nothing_hidden(2, 3), nothing_hidden(3, 2));
}

TEST(Brush, ADabHidesThePixelsWhoseCentresItCovers) {
    EXPECT_EQ(drawing(painted({2.5, 2.5}, {2.5, 2.5}, 4, 5, 5)),
              "..#..\n"
              ".###.\n"
              "#####\n"
              ".###.\n"
              "..#..\n");
    EXPECT_EQ(drawing(painted({2, 2}, {2, 2}, 2, 4, 4)),
              "....\n"
              ".##.\n"
              ".##.\n"
              "....\n");
}

TEST(Brush, AStrokeHasRoundEnds) {
    EXPECT_EQ(drawing(painted({2.5, 2.5}, {5.5, 2.5}, 4, 5, 8)),
              "..####..\n"
              ".######.\n"
              "########\n"
              ".######.\n"
              "..####..\n");
}

TEST(Brush, EqualsItsDefinitionAtEveryPixel) {
    Random random(7, RandomPurpose::exploration, 0);
    const auto place = [&random](double side) {
        // Beyond the picture as well, and often just on a centre or a corner, where rounding would show.
        const double at = random.uniform(-10, side + 10);
        return random.below(2) == 0 ? at : std::round(2 * at) / 2;
    };
    for (int i = 0; i < 3000; ++i) {
        const PicturePoint from{place(50), place(40)};
        const PicturePoint to = random.below(5) == 0 ? from : PicturePoint{place(50), place(40)};
        const double diameter = random.below(2) == 0 ? static_cast<double>(1 + random.below(64))
                                                     : random.uniform(1, 64);
        const Mask none = nothing_hidden(40, 50);
        ASSERT_EQ(painted(from, to, diameter),
                  brute_force(none, from, to, diameter, MaskChange::hide))
            << from.x << ' ' << from.y << " to " << to.x << ' ' << to.y << ", " << diameter;
    }
}

TEST(Brush, TheFinestBrushNeverMissesThePixelUnderIt) {
    EXPECT_EQ(drawing(painted({1.95, 1.05}, {1.95, 1.05}, 1, 3, 3)), "...\n.#.\n...\n");
    EXPECT_EQ(bounds(painted({3, 1.02}, {3, 38.9}, 1)), (std::vector{2, 1, 4, 39}));
}

TEST(Brush, ErasesWhatItHides) {
    Mask mask = inverted(nothing_hidden(40, 50));
    paint(mask, {10, 10}, {30.3, 22.1}, 9, MaskChange::show);
    EXPECT_EQ(inverted(mask), painted({10, 10}, {30.3, 22.1}, 9));
}

TEST(Brush, TheDirectionOfAStrokeDoesNotMatter) {
    EXPECT_EQ(painted({3.2, 4.1}, {40.7, 31.3}, 7), painted({40.7, 31.3}, {3.2, 4.1}, 7));
}

TEST(Brush, WhatLiesFarBeyondThePictureCostsNothingAndChangesNothing) {
    EXPECT_EQ(hidden_count(painted({-kUnboundedFar, -100}, {kUnboundedFar, -100}, 64)), 0U);
    EXPECT_EQ(bounds(painted({-kUnboundedFar, 20}, {kUnboundedFar, 20}, 4)),
              (std::vector{0, 18, 50, 22}));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    EXPECT_EQ(hidden_count(painted({nan, 1}, {2, 2}, 4)), 0U);
    EXPECT_EQ(hidden_count(painted({1, 1}, {infinite, 2}, 4)), 0U);
    EXPECT_EQ(hidden_count(painted({1, 1}, {2, 2}, nan)), 0U);
    EXPECT_EQ(hidden_count(painted({1, 1}, {2, 2}, 0)), 0U);
}

TEST(Rectangle, HidesTheCentresBetweenItsCornersWhicheverComesFirst) {
    Mask mask = nothing_hidden(5, 6);
    fill_rectangle(mask, {4.4, 3.6}, {1.5, .6}, MaskChange::hide);
    EXPECT_EQ(drawing(mask),
              "......\n"
              ".###..\n"
              ".###..\n"
              ".###..\n"
              "......\n");
    fill_rectangle(mask, {-kUnboundedFar, 2}, {kUnboundedFar, 3}, MaskChange::show);
    EXPECT_EQ(hidden_count(mask), 6U);
}

TEST(Presets, HaveTheirBoxesAndGrowWithThePicture) {
    EXPECT_EQ(bounds(preset_mask(MaskPreset::eyes, 128, 128)), (std::vector{28, 52, 100, 80}));
    EXPECT_EQ(bounds(preset_mask(MaskPreset::mouth, 128, 128)), (std::vector{40, 88, 88, 114}));
    EXPECT_EQ(bounds(preset_mask(MaskPreset::eyes, 64, 64)), (std::vector{14, 26, 50, 40}));
    EXPECT_EQ(bounds(preset_mask(MaskPreset::left_half, 28, 28)), (std::vector{0, 0, 14, 28}));
    EXPECT_EQ(bounds(preset_mask(MaskPreset::right_half, 64, 128)), (std::vector{64, 0, 128, 64}));
    EXPECT_EQ(hidden_count(preset_mask(MaskPreset::eyes, 128, 128)), 72U * 28U)
        << "a box without holes";
}

TEST(Presets, TheirSidesMoveByUpToEightPixels) {
    std::vector<int> least(4, 128);
    std::vector<int> most(4, 0);
    for (std::uint64_t i = 0; i < 2000; ++i) {
        Random random(1, RandomPurpose::exploration, i);
        const auto box = bounds(random_preset(MaskPreset::eyes, 128, 128, random));
        for (std::size_t side = 0; side < 4; ++side) {
            least[side] = std::min(least[side], box[side]);
            most[side] = std::max(most[side], box[side]);
        }
    }
    EXPECT_EQ(least, (std::vector{20, 44, 92, 72}));
    EXPECT_EQ(most, (std::vector{36, 60, 108, 88}));
}

using Maker = std::function<Mask(int, int, Random&)>;

struct NamedMaker {
    const char* name;
    Maker make;
};

const NamedMaker kMakers[] = {{"strokes", random_strokes},
                              {"rectangles", random_rectangles},
                              {"half-planes", random_half_plane}};

TEST(RandomMasks, AreAFunctionOfSeedAndSize) {
    for (const auto& [name, make] : kMakers) {
        Random one(3, RandomPurpose::exploration, 5);
        Random same(3, RandomPurpose::exploration, 5);
        Random other(3, RandomPurpose::exploration, 6);
        const Mask mask = make(128, 96, one);
        EXPECT_EQ(mask.height, 128);
        EXPECT_EQ(mask.width, 96);
        EXPECT_EQ(mask, make(128, 96, same)) << name;
        EXPECT_NE(mask, make(128, 96, other)) << name;
    }
}

TEST(RandomMasks, FitPicturesOfAnySize) {
    for (const auto& [name, make] : kMakers) {
        for (const int side : {1, 2, 28, 300}) {
            for (std::uint64_t i = 0; i < 50; ++i) {
                Random random(3, RandomPurpose::exploration, i);
                const Mask mask = make(side, 2 * side, random);
                ASSERT_EQ(mask.hidden.size(), static_cast<std::size_t>(2 * side * side)) << name;
                EXPECT_LE(*std::max_element(mask.hidden.begin(), mask.hidden.end()), 1) << name;
            }
        }
    }
}

/// The hidden parts of many masks, in order.
std::vector<double> sorted_parts(const Maker& make) {
    std::vector<double> parts;
    for (std::uint64_t i = 0; i < 2000; ++i) {
        Random random(1, RandomPurpose::exploration, i);
        parts.push_back(hidden_part(make(128, 128, random)));
    }
    std::sort(parts.begin(), parts.end());
    return parts;
}

TEST(RandomMasks, StrokesMostlyHideATenthToAThird) {
    const auto parts = sorted_parts(random_strokes);
    const double median = parts[parts.size() / 2];
    const auto in = std::count_if(parts.begin(), parts.end(),
                                  [](double part) { return part > .1 && part < .3; });
    std::cout << "[ hidden by strokes: " << parts.front() << " … " << median << " … "
              << parts.back() << ", between .1 and .3: "
              << static_cast<double>(in) / static_cast<double>(parts.size()) << " ]\n";
    EXPECT_GT(median, .15);
    EXPECT_LT(median, .25);
    EXPECT_GT(static_cast<double>(in) / static_cast<double>(parts.size()), .55);
    EXPECT_GT(parts.front(), .01);
    EXPECT_LT(parts.back(), .6);
}

TEST(RandomMasks, RectanglesAndHalfPlanesHideWhatTheirSidesSay) {
    const auto rectangles = sorted_parts(random_rectangles);
    EXPECT_GT(rectangles.front(), .11 * .11);
    EXPECT_LT(rectangles.back(), 3 * .46 * .46);
    const auto halves = sorted_parts(random_half_plane);
    EXPECT_NEAR(halves.front(), .35, .01);
    EXPECT_NEAR(halves.back(), .65, .01);
}

TEST(RandomMasks, HalfPlanesCutOnEverySide) {
    int sides[4] = {};
    for (std::uint64_t i = 0; i < 400; ++i) {
        Random random(1, RandomPurpose::exploration, i);
        const auto box = bounds(random_half_plane(128, 128, random));
        for (std::size_t side = 0; side < 4; ++side) {
            sides[side] += box[side] != (side < 2 ? 0 : 128) ? 1 : 0;
        }
    }
    EXPECT_THAT(sides, Each(::testing::Gt(60)));
}

TEST(MeasuredMasks, ArePresetsOrThoseOfSeedAndPicture) {
    EXPECT_EQ(measured_mask(MeasuredHole::eyes, 128, 96, 1, 7),
              preset_mask(MaskPreset::eyes, 128, 96));
    EXPECT_EQ(measured_mask(MeasuredHole::mouth, 64, 64, 1, 7),
              preset_mask(MaskPreset::mouth, 64, 64));
    EXPECT_EQ(measured_mask(MeasuredHole::left_half, 64, 64, 1, 7),
              preset_mask(MaskPreset::left_half, 64, 64));
    Random random(2, RandomPurpose::measured_masks, 7);
    EXPECT_EQ(measured_mask(MeasuredHole::strokes, 128, 96, 2, 7), random_strokes(128, 96, random));
    Random again(2, RandomPurpose::measured_masks, 7);
    EXPECT_EQ(measured_mask(MeasuredHole::rectangles, 128, 96, 2, 7),
              random_rectangles(128, 96, again));
    EXPECT_NE(measured_mask(MeasuredHole::strokes, 128, 96, 2, 8),
              measured_mask(MeasuredHole::strokes, 128, 96, 2, 7));
}

TEST(RandomMasks, AreMadeWhileTrainingGoesOn) {
    constexpr int kTimes = 2000;
    for (const auto& [name, make] : kMakers) {
        const auto cost = cost_of([&make = make] {
            for (std::uint64_t i = 0; i < kTimes; ++i) {
                Random random(1, RandomPurpose::exploration, i);
                static_cast<void>(make(128, 128, random));
            }
        });
        std::cout << "[ " << name << ": " << cost.cpu_seconds / kTimes * 1e6 << " us ]\n";
        EXPECT_LT(cost.cpu_seconds / kTimes, 150e-6);
    }
}

}  // namespace
}  // namespace lmser
