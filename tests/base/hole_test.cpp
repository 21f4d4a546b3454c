// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hole.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/base/mask.h"
#include "core/base/random.h"

namespace lmser {
namespace {

using Plane = std::vector<double>;

constexpr double kRounding = 1e-12;
constexpr double kAdjointTolerance = 1e-10;

const std::pair<int, int> kSizes[] = {{1, 1}, {1, 2}, {2, 2},   {1, 9},   {9, 1},
                                      {7, 5}, {3, 2}, {28, 28}, {50, 33}, {64, 128}};

/// Strokes, half-planes, boxes at the border, scattered pixels; with the border and its corners among what is hidden.
std::vector<Mask> masks_of(int height, int width) {
    std::vector<Mask> masks;
    for (std::uint64_t i = 0; i < 12; ++i) {
        Random random(3, RandomPurpose::masks, i);
        if (i < 3) {
            masks.push_back(random_strokes(height, width, random));
        } else if (i < 6) {
            masks.push_back(random_half_plane(height, width, random));
        } else {
            masks.push_back(nothing_hidden(height, width));
            for (std::uint8_t& hidden : masks.back().hidden) {
                hidden = random.below(i - 4) != 0 ? 1 : 0;
            }
        }
    }
    Mask frame = inverted(nothing_hidden(height, width));
    fill_rectangle(frame, {1, 1}, {width - 1.0, height - 1.0}, MaskChange::show);
    masks.push_back(frame);
    return masks;
}

/// try_it(mask, hole) with every mask of every size.
template <class Try>
void with_every_hole(const Try& try_it) {
    for (const auto& [height, width] : kSizes) {
        for (const Mask& mask : masks_of(height, width)) {
            SCOPED_TRACE(std::to_string(height) + "x" + std::to_string(width) + ", " +
                         std::to_string(hidden_count(mask)) + " hidden");
            try_it(mask, Hole(height, width, mask.hidden));
        }
    }
}

Plane noise(const Mask& mask, std::uint64_t index = 0) {
    Random random(5, RandomPurpose::exploration, index);
    Plane plane(mask.hidden.size());
    for (double& value : plane) {
        value = random.uniform(-1, 1);
    }
    return plane;
}

Plane filled(const Hole& hole, Plane plane) {
    hole.fill(std::span(plane));
    return plane;
}

Plane spanned(const Hole& hole, Plane plane, int rounds) {
    hole.span_membrane(std::span(plane), rounds);
    return plane;
}

bool sees_something(const Mask& mask) {
    return hidden_count(mask) < mask.hidden.size();
}

double product(const Plane& a, const Plane& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

double largest_difference(const Plane& a, const Plane& b) {
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::abs(a[i] - b[i]));
    }
    return largest;
}

/// value(y, x) at every pixel, hidden or not.
template <class ValueAt>
Plane drawn(const Mask& mask, const ValueAt& value) {
    Plane plane;
    for (int y = 0; y < mask.height; ++y) {
        for (int x = 0; x < mask.width; ++x) {
            plane.push_back(value(y, x));
        }
    }
    return plane;
}

TEST(Hole, KeepsVisiblePixels) {
    with_every_hole([](const Mask& mask, const Hole& hole) {
        const Plane plane = noise(mask);
        const Plane fill = filled(hole, plane);
        const Plane membrane = spanned(hole, plane, 7);
        for (std::size_t i = 0; i < plane.size(); ++i) {
            if (mask.hidden[i] == 0) {
                ASSERT_EQ(fill[i], plane[i]);
                ASSERT_EQ(membrane[i], plane[i]);
            }
        }
    });
}

TEST(Hole, WhatStoodInItHasNoInfluence) {
    with_every_hole([](const Mask& mask, const Hole& hole) {
        const Plane plane = noise(mask);
        Plane other = plane;
        for (std::size_t i = 0; i < plane.size(); ++i) {
            if (mask.hidden[i] != 0) {
                other[i] = std::numeric_limits<double>::quiet_NaN();
            }
        }
        ASSERT_EQ(filled(hole, other), filled(hole, plane));
        ASSERT_EQ(spanned(hole, other, 3), spanned(hole, plane, 3));
    });
}

TEST(Hole, IsFilledWithinTheRangeOfWhatIsVisible) {
    with_every_hole([](const Mask& mask, const Hole& hole) {
        const Plane plane = noise(mask);
        double least = 1;
        double most = -1;
        for (std::size_t i = 0; i < plane.size(); ++i) {
            if (mask.hidden[i] == 0) {
                least = std::min(least, plane[i]);
                most = std::max(most, plane[i]);
            }
        }
        if (sees_something(mask)) {
            for (const double value : filled(hole, plane)) {
                ASSERT_GE(value, least - kRounding);
                ASSERT_LE(value, most + kRounding);
            }
        }
    });
}

TEST(Hole, AConstantIsGoneOnWith) {
    with_every_hole([](const Mask& mask, const Hole& hole) {
        if (sees_something(mask)) {
            const Plane constant(mask.hidden.size(), .7);
            ASSERT_LT(largest_difference(filled(hole, constant), constant), kRounding);
            ASSERT_LT(largest_difference(spanned(hole, constant, 20), constant), kRounding);
        }
    });
}

TEST(Hole, ARampIsNearlyGoneOnWith) {
    Mask mask = nothing_hidden(64, 64);
    fill_rectangle(mask, {21, 25}, {40, 43}, MaskChange::hide);
    const Plane ramp = drawn(mask, [](int y, int x) { return .01 * x + .005 * y; });
    const Hole hole(64, 64, mask.hidden);
    // Across the hole the ramp rises by .28.
    EXPECT_LT(largest_difference(filled(hole, ramp), ramp), .05);
    EXPECT_LT(largest_difference(spanned(hole, ramp, 200), ramp), .01);
}

TEST(Hole, AllHiddenBecomesZeros) {
    for (const auto& [height, width] : kSizes) {
        const Mask mask = inverted(nothing_hidden(height, width));
        const Hole hole(height, width, mask.hidden);
        const Plane zeros(mask.hidden.size());
        EXPECT_EQ(filled(hole, noise(mask)), zeros);
        EXPECT_EQ(spanned(hole, noise(mask), 5), zeros);
        Plane gradient = noise(mask);
        hole.span_membrane_adjoint(std::span(gradient), 5);
        EXPECT_EQ(gradient, zeros) << "nothing visible can change it";
    }
}

TEST(Hole, NothingHiddenChangesNothing) {
    for (const auto& [height, width] : kSizes) {
        const Mask mask = nothing_hidden(height, width);
        const Hole hole(height, width, mask.hidden);
        EXPECT_TRUE(hole.empty());
        const Plane plane = noise(mask);
        EXPECT_EQ(filled(hole, plane), plane);
        EXPECT_EQ(spanned(hole, plane, 5), plane);
        Plane gradient = plane;
        hole.span_membrane_adjoint(std::span(gradient), 5);
        EXPECT_EQ(gradient, plane);
    }
}

TEST(Hole, FillAndItsAdjointAreAdjoint) {
    with_every_hole([](const Mask& mask, const Hole& hole) {
        const Plane p = noise(mask, 1);
        const Plane q = noise(mask, 2);
        Plane back = q;
        hole.fill_adjoint(std::span(back));
        ASSERT_NEAR(product(filled(hole, p), q), product(p, back), kAdjointTolerance);
    });
}

TEST(Hole, TheMembraneAndItsAdjointAreAdjoint) {
    for (const int rounds : {0, 1, 2, 20}) {
        with_every_hole([rounds](const Mask& mask, const Hole& hole) {
            const Plane p = noise(mask, 1);
            const Plane q = noise(mask, 2);
            Plane back = q;
            hole.span_membrane_adjoint(std::span(back), rounds);
            ASSERT_NEAR(product(spanned(hole, p, rounds), q), product(p, back), kAdjointTolerance)
                << rounds << " rounds";
        });
    }
}

TEST(Hole, ARoundMakesEveryHiddenPixelTheMeanOfItsNeighbours) {
    with_every_hole([](const Mask& mask, const Hole& hole) {
        const Plane before = spanned(hole, noise(mask), 2);
        const Plane after = spanned(hole, noise(mask), 3);
        const auto at = [&](int y, int x) {
            const int row = std::clamp(y, 0, mask.height - 1);
            const int column = std::clamp(x, 0, mask.width - 1);
            return before[static_cast<std::size_t>(row * mask.width + column)];
        };
        const Plane means = drawn(mask, [&](int y, int x) {
            return (at(y - 1, x) + at(y + 1, x) + at(y, x - 1) + at(y, x + 1)) / 4;
        });
        for (std::size_t i = 0; i < means.size(); ++i) {
            ASSERT_NEAR(after[i], mask.hidden[i] != 0 ? means[i] : before[i], kRounding);
        }
    });
}

TEST(Hole, ManyRoundsApproachTheHarmonicFunctionOfItsBorder) {
    Mask mask = nothing_hidden(32, 32);
    paint(mask, {10, 12}, {20, 18}, 9, MaskChange::hide);
    // x² - y² and x y are harmonic on the grid as well as in the plane.
    const Plane harmonic = drawn(mask, [](int y, int x) {
        const double u = (x - 16) / 16.0;
        const double v = (y - 16) / 16.0;
        return u * u - v * v + .5 * u * v;
    });
    const Hole hole(32, 32, mask.hidden);
    const double start = largest_difference(filled(hole, harmonic), harmonic);
    EXPECT_GT(start, .01);
    EXPECT_LT(largest_difference(spanned(hole, harmonic, 20), harmonic), start / 2);
    const Plane converged = spanned(hole, harmonic, 2000);
    EXPECT_LT(largest_difference(converged, harmonic), 1e-9);
    EXPECT_LT(largest_difference(spanned(hole, harmonic, 4001), converged), 1e-9)
        << "beyond convergence rounds change nothing";
}

TEST(Hole, FloatsAreFilledAsDoublesAre) {
    with_every_hole([](const Mask& mask, const Hole& hole) {
        const Plane plane = noise(mask);
        std::vector<float> single(plane.begin(), plane.end());
        hole.span_membrane(std::span(single), 20);
        std::vector<float> gradient(plane.begin(), plane.end());
        hole.span_membrane_adjoint(std::span(gradient), 20);
        Plane back = plane;
        hole.span_membrane_adjoint(std::span(back), 20);
        ASSERT_LT(largest_difference({single.begin(), single.end()}, spanned(hole, plane, 20)),
                  1e-5);
        for (std::size_t i = 0; i < back.size(); ++i) {
            ASSERT_NEAR(gradient[i], back[i], 1e-5 * std::max(1.0, std::abs(back[i])));
        }
    });
}

TEST(Hole, AnyMarkThatIsNotZeroHides) {
    const std::vector<std::uint8_t> marks = {0, 255, 0, 7};
    const std::vector<std::uint8_t> ones = {0, 1, 0, 1};
    const Plane plane = {1, 2, 3, 4};
    EXPECT_EQ(spanned(Hole(2, 2, marks), plane, 3), spanned(Hole(2, 2, ones), plane, 3));
}

TEST(Hole, RefusesAMaskOfAnotherSize) {
    const std::vector<std::uint8_t> hidden(6);
    EXPECT_THROW(Hole(2, 2, hidden), std::invalid_argument);
    EXPECT_THROW(Hole(0, 6, hidden), std::invalid_argument);
    EXPECT_THROW(Hole(-2, -3, hidden), std::invalid_argument);
    EXPECT_NO_THROW(Hole(2, 3, hidden));
}

}  // namespace
}  // namespace lmser
