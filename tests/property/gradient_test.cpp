// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>
#include <torch/autograd.h>

#include "core/model/lmser_net.h"
#include "core/model/style_code.h"
#include "core/train/objective.h"
#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

using test::uniform_tensor;

constexpr double kStep = 1e-6;
constexpr double kTolerance = 1e-6;  // relative to 1 + |slope|

enum class Variant { ae, un_n, un, sup };

Wiring wiring_of(Variant variant) {
    return variant == Variant::ae ? test::kAe : variant == Variant::un_n ? test::kUnN : test::kUn;
}

/// Pictures with some pixels at exactly black and white, where the hinge bends.
torch::Tensor pictures(const ImageShape& shape) {
    return uniform_tensor({4, static_cast<std::int64_t>(shape.pixels())}, 3, -.3, 1.3,
                          torch::kFloat64)
        .clamp(0, 1);
}

/// A network in float64 and what its joint loss is made of; whether backward() gives its slope.
class GradientCheck {
public:
    explicit GradientCheck(const NetworkSpec& spec)
        : net_(spec, torch::kFloat64), input_(pictures(spec.input)) {
        training.reconstruction_weight = 3;
        training.label_weight = .7;
        test::randomize(net_.parameters(), 11);
        seen.shortcut_bits = torch::tensor({1., 0., 1., 1.}, torch::kFloat64).view({4, 1});
        if (spec.style_units > 0) {
            add_styles(spec);
        }
    }

    /// Codes of both classes and styles over their range; pictures of the codes are recognised, with noise on them.
    void dream() {
        const NetworkSpec& spec = net_.spec();
        const auto styles = uniform_tensor({6, spec.style_units}, 8, -2, 2, torch::kFloat64);
        const auto classes = torch::one_hot(torch::tensor({0, 1, 0, 1, 0, 1}), spec.label_units);
        dreams_ = torch::cat({classes.to(torch::kFloat64), styles}, 1);
        dream_noise_ = uniform_tensor({6, static_cast<std::int64_t>(spec.input.pixels())}, 9, -.3,
                                      .3, torch::kFloat64);
        awake_ = std::make_unique<LmserNet>(net_.copy());
    }

