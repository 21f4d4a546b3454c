// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace lmser {
namespace {

constexpr int kDraws = 20'000;

TEST(Random, IsAPureFunctionOfSeedPurposeAndIndex) {
    Random first(7, RandomPurpose::order, 3);
    Random again(7, RandomPurpose::order, 3);
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(first.bits(), again.bits());
    }
}

TEST(Random, NeighbouringStreamsDiffer) {
    const std::uint64_t here = Random(7, RandomPurpose::order, 3).bits();
    EXPECT_NE(here, Random(8, RandomPurpose::order, 3).bits());
    EXPECT_NE(here, Random(7, RandomPurpose::weights, 3).bits());
    EXPECT_NE(here, Random(7, RandomPurpose::order, 4).bits());
}

TEST(Random, NormalNumbersHaveMeanZeroAndSpreadOne) {
    Random random(1, RandomPurpose::weights, 0);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < kDraws; ++i) {
        const double value = random.normal();
        sum += value;
        squares += value * value;
    }
    EXPECT_NEAR(sum / kDraws, 0, .03);
    EXPECT_NEAR(std::sqrt(squares / kDraws), 1, .03);
}

TEST(Random, BelowReachesEveryNumberEquallyOften) {
    Random random(1, RandomPurpose::order, 0);
    std::array<int, 5> seen{};
    for (int i = 0; i < kDraws; ++i) {
        ++seen.at(random.below(seen.size()));
    }
    for (const int count : seen) {
        EXPECT_NEAR(count, kDraws / 5.0, 200);
    }
}

}  // namespace
}  // namespace lmser
