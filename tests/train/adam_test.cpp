// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adam.h"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace lmser {
namespace {

constexpr float kRounding = 1e-6F;

TEST(Adam, TwoStepsByHand) {
    std::vector<float> weight{1};
    std::vector<float> first{0};
    std::vector<float> second{0};

    adam_step(weight, std::vector{.5F}, first, second, .1, 1);
    EXPECT_NEAR(first[0], .05F, kRounding);
    EXPECT_NEAR(second[0], .00025F, kRounding);
    EXPECT_NEAR(weight[0], .9F, kRounding);  // 1 - .1 · .5 / .5

    adam_step(weight, std::vector{-1.F}, first, second, .1, 2);
    EXPECT_NEAR(first[0], -.055F, kRounding);
    EXPECT_NEAR(second[0], .00124975F, kRounding);
    EXPECT_NEAR(weight[0], .9366104F,
                kRounding);  // .9 + .1 · (.055 / .19) / √(.00124975 / .001999)
}

TEST(Adam, TreatsEveryElementAlikeWhereverItLies) {
    constexpr std::size_t kCount = 37;  // no multiple of any vector length
    std::vector<float> weight(kCount, 1);
    std::vector<float> first(kCount, .2F);
    std::vector<float> second(kCount, .3F);
    const std::vector<float> gradient(kCount, -.7F);
    adam_step(weight, gradient, first, second, .01, 5);
    EXPECT_EQ(weight, std::vector<float>(kCount, weight[0]));
    EXPECT_NE(weight[0], 1);
}

TEST(Adam, FiniteMeansNeitherInfinityNorNaNAnywhere) {
    std::vector<float> values(41, std::numeric_limits<float>::max());
    EXPECT_TRUE(all_finite(values));
    for (const std::size_t place : {std::size_t{0}, std::size_t{17}, std::size_t{40}}) {
        for (const float bad :
             {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
              std::numeric_limits<float>::quiet_NaN()}) {
            std::vector<float> spoiled = values;
            spoiled[place] = bad;
            EXPECT_FALSE(all_finite(spoiled)) << bad << " at " << place;
        }
    }
}

}  // namespace
}  // namespace lmser
