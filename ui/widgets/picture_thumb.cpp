// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/picture_thumb.h"

#include <QPainter>

#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kFrame = 2;  // the accent around the present picture

}  // namespace

PictureThumb::PictureThumb(QWidget* parent, std::size_t place)
    : QAbstractButton(parent), place_(place) {
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::ClickFocus);
    setCheckable(false);
}

void PictureThumb::setPicture(const QImage& picture) {
    picture_ = picture.isNull() ? picture : picture.convertToFormat(QImage::Format_RGB32);
    update();
}

void PictureThumb::setPresent(bool present) {
    present_ = present;
    setFocusPolicy(present ? Qt::StrongFocus : Qt::ClickFocus);
    update();
}

void PictureThumb::paintEvent(QPaintEvent* /*event*/) {
    if (picture_.isNull()) {
        return;
    }
    const Tokens& tokens = tokensOf(this);
    QPainter painter(this);
    constexpr qreal kInset = kFrame + 1;
    constexpr qreal kRadius = kControlRadius - 1;
    const QRectF room = QRectF(rect()).adjusted(kInset, kInset, -kInset, -kInset);
    const QRectF target = pictureRect(picture_.size(), room, devicePixelRatioF());
    paintPicture(painter, target, picture_, kRadius, tokens.surface);
    if (present_ || underMouse() || hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(present_ || hasFocus() ? tokens.accent : tokens.muted, kFrame));
        const qreal half = kFrame / 2.0;
        painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half),
                                kControlRadius + half, kControlRadius + half);
    }
}

}  // namespace lmser::ui
