// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/lmser_net.h"

#include <array>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "core/model/style_code.h"
#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

using test::kAe;
using test::kUn;
using test::kUnN;
using test::tiny_spec;
using test::uniform_tensor;

constexpr double kRounding = 1e-5;

LmserNet tiny_net(const NetworkSpec& spec, std::uint64_t seed = 1) {
    LmserNet net(spec);
    test::randomize(net.parameters(), seed);
    return net;
}

LmserNet style_net() {
    LmserNet net = tiny_net(test::style_spec());
    net.parameters().view("style.mean").fill_(.1F);
    net.parameters().view("style.variance").fill_(.5F);
    return net;
}

/// Two pixels, one hidden unit, one top unit: small enough for a pencil.
LmserNet pencil_net(Fusion fusion, int reflections) {
    NetworkSpec spec;
    spec.input = {1, 1, 2};
    spec.layers = {{1}, {1}};
    spec.fusion = fusion;
    spec.reflections = reflections;
    LmserNet net(spec);
    net.parameters().flat().zero_();
    net.parameters().set("link1.weight", std::array{1.F, .5F});
    net.parameters().set("link2.weight", std::array{2.F});
    return net;
}

TEST(LmserNet, TiedWeightsAreOneTensor) {
    const auto count = [](Wiring wiring) {
        return LmserNet(tiny_spec(wiring)).parameters().flat().numel();
    };
    constexpr int kWeights = 6 * 5 + 5 * 4 + 4 * 3;
    constexpr int kBiases = 5 + 4 + 3 + 6 + 5 + 4;
    EXPECT_EQ(count(kUn), kWeights + kBiases);
    EXPECT_EQ(count(kUnN), kWeights + kBiases);
    EXPECT_EQ(count(kAe), 2 * kWeights + kBiases);
}

TEST(LmserNet, HasAsManyWeightsAndBiasesAsItsSpecCounts) {
    std::vector<NetworkSpec> specs{tiny_spec(kAe), tiny_spec(kUn), test::style_spec(),
                                   test::convolutional_spec(kAe), test::convolutional_spec(kUn)};
    for (const NetworkSpec& spec : specs) {
        std::int64_t count = 0;
        for (const ParameterShape& shape : parameter_shapes(spec)) {
            count += shape.name.starts_with("link") ? shape.count() : 0;  // styles are remembered
        }
        EXPECT_EQ(static_cast<std::int64_t>(parameter_count(spec)), count)
            << text_of(spec.layers, ",");
    }
}

TEST(LmserNet, NamesItsParametersInTheDocumentedOrder) {
    std::vector<std::string> names;
    for (const auto& shape : parameter_shapes(tiny_spec(kAe))) {
        names.push_back(shape.name);
    }
    names.resize(5);
    EXPECT_EQ(names, (std::vector<std::string>{"link1.weight", "link1.weight_down", "link1.bias_up",
                                               "link1.bias_down", "link2.weight"}));
}

TEST(LmserNet, RefusesValuesThatDoNotFitAParameter) {
    LmserNet net(tiny_spec());
    EXPECT_THROW(net.parameters().set("link1.weight", std::array{1.F}), std::invalid_argument);
    EXPECT_THROW(net.parameters().set("link9.weight", std::array{1.F}), std::out_of_range);
}

TEST(LmserNet, NetworkWithoutSharedNeuronsIgnoresShortcuts) {
    const LmserNet net = tiny_net(tiny_spec(kUnN));
    const auto images = uniform_tensor({3, 6}, 2);
    const auto plain = net.perceive(images);
    const auto without =
        net.perceive(images, {.shortcut_bits = torch::zeros({3, 1}), .keep_history = false});
    EXPECT_TRUE(plain.reconstruction.equal(without.reconstruction));
}

class EveryFusion : public testing::TestWithParam<Fusion> {};
INSTANTIATE_TEST_SUITE_P(LmserNet, EveryFusion, testing::Values(Fusion::sum, Fusion::average));

