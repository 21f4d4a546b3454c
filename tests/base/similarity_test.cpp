// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/similarity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/random.h"

namespace lmser {
namespace {

constexpr ImageShape kShape{2, 12, 10};
constexpr std::size_t kWidth = 10;
constexpr std::size_t kPixels = 12 * kWidth;

std::vector<double> drawn(std::uint64_t seed) {
    Random random(seed, RandomPurpose::masks, 0);
    std::vector<double> values(kShape.pixels());
    for (double& value : values) {
        value = random.uniform();
    }
    return values;
}

double lack_of(const std::vector<double>& picture, const std::vector<double>& truth,
               const std::vector<std::uint8_t>& hidden) {
    std::vector<double> unused(picture.size());
    return dissimilarity<double>(picture, truth, kShape, hidden, 1, unused);
}

/// 1 - SSIM of the window around a pixel of the first channel, by the definition.
double lack_around(std::size_t y, std::size_t x, const std::vector<double>& a,
                   const std::vector<double>& b) {
    double mean_a = 0;
    double mean_b = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (std::size_t dy = y - 3; dy <= y + 3; ++dy) {
        for (std::size_t dx = x - 3; dx <= x + 3; ++dx) {
            const std::size_t i = dy * kWidth + dx;
            mean_a += a[i] / 49;
            mean_b += b[i] / 49;
            aa += a[i] * a[i] / 49;
            bb += b[i] * b[i] / 49;
            ab += a[i] * b[i] / 49;
        }
    }
    return 1 - (2 * mean_a * mean_b + 1e-4) * (2 * (ab - mean_a * mean_b) + 9e-4) /
                   ((mean_a * mean_a + mean_b * mean_b + 1e-4) *
                    (aa - mean_a * mean_a + bb - mean_b * mean_b + 9e-4));
}

TEST(Similarity, IsThatOfTheWindowsAroundHiddenPixels) {
    const std::vector<double> a = drawn(1);
    std::vector<double> b = drawn(2);
    std::copy(a.begin() + kPixels, a.end(),
              b.begin() + kPixels);  // the second channel lacks nothing
    std::vector<std::uint8_t> hidden(kPixels);
    hidden[5 * kWidth + 4] = 1;
    hidden[8 * kWidth + 6] = 1;
    EXPECT_NEAR(lack_of(b, a, hidden), lack_around(5, 4, a, b) + lack_around(8, 6, a, b), 1e-9);
}

TEST(Similarity, ThePictureItselfLacksNothing) {
    const std::vector<double> a = drawn(3);
    EXPECT_NEAR(lack_of(a, a, std::vector<std::uint8_t>(kPixels, 1)), 0, 1e-9);
}

TEST(Similarity, PixelsWhoseWindowLeavesThePictureDoNotCount) {
    std::vector<std::uint8_t> border(kPixels, 1);
    for (std::size_t y = 3; y < 9; ++y) {
        for (std::size_t x = 3; x < 7; ++x) {
            border[y * kWidth + x] = 0;
        }
    }
    EXPECT_EQ(lack_of(drawn(1), drawn(2), border), 0);
}

TEST(Similarity, TheGradientIsTheSlope) {
    const std::vector<double> truth = drawn(4);
    const std::vector<double> picture = drawn(5);
    std::vector<std::uint8_t> hidden(kPixels);
    Random random(6, RandomPurpose::masks, 0);
    for (std::uint8_t& pixel : hidden) {
        pixel = random.uniform() < .4 ? 1 : 0;
    }
    constexpr double kScale = 3;
    std::vector<double> gradient(picture.size(), 1);  // what is there stays: it is added to
    dissimilarity<double>(picture, truth, kShape, hidden, kScale, gradient);
    constexpr double kStep = 1e-6;
    for (std::size_t i = 0; i < picture.size(); ++i) {
        std::vector<double> moved = picture;
        moved[i] += kStep;
        const double above = lack_of(moved, truth, hidden);
        moved[i] -= 2 * kStep;
        const double slope = kScale * (above - lack_of(moved, truth, hidden)) / (2 * kStep);
        ASSERT_NEAR(gradient[i], 1 + slope, 1e-6) << "value " << i;
    }
}

}  // namespace
}  // namespace lmser
