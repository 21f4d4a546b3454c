// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/network_spec.h"

#include <cstdint>
#include <string>

#include "core/spec/range_check.h"

namespace lmser {

namespace {

constexpr std::int64_t kMaxSide = 1024;
constexpr std::int64_t kMaxLayers = 16;
constexpr std::int64_t kMaxUnits = 16384;
constexpr std::int64_t kMaxReflections = 64;
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

Result<void> check_layers(const NetworkSpec& spec) {
    if (auto count = check_range("the number of layers",
                                 static_cast<std::int64_t>(spec.layers.size()), 1, kMaxLayers);
        !count) {
        return count;
    }
    auto below = static_cast<std::int64_t>(spec.input.pixels());
    std::int64_t weights = 0;
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        const std::int64_t units = spec.layers[i].units;
        if (auto fits = check_range("the number of units in layer " + std::to_string(i + 1), units,
                                    1, kMaxUnits);
            !fits) {
            return fits;
        }
        weights += units * below * (spec.wiring.tied_weights ? 1 : 2) + units + below;
        below = units;
    }
    if (weights > kMaxWeights) {
        return Error{ErrorCode::usage, "the network has " + std::to_string(weights) + " weights",
                     "It can have at most " + std::to_string(kMaxWeights) +
                         ", so that a checkpoint holds them; take smaller layers."};
    }
    return {};
}

}  // namespace

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
    if (auto reflections = check_range("the number of reflections", std::int64_t{spec.reflections},
                                       1, kMaxReflections);
        !reflections) {
        return reflections;
    }
    return check_range("the number of label units", std::int64_t{spec.label_units}, 0,
                       static_cast<std::int64_t>(spec.code_units()));
}

}  // namespace lmser
