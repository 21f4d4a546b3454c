// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/initialization.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/model/lmser_net.h"
#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

constexpr double kRounding = 1e-10;

/// The weight of a fully connected link.
ParameterShape dense(std::int64_t upper, std::int64_t lower) {
    return {"weight", {upper, lower}, lower, upper};
}

TEST(Initialization, OrthogonalRowsAreOrthonormal) {
    const auto wide = initial_weight(Initialization::orthogonal, dense(4, 9), 1, 0);
    EXPECT_TRUE(wide.mm(wide.t()).allclose(torch::eye(4, torch::kFloat64), 0, kRounding));
}

TEST(Initialization, OrthogonalColumnsAreOrthonormalWhereTheyAreFewer) {
    const auto tall = initial_weight(Initialization::orthogonal, dense(9, 4), 1, 0);
    EXPECT_TRUE(tall.t().mm(tall).allclose(torch::eye(4, torch::kFloat64), 0, kRounding));
}

TEST(Initialization, UniformKindsFillTheirRange) {
    const auto expect_range = [](Initialization kind, double bound) {
        const double largest = initial_weight(kind, dense(30, 50), 7, 0).abs().max().item<double>();
        EXPECT_LE(largest, bound);
        EXPECT_GT(largest, .99 * bound);
    };
    expect_range(Initialization::xavier, std::sqrt(6. / 80));
    expect_range(Initialization::kaiming, std::sqrt(6. / 50));
    expect_range(Initialization::torch_default, std::sqrt(1. / 50));
}

TEST(Initialization, AConvolutionsFansAreTheNeuronsThatItsWeightJoins) {
    const ParameterShape shape = parameter_shapes(test::convolutional_spec())[3];
    EXPECT_EQ(shape.name, "link2.weight");
    EXPECT_EQ(shape.sizes, (std::vector<std::int64_t>{3, 2, 4, 4}));
    EXPECT_EQ(shape.fan_in, 2 * 16);       // every tap of both lower channels
    EXPECT_EQ(shape.fan_out, 3 * 16 / 4);  // with stride 2 a quarter of the taps of three channels
    const double largest =
        initial_weight(Initialization::xavier, shape, 7, 0).abs().max().item<double>();
    EXPECT_LE(largest, std::sqrt(6. / (32 + 12)));
    EXPECT_GT(largest, .95 * std::sqrt(6. / (32 + 12)));
}

TEST(Initialization, OrthogonalConvolutionsHaveOrthonormalChannels) {
    LmserNet net(test::convolutional_spec());
    initialize(net.parameters(), Initialization::orthogonal, 3);
    const auto channels = net.parameters().view("link2.weight").flatten(1);
    EXPECT_TRUE(channels.mm(channels.t()).allclose(torch::eye(3), 0, 1e-5));
}

TEST(Initialization, SameSeedGivesTheSameBytesAndAnotherSeedOthers) {
    const auto weights = [](std::uint64_t seed) {
        LmserNet net(test::tiny_spec());
        initialize(net.parameters(), Initialization::orthogonal, seed);
        return net.parameters().flat();
    };
    EXPECT_TRUE(weights(5).equal(weights(5)));
    EXPECT_FALSE(weights(5).equal(weights(6)));
}

TEST(Initialization, EveryWeightIsDrawnAnewAndBiasesAreZero) {
    LmserNet net(test::tiny_spec(test::kAe));
    initialize(net.parameters(), Initialization::xavier, 1);
    EXPECT_FALSE(
        net.parameters().view("link2.weight").equal(net.parameters().view("link2.weight_down")));
    EXPECT_EQ(net.parameters().view("link2.bias_up").abs().sum().item<float>(), 0);
    EXPECT_EQ(net.parameters().view("link2.bias_down").abs().sum().item<float>(), 0);
}

}  // namespace
}  // namespace lmser
