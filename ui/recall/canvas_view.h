// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QSizeF>

namespace lmser::ui {

/// Where a picture lies in the room of a widget, how large, and which place of it is under the pointer. Places are
/// in logical pixels of the widget or in pixels of the picture, both with their origin in the left upper corner.
class CanvasView {
public:
    /// A picture of that size, fitted.
    void setPicture(const QSize& size);
    /// The widget's size, with `ratio` device pixels a logical one. A fitted picture stays fitted, of another one
    /// the middle of what is seen stays.
    void setRoom(const QSizeF& room, qreal ratio);

    /// Logical pixels a pixel of the picture: 1 is 100 %.
    [[nodiscard]] double zoom() const { return zoom_; }
    /// The zoom at which the whole picture is seen; a whole number of device pixels from four up.
    [[nodiscard]] double fitZoom() const;
    [[nodiscard]] bool isFitted() const { return fitted_; }

    void fit();
    /// Zooms and leaves the place under `at` where it is. Clamped to fitZoom() (or 100 %, where that is less) …
    /// 3200 % (or fitZoom(), where that is more).
    void zoomTo(double zoom, const QPointF& at);
    /// Moves the picture; it never leaves the middle of the room.
    void pan(const QPointF& by);
    /// Moves the picture just so far that a place of it is seen.
    void reveal(const QPointF& picture);

    [[nodiscard]] QPointF toPicture(const QPointF& widget) const;
    [[nodiscard]] QPointF toWidget(const QPointF& picture) const;
    /// Where the picture lies, in logical pixels; its corner is on a device pixel.
    [[nodiscard]] QRectF pictureRect() const;

private:
    void place(const QPointF& corner);

    QSize picture_;
    QSizeF room_;
    qreal ratio_ = 1;
    double zoom_ = 1;
    QPointF corner_;
    bool fitted_ = true;
};

}  // namespace lmser::ui
