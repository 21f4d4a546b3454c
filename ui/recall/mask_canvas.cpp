// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/mask_canvas.h"

#include <QAccessible>
#include <QEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QTransform>
#include <algorithm>
#include <cmath>

#include "ui/bridge/qimage_conversion.h"
#include "ui/recall/brush_outline.h"
#include "ui/recall/mask_canvas_accessible.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kLeastSide = 160;
constexpr int kRepeatMillis = 50;  // between the two halves of a repeated key at most

}  // namespace

MaskCanvas::MaskCanvas(QWidget* parent)
    : QWidget(parent), placeholder_(tr("Choose a picture to paint on.")) {
    describeMaskCanvases();
    setObjectName(QStringLiteral("maskCanvas"));
    setAccessibleName(tr("picture with mask"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setContextMenuPolicy(Qt::PreventContextMenu);  // the right button erases
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    tabReleased_.setSingleShot(true);
    tabReleased_.setInterval(kRepeatMillis);
    connect(&tabReleased_, &QTimer::timeout, this, &MaskCanvas::releaseTab);
    connect(&editor_, &MaskEditor::changed, this, &MaskCanvas::showMask);
    connect(&editor_, &MaskEditor::stepFinished, this, [this] {
        tellState();
        Q_EMIT strokeFinished();
    });
    tellState();
}

/// Qt's cache may keep the interface of a dead canvas for whatever comes to lie at its address.
MaskCanvas::~MaskCanvas() {
    if (QAccessibleInterface* face = QAccessible::queryAccessibleInterface(this)) {
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(face));
    }
}

void MaskCanvas::setPicture(const Images& picture, bool keepMask) {
    const QImage image = toQImage(picture);
    const bool kept = keepMask && mask().height == image.height() && mask().width == image.width();
    const bool sameSize = image.size() == QSize(mask().width, mask().height);
    if (!kept) {
        drag_ = Drag::none;
        editor_.reset(nothing_hidden(image.height(), image.width()));
    }
    layers_.setPicture(image, tokensOf(this));
    if (!sameSize) {
        cursor_.reset();
        view_.setPicture(image.size());
    }
    viewChanged();
    tellState();
}

void MaskCanvas::setPlaceholder(const QString& text) {
    placeholder_ = text;
    update();
}

void MaskCanvas::setTool(MaskTool tool) {
    if (tool != tool_) {
        tool_ = tool;
        showPointer();
        update();
        tellState();
        Q_EMIT toolChanged(tool);
    }
}

void MaskCanvas::swapTools() {
    if (tool_ != MaskTool::rectangle) {
        setTool(tool_ == MaskTool::brush ? MaskTool::eraser : MaskTool::brush);
    }
}

void MaskCanvas::setBrushSize(int size) {
    const int wanted = std::clamp(size, kLeastBrush, kMostBrush);
    if (wanted != brushSize_) {
        update(cursorRect());
        brushSize_ = wanted;
        update(cursorRect());
        tellState();
        Q_EMIT brushSizeChanged(wanted);
    }
}

void MaskCanvas::setZoom(double zoom) {
    view_.zoomTo(zoom, QRectF(rect()).center());
    viewChanged();
}

void MaskCanvas::fit() {
    view_.fit();
    viewChanged();
}

void MaskCanvas::setShowsOriginal(bool original) {
    original_ = original;
    update();
}

// Grows into what room there is; where the workspace scrolls it is counted with its least size.
QSize MaskCanvas::sizeHint() const {
    return minimumSizeHint();
}

QSize MaskCanvas::minimumSizeHint() const {
    return {kLeastSide, kLeastSide};
}

void MaskCanvas::syncRoom() {
    const double before = view_.zoom();
    view_.setRoom(size(), devicePixelRatioF());
    if (view_.zoom() != before) {
        Q_EMIT zoomChanged(view_.zoom());
    }
}

void MaskCanvas::viewChanged() {
    showPointer();
    update();
    Q_EMIT zoomChanged(view_.zoom());
}

void MaskCanvas::resizeEvent(QResizeEvent* event) {
    syncRoom();
    QWidget::resizeEvent(event);
}

void MaskCanvas::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) {
        layers_.setTokens(tokensOf(this));
        update();
    } else if (event->type() == QEvent::EnabledChange) {
        showPointer();
        update();
    }
    QWidget::changeEvent(event);
}

