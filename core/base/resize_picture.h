// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lmser {

/// A picture of bytes as decoders give it, colours side by side.
struct BytePicture {
    std::span<const std::uint8_t> values;  ///< [height, width, channels]
    std::size_t width = 0;
    std::size_t height = 0;
    std::size_t channels = 1;
};

/// A rectangle on a picture, in its pixels.
struct PictureCrop {
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;
};

/// The crop of a picture in width x height pixels, one colour after another as networks take it: [channels, height,
/// width] of `out`. Bilinear, antialiased where it shrinks (a triangle as wide as a new pixel; what is beyond the
/// crop has no part), rounded to bytes. Throws std::invalid_argument where the crop leaves the picture or `out` has
/// another size.
void resize_picture(const BytePicture& picture, const PictureCrop& crop, std::size_t width,
                    std::size_t height, std::span<std::uint8_t> out);

}  // namespace lmser
