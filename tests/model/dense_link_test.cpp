// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/dense_link.h"

#include <gtest/gtest.h>

#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

using test::uniform_tensor;

constexpr double kRounding = 1e-12;

TEST(DenseLink, UpAndDownOfATiedWeightAreAdjoint) {
    const auto weight = uniform_tensor({4, 7}, 1, -1, 1, torch::kFloat64);
    const auto no_bias_up = torch::zeros({4}, torch::kFloat64);
    const auto no_bias_down = torch::zeros({7}, torch::kFloat64);
    const DenseLink link(weight, weight, no_bias_up, no_bias_down);
    const auto z = uniform_tensor({1, 7}, 2, -1, 1, torch::kFloat64);
    const auto v = uniform_tensor({1, 4}, 3, -1, 1, torch::kFloat64);

    const double up = (link.up(z) * v).sum().item<double>();
    const double down = (z * link.down(v)).sum().item<double>();

    EXPECT_NEAR(up, down, kRounding);
    EXPECT_GT(std::abs(up), .01);
}

TEST(DenseLink, AddsTheBiasOfItsDirection) {
    const auto weight = torch::zeros({2, 3});
    const DenseLink link(weight, weight, torch::tensor({1.F, 2.F}), torch::tensor({3.F, 4.F, 5.F}));

    EXPECT_TRUE(link.up(torch::ones({1, 3})).equal(torch::tensor({{1.F, 2.F}})));
    EXPECT_TRUE(link.down(torch::ones({1, 2})).equal(torch::tensor({{3.F, 4.F, 5.F}})));
}

TEST(DenseLink, UntiedGoesDownThroughItsOwnWeight) {
    const auto up = torch::ones({2, 3});
    const auto down = 2 * torch::ones({2, 3});
    const DenseLink link(up, down, torch::zeros({2}), torch::zeros({3}));

    EXPECT_TRUE(link.up(torch::ones({1, 3})).equal(torch::full({1, 2}, 3.F)));
    EXPECT_TRUE(link.down(torch::ones({1, 2})).equal(torch::full({1, 3}, 4.F)));
}

}  // namespace
}  // namespace lmser
