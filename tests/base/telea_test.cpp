// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/telea.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <stdexcept>
#include <vector>

#include "core/base/mask.h"
#include "core/base/random.h"
#include "tests/support/cost.h"

namespace lmser {
namespace {

using namespace lmser::testing;

std::vector<float> noise(const ImageShape& shape, std::uint64_t index = 0) {
    Random random(5, RandomPurpose::exploration, index);
    std::vector<float> picture(shape.pixels());
    for (float& value : picture) {
        value = static_cast<float>(random.uniform());
    }
    return picture;
}

/// value(y, x) at every pixel of one channel.
template <class ValueAt>
std::vector<float> drawn(int height, int width, const ValueAt& value) {
    std::vector<float> plane;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            plane.push_back(static_cast<float>(value(y, x)));
        }
    }
    return plane;
}

std::vector<float> inpainted(std::vector<float> picture, const ImageShape& shape, const Mask& mask,
                             int radius = 3) {
    inpaint_telea(picture, shape, mask.hidden, radius);
    return picture;
}

/// A box hidden in the middle of a picture.
Mask box(int height, int width, int top, int bottom, int left, int right) {
    Mask mask = nothing_hidden(height, width);
    fill_rectangle(mask, {static_cast<double>(left), static_cast<double>(top)},
                   {static_cast<double>(right), static_cast<double>(bottom)}, MaskChange::hide);
    return mask;
}

/// Sizes that are hard on whoever looks at neighbours.
const ImageShape kShapes[] = {{1, 1, 1}, {3, 1, 9},   {1, 9, 1},   {3, 2, 2},
                              {3, 7, 5}, {1, 28, 28}, {3, 30, 17}, {3, 128, 128}};

/// Masks that leave something to see, the border hidden as well.
std::vector<Mask> masks_for(const ImageShape& shape) {
    std::vector<Mask> masks;
    for (std::uint64_t i = 0; masks.size() < 6 && i < 100; ++i) {
        Random random(3, RandomPurpose::masks, i);
        Mask mask = i % 2 == 0 ? random_half_plane(shape.height, shape.width, random)
                               : nothing_hidden(shape.height, shape.width);
        for (std::uint8_t& hidden : mask.hidden) {
            hidden = hidden != 0 || random.below(3) == 0 ? 1 : 0;
        }
        if (hidden_count(mask) < mask.hidden.size()) {
            masks.push_back(mask);
        }
    }
    return masks;
}

TEST(Telea, KeepsWhatIsVisibleAndStaysBetweenItsLeastAndMostValue) {
    for (const ImageShape& shape : kShapes) {
        const auto picture = noise(shape);
        for (const Mask& mask : masks_for(shape)) {
            const auto closed = inpainted(picture, shape, mask);
            const std::size_t plane = mask.hidden.size();
            for (std::size_t first = 0; first < picture.size(); first += plane) {
                float least = 1;
                float most = 0;
                for (std::size_t i = 0; i < plane; ++i) {
                    if (mask.hidden[i] == 0) {
                        ASSERT_EQ(closed[first + i], picture[first + i]);
                        least = std::min(least, picture[first + i]);
                        most = std::max(most, picture[first + i]);
                    }
                }
                for (std::size_t i = 0; i < plane; ++i) {
                    ASSERT_GE(closed[first + i], least - 1e-6F)
                        << shape.height << 'x' << shape.width;
                    ASSERT_LE(closed[first + i], most + 1e-6F)
                        << shape.height << 'x' << shape.width;
                }
            }
        }
    }
}

TEST(Telea, WhatStoodInTheHoleHasNoInfluence) {
    for (const ImageShape& shape : kShapes) {
        const auto picture = noise(shape);
        for (const Mask& mask : masks_for(shape)) {
            auto other = picture;
            for (std::size_t i = 0; i < other.size(); ++i) {
                if (mask.hidden[i % mask.hidden.size()] != 0) {
                    other[i] = std::numeric_limits<float>::quiet_NaN();
                }
            }
            ASSERT_EQ(inpainted(other, shape, mask), inpainted(picture, shape, mask));
        }
    }
}

TEST(Telea, ClosesAHoleInOneColourWithIt) {
    const ImageShape shape{3, 28, 28};
    std::vector<float> picture;
    for (const float value : {.2F, .5F, 1.F}) {
        picture.insert(picture.end(), 28U * 28U, value);
    }
    for (const Mask& mask : masks_for(shape)) {
        const auto closed = inpainted(picture, shape, mask);
        for (std::size_t i = 0; i < picture.size(); ++i) {
            ASSERT_NEAR(closed[i], picture[i], 1e-5);
        }
    }
}

