// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/conv_link.h"

#include <cmath>
#include <ostream>

#include <gtest/gtest.h>
#include <torch/autograd.h>

#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

using test::uniform_tensor;

constexpr double kRounding = 1e-11;
constexpr std::int64_t kBatch = 2;

/// A convolution over planes that it folds back onto.
struct Geometry {
    Layer layer;
    ImageShape lower;

    [[nodiscard]] ImageShape upper() const {
        const auto side = [this](int below) {
            return (below + 2 * layer.padding - layer.kernel) / layer.stride + 1;
        };
        return {layer.units, side(lower.height), side(lower.width)};
    }
    friend std::ostream& operator<<(std::ostream& out, const Geometry& geometry) {
        return out << text_of(geometry.layer) << " over " << geometry.lower.channels << "x"
                   << geometry.lower.height << "x" << geometry.lower.width;
    }
};

torch::Tensor planes(const torch::Tensor& flat, const ImageShape& shape) {
    return flat.view({flat.size(0), shape.channels, shape.height, shape.width});
}

class EveryGeometry : public testing::TestWithParam<Geometry> {
protected:
    EveryGeometry() {
        const auto& [layer, lower] = GetParam();
        const std::vector<std::int64_t> sizes{layer.units, lower.channels, layer.kernel,
                                              layer.kernel};
        weight_ = uniform_tensor(sizes, 1, -1, 1, torch::kFloat64);
        weight_down_ = uniform_tensor(sizes, 2, -1, 1, torch::kFloat64);
        bias_up_ = uniform_tensor({layer.units}, 3, -1, 1, torch::kFloat64);
        bias_down_ = uniform_tensor({lower.channels}, 4, -1, 1, torch::kFloat64);
        lower_ = signal(lower, 5);
        upper_ = signal(GetParam().upper(), 6);
    }

    static torch::Tensor signal(const ImageShape& shape, std::uint64_t seed) {
        return uniform_tensor({kBatch, static_cast<std::int64_t>(shape.pixels())}, seed, -1, 1,
                              torch::kFloat64);
    }

    [[nodiscard]] ConvLink link() const {
        return {weight_,          weight_down_,     bias_up_,          bias_down_,
                GetParam().layer, GetParam().lower, GetParam().upper()};
    }

    [[nodiscard]] torch::Tensor torch_up() const {
        const auto& [layer, lower] = GetParam();
        return torch::conv2d(planes(lower_, lower), weight_, bias_up_, layer.stride, layer.padding)
            .flatten(1);
    }

    [[nodiscard]] torch::Tensor torch_down() const {
        const Layer& layer = GetParam().layer;
        return torch::conv_transpose2d(planes(upper_, GetParam().upper()), weight_down_, bias_down_,
                                       layer.stride, layer.padding)
            .flatten(1);
    }

    /// Makes everything a leaf with a gradient of zeros, as Parameters does.
    void require_gradients() {
        for (torch::Tensor* leaf : leaves()) {
            *leaf = leaf->detach().clone().set_requires_grad(true);
            leaf->mutable_grad() = torch::zeros_like(*leaf).detach();
        }
    }

    std::vector<torch::Tensor*> leaves() {
        return {&weight_, &weight_down_, &bias_up_, &bias_down_, &lower_, &upper_};
    }

    std::vector<torch::Tensor> gradients_of(const torch::Tensor& up, const torch::Tensor& down) {
        (up.square().sum() + down.pow(3).sum()).backward();
        std::vector<torch::Tensor> gradients;
        for (torch::Tensor* leaf : leaves()) {
            gradients.push_back(leaf->grad().clone());
        }
        return gradients;
    }

    torch::Tensor weight_, weight_down_, bias_up_, bias_down_, lower_, upper_;
};

INSTANTIATE_TEST_SUITE_P(ConvLink, EveryGeometry,
                         testing::Values(Geometry{{16, 4, 2, 1}, {1, 28, 28}},
                                         Geometry{{8, 4, 2, 1}, {6, 14, 14}},
                                         Geometry{{5, 3, 2, 1}, {4, 7, 7}},  // 7 -> 4
                                         Geometry{{6, 4, 1, 0}, {5, 4, 4}},  // 4 -> 1
                                         Geometry{{3, 1, 1, 0}, {2, 5, 4}},  // pixel by pixel
                                         Geometry{{2, 3, 3, 0}, {3, 6, 9}},  // side by side
                                         Geometry{{4, 5, 2, 2}, {1, 9, 7}},
                                         Geometry{{2, 3, 1, 2}, {3, 1, 4}},  // grows
                                         Geometry{{2, 3, 2, 0}, {3, 5, 7}}));

