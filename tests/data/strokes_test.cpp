// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/strokes.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <span>

#include "core/data/digit_shapes.h"
#include "tests/support/cost.h"

namespace lmser {
namespace {

constexpr std::size_t kSide = 28;
constexpr std::size_t kPixels = kSide * kSide;

std::span<const std::uint8_t> picture(const LabelledImages& drawn, std::size_t i) {
    return std::span(drawn.pixels).subspan(i * kPixels, kPixels);
}

TEST(Strokes, APictureIsAPureFunctionOfSeedAndIndex) {
    const LabelledImages few = draw_strokes(20, 1);
    const LabelledImages many = draw_strokes(40, 1);
    EXPECT_TRUE(std::equal(few.pixels.begin(), few.pixels.end(), many.pixels.begin()));
    EXPECT_NE(draw_strokes(20, 2).pixels, few.pixels);
}

TEST(Strokes, ClassesTakeTurnsAndNoTwoPicturesAreTheSame) {
    const LabelledImages drawn = draw_strokes(100, 1);
    for (std::size_t i = 0; i < drawn.count(); ++i) {
        EXPECT_EQ(drawn.labels[i], i % 10);
        for (std::size_t j = i % 10; j < i; j += 10) {
            EXPECT_FALSE(std::ranges::equal(picture(drawn, i), picture(drawn, j)));
        }
    }
}

TEST(Strokes, DigitsAreCentredByMassAndKeepOffTheEdge) {
    const LabelledImages drawn = draw_strokes(500, 3);
    for (std::size_t i = 0; i < drawn.count(); ++i) {
        double mass = 0;
        double x = 0;
        double y = 0;
        int edge = 0;
        const auto pixels = picture(drawn, i);
        for (std::size_t at = 0; at < kPixels; ++at) {
            const double ink = pixels[at];
            const std::size_t column = at % kSide;
            const std::size_t row = at / kSide;
            mass += ink;
            x += ink * static_cast<double>(column);
            y += ink * static_cast<double>(row);
            const bool outside = std::min(column, row) < 1 || std::max(column, row) >= kSide - 1;
            edge += outside && pixels[at] > 0 ? 1 : 0;
        }
        EXPECT_NEAR(x / mass, 13.5, .4) << i;
        EXPECT_NEAR(y / mass, 13.5, .4) << i;
        EXPECT_EQ(edge, 0) << i;
        EXPECT_GT(mass / 255, 15) << i;
        EXPECT_LT(mass / 255, 280) << i;
    }
}

TEST(Strokes, HaveAsMuchInkAsHandwritingAndSoftEdges) {
    const LabelledImages drawn = draw_strokes(1000, 1);
    double ink = 0;
    int grey = 0;
    int black = 0;
    for (const std::uint8_t pixel : drawn.pixels) {
        ink += pixel / 255.0;
        grey += pixel > 20 && pixel < 235 ? 1 : 0;
        black += pixel >= 235 ? 1 : 0;
    }
    EXPECT_NEAR(ink / static_cast<double>(drawn.pixels.size()), .13, .03) << "MNIST has .1307";
    EXPECT_GT(grey, black / 4) << "anti-aliased";
}

TEST(Strokes, ClassesCanBeToldApart) {
    // The nearest of 1,000 other pictures already names most digits.
    const LabelledImages known = draw_strokes(1000, 1);
    const LabelledImages asked = draw_strokes(100, 2);
    int right = 0;
    for (std::size_t i = 0; i < asked.count(); ++i) {
        double nearest = INFINITY;
        std::uint8_t label = 0;
        for (std::size_t j = 0; j < known.count(); ++j) {
            double distance = 0;
            for (std::size_t at = 0; at < kPixels; ++at) {
                const double d = picture(asked, i)[at] - picture(known, j)[at];
                distance += d * d;
            }
            if (distance < nearest) {
                nearest = distance;
                label = known.labels[j];
            }
        }
        right += label == asked.labels[i] ? 1 : 0;
    }
    EXPECT_GE(right, 90);
}

TEST(Strokes, TwentyThousandTakeLessThanTwoSeconds) {
    LabelledImages drawn;
    const auto cost = testing::cost_of([&drawn] { drawn = draw_strokes(20'000, 1); });
    EXPECT_EQ(drawn.count(), 20'000U);
    EXPECT_LT(cost.cpu_seconds, 2);
}

TEST(Strokes, TheSharesOfTheWaysToWriteADigitSumToOne) {
    for (int digit = 0; digit < 10; ++digit) {
        float sum = 0;
        for (const DigitShape& shape : shapes_of(digit)) {
            sum += shape.share;
            for (const PenStroke& stroke : shape.strokes) {
                EXPECT_GE(stroke.size(), 2U);
            }
        }
        EXPECT_NEAR(sum, 1, 1e-5F) << digit;
    }
}

}  // namespace
}  // namespace lmser