TEST_P(EveryFusion, WithoutShortcutsSharedNeuronsGoDownAsOwnOnes) {
    NetworkSpec shared = tiny_spec(kUn);
    shared.fusion = GetParam();
    const LmserNet un = tiny_net(shared);
    const LmserNet un_n = tiny_net(tiny_spec(kUnN));
    const auto images = uniform_tensor({3, 6}, 2);
    const auto without =
        un.perceive(images, {.shortcut_bits = torch::zeros({3, 1}), .keep_history = false});

    EXPECT_TRUE(without.reconstruction.equal(un_n.perceive(images).reconstruction));
    EXPECT_FALSE(without.reconstruction.equal(un.perceive(images).reconstruction));
}

TEST_P(EveryFusion, ShortcutBitsSwitchSamplesOneByOne) {
    NetworkSpec spec = tiny_spec(kUn);
    spec.fusion = GetParam();
    const LmserNet net = tiny_net(spec);
    const auto images = uniform_tensor({2, 6}, 2);
    const auto mixed = net.perceive(images, {.shortcut_bits = torch::tensor({{1.F}, {0.F}})});
    const auto with = net.perceive(images);
    const auto without = net.perceive(images, {.shortcut_bits = torch::zeros({2, 1})});

    EXPECT_TRUE(mixed.reconstruction[0].allclose(with.reconstruction[0], kRounding));
    EXPECT_TRUE(mixed.reconstruction[1].allclose(without.reconstruction[1], kRounding));
}

TEST_P(EveryFusion, ImaginingACodeWithItsShortcutsIsPerceiving) {
    NetworkSpec spec = tiny_spec(kUn);
    spec.fusion = GetParam();
    spec.reflections = 2;
    const LmserNet net = tiny_net(spec);
    const auto seen = net.perceive(uniform_tensor({3, 6}, 2));
    EXPECT_TRUE(net.imagine(seen.code(), {.bottom_up = seen.bottom_up, .reflections = 0})
                    .equal(seen.reconstruction));
}

TEST(LmserNet, OneReflectionOfTheAverageRuleByHand) {
    const LmserNet net = pencil_net(Fusion::average, 1);
    const auto seen = net.perceive(torch::tensor({{.4F, .2F}}));
    // y1 = .5, z2 = 2 · .5 = 1, u1 = 2 · 1, z1 = (.5 + 2) / 2 = 1.25
    EXPECT_TRUE(seen.code().allclose(torch::tensor({{1.F}}), kRounding));
    EXPECT_TRUE(seen.reconstruction.allclose(torch::tensor({{1.25F, .625F}}), kRounding));
}

TEST(LmserNet, TwoReflectionsOfTheAverageRuleByHand) {
    const LmserNet net = pencil_net(Fusion::average, 2);
    const auto seen =
        net.perceive(torch::tensor({{.4F, .2F}}), {.shortcut_bits = {}, .keep_history = true});
    // Up again: y1 = .5, z1 = (.5 + 2) / 2 = 1.25, z2 = 2.5. Down: u1 = 5, z1 = (.5 + 5) / 2 = 2.75
    ASSERT_EQ(seen.history.size(), 2U);
    EXPECT_TRUE(seen.history[0].allclose(torch::tensor({{1.25F, .625F}}), kRounding));
    EXPECT_TRUE(seen.history[1].allclose(torch::tensor({{2.75F, 1.375F}}), kRounding));
    EXPECT_TRUE(seen.code().allclose(torch::tensor({{2.5F}}), kRounding));
}

TEST(LmserNet, TwoReflectionsOfTheSumRuleByHand) {
    const LmserNet net = pencil_net(Fusion::sum, 2);
    const auto seen =
        net.perceive(torch::tensor({{.4F, .2F}}), {.shortcut_bits = {}, .keep_history = true});
    // Down: u1 = 2, z1 = 2.5. Up again: z1 = .5 + 2, z2 = 5. Down: u1 = 10, z1 = 10.5
    EXPECT_TRUE(seen.history[0].allclose(torch::tensor({{2.5F, 1.25F}}), kRounding));
    EXPECT_TRUE(seen.history[1].allclose(torch::tensor({{10.5F, 5.25F}}), kRounding));
}

