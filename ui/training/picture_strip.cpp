// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/picture_strip.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/bridge/qimage_conversion.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kTiles = 10;      // where there are no pictures yet
constexpr int kLeastSide = 24;  // half a window of 1280 pixels at a ratio of 2 has no more room
constexpr int kMostSide = 96;
constexpr int kGap = 2 * kSpace;

std::vector<QImage> converted(const Images* pictures) {
    std::vector<QImage> images;
    for (std::size_t i = 0; pictures != nullptr && i < pictures->count(); ++i) {
        images.push_back(toQImage(*pictures, i).convertToFormat(QImage::Format_RGB32));
    }
    return images;
}

// Crisp, with pixels of even size at any ratio: enlarged to a whole multiple, then averaged down.
QImage enlarged(const QImage& image, const QSize& size) {
    const int times = std::max({1, (size.width() + image.width() - 1) / image.width(),
                                (size.height() + image.height() - 1) / image.height()});
    return image.scaled(image.size() * times, Qt::IgnoreAspectRatio, Qt::FastTransformation)
        .scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

void paintTile(QPainter& painter, const QRect& tile, const QImage* image, const Tokens& tokens) {
    constexpr qreal kRadius = 8;
    painter.setPen(Qt::NoPen);
    if (image == nullptr || image->isNull()) {
        painter.setPen(tokens.line);
        painter.setBrush(tokens.canvas);
        painter.drawRoundedRect(QRectF(tile).adjusted(.5, .5, -.5, -.5), kRadius, kRadius);
        return;
    }
    // As a brush, not through a clip: the corners are smooth then.
    const qreal ratio = painter.device()->devicePixelRatioF();
    QBrush brush(enlarged(*image, (QSizeF(tile.size()) * ratio).toSize()));
    brush.setTransform(
        QTransform::fromTranslate(tile.left(), tile.top()).scale(1 / ratio, 1 / ratio));
    painter.setBrush(brush);
    painter.drawRoundedRect(tile, kRadius, kRadius);
}

}  // namespace

PictureStrip::PictureStrip(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Test pictures above their reconstructions"));
}

void PictureStrip::setPictures(std::shared_ptr<const Images> originals,
                               std::shared_ptr<const Images> reconstructions) {
    if (originals != originals_) {
        above_ = converted(originals.get());
        originals_ = std::move(originals);
        updateGeometry();
        update();
    }
    if (reconstructions != reconstructions_) {
        below_ = converted(reconstructions.get());
        reconstructions_ = std::move(reconstructions);
        update();
    }
}

int PictureStrip::heightForWidth(int width) const {
    return 2 * tileSide(width) + kGap;
}

QSize PictureStrip::sizeHint() const {
    const int width = columns() * (scaled(kMostSide) + kGap) - kGap;
    return {width, heightForWidth(width)};
}

QSize PictureStrip::minimumSizeHint() const {
    const int width = columns() * (kLeastSide + kGap) - kGap;
    return {width, heightForWidth(width)};
}

void PictureStrip::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& tokens = tokensOf(this);
    const int side = tileSide(width());
    for (int column = 0; column < columns(); ++column) {
        const auto i = static_cast<std::size_t>(column);
        const QRect tile(column * (side + kGap), 0, side, side);
        paintTile(painter, tile, i < above_.size() ? &above_[i] : nullptr, tokens);
        paintTile(painter, tile.translated(0, side + kGap),
                  i < below_.size() ? &below_[i] : nullptr, tokens);
    }
}

int PictureStrip::columns() const {
    return above_.empty() ? kTiles : static_cast<int>(above_.size());
}

int PictureStrip::tileSide(int width) const {
    const int fitting = (width + kGap) / columns() - kGap;
    return std::clamp(fitting, 1, scaled(kMostSide));
}

}  // namespace lmser::ui