void MaskCanvas::showMask(const QRect& pixels) {
    const QRectF seen(
        view_.toWidget(pixels.topLeft()),
        view_.toWidget(QPointF(pixels.topLeft()) + QPointF(pixels.width(), pixels.height())));
    update(seen.toAlignedRect().adjusted(-1, -1, 1, 1));
    Q_EMIT maskChanged(mask());
}

void MaskCanvas::tellState() {
    const QString state = stateText();
    setAccessibleDescription(
        tr("%1. Arrow keys move the cursor, Enter paints there, E erases, [ and ] change the size.")
            .arg(state));
    if (QAccessible::isActive()) {
        QAccessibleValueChangeEvent event(this, state);
        QAccessible::updateAccessibility(&event);
    }
}

QString MaskCanvas::stateText() const {
    if (!hasPicture()) {
        return placeholder_;
    }
    constexpr int kPercent = 100;
    const auto part = qRound(kPercent * static_cast<double>(hidden_count(mask())) /
                             static_cast<double>(mask().hidden.size()));
    const QString tool = tool_ == MaskTool::brush    ? tr("brush")
                         : tool_ == MaskTool::eraser ? tr("eraser")
                                                     : tr("rectangle");
    QString text = tr("%1 % hidden, %2 of %3 pixels").arg(part).arg(tool).arg(brushSize_);
    if (cursor_) {
        text += tr(", cursor at column %1, row %2")
                    .arg(static_cast<int>(std::floor(cursor_->x())))
                    .arg(static_cast<int>(std::floor(cursor_->y())));
    }
    return text;
}

bool MaskCanvas::showsBrush() const {
    return hasPicture() && isEnabled() && tool_ != MaskTool::rectangle && !panning_ &&
           drag_ != Drag::pan;
}

/// The pointer's own shape: none where the brush's outline stands for it.
void MaskCanvas::showPointer() {
    if (!hasPicture() || !isEnabled()) {
        setCursor(Qt::ArrowCursor);
    } else if (drag_ == Drag::pan) {
        setCursor(Qt::ClosedHandCursor);
    } else if (panning_) {
        setCursor(Qt::OpenHandCursor);
    } else {
        setCursor(tool_ == MaskTool::rectangle ? Qt::CrossCursor : Qt::BlankCursor);
    }
}

QRect MaskCanvas::cursorRect() const {
    if (!cursor_) {
        return {};
    }
    const double reach = (brushSize_ / 2.0 + 1) * view_.zoom() + kOutlineReach;
    const QPointF middle = view_.toWidget(*cursor_);
    const QRectF area(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach);
    return area.intersected(QRectF(rect())).toAlignedRect();
}

void MaskCanvas::moveCursor(const std::optional<QPointF>& picture) {
    update(cursorRect());
    cursor_ = picture;
    update(cursorRect());
}

void MaskCanvas::paintEvent(QPaintEvent* event) {
    syncRoom();
    QPainter painter(this);
    painter.fillRect(event->rect(), tokensOf(this).surface);
    if (hasPicture()) {
        paintSeen(painter, event->rect());
        paintCursor(painter);
    } else {
        paintPlaceholder(painter, rect(), placeholder_, tokensOf(this));
    }
    if (hasFocus()) {
        paintFocusRing(painter, rect(), 0, this);
    }
}

void MaskCanvas::paintSeen(QPainter& painter, const QRect& exposed) {
    const QTransform device = painter.deviceTransform();
    DeviceArea area{
        device.mapRect(QRectF(exposed)).toAlignedRect(), device.m11(), {device.dx(), device.dy()}};
    const QImage image = layers_.seen(original_ ? nullptr : &mask(), view_, area);
    painter.save();
    // Pixel by pixel onto the device: nothing is scaled any more.
    painter.scale(1 / area.ratio, 1 / area.ratio);
    painter.drawImage(QPointF(area.pixels.topLeft()) - area.corner, image);
    painter.restore();
}

void MaskCanvas::paintCursor(QPainter& painter) {
    if (!cursor_ || original_) {
        return;
    }
    QPainterPath outline;
    if (showsBrush()) {
        outline = brushOutline(*cursor_, brushSize_);
    } else if (tool_ == MaskTool::rectangle && hasFocus()) {
        outline = brushOutline(*cursor_, kLeastBrush);
    }
    QTransform toWidget;
    toWidget.translate(view_.toWidget({0, 0}).x(), view_.toWidget({0, 0}).y());
    toWidget.scale(view_.zoom(), view_.zoom());
    paintOutline(painter, toWidget.map(outline));
}

}  // namespace lmser::ui
