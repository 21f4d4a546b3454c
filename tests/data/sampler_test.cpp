// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace lmser {
namespace {

using Indices = std::vector<std::int64_t>;

/// The first `steps` batches, one after another.
Indices drawn(Sampler& sampler, std::int64_t steps) {
    Indices all;
    for (std::int64_t step = 0; step < steps; ++step) {
        const Indices batch = sampler.indices(step);
        all.insert(all.end(), batch.begin(), batch.end());
    }
    return all;
}

TEST(Sampler, EveryEpochIsAPermutation) {
    constexpr std::int64_t kCount = 103;
    for (const int batch : {1, 10, 103, 250}) {
        Sampler sampler(kCount, batch, 5);
        const Indices all = drawn(sampler, 5 * kCount / batch + 1);
        Indices expected(kCount);
        std::iota(expected.begin(), expected.end(), 0);
        for (std::size_t epoch = 0; (epoch + 1) * kCount <= all.size(); ++epoch) {
            const auto first = all.begin() + static_cast<std::ptrdiff_t>(epoch * kCount);
            Indices order(first, first + kCount);
            EXPECT_NE(order, expected) << "not shuffled";
            std::sort(order.begin(), order.end());
            EXPECT_EQ(order, expected) << "batch " << batch << " epoch " << epoch;
        }
    }
}

TEST(Sampler, EpochsAndSeedsHaveOrdersOfTheirOwn) {
    Sampler sampler(50, 50, 1);
    Sampler other(50, 50, 2);
    EXPECT_NE(sampler.indices(0), sampler.indices(1));
    EXPECT_NE(sampler.indices(0), other.indices(0));
}

TEST(Sampler, AStepDoesNotDependOnTheStepsBefore) {
    Sampler sequential(103, 10, 5);
    const Indices all = drawn(sequential, 40);
    Sampler random_access(103, 10, 5);
    for (const std::int64_t step : {39, 0, 10, 11, 25, 9}) {
        const auto first = all.begin() + step * 10;
        EXPECT_EQ(random_access.indices(step), Indices(first, first + 10)) << step;
    }
}

TEST(Sampler, EveryPictureIsEquallyOftenFirst) {
    constexpr std::int64_t kCount = 5;
    constexpr int kEpochs = 10'000;
    Sampler sampler(kCount, kCount, 3);
    Indices first(kCount);
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
        ++first.at(static_cast<std::size_t>(sampler.indices(epoch)[0]));
    }
    for (const std::int64_t count : first) {
        EXPECT_NEAR(static_cast<double>(count), kEpochs / 5.0, 160);
    }
}

TEST(Sampler, CountsTheStepsOfAnEpoch) {
    EXPECT_EQ(Sampler(60'000, 50, 1).steps_per_epoch(), 1200);
    EXPECT_EQ(Sampler(101, 50, 1).steps_per_epoch(), 3);
    EXPECT_EQ(Sampler(1, 50, 1).steps_per_epoch(), 1);
}

TEST(Sampler, NothingToDrawFromIsOurMistake) {
    EXPECT_THROW(Sampler(0, 1, 1), std::invalid_argument);
    EXPECT_THROW(Sampler(1, 0, 1), std::invalid_argument);
}

}  // namespace
}  // namespace lmser
