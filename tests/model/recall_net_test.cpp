// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <torch/autograd.h>

#include "core/model/holes.h"
#include "core/model/lmser_net.h"
#include "core/model/pca_pyramid.h"
#include "core/train/trainer.h"
#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

using test::uniform_tensor;

/// An associative memory over colour pictures of 8x8: 4x4x4, 6x2x2, 8 top units.
NetworkSpec memory_spec(Wiring wiring = test::kUnN) {
    NetworkSpec spec;
    spec.input = {3, 8, 8};
    spec.layers = {{4, 4, 2, 1}, {6, 4, 2, 1}, {8, 4, 2, 1}};
    spec.wiring = wiring;
    spec.activation = Activation::leaky_relu;
    spec.centred = true;
    spec.mask_channel = true;
    return spec;
}

LmserNet memory(Wiring wiring = test::kUnN) {
    LmserNet net(memory_spec(wiring), torch::kFloat64);
    test::randomize(net.parameters(), 4);
    return net;
}

torch::Tensor pictures() {
    return uniform_tensor({2, 192}, 7, 0, 1, torch::kFloat64);
}

/// The left upper quarter of both pictures.
torch::Tensor quarter_hidden() {
    const torch::Tensor hidden = torch::zeros({2, 8, 8}, torch::kUInt8);
    hidden.narrow(1, 0, 4).narrow(2, 0, 4).fill_(1);
    return hidden.view({2, 64});
}

PerceiveOptions with_hole(HoleFill fill = HoleFill::smooth) {
    PerceiveOptions options;
    options.hidden = quarter_hidden();
    options.fill = fill;
    return options;
}

torch::Tensor with_other_hole(const torch::Tensor& images) {
    const auto planes = images.clone().view({2, 3, 8, 8});
    planes.narrow(2, 0, 4).narrow(3, 0, 4).uniform_();
    return planes.view({2, 192});
}

TEST(AssociativeMemory, SeesNothingOfWhatIsHidden) {
    for (const Wiring wiring : {test::kUnN, test::kUn}) {
        const LmserNet net = memory(wiring);
        for (const HoleFill fill : {HoleFill::smooth, HoleFill::mean}) {
            const auto one = net.perceive(pictures(), with_hole(fill)).reconstruction;
            const auto other =
                net.perceive(with_other_hole(pictures()), with_hole(fill)).reconstruction;
            EXPECT_TRUE(one.equal(other));
        }
    }
}

TEST(AssociativeMemory, SeesWhatWasGivenInTheHole) {
    const LmserNet net = memory();
    const auto one = net.perceive(pictures(), with_hole(HoleFill::given)).reconstruction;
    const auto other =
        net.perceive(with_other_hole(pictures()), with_hole(HoleFill::given)).reconstruction;
    EXPECT_FALSE(one.allclose(other));
}

TEST(AssociativeMemory, TheMaskChannelTellsAHoleFromWhatStandsInIt) {
    const LmserNet net = memory();
    const auto whole = net.perceive(pictures()).reconstruction;
    EXPECT_FALSE(
        whole.allclose(net.perceive(pictures(), with_hole(HoleFill::given)).reconstruction));
    PerceiveOptions nothing;
    nothing.hidden = torch::zeros({2, 64}, torch::kUInt8);
    EXPECT_TRUE(whole.equal(net.perceive(pictures(), nothing).reconstruction));
}

TEST(AssociativeMemory, LooksAtTheDifferenceFromTheMeanPictureFourTimesAsLarge) {
    const LmserNet net = memory();
    const auto mean = net.parameters().view(kMeanPicture).view({1, 192});
    const auto lowest = net.lowest_layer(pictures());
    EXPECT_TRUE(lowest.narrow(1, 0, 192).allclose(4 * (pictures() - mean)));
    EXPECT_EQ(lowest.narrow(1, 192, 64).abs().max().item<double>(), 0);
    EXPECT_TRUE(net.lowest_layer(pictures(), with_hole())
                    .narrow(1, 192, 64)
                    .equal(quarter_hidden().to(torch::kFloat64)));
}

TEST(AssociativeMemory, SharedNeuronsReceiveFromBelowOnlyWhatIsVisible) {
    NetworkSpec spec = memory_spec(test::kUn);
    spec.layers = {{4, 4, 2, 1}, {8}};
    LmserNet net(spec, torch::kFloat64);
    test::randomize(net.parameters(), 4);
    net.parameters().view("link2.weight").zero_();
    net.parameters().view("link2.bias_down").zero_();
    // Nothing comes from above: the hidden layer is s(m y), zero where everything below is hidden.
    const Perception seen = net.perceive(pictures(), with_hole());
    const auto layer = seen.activity[1].view({2, 4, 4, 4});
    EXPECT_EQ(layer.narrow(2, 0, 2).narrow(3, 0, 2).abs().max().item<double>(), 0);
    EXPECT_GT(layer.narrow(2, 2, 2).abs().min().item<double>(), 0);
}

TEST(AssociativeMemory, TheComposedErrorIsZeroWhereItIsVisibleAndForTheTruth) {
    const auto hidden = quarter_hidden();
    const ImageShape shape{3, 8, 8};
    const auto truth = pictures();
    EXPECT_EQ(composed_error(truth, truth, hidden, shape, 20).abs().max().item<double>(), 0);
    const auto error = composed_error(truth, truth + .1, hidden, shape, 20);
    EXPECT_LT(error.abs().max().item<double>(), 1e-12) << "a constant error is taken away";
    const auto noisy = composed_error(truth, with_other_hole(truth), hidden, shape, 20);
    const auto hole = hidden_planes(hidden, shape, truth);
    EXPECT_EQ((noisy * (1 - hole)).abs().max().item<double>(), 0);
    EXPECT_GT(noisy.abs().max().item<double>(), .1);
}

/// Smooth pictures, so that few components make most of them.
torch::Tensor smooth_pictures(std::int64_t count) {
    const auto coarse = uniform_tensor({count, 3, 2, 2}, 9);
    const auto wide = torch::cat({coarse, coarse.flip(3)}, 3).repeat_interleave(2, 3);
    return torch::cat({wide, wide.flip(2)}, 2).repeat_interleave(2, 2).reshape({count, 192});
}

TEST(PcaPyramid, ReconstructsBeforeTheFirstStep) {
    NetworkSpec spec = memory_spec();
    spec.layers = {{24, 4, 2, 1}, {24, 4, 2, 1}, {16, 4, 2, 1}};
    TrainingOptions options;
    options.initialization = Initialization::pca_pyramid;
    Trainer trainer(spec, options, 1);
    const auto images = smooth_pictures(200);
    trainer.measure(images);
    const torch::NoGradGuard no_grad;
    const auto error = (trainer.net().perceive(images).reconstruction - images).square().mean();
    const auto variance = (images - images.mean(0)).square().mean();
    EXPECT_LT(error.item<double>(), .02 * variance.item<double>());
    EXPECT_TRUE(trainer.net().parameters().view(kMeanPicture).view({192}).allclose(images.mean(0)));
}

TEST(PcaPyramid, IsRefusedWhereItDoesNotFit) {
    EXPECT_TRUE(check_pca_pyramid(memory_spec()));
    NetworkSpec odd = memory_spec();
    odd.layers[1].units = 5;
    EXPECT_FALSE(check_pca_pyramid(odd));
    NetworkSpec dense = memory_spec();
    dense.layers.back() = {8};
    EXPECT_FALSE(check_pca_pyramid(dense));
    EXPECT_FALSE(check_pca_pyramid(memory_spec(test::kAe)));
}

}  // namespace
}  // namespace lmser
