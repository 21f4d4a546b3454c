// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/qimage_conversion.h"

#include <algorithm>
#include <cmath>

namespace lmser::ui {
namespace {

// NaN becomes black: std::clamp lets it through, and casting it would be undefined.
uchar byteOf(float value) {
    if (!(value > 0.0F)) {
        return 0;
    }
    return static_cast<uchar>(std::lround(std::min(value, 1.0F) * 255.0F));
}

}  // namespace

QImage toQImage(const Images& images, std::size_t i) {
    const ImageShape& shape = images.shape;
    const bool grey = shape.channels == 1;
    if ((!grey && shape.channels != 3) || shape.height < 1 || shape.width < 1 ||
        i >= images.count()) {
        return {};
    }
    QImage image(shape.width, shape.height,
                 grey ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
    const auto values = images.at(i);
    const auto channels = static_cast<std::size_t>(shape.channels);
    const auto width = static_cast<std::size_t>(shape.width);
    const auto plane = width * static_cast<std::size_t>(shape.height);
    for (int y = 0; y < shape.height; ++y) {
        uchar* line = image.scanLine(y);
        for (std::size_t x = 0; x < width; ++x) {
            const std::size_t pixel = static_cast<std::size_t>(y) * width + x;
            for (std::size_t c = 0; c < channels; ++c) {
                line[x * channels + c] = byteOf(values[c * plane + pixel]);
            }
        }
    }
    return image;
}

}  // namespace lmser::ui