    /// Along three directions of every link's tensors, none of which may be dead. Styles are remembered, not learned.
    void expect_gradients_match() {
        net_.parameters().require_gradients();
        loss().backward();
        for (std::size_t i = 0; i < net_.parameters().views().size(); ++i) {
            const auto& view = net_.parameters().views()[i];
            const auto& name = net_.parameters().shapes()[i].name;
            if (!name.starts_with("link")) {
                EXPECT_EQ(view.grad().abs().max().item<double>(), 0) << name;
                continue;
            }
            // Nothing that is learned from dreams concerns the way up.
            const bool goes_up = name.ends_with("bias_up");
            if (dreams_.defined() && goes_up) {
                EXPECT_EQ(view.grad().abs().max().item<double>(), 0) << name;
                continue;
            }
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

    TrainingOptions training;
    PerceiveOptions seen;

private:
    void add_styles(const NetworkSpec& spec) {
        const std::int64_t styles = spec.style_units;
        training.style_weight = 2;
        const StyleMemory memory = style_memory(net_.parameters());
        memory.variance.fill_(.8);
        memory.recent.copy_(uniform_tensor(memory.recent.sizes().vec(), 5, -2, 2));
        styles_ = {memory.recent, uniform_tensor({5, styles}, 6, -1, 1, torch::kFloat64)};
        seen.categories = torch::one_hot(labels_, spec.label_units).to(torch::kFloat64);
        seen.style_noise = uniform_tensor({4, styles}, 7, -.3, .3, torch::kFloat64);
        seen.batch_statistics = true;
    }

    torch::Tensor loss() {
        if (dreams_.defined()) {
            return dream_error(net_, dreams_, dream_noise_);
        }
        return joint_loss(training, net_.perceive(input_, seen), input_, labels_, styles_,
                          net_.spec().input, seen.hidden)
            .joint;
    }

    /// The loss as a function of weights that only the way down follows.
    torch::Tensor loss_seen_by_the_awake() {
        if (!dreams_.defined()) {
            return loss();
        }
        const auto pictures = net_.imagine(dreams_).clamp(0, 1) + dream_noise_;
        const std::int64_t labels = net_.spec().label_units;
        return label_error(LabelLoss::cross_entropy,
                           awake_->recognise(pictures).narrow(1, 0, labels),
                           torch::tensor({0, 1, 0, 1, 0, 1}));
    }

    /// The slope of the loss along a direction of one parameter tensor, by central differences.
    double measured_slope(const torch::Tensor& view, const torch::Tensor& direction) {
        const torch::NoGradGuard no_grad;
        const auto original = view.clone();
        view.copy_(original + kStep * direction);
        const double above = loss_seen_by_the_awake().item<double>();
        view.copy_(original - kStep * direction);
        const double below = loss_seen_by_the_awake().item<double>();
        view.copy_(original);
        return (above - below) / (2 * kStep);
    }

    LmserNet net_;
    torch::Tensor input_;
    torch::Tensor labels_ = torch::tensor({0, 1, 1, 0}, torch::kInt64);
    StyleTarget styles_;
    torch::Tensor dreams_;
    torch::Tensor dream_noise_;
    std::unique_ptr<LmserNet> awake_;  ///< does not change with the weights; only where it dreams
};

using Case = std::tuple<Variant, Activation, Fusion, int, ReconstructionLoss>;

class JointLossGradient : public testing::TestWithParam<Case> {
protected:
    static GradientCheck check() {
        const auto& [variant, activation, fusion, reflections, loss] = GetParam();
        NetworkSpec spec = test::tiny_spec(wiring_of(variant));
        spec.label_units = variant == Variant::sup ? 2 : 0;
        spec.activation = activation;
        spec.fusion = fusion;
        spec.reflections = reflections;
        GradientCheck check(spec);
        check.training.reconstruction_loss = loss;
        return check;
    }
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
    check().expect_gradients_match();
}

class SquaredLabelsGradient : public JointLossGradient {};

INSTANTIATE_TEST_SUITE_P(Supervised, SquaredLabelsGradient,
                         testing::Combine(testing::Values(Variant::sup),
                                          testing::Values(Activation::relu, Activation::sigmoid),
                                          testing::Values(Fusion::sum, Fusion::average),
                                          testing::Values(1, 3),
                                          testing::Values(ReconstructionLoss::hinge)));

TEST_P(SquaredLabelsGradient, IsTheSlopeOfTheLoss) {
    GradientCheck squared = check();
    squared.training.label_loss = LabelLoss::mean_square;
    squared.expect_gradients_match();
}

using ConvolutionalCase = std::tuple<Variant, Activation, Fusion, int>;

class ConvolutionalGradient : public testing::TestWithParam<ConvolutionalCase> {
protected:
    static NetworkSpec spec() {
        const auto& [variant, activation, fusion, reflections] = GetParam();
        NetworkSpec spec = test::convolutional_spec(wiring_of(variant));
        spec.label_units = variant == Variant::sup ? 2 : 0;
        spec.activation = activation;
        spec.fusion = fusion;
        spec.reflections = reflections;
        return spec;
    }
};

INSTANTIATE_TEST_SUITE_P(
    Everything, ConvolutionalGradient,
    testing::Combine(testing::Values(Variant::ae, Variant::un_n, Variant::un, Variant::sup),
                     testing::Values(Activation::relu, Activation::leaky_relu, Activation::tanh),
                     testing::Values(Fusion::sum, Fusion::average), testing::Values(1, 2)));

TEST_P(ConvolutionalGradient, IsTheSlopeOfTheLossBelowAFullyConnectedTop) {
    GradientCheck(spec()).expect_gradients_match();
}

TEST_P(ConvolutionalGradient, IsTheSlopeOfTheLossOfColourConvolvedToTheTop) {
    NetworkSpec convolved = spec();
    convolved.input.channels = 3;
    convolved.layers.back() = {2, 2, 1, 0};  // 2x1x2
    GradientCheck(convolved).expect_gradients_match();
}

/// The sum rule is meant for one reflection: of two the signals grow until their kinks are nearer than the step.
using RecallCase = std::tuple<Variant, std::pair<Fusion, int>>;

class RecallGradient : public testing::TestWithParam<RecallCase> {
protected:
    static GradientCheck check(NetworkSpec spec) {
        const auto& [variant, rule] = GetParam();
        const auto& [fusion, reflections] = rule;
        spec.wiring = wiring_of(variant);
        spec.activation = Activation::leaky_relu;
        spec.fusion = fusion;
        spec.reflections = reflections;
        spec.centred = true;
        spec.mask_channel = true;
        GradientCheck check(spec);
        check.training.reconstruction_loss = ReconstructionLoss::absolute;
        check.training.edge_weight = .7;
        check.training.hidden_weight = 3;
        check.training.composed_weight = 2;
        const std::int64_t plane = std::int64_t{spec.input.height} * spec.input.width;
        check.seen.hidden = uniform_tensor({4, plane}, 21).gt(.6).to(torch::kUInt8);
        check.seen.shortcut_bits = torch::Tensor();
        return check;
    }
};

INSTANTIATE_TEST_SUITE_P(Everything, RecallGradient,
                         testing::Combine(testing::Values(Variant::ae, Variant::un_n, Variant::un),
                                          testing::Values(std::pair(Fusion::sum, 1),
                                                          std::pair(Fusion::average, 1),
                                                          std::pair(Fusion::average, 2))));

TEST_P(RecallGradient, IsTheSlopeOfTheLossOfFullyConnectedLayers) {
    check(test::tiny_spec()).expect_gradients_match();
}

TEST_P(RecallGradient, IsTheSlopeOfTheLossOfConvolutionsOnColour) {
    NetworkSpec spec = test::convolutional_spec();
    spec.input.channels = 3;
    check(spec).expect_gradients_match();
}

TEST_P(RecallGradient, IsTheSlopeOfTheSimilarityOfWhatIsComposed) {
    NetworkSpec spec = test::convolutional_spec();
    spec.input = {2, 8, 10};  // windows of seven pixels lie in it
    GradientCheck similar = check(spec);
    similar.training.composed_weight = 0;
    similar.training.similarity_weight = 5;
    similar.expect_gradients_match();
}

using StyleCase = std::tuple<Activation, Fusion, int>;

class StyleGradient : public testing::TestWithParam<StyleCase> {
protected:
    static NetworkSpec with_options(NetworkSpec spec) {
        std::tie(spec.activation, spec.fusion, spec.reflections) = GetParam();
        return spec;
    }
};

INSTANTIATE_TEST_SUITE_P(
    Everything, StyleGradient,
    testing::Combine(testing::Values(Activation::leaky_relu, Activation::sigmoid),
                     testing::Values(Fusion::sum, Fusion::average), testing::Values(1, 2)));

TEST_P(StyleGradient, IsTheSlopeOfTheLossWithTheBatchsMoments) {
    GradientCheck(with_options(test::style_spec())).expect_gradients_match();
}

TEST_P(StyleGradient, IsTheSlopeOfTheLossWithTheRunningMoments) {
    GradientCheck check(with_options(test::style_spec()));
    check.seen = {};
    check.expect_gradients_match();
}

TEST_P(StyleGradient, OfDreamsIsTheSlopeWhileTheWayUpIsHeld) {
    for (NetworkSpec spec : {test::style_spec(), test::convolutional_spec()}) {
        spec.layers.back() = {4};
        spec.label_units = spec.style_units = 2;
        GradientCheck check(with_options(spec));
        check.dream();
        check.expect_gradients_match();
    }
}

TEST_P(StyleGradient, IsTheSlopeOfTheLossAboveConvolutions) {
    NetworkSpec spec = with_options(test::convolutional_spec());
    spec.label_units = 2;
    spec.style_units = 3;
    spec.layers.back() = {5};
    GradientCheck(spec).expect_gradients_match();
}

}  // namespace
}  // namespace lmser
