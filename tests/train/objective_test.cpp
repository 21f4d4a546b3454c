// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/objective.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/train/batch.h"

namespace lmser {
namespace {

constexpr double kRounding = 1e-6;

const torch::Tensor& input() {
    static const torch::Tensor value = torch::tensor({{0.F, 1.F}, {.5F, 0.F}});
    return value;
}
const torch::Tensor& reconstruction() {
    static const torch::Tensor value = torch::tensor({{-1.F, 3.F}, {1.F, .5F}});
    return value;
}

TEST(Objective, MeanSquareByHand) {
    const auto loss =
        reconstruction_error(ReconstructionLoss::mean_square, input(), reconstruction());
    EXPECT_NEAR(loss.item<double>(), (1 + 4 + .25 + .25) / 4, kRounding);
}

TEST(Objective, HalfSumByHand) {
    const auto loss = reconstruction_error(ReconstructionLoss::half_sum, input(), reconstruction());
    EXPECT_NEAR(loss.item<double>(), .5 * (1 + 4 + .25 + .25) / 2, kRounding);
}

TEST(Objective, HingeWeighsOnlyErrorsBeyondBlackAndWhiteLess) {
    const auto loss = reconstruction_error(ReconstructionLoss::hinge, input(), reconstruction());
    EXPECT_NEAR(loss.item<double>(), (.02 * (1 + 4) + .25 + .25) / 4, kRounding);
}

TEST(Objective, HingeWeighsAnErrorBeyondWhiteOfAGreyPixelFully) {
    const auto loss = reconstruction_error(ReconstructionLoss::hinge, torch::tensor({{.5F}}),
                                           torch::tensor({{2.F}}));
    EXPECT_NEAR(loss.item<double>(), 2.25, kRounding);
}

TEST(Objective, ErrorPerPixelIsScoredAfterClipping) {
    EXPECT_NEAR(error_per_pixel(input(), reconstruction()), (.25 + .25) / 4, kRounding);
}

TEST(Objective, CrossEntropyByHand) {
    const auto logits = torch::tensor({{1.F, 0.F}, {0.F, 2.F}});
    const double expected = (std::log(1 + std::exp(-1)) + std::log(1 + std::exp(2))) / 2;
    const auto loss = label_error(LabelLoss::cross_entropy, logits, torch::tensor({0, 0}));
    EXPECT_NEAR(loss.item<double>(), expected, kRounding);
}

TEST(Objective, LabelMeanSquareByHand) {
    const auto logits = torch::tensor({{1.F, 0.F}, {0.F, 2.F}});
    const auto loss = label_error(LabelLoss::mean_square, logits, torch::tensor({0, 0}));
    EXPECT_NEAR(loss.item<double>(), (0 + 0 + 1 + 4) / 4., kRounding);
}

TEST(Objective, JointLossWeighsBothParts) {
    Perception perception;
    perception.reconstruction = reconstruction();
    perception.label_logits = torch::tensor({{1.F, 0.F}, {0.F, 2.F}});
    TrainingOptions options;
    options.reconstruction_weight = 10;
    options.label_weight = 3;
    const auto loss = joint_loss(options, perception, input(), torch::tensor({0, 0}));
    EXPECT_NEAR(loss.joint.item<double>(),
                10 * loss.reconstruction.item<double>() + 3 * loss.label.item<double>(), kRounding);
}

TEST(Batch, PicksPicturesInOrderAsValuesUpToOne) {
    const LabelledImages split{{0, 255, 51, 102, 255, 0}, {7, 8, 9}};
    const Batch batch = batch_of(split, 2, std::vector<std::int64_t>{2, 1});
    EXPECT_TRUE(batch.images.equal(torch::tensor({{1.F, 0.F}, {51.F / 255, 102.F / 255}})));
    EXPECT_TRUE(batch.labels.equal(torch::tensor({9, 8})));
}

TEST(Batch, RefusesAPictureThatIsNotThere) {
    const LabelledImages split{{0, 255}, {1}};
    EXPECT_THROW(batch_of(split, 2, std::vector<std::int64_t>{1}), std::out_of_range);
    EXPECT_THROW(batch_of(split, 2, std::vector<std::int64_t>{-1}), std::out_of_range);
    EXPECT_THROW(batch_of(split, 2, 0, 2), std::out_of_range);
}

}  // namespace
}  // namespace lmser
