// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/style_code.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>

#include "core/model/initialization.h"
#include "core/model/lmser_net.h"
#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

using test::style_spec;
using test::uniform_tensor;

constexpr double kRounding = 1e-6;

const StyleMemory& no_memory() {
    static const StyleMemory memory;
    return memory;
}

/// Parameters of a network with two classes and two styles, as before the first step.
Parameters fresh_parameters() {
    Parameters parameters(parameter_shapes(style_spec()), torch::kFloat32);
    initialize(parameters, Initialization::xavier, 1);
    return parameters;
}

TEST(StyleCode, MakesAStandardNormalStyleAnEvenOne) {
    // Quartiles of the standard normal distribution become quarters of [-2, 2].
    const auto normal = torch::tensor({-10.0, -.67448975, 0.0, .67448975, 10.0});
    EXPECT_TRUE(
        even_style(normal).allclose(torch::tensor({-2.0, -1.0, 0.0, 1.0, 2.0}), 0, kRounding));
}

TEST(StyleCode, ABatchGetsMeanZeroAndVarianceOne) {
    const auto v = normalized_style(uniform_tensor({50, 2}, 1, 5, 9), no_memory(), true);
    EXPECT_TRUE(v.mean(0).allclose(torch::zeros({2}), 0, 1e-5));
    EXPECT_TRUE(v.var(0, false).allclose(torch::ones({2}), 0, 1e-3));
}

TEST(StyleCode, InUseTheRunningMomentsNormalise) {
    StyleMemory memory;
    memory.mean = torch::tensor({1.F, -1.F});
    memory.variance = torch::tensor({4.F - 1e-4F, .25F - 1e-4F});
    const auto v = normalized_style(torch::tensor({{5.F, 0.F}}), memory, false);
    EXPECT_TRUE(v.allclose(torch::tensor({{2.F, 2.F}}), 0, kRounding));
}

TEST(StyleCode, ConstantUnitsStayFinite) {
    const auto v = normalized_style(torch::full({4, 2}, 3.F), no_memory(), true);
    EXPECT_TRUE(v.equal(torch::zeros({4, 2})));
}

TEST(StyleCode, NoGradientMovesAllStylesOfABatchTogether) {
    const auto y = uniform_tensor({6, 2}, 1, -1, 1, torch::kFloat64).set_requires_grad(true);
    const auto weights = uniform_tensor({6, 2}, 2, -1, 1, torch::kFloat64);
    (normalized_style(y, no_memory(), true) * weights).sum().backward();
    EXPECT_GT(y.grad().abs().max().item<double>(), .01);
    EXPECT_TRUE(y.grad().sum(0).allclose(torch::zeros({2}, torch::kFloat64), 0, 1e-12));
}

TEST(StyleError, ComparesAStyleWithTheQuantileOfItsRankByHand) {
    const auto recent = torch::tensor({{{0.F}}, {{-5.F}}});  // one remembered style a class
    const auto along = torch::ones({1, 1});
    const auto error = [&](float v, std::int64_t label) {
        return style_error(torch::full({1, 1}, v), torch::tensor({label}), recent, along)
            .item<double>();
    };
    // Below the one of class 0: Φ⁻¹(1/4) = -.67449; above it, as above that of class 1: Φ⁻¹(3/4).
    EXPECT_NEAR(error(-1, 0), .5 * .32551 * .32551, 1e-5);
    EXPECT_NEAR(error(1, 0), .5 * .32551 * .32551, 1e-5);
    EXPECT_NEAR(error(-1, 1), .5 * 1.67449 * 1.67449, 1e-5);
}

TEST(StyleError, IsTheMeanOverDirectionsTimesHalfTheStyles) {
    const auto recent = torch::tensor({{{0.F, 0.F}}});
    const auto v = torch::tensor({{1.F, -2.F}});
    const auto labels = torch::tensor({0});
    const double across =
        style_error(v, labels, recent, torch::tensor({{1.F, 0.F}})).item<double>();
    const double up = style_error(v, labels, recent, torch::tensor({{0.F, 1.F}})).item<double>();
    const double both = style_error(v, labels, recent, torch::eye(2)).item<double>();
    EXPECT_NEAR(across, .32551 * .32551, 1e-5);
    EXPECT_NEAR(up, 1.32551 * 1.32551, 1e-5);
    EXPECT_NEAR(both, (across + up) / 2, 1e-5);
}

TEST(StyleError, IsSmallForAStandardNormalAndLargeForAnotherCloud) {
    const StyleMemory memory = style_memory(fresh_parameters());
    const auto labels = torch::arange(200) % 2;
    const auto own =
        memory.recent.transpose(0, 1).reshape({200, 2});  // every style where it belongs
    const auto error = [&](double scale, double shift) {
        return style_error(own * scale + shift, labels, memory.recent * scale + shift,
                           torch::eye(2))
            .item<double>();
    };
    EXPECT_LT(error(1, 0), .05);
    EXPECT_GT(error(.3, 0), .3);
    EXPECT_GT(error(1, 1), .5);
}

TEST(StyleMemory, StartsStandardNormalAndTheSameForTheSameSeed) {
    const StyleMemory memory = style_memory(fresh_parameters());
    EXPECT_EQ(memory.recent.sizes().vec(), (std::vector<std::int64_t>{2, kRememberedStyles, 2}));
    EXPECT_NEAR(memory.recent.mean().item<double>(), 0, .15);
    EXPECT_NEAR(memory.recent.std().item<double>(), 1, .15);
    EXPECT_TRUE(memory.recent.equal(style_memory(fresh_parameters()).recent));
    EXPECT_TRUE(memory.mean.equal(torch::zeros({2})));
    EXPECT_TRUE(memory.variance.equal(torch::ones({2})));
    EXPECT_TRUE(memory.next.equal(torch::zeros({2})));
}

TEST(StyleMemory, RunningMomentsMoveAFiftiethOfTheWay) {
    const Parameters parameters = fresh_parameters();
    const StyleMemory memory = style_memory(parameters);
    const auto y = torch::tensor({{1.F, 10.F}, {3.F, 10.F}});
    remember_styles(memory, y, torch::zeros({2, 2}), torch::tensor({0, 1}));
    EXPECT_TRUE(memory.mean.allclose(torch::tensor({.04F, .2F}), 0, kRounding));
    EXPECT_TRUE(memory.variance.allclose(torch::tensor({1.F, .98F}), 0, kRounding));
    EXPECT_TRUE(parameters.view("style.mean").equal(memory.mean));
}

TEST(StyleMemory, NewStylesTakeThePlacesOfTheOldestOfTheirClass) {
    const Parameters parameters = fresh_parameters();
    const StyleMemory memory = style_memory(parameters);
    memory.next.copy_(torch::tensor({98.F, 5.F}));
    const auto before = memory.recent.clone();
    const auto v = torch::tensor({{1.F, 2.F}, {3.F, 4.F}, {5.F, 6.F}, {7.F, 8.F}});
    remember_styles(memory, torch::zeros({4, 2}), v, torch::tensor({0, 0, 1, 0}));

    EXPECT_TRUE(memory.recent[0][98].equal(v[0]));
    EXPECT_TRUE(memory.recent[0][99].equal(v[1]));
    EXPECT_TRUE(memory.recent[0][0].equal(v[3]));  // the ring closes
    EXPECT_TRUE(memory.recent[1][5].equal(v[2]));
    EXPECT_TRUE(memory.next.equal(torch::tensor({1.F, 6.F})));
    EXPECT_EQ(memory.recent.ne(before).sum().item<std::int64_t>(), 8);
}

}  // namespace
}  // namespace lmser
