// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/qimage_conversion.h"

#include <QPainter>
#include <algorithm>
#include <array>
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

Images toImages(const QImage& image) {
    if (image.isNull()) {
        return {};
    }
    QImage opaque(image.size(), QImage::Format_RGB32);
    opaque.fill(0U);  // black
    QPainter(&opaque).drawImage(0, 0, image);
    const bool grey = opaque.allGray();
    Images images;
    images.shape = {grey ? 1 : 3, image.height(), image.width()};
    images.values.resize(images.shape.pixels());
    const auto plane =
        static_cast<std::size_t>(image.height()) * static_cast<std::size_t>(image.width());
    std::size_t pixel = 0;
    for (int y = 0; y < opaque.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(opaque.constScanLine(y));
        for (int x = 0; x < opaque.width(); ++x, ++pixel) {
            const std::array<int, 3> channels{qRed(line[x]), qGreen(line[x]), qBlue(line[x])};
            for (std::size_t c = 0; c < static_cast<std::size_t>(images.shape.channels); ++c) {
                images.values[c * plane + pixel] = static_cast<float>(channels[c]) / 255.0F;
            }
        }
    }
    return images;
}

}  // namespace lmser::ui
