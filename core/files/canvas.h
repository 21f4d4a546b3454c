// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/files/png_codec.h"

namespace lmser {

/// A value in [0,1] as a byte, what is beyond clipped.
std::uint8_t byte_of(float value);

/// A canvas of 8-bit pixels, [height, width, channels], that becomes a PNG.
class Canvas {
public:
    Canvas(std::size_t width, std::size_t height, std::size_t channels, std::uint8_t background);

    /// Draws a picture with its left upper corner at (left, top), every pixel `scale` times as large. The picture has
    /// the canvas's channels and lies within it.
    void draw(std::span<const float> picture, const ImageShape& shape, std::size_t left,
              std::size_t top, std::size_t scale);

    /// Through atomic_save, with a text chunk if given.
    [[nodiscard]] Result<void> save(const std::filesystem::path& path,
                                    const std::optional<PngText>& text = {}) const;

private:
    std::size_t width_;
    std::size_t channels_;
    std::size_t height_;
    std::vector<std::uint8_t> pixels_;
};

}  // namespace lmser