TEST(Telea, ChannelsAreClosedAlikeAndApart) {
    const ImageShape colour{3, 30, 17};
    const ImageShape grey{1, 30, 17};
    const auto picture = noise(colour);
    const Mask mask = box(30, 17, 5, 20, 0, 9);
    const auto closed = inpainted(picture, colour, mask);
    for (int c = 0; c < 3; ++c) {
        const auto first = static_cast<std::ptrdiff_t>(c * 30 * 17);
        const std::vector<float> plane(picture.begin() + first, picture.begin() + first + 30 * 17);
        const auto alone = inpainted(plane, grey, mask);
        EXPECT_TRUE(std::equal(alone.begin(), alone.end(), closed.begin() + first)) << c;
    }
}

TEST(Telea, LeavesThePictureAsItIsWhereNothingOrAllIsHidden) {
    for (const ImageShape& shape : kShapes) {
        const auto picture = noise(shape);
        const Mask none = nothing_hidden(shape.height, shape.width);
        EXPECT_EQ(inpainted(picture, shape, none), picture);
        EXPECT_EQ(inpainted(picture, shape, inverted(none)), picture);
    }
}

TEST(Telea, OnePixelIsTheMeanOfItsNeighboursWeightedByDistanceDirectionAndLevel) {
    // By the eikonal equation T is sqrt 1/2 at the hidden pixel, from neighbours of T = 0, and -sqrt 1/2 at the corners.
    // Its slope is zero along both axes, so every direction counts as little: 1 / |r|³ and the level are left.
    const auto picture = drawn(3, 3, [](int y, int x) { return y == 1 && x == 2 ? 1 : 0; });
    const Mask middle = box(3, 3, 1, 2, 1, 2);
    const double time = std::sqrt(.5);
    const double side = 1 / (1 + time);
    const double corner = std::pow(.5, 1.5) / (1 + 2 * time);
    EXPECT_NEAR(inpainted(picture, {1, 3, 3}, middle, 1)[4], .25, 1e-6) << "four neighbours alike";
    EXPECT_NEAR(inpainted(picture, {1, 3, 3}, middle, 2)[4], side / (4 * side + 4 * corner), 1e-6);
}

TEST(Telea, GoesOnAlongTheDirectionOfTheFront) {
    // The right half is hidden: the front moves right, so rows are continued into it and stay apart.
    const auto stripes = drawn(32, 32, [](int y, int) { return y < 16 ? 0 : 1; });
    const auto closed = inpainted(stripes, {1, 32, 32}, box(32, 32, 0, 32, 16, 32));
    for (int y = 0; y < 32; ++y) {
        const float first = closed[static_cast<std::size_t>(y * 32 + 16)];
        if (y < 13 || y > 18) {
            EXPECT_NEAR(first, stripes[static_cast<std::size_t>(y * 32)], 1e-5) << y;
        } else {
            EXPECT_NEAR(first, stripes[static_cast<std::size_t>(y * 32)], .35) << y;
        }
    }
}

TEST(Telea, MeetsInTheMiddleOfAGapThatIsDarkOnOneSideAndBrightOnTheOther) {
    const auto sides = drawn(21, 21, [](int, int x) { return x < 10 ? 0 : 1; });
    const auto closed = inpainted(sides, {1, 21, 21}, box(21, 21, 0, 21, 5, 16));
    const auto at = [&](int x) { return closed[static_cast<std::size_t>(10 * 21 + x)]; };
    EXPECT_NEAR(at(8), 0, 1e-5);
    EXPECT_NEAR(at(12), 1, 1e-5);
    EXPECT_GT(at(10), .2F);
    EXPECT_LT(at(10), .8F);
}

TEST(Telea, RefusesSizesThatDoNotFit) {
    std::vector<float> picture(12);
    const std::vector<std::uint8_t> hidden(4);
    EXPECT_THROW(inpaint_telea(picture, {3, 2, 3}, hidden), std::invalid_argument);
    EXPECT_THROW(inpaint_telea(picture, {1, 3, 4}, hidden), std::invalid_argument);
    EXPECT_THROW(inpaint_telea(picture, {3, 2, 2}, hidden, 0), std::invalid_argument);
    EXPECT_NO_THROW(inpaint_telea(picture, {3, 2, 2}, hidden));
}

TEST(Telea, HalfAFaceIsClosedAtOnce) {
    constexpr int kTimes = 20;
    const ImageShape shape{3, 128, 128};
    const Mask half = preset_mask(MaskPreset::left_half, 128, 128);
    auto picture = noise(shape);
    const auto cost = cost_of([&] {
        for (int i = 0; i < kTimes; ++i) {
            inpaint_telea(picture, shape, half.hidden);
        }
    });
    std::cout << "[ " << cost.cpu_seconds / kTimes * 1e3 << " ms ]\n";
    EXPECT_LT(cost.cpu_seconds / kTimes, 10e-3);
}

}  // namespace
}  // namespace lmser
