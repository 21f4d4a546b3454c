// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/network_spec.h"

#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

#include "core/spec/range_check.h"

namespace lmser {

namespace {

constexpr std::int64_t kMaxSide = 1024;
constexpr std::int64_t kMaxLayers = 16;
constexpr std::int64_t kMaxUnits = 16384;
constexpr std::int64_t kMaxKernel = 31;
constexpr std::int64_t kMaxReflections = 64;
// A layer of one picture: 64 MB.
constexpr std::int64_t kMaxNeurons = 16'777'216;
// Weights and Adam's two moments, four bytes each, have to fit into a checkpoint of 1 GiB.
constexpr std::int64_t kMaxWeights = 80'000'000;

Result<void> check_input(const ImageShape& input) {
    if (input.channels != 1 && input.channels != 3) {
        return Error{ErrorCode::usage,
                     "the number of colour channels is " + std::to_string(input.channels),
                     "It can be 1 (grey) or 3 (colour)."};
    }
    if (auto height =
            check_range("the height of a picture", std::int64_t{input.height}, 1, kMaxSide);
        !height) {
        return height;
    }
    return check_range("the width of a picture", std::int64_t{input.width}, 1, kMaxSide);
}

Result<void> check_kernel(const Layer& layer, const std::string& name) {
    if (auto kernel =
            check_range("the kernel of " + name, std::int64_t{layer.kernel}, 0, kMaxKernel);
        !kernel) {
        return kernel;
    }
    if (!layer.is_convolution()) {
        return {};
    }
    if (auto stride =
            check_range("the stride of " + name, std::int64_t{layer.stride}, 1, layer.kernel);
        !stride) {
        return stride;
    }
    return check_range("the padding of " + name, std::int64_t{layer.padding}, 0, layer.kernel - 1);
}

/// Where a convolution leaves pixels over, the way down could not bring them back.
Result<void> check_fold(const char* side, int below, const Layer& layer, const std::string& name) {
    const int slack = below + 2 * layer.padding - layer.kernel;
    if (slack >= 0 && slack % layer.stride == 0) {
        return {};
    }
    return Error{ErrorCode::usage,
                 name + " (" + text_of(layer) + ") does not fold back onto the " + side + " of " +
                     std::to_string(below) + " below it: " +
                     (slack < 0 ? "its kernel is larger"
                                : "its last " + std::to_string(slack % layer.stride) +
                                      " pixels would not be seen"),
                 "Change its kernel, stride or padding."};
}

Result<void> check_layer(const Layer& layer, const Layer* below, const ImageShape& size,
                         const std::string& name) {
    if (auto units =
            check_range("the number of units in " + name, std::int64_t{layer.units}, 1, kMaxUnits);
        !units) {
        return units;
    }
    if (auto kernel = check_kernel(layer, name); !kernel || !layer.is_convolution()) {
        return kernel;
    }
    if (below != nullptr && !below->is_convolution()) {
        return Error{ErrorCode::usage,
                     name + " is convolutional above a fully connected layer, which has no pixels",
                     "Put the convolutional layers first."};
    }
    if (auto height = check_fold("height", size.height, layer, name); !height) {
        return height;
    }
    return check_fold("width", size.width, layer, name);
}

ImageShape shape_above(const Layer& layer, const ImageShape& below) {
    if (!layer.is_convolution()) {
        return {layer.units, 1, 1};
    }
    const auto side = [&layer](int size) {
        return (size + 2 * layer.padding - layer.kernel) / layer.stride + 1;
    };
    return {layer.units, side(below.height), side(below.width)};
}

/// One weight of the link below a layer.
std::int64_t weights_of(const Layer& layer, const ImageShape& below) {
    const std::int64_t inputs = layer.is_convolution()
                                    ? std::int64_t{below.channels} * layer.kernel * layer.kernel
                                    : static_cast<std::int64_t>(below.pixels());
    return layer.units * inputs;
}

/// Both weights and both biases of the link below a layer.
std::int64_t parameters_of(const Layer& layer, const ImageShape& below, bool tied) {
    const auto lower_biases = layer.is_convolution() ? std::int64_t{below.channels}
                                                     : static_cast<std::int64_t>(below.pixels());
    return weights_of(layer, below) * (tied ? 1 : 2) + layer.units + lower_biases;
}

ImageShape lowest_layer(const NetworkSpec& spec) {
    ImageShape shape = spec.input;
    shape.channels += spec.mask_channel ? 1 : 0;
    return shape;
}

Result<void> check_layers(const NetworkSpec& spec) {
    if (auto count = check_range("the number of layers",
                                 static_cast<std::int64_t>(spec.layers.size()), 1, kMaxLayers);
        !count) {
        return count;
    }
    ImageShape below = lowest_layer(spec);
    std::int64_t parameters = 0;
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        const Layer& layer = spec.layers[i];
        const std::string name = "layer " + std::to_string(i + 1);
        if (auto fits = check_layer(layer, i > 0 ? &spec.layers[i - 1] : nullptr, below, name);
            !fits) {
            return fits;
        }
        parameters += parameters_of(layer, below, spec.wiring.tied_weights);
        below = shape_above(layer, below);
        if (auto fits = check_range("the number of neurons in " + name,
                                    static_cast<std::int64_t>(below.pixels()), 1, kMaxNeurons);
            !fits) {
            return fits;
        }
    }
    if (parameters > kMaxWeights) {
        return Error{ErrorCode::usage, "the network has " + std::to_string(parameters) + " weights",
                     "It can have at most " + std::to_string(kMaxWeights) +
                         ", so that a checkpoint holds them; take smaller layers."};
    }
    return check_range("the number of top units", static_cast<std::int64_t>(below.pixels()), 1,
                       kMaxUnits);
}

Result<void> check_code(const NetworkSpec& spec) {
    const auto units = static_cast<std::int64_t>(spec.code_units());
    if (auto labels =
            check_range("the number of label units", std::int64_t{spec.label_units}, 0, units);
        !labels) {
        return labels;
    }
    if (auto styles =
            check_range("the number of style units", std::int64_t{spec.style_units}, 0, units);
        !styles || spec.style_units == 0) {
        return styles;
    }
    if (spec.label_units == 0 || spec.label_units + spec.style_units != units) {
        return Error{ErrorCode::usage,
                     "the network has " + std::to_string(spec.label_units) + " label units and " +
                         std::to_string(spec.style_units) + " style units, but " +
                         std::to_string(units) + " top units",
                     "With style units the top code is label units and style units alone."};
    }
    if (!spec.wiring.shared_neurons) {
        return Error{ErrorCode::usage, "the network has style units but no shared neurons",
                     "Take the wiring un, or 0 style units."};
    }
    return {};
}

std::optional<int> number_at(std::string_view& text) {
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end == text.data() || text.front() == '-') {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

}  // namespace

std::string text_of(const Layer& layer) {
    std::string text = std::to_string(layer.units);
    if (layer.is_convolution()) {
        text += "k" + std::to_string(layer.kernel) + "s" + std::to_string(layer.stride) + "p" +
                std::to_string(layer.padding);
    }
    return text;
}

std::string text_of(const std::vector<Layer>& layers, std::string_view separator) {
    std::string text;
    for (const Layer& layer : layers) {
        text.append(text.empty() ? "" : separator).append(text_of(layer));
    }
    return text;
}

std::optional<Layer> layer_from_text(std::string_view whole) {
    std::string_view text = whole;
    Layer layer;
    const auto units = number_at(text);
    if (!units) {
        return std::nullopt;
    }
    layer.units = *units;
    for (auto [letter, member] : {std::pair{'k', &Layer::kernel}, std::pair{'s', &Layer::stride},
                                  std::pair{'p', &Layer::padding}}) {
        if (text.empty() || text.front() != letter) {
            continue;
        }
        text.remove_prefix(1);
        const auto number = number_at(text);
        if (!number) {
            return std::nullopt;
        }
        layer.*member = *number;
    }
    return text_of(layer) == whole ? std::optional(layer) : std::nullopt;
}

std::size_t NetworkSpec::code_units() const {
    return layer_shapes(*this).back().pixels();
}

std::vector<ImageShape> layer_shapes(const NetworkSpec& spec) {
    std::vector<ImageShape> shapes = {lowest_layer(spec)};
    for (const Layer& layer : spec.layers) {
        shapes.push_back(shape_above(layer, shapes.back()));
    }
    return shapes;
}

std::size_t parameter_count(const NetworkSpec& spec) {
    const auto shapes = layer_shapes(spec);
    std::int64_t count = 0;
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        count += parameters_of(spec.layers[i], shapes[i], spec.wiring.tied_weights);
    }
    return static_cast<std::size_t>(count);
}

