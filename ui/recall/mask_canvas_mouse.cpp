// SPDX-License-Identifier: GPL-3.0-or-later
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/recall/mask_canvas.h"

namespace lmser::ui {
namespace {

constexpr double kZoomStep = 1.25;
constexpr int kNotch = QWheelEvent::DefaultDeltasPerStep;
constexpr int kSizeSteps = 8;  // a step is an eighth of the brush

PicturePoint pointOf(const QPointF& point) {
    return {point.x(), point.y()};
}

}  // namespace

void MaskCanvas::begin(const QPointF& picture, bool opposite, bool straight) {
    const bool hides = (tool_ == MaskTool::eraser) == opposite;
    const MaskChange change = hides ? MaskChange::hide : MaskChange::show;
    if (tool_ == MaskTool::rectangle) {
        editor_.beginRectangle(pointOf(picture), change);
    } else {
        editor_.beginStroke(pointOf(picture), brushSize_, change, straight);
    }
}

void MaskCanvas::mousePressEvent(QMouseEvent* event) {
    if (!hasPicture() || drag_ != Drag::none) {
        return;
    }
    button_ = event->button();
    dragFrom_ = event->position();
    beginDrag(event);
    showPointer();
}

void MaskCanvas::beginDrag(QMouseEvent* event) {
    const bool left = button_ == Qt::LeftButton;
    if (button_ == Qt::MiddleButton || (left && panning_)) {
        drag_ = Drag::pan;
    } else if (left && event->modifiers().testFlag(Qt::AltModifier)) {
        drag_ = Drag::size;
        sizeFrom_ = brushSize_;
    } else if (left || button_ == Qt::RightButton) {
        drag_ = Drag::draw;
        const QPointF at = view_.toPicture(dragFrom_);
        moveCursor(at);
        begin(at, !left, event->modifiers().testFlag(Qt::ShiftModifier));
    }
}

void MaskCanvas::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    switch (drag_) {
        case Drag::pan:
            view_.pan(at - dragFrom_);
            dragFrom_ = at;
            viewChanged();
            break;
        case Drag::size:
            // The edge of the brush goes with the pointer, its middle stays.
            setBrushSize(sizeFrom_ + qRound(2 * (at.x() - dragFrom_.x()) / view_.zoom()));
            return;
        case Drag::draw:
            editor_.moveTo(pointOf(view_.toPicture(at)));
            break;
        case Drag::none:
            break;
    }
    if (hasPicture()) {
        moveCursor(view_.toPicture(at));
    }
}

void MaskCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (drag_ == Drag::none || event->button() != button_) {
        return;
    }
    if (drag_ == Drag::draw) {
        editor_.finish();
    }
    drag_ = Drag::none;
    moveCursor(view_.toPicture(event->position()));
    showPointer();
}

void MaskCanvas::leaveEvent(QEvent* event) {
    if (drag_ == Drag::none) {
        moveCursor(std::nullopt);
    }
    QWidget::leaveEvent(event);
}

void MaskCanvas::wheelEvent(QWheelEvent* event) {
    if (!hasPicture()) {
        event->ignore();
        return;
    }
    event->accept();
    // Alt turns the wheel sideways on some systems.
    const int turned =
        event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        wheelRest_ += turned;
        stepSize(wheelRest_ / kNotch);
        wheelRest_ %= kNotch;
        return;
    }
    if (turned < 0 && view_.zoom() <= view_.fitZoom()) {
        event->ignore();  // there is nothing to zoom out: the workspace scrolls
        return;
    }
    zoomBy(static_cast<double>(turned) / kNotch, event->position());
    moveCursor(view_.toPicture(event->position()));
}

void MaskCanvas::stepSize(int steps) {
    setBrushSize(brushSize_ + steps * std::max(1, brushSize_ / kSizeSteps));
}

/// Out to where the whole picture is seen, and no farther.
void MaskCanvas::zoomBy(double steps, const QPointF& at) {
    const double wanted = view_.zoom() * std::pow(kZoomStep, steps);
    const bool outermost = steps < 0 && wanted <= view_.fitZoom();
    if (!outermost) {
        view_.zoomTo(wanted, at);
    } else if (view_.zoom() > view_.fitZoom()) {
        view_.fit();
    }
    viewChanged();
}

}  // namespace lmser::ui
