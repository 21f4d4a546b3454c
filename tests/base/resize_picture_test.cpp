// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/resize_picture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

namespace lmser {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(ResizePicture, TheSameSizeIsTheCropItself) {
    const Bytes values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    Bytes out(4);
    resize_picture({values, 3, 3, 1}, {1, 1, 2, 2}, 2, 2, out);
    EXPECT_EQ(out, (Bytes{5, 6, 8, 9}));
}

TEST(ResizePicture, ColoursComeOutOneAfterAnother) {
    const Bytes values = {1, 2, 3, 11, 12, 13};
    Bytes out(6);
    resize_picture({values, 2, 1, 3}, {0, 0, 2, 1}, 2, 1, out);
    EXPECT_EQ(out, (Bytes{1, 11, 2, 12, 3, 13}));
}

TEST(ResizePicture, HalvingWeighsWithATriangleTwoPixelsWide) {
    // Weights 1 3 3 1 of eighths inside, 3 3 1 of sevenths at the border: what Pillow's BILINEAR gives.
    const Bytes values = {0, 0, 0, 160, 0, 0, 0, 0};
    Bytes out(4);
    resize_picture({values, 8, 1, 1}, {0, 0, 8, 1}, 4, 1, out);
    EXPECT_EQ(out, (Bytes{0, 60, 20, 0}));
    const Bytes first = {70, 0, 0, 0, 0, 0, 0, 0};
    resize_picture({first, 8, 1, 1}, {0, 0, 8, 1}, 4, 1, out);
    EXPECT_EQ(out, (Bytes{30, 0, 0, 0}));
}

TEST(ResizePicture, WhatIsBeyondTheCropHasNoPart) {
    Bytes values(64, 255);
    for (std::size_t y = 2; y < 6; ++y) {
        for (std::size_t x = 2; x < 6; ++x) {
            values[y * 8 + x] = 10;
        }
    }
    Bytes out(9);
    resize_picture({values, 8, 8, 1}, {2, 2, 4, 4}, 3, 3, out);
    EXPECT_EQ(out, Bytes(9, 10));
}

TEST(ResizePicture, AGradientStaysWhereItWas) {
    Bytes values(178 * 218);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<std::uint8_t>(i % 178 + 20);
    }
    Bytes out(128 * 128);
    resize_picture({values, 178, 218, 1}, {15, 35, 148, 148}, 128, 128, out);
    for (std::size_t x = 1; x < 127; ++x) {
        const double expected = 15 + (static_cast<double>(x) + .5) * 148 / 128 - .5 + 20;
        EXPECT_NEAR(out[64 * 128 + x], expected, .75) << x;
    }
}

TEST(ResizePicture, SizesThatDoNotFitAreRefused) {
    const Bytes values(9);
    Bytes out(4);
    EXPECT_THROW(resize_picture({values, 3, 3, 1}, {2, 0, 2, 2}, 2, 2, out), std::invalid_argument);
    EXPECT_THROW(resize_picture({values, 3, 3, 1}, {-1, 0, 2, 2}, 2, 2, out),
                 std::invalid_argument);
    EXPECT_THROW(resize_picture({values, 3, 3, 1}, {0, 0, 2, 2}, 3, 2, out), std::invalid_argument);
    EXPECT_THROW(resize_picture({values, 3, 2, 1}, {0, 0, 2, 2}, 2, 2, out), std::invalid_argument);
}

}  // namespace
}  // namespace lmser