TEST_P(EveryGeometry, UpAndDownOfATiedWeightAreAdjoint) {
    weight_down_ = weight_;
    bias_up_.zero_();
    bias_down_.zero_();
    const double up = (link().up(lower_) * upper_).sum().item<double>();
    const double down = (lower_ * link().down(upper_)).sum().item<double>();
    EXPECT_NEAR(up, down, kRounding);
    EXPECT_GT(std::abs(up), .01);
}

TEST_P(EveryGeometry, GoesUpAsTorchConvolves) {
    EXPECT_TRUE(link().up(lower_).allclose(torch_up(), 0, kRounding));
}

TEST_P(EveryGeometry, GoesDownThroughItsDownwardWeightAsTorchConvolvesTransposed) {
    EXPECT_TRUE(link().down(upper_).allclose(torch_down(), 0, kRounding));
}

TEST_P(EveryGeometry, HasTheGradientsOfTorchsConvolutions) {
    require_gradients();
    const auto own = gradients_of(link().up(lower_), link().down(upper_));
    require_gradients();
    const auto of_torch = gradients_of(torch_up(), torch_down());
    const char* names[] = {"weight", "weight_down", "bias_up", "bias_down", "lower", "upper"};
    for (std::size_t i = 0; i < own.size(); ++i) {
        EXPECT_TRUE(own[i].allclose(of_torch[i], kRounding, kRounding)) << names[i];
        EXPECT_GT(own[i].abs().max().item<double>(), .01) << names[i];
    }
}

TEST_P(EveryGeometry, ATiedWeightGetsTheGradientsOfBothWays) {
    weight_down_ = weight_;
    require_gradients();
    weight_down_ = weight_;  // one leaf again
    (link().up(lower_).square().sum() + link().down(upper_).square().sum()).backward();
    const auto tied = weight_.grad().clone();
    require_gradients();
    (torch_up().square().sum() + torch_down().square().sum()).backward();
    EXPECT_TRUE(tied.allclose(weight_.grad() + weight_down_.grad(), kRounding, kRounding));
}

TEST(ConvLink, AddsTheBiasOfItsDirectionToEveryPixelOfAChannel) {
    const Geometry geometry{{2, 2, 2, 0}, {3, 2, 4}};
    const auto weight = torch::zeros({2, 3, 2, 2});
    const ConvLink link(weight, weight, torch::tensor({1.F, 2.F}), torch::tensor({3.F, 4.F, 5.F}),
                        geometry.layer, geometry.lower, geometry.upper());
    const auto down = torch::tensor({3.F, 4.F, 5.F}).repeat_interleave(8).view({1, 24});
    EXPECT_TRUE(link.up(torch::ones({1, 24})).equal(torch::tensor({{1.F, 1.F, 2.F, 2.F}})));
    EXPECT_TRUE(link.down(torch::ones({1, 4})).equal(down));
}

TEST(ConvLink, AConvolutionByHand) {
    // Two columns of a 1x3 picture at a time, stride 1: y = (a + 2b, b + 2c); down again: its transpose.
    const auto weight = torch::zeros({1, 1, 2, 2});
    weight[0][0][0][0] = 1;
    weight[0][0][0][1] = 2;
    const ConvLink link(weight, weight, torch::zeros({1}), torch::zeros({1}), {1, 2, 1, 0},
                        {1, 2, 3}, {1, 1, 2});
    const auto picture = torch::tensor({{1.F, 10.F, 100.F, 7.F, 8.F, 9.F}});
    EXPECT_TRUE(link.up(picture).equal(torch::tensor({{21.F, 210.F}})));
    EXPECT_TRUE(link.down(torch::tensor({{1.F, 10.F}}))
                    .equal(torch::tensor({{1.F, 12.F, 20.F, 0.F, 0.F, 0.F}})));
}

}  // namespace
}  // namespace lmser