Result<void> check(const NetworkSpec& spec) {
    if (auto input = check_input(spec.input); !input) {
        return input;
    }
    if (auto layers = check_layers(spec); !layers) {
        return layers;
    }
    if (spec.wiring.shared_neurons && !spec.wiring.tied_weights) {
        return Error{ErrorCode::usage, "the network shares neurons but not weights",
                     "Take ae (neither), un-n (tied weights) or un (both)."};
    }
    if (spec.mask_channel && !spec.centred) {
        return Error{ErrorCode::usage, "the network has a mask channel but is not centred",
                     "Take both, or neither."};
    }
    if (auto reflections = check_range("the number of reflections", std::int64_t{spec.reflections},
                                       1, kMaxReflections);
        !reflections) {
        return reflections;
    }
    return check_code(spec);
}

Result<void> check_pca_pyramid(const NetworkSpec& spec) {
    const auto refuse = [](const std::string& what) {
        return Error{ErrorCode::usage, "the initialisation pca-pyramid does not fit: " + what,
                     "Take another initialisation, or layers such as 16k4s2p1,32k4s2p1."};
    };
    if (!spec.wiring.tied_weights || !spec.centred || spec.activation != Activation::leaky_relu) {
        return refuse("the network is not tied, centred and of leaky ReLUs");
    }
    for (const Layer& layer : spec.layers) {
        const bool is_top = &layer == &spec.layers.back();
        if (layer.kernel != 4 || layer.stride != 2 || layer.padding != 1 ||
            (!is_top && layer.units % 2 != 0)) {
            return refuse("the layer " + text_of(layer) +
                          " is no 4x4 convolution that halves, with an even number of channels");
        }
    }
    return {};
}

}  // namespace lmser