TEST(LmserNet, ReflectingAnImaginedPictureHoldsTheCode) {
    const LmserNet net = pencil_net(Fusion::average, 1);
    const auto code = torch::tensor({{1.F}});
    // Down: u1 = 2, x̂ = (2, 1), clipped (1, 1). Up: y1 = 1.5. Down: z1 = (1.5 + 2) / 2 = 1.75
    EXPECT_TRUE(net.imagine(code).allclose(torch::tensor({{2.F, 1.F}}), kRounding));
    EXPECT_TRUE(net.imagine(code, {.bottom_up = {}, .reflections = 1})
                    .allclose(torch::tensor({{1.75F, .875F}}), kRounding));
}

TEST(LmserNet, NetworksWithoutSharedNeuronsMakeOneReflection) {
    NetworkSpec spec = tiny_spec(kAe);
    spec.reflections = 4;
    EXPECT_EQ(LmserNet(spec).reflections(), 1);
    spec.wiring = kUn;
    EXPECT_EQ(LmserNet(spec).reflections(), 4);
}

TEST(LmserNet, LabelUnitsAreTheFirstOfTheTopCode) {
    NetworkSpec spec = tiny_spec();
    spec.label_units = 2;
    const auto seen = tiny_net(spec).perceive(uniform_tensor({3, 6}, 2));
    EXPECT_TRUE(seen.label_logits.equal(seen.code().slice(1, 0, 2)));
    EXPECT_FALSE(tiny_net(tiny_spec()).perceive(uniform_tensor({3, 6}, 2)).label_logits.defined());
}

TEST(LmserNet, ConvolutionsFoldAPictureToOnePixelAndBack) {
    NetworkSpec spec;
    spec.layers = {{16, 4, 2, 1}, {32, 4, 2, 1}, {64, 3, 2, 1}, {64, 4, 1, 0}};
    LmserNet net(spec);
    test::randomize(net.parameters(), 1);
    const auto seen = net.perceive(uniform_tensor({2, 784}, 2));
    const std::vector<std::int64_t> neurons{784, 16 * 14 * 14, 32 * 7 * 7, 64 * 4 * 4, 64};
    for (std::size_t k = 0; k < neurons.size(); ++k) {
        EXPECT_EQ(seen.activity[k].size(1), neurons[k]) << "layer " << k;
    }
    EXPECT_EQ(seen.reconstruction.size(1), 784);
    EXPECT_EQ(net.imagine(seen.code()).size(1), 784);
}

TEST(LmserNet, AKernelAsLargeAsThePictureIsAFullyConnectedLink) {
    NetworkSpec dense = tiny_spec();
    dense.input = {1, 3, 3};
    NetworkSpec convolved = dense;
    convolved.layers.front() = {5, 3, 1, 0};
    LmserNet one = tiny_net(dense);
    LmserNet other(convolved);
    for (std::size_t i = 0; i < one.parameters().views().size(); ++i) {
        const torch::Tensor& source = one.parameters().views()[i];
        const torch::Tensor& target = other.parameters().views()[i];
        // One bias for all nine pixels of the only channel.
        target.copy_(target.numel() == source.numel() ? source.view(target.sizes())
                                                      : source.narrow(0, 0, 1));
    }
    one.parameters()
        .view("link1.bias_down")
        .fill_(other.parameters().view("link1.bias_down")[0].item());
    const auto images = uniform_tensor({3, 9}, 2);
    EXPECT_TRUE(one.perceive(images).reconstruction.allclose(other.perceive(images).reconstruction,
                                                             kRounding, kRounding));
}

TEST(LmserNet, TheTopCodeOfStyleUnitsIsCategoryAndStyle) {
    const LmserNet net = style_net();
    const auto seen = net.perceive(uniform_tensor({3, 6}, 2));
    const auto category = seen.code().slice(1, 0, 2);
    const auto style = seen.code().slice(1, 2, 4);
    EXPECT_TRUE(category.allclose(seen.label_logits.softmax(1), kRounding));
    EXPECT_TRUE(style.allclose(even_style(seen.style), kRounding));
    EXPECT_LE(style.abs().max().item<float>(), 2);
}

