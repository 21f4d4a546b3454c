// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/mask_layers.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/recall/canvas_view.h"

namespace lmser::ui {
namespace {

constexpr float kTint = .62F;    // the face is still guessed beneath
constexpr float kStripe = .42F;  // told from any colour of the picture
constexpr int kHatchPeriod = 8;  // logical pixels along a row
constexpr int kHatchWidth = 2;

QImage washed(const QImage& picture, QColor colour, float opacity) {
    QImage image = picture;
    colour.setAlphaF(opacity);
    QPainter(&image).fillRect(image.rect(), colour);
    return image;
}

/// For each of the device's pixels first … first + count - 1 of one axis: the picture's pixel that its centre lies in.
template <class ToPicture>
std::vector<int> sourcesOf(int first, int count, const ToPicture& toPicture) {
    std::vector<int> sources(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        sources[static_cast<std::size_t>(i)] =
            static_cast<int>(std::floor(toPicture(first + i + .5)));
    }
    return sources;
}

/// Drops what lies beyond 0 … size - 1; gives how many were dropped at the front.
int trim(std::vector<int>& sources, int size) {
    const auto inside = [size](int source) { return source >= 0 && source < size; };
    const auto begin = std::find_if(sources.begin(), sources.end(), inside);
    const int dropped = static_cast<int>(begin - sources.begin());
    sources.erase(sources.begin(), begin);
    sources.erase(std::find_if_not(sources.begin(), sources.end(), inside), sources.end());
    return dropped;
}

const QRgb* lineOf(const QImage& image, int y) {
    return reinterpret_cast<const QRgb*>(image.constScanLine(y));
}

}  // namespace

void MaskLayers::setPicture(const QImage& picture, const Tokens& tokens) {
    picture_ = picture.convertToFormat(QImage::Format_RGB32);
    setTokens(tokens);
}

void MaskLayers::setTokens(const Tokens& tokens) {
    if (!picture_.isNull()) {
        tinted_ = washed(picture_, tokens.accent, kTint);
        hatched_ = washed(tinted_, tokens.onAccent, kStripe);
    }
}

QImage MaskLayers::seen(const Mask* mask, const CanvasView& view, DeviceArea& area) const {
    const auto across = [&](double x) {
        return view.toPicture({(x - area.corner.x()) / area.ratio, 0}).x();
    };
    const auto down = [&](double y) {
        return view.toPicture({0, (y - area.corner.y()) / area.ratio}).y();
    };
    auto columns = sourcesOf(area.pixels.left(), area.pixels.width(), across);
    auto rows = sourcesOf(area.pixels.top(), area.pixels.height(), down);
    const QPoint corner = area.pixels.topLeft() +
                          QPoint(trim(columns, picture_.width()), trim(rows, picture_.height()));
    area.pixels = {corner, QSize(static_cast<int>(columns.size()), static_cast<int>(rows.size()))};
    QImage image(area.pixels.size(), QImage::Format_RGB32);
    const int period = qRound(kHatchPeriod * area.ratio);
    const int width = qRound(kHatchWidth * area.ratio);
    // The hatch moves with the picture.
    const QPointF start = view.pictureRect().topLeft() * area.ratio + area.corner;
    const int phase = corner.x() + corner.y() - static_cast<int>(std::floor(start.x())) -
                      static_cast<int>(std::floor(start.y()));
    for (std::size_t j = 0; j < rows.size(); ++j) {
        auto* into = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(j)));
        const QRgb* plain = lineOf(picture_, rows[j]);
        const QRgb* tinted = lineOf(tinted_, rows[j]);
        const QRgb* hatched = lineOf(hatched_, rows[j]);
        const std::uint8_t* hidden =
            mask != nullptr ? mask->hidden.data() + std::ptrdiff_t{rows[j]} * mask->width : nullptr;
        int stripe = (phase + static_cast<int>(j)) % period;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const int x = columns[i];
            const bool covered = hidden != nullptr && hidden[x] != 0;
            into[i] = !covered ? plain[x] : stripe < width ? hatched[x] : tinted[x];
            stripe = stripe + 1 == period ? 0 : stripe + 1;
        }
    }
    return image;
}

}  // namespace lmser::ui
