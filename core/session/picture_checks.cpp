// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/picture_checks.h"

#include <algorithm>
#include <string>

#include "core/session/code_checks.h"

namespace lmser {
namespace {

std::string size_of(const ImageShape& shape) {
    return std::to_string(shape.width) + " x " + std::to_string(shape.height) + " x " +
           std::to_string(shape.channels);
}

Result<void> check_values(const Images& picture) {
    const auto in_range = [](float v) { return v >= 0 && v <= 1; };  // refuses NaN as well
    if (!std::all_of(picture.values.begin(), picture.values.end(), in_range)) {
        return refused("the picture has values that are not between 0 and 1");
    }
    return {};
}

}  // namespace

Result<void> check_any_picture(const Images& picture) {
    constexpr int kLongestSide = 16384;
    const ImageShape& shape = picture.shape;
    const auto side = [](int pixels) { return pixels >= 1 && pixels <= kLongestSide; };
    if ((shape.channels != 1 && shape.channels != 3) || !side(shape.width) || !side(shape.height)) {
        return refused("the picture is " + std::to_string(shape.width) + " x " +
                       std::to_string(shape.height) + " with " + std::to_string(shape.channels) +
                       " channels, but it takes 1 or 3 channels and 1 to " +
                       std::to_string(kLongestSide) + " pixels a side");
    }
    if (picture.values.size() != shape.pixels()) {
        return refused("the picture has " + std::to_string(picture.values.size()) +
                       " values, but its size takes " + std::to_string(shape.pixels()));
    }
    return check_values(picture);
}

Result<void> check_picture(const Images& picture, const ImageShape& shape) {
    if (picture.shape != shape || picture.values.size() != shape.pixels()) {
        return refused("the picture is " + size_of(picture.shape) + " with " +
                       std::to_string(picture.values.size()) + " values, but the network takes " +
                       size_of(shape));
    }
    return check_values(picture);
}

Result<void> check_mask(const Mask& mask, const ImageShape& shape) {
    const auto pixels =
        static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width);
    if (mask.height != shape.height || mask.width != shape.width || mask.hidden.size() != pixels) {
        return refused("the mask is " + std::to_string(mask.width) + " x " +
                       std::to_string(mask.height) + " with " + std::to_string(mask.hidden.size()) +
                       " values, but the network's pictures are " + std::to_string(shape.width) +
                       " x " + std::to_string(shape.height));
    }
    const auto yes_or_no = [](std::uint8_t hidden) { return hidden <= 1; };
    if (!std::all_of(mask.hidden.begin(), mask.hidden.end(), yes_or_no)) {
        return refused("the mask has values that are not 0 or 1");
    }
    return {};
}

Result<void> check_rounds(const RecallOptions& options) {
    if (options.rounds < 1 || options.rounds > kMostRecallRounds) {
        return refused("a recall has 1 to " + std::to_string(kMostRecallRounds) + " rounds, not " +
                       std::to_string(options.rounds));
    }
    if (options.membrane_rounds < 0 || options.membrane_rounds > kMostMembraneRounds) {
        return refused("a membrane takes 0 to " + std::to_string(kMostMembraneRounds) +
                       " rounds, not " + std::to_string(options.membrane_rounds));
    }
    return {};
}

}  // namespace lmser
