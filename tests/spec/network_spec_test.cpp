// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/network_spec.h"

#include <gtest/gtest.h>

#include <functional>

#include "core/spec/presets.h"
#include "tests/support/expect_error.h"

namespace lmser {
namespace {

using testing::expect_error;
using testing::value_of;

/// 28 -> 14 -> 7 -> 4 -> 1.
NetworkSpec convolutional() {
    NetworkSpec spec;
    spec.layers = {{16, 4, 2, 1}, {32, 4, 2, 1}, {64, 3, 2, 1}, {64, 4, 1, 0}};
    return spec;
}

NetworkSpec with_style() {
    NetworkSpec spec;
    spec.layers = {{300}, {100}, {12}};
    spec.label_units = 10;
    spec.style_units = 2;
    return spec;
}

TEST(LayerText, GoesBothWays) {
    for (const Layer& layer :
         {Layer{300}, Layer{1}, Layer{16, 4, 2, 1}, Layer{64, 4, 1, 0}, Layer{16384, 31, 31, 30}}) {
        EXPECT_EQ(layer_from_text(text_of(layer)), layer) << text_of(layer);
    }
    EXPECT_EQ(text_of(Layer{300}), "300");
    EXPECT_EQ(text_of(Layer{16, 4, 2, 1}), "16k4s2p1");
    EXPECT_EQ(text_of(std::vector<Layer>{{16, 4, 2, 1}, {64}, {10}}, ","), "16k4s2p1,64,10");
}

TEST(LayerText, AnythingElseIsNoLayer) {
    for (const char* text : {"",
                             " ",
                             "k",
                             "k4s2p1",
                             "16k",
                             "16k4",
                             "16k4s2",
                             "16k4p1",
                             "16k4s2p",
                             "16k4s2p1 ",
                             " 16k4s2p1",
                             "16k4s2p1x",
                             "16k4s2p1k4",
                             "16s2p1",
                             "16p1",
                             "16k0s1p0",
                             "16k0",
                             "16k-4s2p1",
                             "16k4s-2p1",
                             "16k4s2p-1",
                             "-16k4s2p1",
                             "-3",
                             "+3",
                             "3.5",
                             "1e3",
                             "0x10",
                             "016",
                             "16K4S2P1",
                             "99999999999999999999",
                             "16k99999999999s1p0",
                             "16k4s2p1\n",
                             "nan",
                             "16,8"}) {
        EXPECT_FALSE(layer_from_text(text)) << "'" << text << "'";
    }
    EXPECT_FALSE(layer_from_text(std::string_view("16\0", 3)));
    EXPECT_FALSE(layer_from_text(std::string(100'000, '1')));
}

TEST(NetworkSpec, LayersHaveTheSizesThatTheirConvolutionsLeave) {
    EXPECT_EQ(
        layer_shapes(convolutional()),
        (std::vector<ImageShape>{{1, 28, 28}, {16, 14, 14}, {32, 7, 7}, {64, 4, 4}, {64, 1, 1}}));
    EXPECT_EQ(convolutional().code_units(), 64U);
    NetworkSpec wide;
    wide.input = {3, 32, 24};
    wide.layers = {{8, 4, 4, 0}, {5, 3, 1, 1}};
    EXPECT_EQ(layer_shapes(wide), (std::vector<ImageShape>{{3, 32, 24}, {8, 8, 6}, {5, 8, 6}}));
    EXPECT_EQ(wide.code_units(), 5U * 8 * 6);
}

TEST(NetworkSpec, CountsWeightsAndBiasesByHand) {
    NetworkSpec spec;
    spec.input = {3, 8, 8};
    spec.layers = {{4, 4, 2, 1}, {10}};  // 3x8x8 -> 4x4x4 -> 10
    const std::size_t weights = 4 * 3 * 16 + 10 * 64;
    const std::size_t biases = (4 + 3) + (10 + 64);
    EXPECT_EQ(parameter_count(spec), weights + biases);
    spec.wiring = {false, false};
    EXPECT_EQ(parameter_count(spec), 2 * weights + biases);
}

TEST(NetworkSpec, ThePresetsCanBeBuilt) {
    EXPECT_TRUE(check(convolutional()));
    EXPECT_TRUE(check(with_style()));
    for (const Preset& preset : presets()) {
        EXPECT_TRUE(check(preset.experiment.network)) << preset.name;
    }
}

/// A network that cannot be built, and what is said about it.
struct Impossible {
    const char* words;
    std::function<void(NetworkSpec&)> make;
};

void expect_refused(const NetworkSpec& good, const std::vector<Impossible>& all) {
    for (const Impossible& impossible : all) {
        NetworkSpec spec = good;
        impossible.make(spec);
        const auto refused = check(spec);
        expect_error(refused, ErrorCode::usage, impossible.words);
        if (!refused) {
            EXPECT_EQ(refused.error().message.find('\n'), std::string::npos);
            EXPECT_EQ(refused.error().hint.back(), '.') << refused.error().hint;
        }
    }
}

TEST(NetworkSpec, ConvolutionsThatDoNotFoldBackAreRefused) {
    expect_refused(
        convolutional(),
        {{"layer 2 (8k4s2p0) does not fold back onto the height of 13 below it: its last 1 pixels",
          [](NetworkSpec& s) {
              s.layers = {{16, 4, 2, 0}, {8, 4, 2, 0}, {9, 5, 3, 1}};
          }},
         {"layer 1 (16k3s2p1) does not fold back onto the height of 28 below it: its last 1 pixels "
          "would not be seen",
          [](NetworkSpec& s) {
              s.layers[0] = {16, 3, 2, 1};
          }},
         {"onto the width of 5 below it: its kernel is larger",
          [](NetworkSpec& s) {
              s.input = {1, 28, 5};
              s.layers = {{2, 10, 1, 0}};
          }},
         {"layer 4 (64k5s1p0) does not fold back onto the height of 4 below it: its kernel is "
          "larger",
          [](NetworkSpec& s) { s.layers[3].kernel = 5; }}});
}

TEST(NetworkSpec, KernelsStridesAndPaddingsOutOfRangeAreRefused) {
    expect_refused(
        convolutional(),
        {{"the kernel of layer 2 is -1", [](NetworkSpec& s) { s.layers[1].kernel = -1; }},
         {"the kernel of layer 2 is 32", [](NetworkSpec& s) { s.layers[1].kernel = 32; }},
         {"the stride of layer 1 is 5", [](NetworkSpec& s) { s.layers[0].stride = 5; }},
         {"the stride of layer 1 is 0", [](NetworkSpec& s) { s.layers[0].stride = 0; }},
         {"the stride of layer 1 is -2", [](NetworkSpec& s) { s.layers[0].stride = -2; }},
         {"the padding of layer 1 is 4", [](NetworkSpec& s) { s.layers[0].padding = 4; }},
         {"the padding of layer 1 is -1", [](NetworkSpec& s) { s.layers[0].padding = -1; }},
         {"the number of units in layer 3 is 0", [](NetworkSpec& s) { s.layers[2].units = 0; }},
         {"the number of units in layer 3 is -64",
          [](NetworkSpec& s) { s.layers[2].units = -64; }}});
}

TEST(NetworkSpec, ConvolutionsAboveFullyConnectedLayersAreRefused) {
    expect_refused(convolutional(), {{"layer 4 is convolutional above a fully connected layer",
                                      [](NetworkSpec& s) { s.layers[2] = {64}; }}});
}

TEST(NetworkSpec, NetworksTooLargeAreRefused) {
    const auto large = [](std::vector<Layer> layers) {
        return [layers = std::move(layers)](NetworkSpec& s) {
            s.input = {3, 1024, 1024};
            s.layers = layers;
        };
    };
    expect_refused(convolutional(),
                   {{"the number of neurons in layer 1 is 17825792", large({{17, 1, 1, 0}})},
                    {"the number of neurons in layer 1 is 17179869184", large({{16384, 1, 1, 0}})},
                    {"the number of top units is 1048576", large({{1, 3, 1, 1}})},
                    {"weights", large({{16384}})}});
}

TEST(NetworkSpec, StylesThatTheCodeHasNoPlaceForAreRefused) {
    expect_refused(with_style(),
                   {{"the number of style units is -1", [](NetworkSpec& s) { s.style_units = -1; }},
                    {"the number of style units is 13", [](NetworkSpec& s) { s.style_units = 13; }},
                    {"has 0 label units and 2 style units, but 12 top units",
                     [](NetworkSpec& s) { s.label_units = 0; }},
                    {"has 0 label units and 12 style units, but 12 top units",
                     [](NetworkSpec& s) {
                         s.label_units = 0;
                         s.style_units = 12;
                     }},
                    {"has 10 label units and 1 style units, but 12 top units",
                     [](NetworkSpec& s) { s.style_units = 1; }},
                    {"has style units but no shared neurons",
                     [](NetworkSpec& s) { s.wiring.shared_neurons = false; }}});
}

}  // namespace
}  // namespace lmser
