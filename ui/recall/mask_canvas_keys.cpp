// SPDX-License-Identifier: GPL-3.0-or-later
#include <QKeyEvent>
#include <algorithm>
#include <cmath>

#include "ui/recall/mask_canvas.h"

namespace lmser::ui {
namespace {

constexpr int kCoarse = 8;          // pixels that Shift+arrow goes
constexpr qint64 kTapMillis = 250;  // Tab held for longer was held to look

/// Keys that the window or a form around it may use as well, and that are the canvas's while it has the focus.
bool isOwnKey(const QKeyEvent& event) {
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (event.key() == Qt::Key_Z) {
        return modifiers.testFlag(Qt::ControlModifier);
    }
    const bool letters = event.key() < Qt::Key_Escape && event.key() >= Qt::Key_Space;
    return letters && (modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier);
}

QPointF arrowOf(int key) {
    switch (key) {
        case Qt::Key_Left:
            return {-1, 0};
        case Qt::Key_Right:
            return {1, 0};
        case Qt::Key_Up:
            return {0, -1};
        case Qt::Key_Down:
            return {0, 1};
        default:
            return {};
    }
}

}  // namespace

bool MaskCanvas::event(QEvent* event) {
    switch (event->type()) {
        case QEvent::ShortcutOverride:
            if (isOwnKey(*static_cast<QKeyEvent*>(event))) {
                event->accept();
                return true;
            }
            break;
        case QEvent::KeyPress:
        case QEvent::KeyRelease:
            // Before QWidget takes it to go to the next widget.
            if (holdTab(*static_cast<QKeyEvent*>(event))) {
                return true;
            }
            break;
        default:
            break;
    }
    return QWidget::event(event);
}

/// Held, Tab shows the original; tapped, it goes on to the next widget. Where X repeats a held key, it is let go and
/// pressed again, and Qt does not always tell: only a release that no press follows is one.
bool MaskCanvas::holdTab(const QKeyEvent& event) {
    const bool plain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (event.key() != Qt::Key_Tab || !hasPicture() || (!plain && !original_)) {
        return false;
    }
    if (event.type() == QEvent::KeyPress && tabReleased_.isActive()) {
        tabReleased_.stop();
    } else if (event.isAutoRepeat()) {
        return true;
    } else if (event.type() == QEvent::KeyPress) {
        tabHeld_.start();
        setShowsOriginal(true);
    } else if (original_) {
        tabTapped_ = tabHeld_.isValid() && !tabHeld_.hasExpired(kTapMillis);
        tabReleased_.start();
    }
    return true;
}

void MaskCanvas::releaseTab() {
    tabHeld_.invalidate();
    setShowsOriginal(false);
    if (tabTapped_) {
        focusNextPrevChild(true);
    }
}

void MaskCanvas::keyPressEvent(QKeyEvent* event) {
    if (!takeKey(event)) {
        QWidget::keyPressEvent(event);
    }
}

bool MaskCanvas::takeKey(QKeyEvent* event) {
    if (!hasPicture()) {
        return false;
    }
    if (takeUndoKey(*event)) {
        return true;
    }
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers != Qt::NoModifier && modifiers != Qt::ShiftModifier) {
        return false;
    }
    return takeToolKey(event->key()) || takeViewKey(event->key()) ||
           takeCursorKey(event->key(), modifiers);
}

bool MaskCanvas::takeUndoKey(const QKeyEvent& event) {
    const Qt::KeyboardModifiers modifiers = event.modifiers();
    if (event.key() != Qt::Key_Z || !modifiers.testFlag(Qt::ControlModifier)) {
        return false;
    }
    if (editor_.isDragging()) {
        return true;  // a step that is not complete cannot be taken back
    }
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        undoStack()->redo();
    } else {
        undoStack()->undo();
    }
    return true;
}

bool MaskCanvas::takeToolKey(int key) {
    switch (key) {
        case Qt::Key_B:
            setTool(MaskTool::brush);
            return true;
        case Qt::Key_E:
            setTool(MaskTool::eraser);
            return true;
        case Qt::Key_R:
            setTool(MaskTool::rectangle);
            return true;
        case Qt::Key_X:
            swapTools();
            return true;
        case Qt::Key_I:
            editor_.invert();
            return true;
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            editor_.clear();
            return true;
        case Qt::Key_BracketLeft:
            stepSize(-1);
            return true;
        case Qt::Key_BracketRight:
            stepSize(1);
            return true;
        default:
            return false;
    }
}

bool MaskCanvas::takeViewKey(int key) {
    const QPointF middle = cursor_ ? view_.toWidget(*cursor_) : QRectF(rect()).center();
    switch (key) {
        case Qt::Key_0:
            fit();
            return true;
        case Qt::Key_1:
            setZoom(1);
            return true;
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoomBy(1, middle);
            return true;
        case Qt::Key_Minus:
            zoomBy(-1, middle);
            return true;
        case Qt::Key_Space:
            panning_ = true;
            showPointer();
            update(cursorRect());
            return true;
        default:
            return false;
    }
}

bool MaskCanvas::takeCursorKey(int key, Qt::KeyboardModifiers modifiers) {
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        paintAtCursor(modifiers);
        return true;
    }
    if (key == Qt::Key_Escape && editor_.isDragging()) {
        editor_.cancel();
        drag_ = Drag::none;
        return true;
    }
    const QPointF arrow = arrowOf(key);
    if (arrow.isNull()) {
        return false;
    }
    const QPointF from = cursor_.value_or(QPointF(mask().width, mask().height) / 2);
    const QPointF to = from + arrow * (modifiers.testFlag(Qt::ShiftModifier) ? kCoarse : 1);
    const auto centre = [](double at, int size) {
        return std::clamp(std::floor(at), 0.0, size - 1.0) + .5;
    };
    const QPointF pixel(centre(to.x(), mask().width), centre(to.y(), mask().height));
    moveCursor(pixel);
    view_.reveal(pixel);
    viewChanged();
    editor_.moveTo({pixel.x(), pixel.y()});
    tellState();
    return true;
}

/// A dab, with Shift a line from the last point; of a rectangle the first corner, then the other.
void MaskCanvas::paintAtCursor(Qt::KeyboardModifiers modifiers) {
    if (drag_ != Drag::none) {
        return;  // the mouse is painting
    }
    if (!cursor_) {
        takeCursorKey(Qt::Key_Right, Qt::NoModifier);
    }
    const bool second = editor_.isDragging();
    if (!second) {
        begin(*cursor_, false, modifiers.testFlag(Qt::ShiftModifier));
    }
    if (second || tool_ != MaskTool::rectangle) {
        editor_.finish();
    }
}

void MaskCanvas::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        panning_ = false;
        showPointer();
        update(cursorRect());
    } else {
        QWidget::keyReleaseEvent(event);
    }
}

/// What was held is let go elsewhere.
void MaskCanvas::focusOutEvent(QFocusEvent* event) {
    panning_ = false;
    tabReleased_.stop();
    tabHeld_.invalidate();
    setShowsOriginal(false);
    showPointer();
    QWidget::focusOutEvent(event);
}

}  // namespace lmser::ui
