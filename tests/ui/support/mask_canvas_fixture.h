// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gmock/gmock.h>

#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>
#include <cmath>
#include <vector>

#include "ui/recall/mask_canvas.h"

namespace lmser::ui {

/// A picture whose pixels all differ from their neighbours.
inline Images drawnPicture(int height, int width) {
    Images picture{{3, height, width}, {}};
    constexpr int kStep = 37;
    constexpr float kLevels = 200;
    for (int i = 0; i < 3 * height * width; ++i) {
        picture.values.push_back(static_cast<float>(i * kStep % static_cast<int>(kLevels)) /
                                 kLevels);
    }
    return picture;
}

/// A canvas of 400 x 300 with a picture of 40 x 30 (so that it is fitted at nine or a whole number of device pixels a
/// pixel), and what it told.
class MaskCanvasFixture : public testing::Test {
protected:
    MaskCanvasFixture() {
        canvas.setPicture(drawnPicture(30, 40));
        canvas.resize(400, 300);
        canvas.show();
        canvas.setFocus();
        QObject::connect(&canvas, &MaskCanvas::maskChanged, &canvas,
                         [this](const Mask& mask) { told.push_back(mask); });
        QObject::connect(&canvas, &MaskCanvas::strokeFinished, &canvas, [this] { ++finished; });
    }

    void send(QEvent::Type type, const QPointF& at, Qt::MouseButton button,
              Qt::KeyboardModifiers modifiers = {}) {
        const bool moves = type == QEvent::MouseMove;
        const Qt::MouseButtons held =
            type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::MouseButtons(button);
        QMouseEvent event(type, at, canvas.mapToGlobal(at), moves ? Qt::NoButton : button, held,
                          modifiers);
        QCoreApplication::sendEvent(&canvas, &event);
    }
    void press(const QPointF& at, Qt::MouseButton button = Qt::LeftButton,
               Qt::KeyboardModifiers modifiers = {}) {
        send(QEvent::MouseButtonPress, at, button, modifiers);
    }
    void move(const QPointF& to, Qt::MouseButton button = Qt::LeftButton) {
        send(QEvent::MouseMove, to, button);
    }
    void release(const QPointF& at, Qt::MouseButton button = Qt::LeftButton) {
        send(QEvent::MouseButtonRelease, at, button);
    }
    void stroke(const QPointF& from, const QPointF& to, Qt::MouseButton button = Qt::LeftButton,
                Qt::KeyboardModifiers modifiers = {}) {
        press(from, button, modifiers);
        move(to, button);
        release(to, button);
    }
    void turnWheel(const QPointF& at, int notches, Qt::KeyboardModifiers modifiers = {}) {
        QWheelEvent event(at, canvas.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&canvas, &event);
    }
    void key(Qt::Key which, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&canvas, which, modifiers);
    }

    /// The place of the picture under a place of the widget, told from where the picture lies.
    PicturePoint under(const QPointF& widget) const {
        const QRectF place = canvas.pictureRect();
        return {(widget.x() - place.x()) * canvas.mask().width / place.width(),
                (widget.y() - place.y()) * canvas.mask().height / place.height()};
    }
    /// Where a place of the picture is seen.
    QPointF over(double x, double y) const {
        const QRectF place = canvas.pictureRect();
        return {place.x() + x * place.width() / canvas.mask().width,
                place.y() + y * place.height() / canvas.mask().height};
    }
    std::size_t hidden() const { return hidden_count(canvas.mask()); }

    MaskCanvas canvas;
    std::vector<Mask> told;
    int finished = 0;
};

}  // namespace lmser::ui
