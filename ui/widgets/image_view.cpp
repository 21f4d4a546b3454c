// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/image_view.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kPreferredSide = 260;
constexpr int kLeastSide = 120;
constexpr qreal kWholeMultipleFrom = 4;  // below, a whole multiple would waste too much of the room

QAccessibleInterface* describeImageView(const QString& className, QObject* object) {
    if (className == QLatin1String(ImageView::staticMetaObject.className())) {
        return new QAccessibleWidget(static_cast<QWidget*>(object), QAccessible::Graphic);
    }
    return nullptr;
}

}  // namespace

ImageView::ImageView(QWidget* parent)
    : QWidget(parent), preferredSide_(kPreferredSide), leastSide_(kLeastSide) {
    static const bool described = [] {
        QAccessible::installFactory(describeImageView);
        return true;
    }();
    Q_UNUSED(described)
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_OpaquePaintEvent);  // a new picture repaints nothing of what lies behind
}

void ImageView::setImage(const QImage& image) {
    // Qt's raster engine has a fast path for scaling 32-bit pictures, not for grey ones.
    image_ = image.isNull() ? image : image.convertToFormat(QImage::Format_RGB32);
    update();
}

void ImageView::setPlaceholder(const QString& text) {
    placeholder_ = text;
    update();
}

void ImageView::setSides(int preferred, int least) {
    preferredSide_ = preferred;
    leastSide_ = least;
    updateGeometry();
}

QSize ImageView::sizeHint() const {
    return {preferredSide_, preferredSide_};
}

QSize ImageView::minimumSizeHint() const {
    return {leastSide_, leastSide_};
}

void ImageView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    const Tokens& tokens = tokensOf(this);
    if (!image_.isNull()) {
        const QRectF target = pictureRect(image_.size(), rect(), devicePixelRatioF());
        for (const QRect& margin :
             QRegion(rect()) - QRegion(target.toAlignedRect().adjusted(1, 1, -1, -1))) {
            painter.fillRect(margin, tokens.surface);
        }
        paintPicture(painter, target, image_, kCardRadius, tokens.surface);
        return;
    }
    const int side = std::min(width(), height());
    const QRectF room((width() - side) / 2.0, (height() - side) / 2.0, side, side);
    painter.fillRect(rect(), tokens.surface);
    paintPlaceholder(painter, room, placeholder_, tokens);
}

void paintPlaceholder(QPainter& painter, const QRectF& room, const QString& words,
                      const Tokens& tokens) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.line, 1, Qt::DashLine));
    painter.setBrush(tokens.canvas);
    painter.drawRoundedRect(room.adjusted(.5, .5, -.5, -.5), kCardRadius, kCardRadius);
    painter.setPen(tokens.muted);
    constexpr int kInset = 2 * kSpace;
    painter.drawText(room.adjusted(kInset, kInset, -kInset, -kInset),
                     Qt::AlignCenter | Qt::TextWordWrap, words);
}

QRectF pictureRect(const QSize& size, const QRectF& room, qreal ratio) {
    const qreal wide = std::floor(room.width() * ratio);
    const qreal high = std::floor(room.height() * ratio);
    qreal scale = std::min(wide / size.width(), high / size.height());
    if (scale >= kWholeMultipleFrom) {
        scale = std::floor(scale);
    }
    const qreal width = std::max(1.0, std::round(size.width() * scale));
    const qreal height = std::max(1.0, std::round(size.height() * scale));
    const qreal left = std::floor(room.left() * ratio + (wide - width) / 2);
    const qreal top = std::floor(room.top() * ratio + (high - height) / 2);
    return {left / ratio, top / ratio, width / ratio, height / ratio};
}

void paintPicture(QPainter& painter, const QRectF& target, const QImage& image, qreal radius,
                  const QColor& behind) {
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QSize pixels = (target.size() * ratio).toSize();
    const bool whole = pixels.width() % image.width() == 0;
    painter.save();
    if (whole) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.drawImage(target, image);
    } else {
        // Squares first, then a slight smooth change of size: crisp, and no column wider than another.
        const int times = pixels.width() / image.width() + 1;
        const QImage squares = image.scaled(image.size() * times);
        painter.drawImage(target,
                          squares.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    }
    // The corners are painted over, for a round clip would leave the fast path of drawImage.
    QPainterPath corners;
    corners.addRect(target.adjusted(-1, -1, 1, 1));
    corners.addRoundedRect(target, radius, radius);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(corners, behind);
    painter.restore();
}

}  // namespace lmser::ui