TEST(LmserNet, TheTrueCategoryGoesDownWhereTheShortcutIsOff) {
    const LmserNet net = style_net();
    PerceiveOptions options;
    options.shortcut_bits = torch::tensor({{1.F}, {0.F}});
    options.categories = torch::tensor({{0.F, 1.F}, {0.F, 1.F}});
    const auto images = uniform_tensor({2, 6}, 2);
    const auto category = net.perceive(images, options).code().slice(1, 0, 2);
    EXPECT_TRUE(category[0].allclose(net.perceive(images).label_logits.softmax(1)[0], kRounding));
    EXPECT_TRUE(category[1].equal(options.categories[1]));
}

TEST(LmserNet, NoiseIsAddedToTheStyleAlone) {
    const LmserNet net = style_net();
    const auto images = uniform_tensor({2, 6}, 2);
    PerceiveOptions options;
    options.style_noise = torch::tensor({{.5F, 0.F}, {0.F, -.25F}});
    const auto moved = net.perceive(images, options).code() - net.perceive(images).code();
    EXPECT_TRUE(moved.allclose(torch::constant_pad_nd(options.style_noise, {2, 0}), 0, kRounding));
}

TEST(LmserNet, PerceivingLeavesTheStyleMemoryAlone) {
    const LmserNet net = style_net();
    const auto before = net.parameters().flat().clone();
    PerceiveOptions options;
    options.batch_statistics = true;
    const auto seen = net.perceive(uniform_tensor({3, 6}, 2), options);
    EXPECT_TRUE(net.parameters().flat().equal(before));
    EXPECT_TRUE(seen.style.mean(0).allclose(torch::zeros({2}), 0, kRounding));
}

TEST(LmserNet, RecognisingIsTheFirstPassUpAlone) {
    const LmserNet net = style_net();
    const auto images = uniform_tensor({3, 6}, 2);
    EXPECT_TRUE(net.recognise(images).equal(net.perceive(images).bottom_up.back()));
}

TEST(LmserNet, AReflectedPictureIsPerceivedAsIfItHadNeverBeenSeen) {
    const LmserNet net = tiny_net(tiny_spec());
    const auto code = torch::tensor({{.4F, -.2F, .7F}});
    const auto& first = net.imagine(code);
    // What the clipped picture makes of itself on its first way up, joined with the same code coming down.
    const auto seen = net.perceive(first.clamp(0, 1));
    EXPECT_TRUE(net.imagine(code, {.bottom_up = {}, .reflections = 1})
                    .allclose(net.imagine(code, {.bottom_up = seen.bottom_up, .reflections = 0}),
                              kRounding));
}

TEST(LmserNet, OneLayerIsALinearAutoencoder) {
    NetworkSpec spec = tiny_spec();
    spec.layers = {{3}};
    const LmserNet net = tiny_net(spec);
    const auto& weight = net.parameters().view("link1.weight");
    const auto images = uniform_tensor({2, 6}, 2);
    const auto code = images.mm(weight.t()) + net.parameters().view("link1.bias_up");
    const auto expected = code.mm(weight) + net.parameters().view("link1.bias_down");
    EXPECT_TRUE(net.perceive(images).reconstruction.allclose(expected, kRounding));
}

TEST(LmserNet, CopyKeepsItsWeightsWhenTheOriginalChanges) {
    LmserNet net = tiny_net(tiny_spec());
    const LmserNet copy = net.copy();
    const auto images = uniform_tensor({2, 6}, 2);
    const auto before = net.perceive(images).reconstruction.clone();
    test::randomize(net.parameters(), 9);
    EXPECT_TRUE(copy.perceive(images).reconstruction.equal(before));
    EXPECT_FALSE(net.perceive(images).reconstruction.equal(before));
}

}  // namespace
}  // namespace lmser
