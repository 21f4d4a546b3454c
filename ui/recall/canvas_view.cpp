// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/canvas_view.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/image_view.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {
namespace {

constexpr double kMostZoom = 32;
constexpr double kMargin = 2 * kSpace;  // around a fitted picture, for the ring of the focus

QRectF fittedRect(const QSize& picture, const QSizeF& room, qreal ratio) {
    const QRectF all(QPointF(), room);
    const QRectF inner = all.adjusted(kMargin, kMargin, -kMargin, -kMargin);
    return ui::pictureRect(picture, inner.isValid() ? inner : all, ratio);
}

}  // namespace

void CanvasView::setPicture(const QSize& size) {
    picture_ = size;
    fit();
}

void CanvasView::setRoom(const QSizeF& room, qreal ratio) {
    if (room == room_ && ratio == ratio_) {
        return;
    }
    const QPointF moved((room.width() - room_.width()) / 2, (room.height() - room_.height()) / 2);
    room_ = room;
    ratio_ = ratio;
    if (fitted_) {
        fit();
    } else {
        pan(moved);
    }
}

double CanvasView::fitZoom() const {
    return picture_.isEmpty() ? 1 : fittedRect(picture_, room_, ratio_).width() / picture_.width();
}

void CanvasView::fit() {
    fitted_ = true;
    zoom_ = fitZoom();
    corner_ = picture_.isEmpty() ? QPointF() : fittedRect(picture_, room_, ratio_).topLeft();
}

void CanvasView::zoomTo(double zoom, const QPointF& at) {
    const double fitting = fitZoom();
    const double wanted = std::clamp(zoom, std::min(1.0, fitting), std::max(kMostZoom, fitting));
    const QPointF under = toPicture(at);
    zoom_ = wanted;
    fitted_ = false;
    place(at - under * zoom_);
}

void CanvasView::pan(const QPointF& by) {
    fitted_ = false;
    place(corner_ + by);
}

void CanvasView::reveal(const QPointF& picture) {
    const QPointF at = toWidget(picture);
    const QPointF seen(std::clamp(at.x(), std::min(kMargin, room_.width()),
                                  std::max(room_.width() - kMargin, 0.0)),
                       std::clamp(at.y(), std::min(kMargin, room_.height()),
                                  std::max(room_.height() - kMargin, 0.0)));
    if (seen != at) {
        pan(seen - at);
    }
}

void CanvasView::place(const QPointF& corner) {
    const QPointF middle(room_.width() / 2, room_.height() / 2);
    const QSizeF shown = QSizeF(picture_) * zoom_;
    const auto snapped = [this](double value) { return std::round(value * ratio_) / ratio_; };
    corner_ = {snapped(std::clamp(corner.x(), middle.x() - shown.width(), middle.x())),
               snapped(std::clamp(corner.y(), middle.y() - shown.height(), middle.y()))};
}

QPointF CanvasView::toPicture(const QPointF& widget) const {
    return (widget - corner_) / zoom_;
}

QPointF CanvasView::toWidget(const QPointF& picture) const {
    return corner_ + picture * zoom_;
}

QRectF CanvasView::pictureRect() const {
    return {corner_, QSizeF(picture_) * zoom_};
}

}  // namespace lmser::ui
