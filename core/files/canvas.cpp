// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/canvas.h"

#include <algorithm>
#include <cmath>

#include "core/files/atomic_save.h"
#include "core/files/read_file.h"

namespace lmser {

std::uint8_t byte_of(float value) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 1.0F) * 255.0F));
}

Canvas::Canvas(std::size_t width, std::size_t height, std::size_t channels, std::uint8_t background)
    : width_(width),
      channels_(channels),
      height_(height),
      pixels_(width * height * channels, background) {}

void Canvas::draw(std::span<const float> picture, const ImageShape& shape, std::size_t left,
                  std::size_t top, std::size_t scale) {
    const auto width = static_cast<std::size_t>(shape.width);
    const auto height = static_cast<std::size_t>(shape.height);
    for (std::size_t y = 0; y < height * scale; ++y) {
        for (std::size_t x = 0; x < width * scale; ++x) {
            for (std::size_t c = 0; c < channels_; ++c) {
                const float value = picture[(c * height + y / scale) * width + x / scale];
                pixels_[((top + y) * width_ + left + x) * channels_ + c] = byte_of(value);
            }
        }
    }
}

Result<void> Canvas::save(const std::filesystem::path& path,
                          const std::optional<PngText>& text) const {
    const PngSize size{static_cast<std::uint32_t>(width_), static_cast<std::uint32_t>(height_)};
    const auto bytes = encode_png(size, static_cast<int>(channels_), pixels_, text);
    if (!bytes) {
        return Error{bytes.error().code, cannot("write", path) + ": " + bytes.error().message,
                     bytes.error().hint};
    }
    return atomic_save(path, *bytes);
}

}  // namespace lmser
