// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lmser {

/// The size of one picture: channels (1 grey, 3 colour), height and width in pixels.
struct ImageShape {
    int channels = 1;
    int height = 28;
    int width = 28;

    [[nodiscard]] std::size_t pixels() const {
        return static_cast<std::size_t>(channels) * static_cast<std::size_t>(height) *
               static_cast<std::size_t>(width);
    }
    bool operator==(const ImageShape&) const = default;
};

/// How many pictures are worked on at once, so that memory stays small: 500 of 28x28, fewer of larger ones.
inline std::size_t pictures_at_once(const ImageShape& shape) {
    constexpr std::size_t kValues = std::size_t{500} * 28 * 28;
    return std::max<std::size_t>(1, kValues / shape.pixels());
}

/// Pictures of one shape, one after another: float32 [count, C, H, W], values in [0,1].
struct Images {
    ImageShape shape;
    std::vector<float> values;

    [[nodiscard]] std::size_t count() const { return values.size() / shape.pixels(); }
    /// The values of picture i, [C, H, W].
    [[nodiscard]] std::span<const float> at(std::size_t i) const {
        return std::span(values).subspan(i * shape.pixels(), shape.pixels());
    }
    bool operator==(const Images&) const = default;
};

}  // namespace lmser
