// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <string>
#include <tuple>

#include <gtest/gtest.h>
#include <torch/autograd.h>

#include "core/model/lmser_net.h"
#include "core/train/objective.h"
#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

using test::uniform_tensor;

constexpr double kStep = 1e-6;
constexpr double kTolerance = 1e-6;  // relative to 1 + |slope|

enum class Variant { ae, un_n, un, sup };

using Case = std::tuple<Variant, Activation, Fusion, int, ReconstructionLoss>;

NetworkSpec spec_of(const Case& the_case) {
    const auto& [variant, activation, fusion, reflections, loss] = the_case;
    NetworkSpec spec = test::tiny_spec(variant == Variant::ae     ? test::kAe
                                       : variant == Variant::un_n ? test::kUnN
                                                                  : test::kUn);
    spec.label_units = variant == Variant::sup ? 2 : 0;
    spec.activation = activation;
    spec.fusion = fusion;
    spec.reflections = reflections;
    return spec;
}

/// Pictures with some pixels at exactly black and white, where the hinge bends.
torch::Tensor pictures() {
    return uniform_tensor({4, 6}, 3, -.3, 1.3, torch::kFloat64).clamp(0, 1);
}

class JointLossGradient : public testing::TestWithParam<Case> {
protected:
    JointLossGradient() : net_(spec_of(GetParam()), torch::kFloat64) {
        options_.reconstruction_loss = std::get<ReconstructionLoss>(GetParam());
        options_.reconstruction_weight = 3;
        options_.label_weight = .7;
        test::randomize(net_.parameters(), 11);
    }

    torch::Tensor loss() {
        const auto bits = torch::tensor({1., 0., 1., 1.}, torch::kFloat64).view({4, 1});
        const auto labels = torch::tensor({0, 1, 1, 0}, torch::kInt64);
        const auto input = pictures();
        return joint_loss(options_, net_.perceive(input, {.shortcut_bits = bits}), input, labels)
            .joint;
    }

    /// The slope of the loss along a direction of one parameter tensor, by central differences.
    double measured_slope(const torch::Tensor& view, const torch::Tensor& direction) {
        const torch::NoGradGuard no_grad;
        const auto original = view.clone();
        view.copy_(original + kStep * direction);
        const double above = loss().item<double>();
        view.copy_(original - kStep * direction);
        const double below = loss().item<double>();
        view.copy_(original);
        return (above - below) / (2 * kStep);
    }

    void expect_gradients_match() {
        net_.parameters().require_gradients();
        loss().backward();
        for (std::size_t i = 0; i < net_.parameters().views().size(); ++i) {
            const auto& view = net_.parameters().views()[i];
            const auto& name = net_.parameters().shapes()[i].name;
            ASSERT_GT(view.grad().abs().max().item<double>(), 1e-6) << name << " is dead";
            for (std::uint64_t seed = 0; seed < 3; ++seed) {
                const auto direction =
                    uniform_tensor(view.sizes().vec(), seed, -1, 1, torch::kFloat64);
                const double slope = (view.grad() * direction).sum().item<double>();
                EXPECT_NEAR(measured_slope(view, direction), slope,
                            kTolerance * (1 + std::abs(slope)))
                    << name;
            }
        }
    }

    LmserNet net_;
    TrainingOptions options_;
};

INSTANTIATE_TEST_SUITE_P(
    Everything, JointLossGradient,
    testing::Combine(testing::Values(Variant::ae, Variant::un_n, Variant::un, Variant::sup),
                     testing::Values(Activation::relu, Activation::leaky_relu, Activation::sigmoid,
                                     Activation::tanh),
                     testing::Values(Fusion::sum, Fusion::average), testing::Values(1, 3),
                     testing::Values(ReconstructionLoss::mean_square, ReconstructionLoss::half_sum,
                                     ReconstructionLoss::hinge)));

TEST_P(JointLossGradient, IsTheSlopeOfTheLoss) {
    expect_gradients_match();
}

class SquaredLabelsGradient : public JointLossGradient {};

INSTANTIATE_TEST_SUITE_P(Supervised, SquaredLabelsGradient,
                         testing::Combine(testing::Values(Variant::sup),
                                          testing::Values(Activation::relu, Activation::sigmoid),
                                          testing::Values(Fusion::sum, Fusion::average),
                                          testing::Values(1, 3),
                                          testing::Values(ReconstructionLoss::hinge)));

TEST_P(SquaredLabelsGradient, IsTheSlopeOfTheLoss) {
    options_.label_loss = LabelLoss::mean_square;
    expect_gradients_match();
}

}  // namespace
}  // namespace lmser
