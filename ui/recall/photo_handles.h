// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRect>
#include <QWidget>
#include <array>

#include "core/base/face_alignment.h"

namespace lmser::ui {

/// One of the handles on a photo: dragged with the mouse, or moved with the arrow keys by a pixel of the screen, by
/// eight with Shift.
class PhotoHandle : public QWidget {
    Q_OBJECT
public:
    PhotoHandle(const QString& name, QWidget* photo);

Q_SIGNALS:
    /// The user wants the handle's middle there, in the photo's widget.
    void movedTo(const QPointF& place);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QPointF grip_;  ///< where in the handle the drag began, from its middle
};

/// A photo with three handles, for the two eyes and the mouth, each named beside it. It can be zoomed to the face that
/// they mark.
class PhotoHandles : public QWidget {
    Q_OBJECT
public:
    explicit PhotoHandles(QWidget* parent = nullptr);

    void setPhoto(const QImage& photo);
    /// In pixels of the photo; nobody is told.
    void setPoints(const FacePoints& points);
    [[nodiscard]] const FacePoints& points() const { return points_; }
    /// Shows the surroundings of the handles as they stand now, or the whole photo again.
    void setZoomed(bool zoomed);
    /// What of the photo is shown, in its pixels.
    [[nodiscard]] const QRect& seen() const { return seen_; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    /// All through a drag.
    void pointsEdited(const lmser::FacePoints& points);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    PhotoHandle* addHandle(PicturePoint FacePoints::*point, const char* name, const QString& title);
    void move(PicturePoint FacePoints::*point, const QPointF& place);
    void placeHandles();
    [[nodiscard]] QRectF photoRect() const;
    [[nodiscard]] QRect aroundFace() const;

    struct Handle {
        PicturePoint FacePoints::*point;
        PhotoHandle* handle;
    };
    [[nodiscard]] QRectF labelRect(const Handle& handle) const;
    void paintLabels(QPainter& painter) const;

    QImage photo_;
    QRect seen_;
    QImage shown_;  ///< in the widget's size, in pixels of the device
    FacePoints points_;
    std::array<Handle, 3> handles_{};
};

}  // namespace lmser::ui
