// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/code_map_plot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/explore/map_marks.h"
#include "ui/explore/map_popover.h"
#include "ui/explore/point_cloud.h"
#include "ui/training/curve_axes.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr double kReach = 10;  // pixels between pointer and point
constexpr double kAir = .05;   // around the points, of their box
constexpr double kZoomStep = .85;
constexpr int kNotch = 120;
constexpr double kPanStep = .1;  // of the view
constexpr double kWalkStep = .02;

QString marksLayer() {
    return QStringLiteral("marks");
}

QFont smallNumbers() {
    QFont font = numberFont();
    font.setPointSizeF(font.pointSizeF() * kHeadPixels / kTextPixels);
    return font;
}

}  // namespace

CodeMapPlot::CodeMapPlot(QWidget* parent) : QCustomPlot(parent) {
    setObjectName(QStringLiteral("codeMapPlot"));
    setAccessibleName(tr("Code map"));
    setToolTip(
        tr("Click: decode there. Drag: walk. Middle drag or Shift-drag: pan. Wheel: zoom. "
           "Double-click: fit. Keys: arrows pan, Ctrl+arrows walk, + and - zoom, Home fits."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setInteractions({});
    setPlottingHints(QCP::phCacheLabels);
    addLayer(marksLayer(), layer(QStringLiteral("main")), QCustomPlot::limAbove);
    layer(marksLayer())->setMode(QCPLayer::lmBuffered);
    points_ = new PointCloud(this);
    marks_ = new MapMarks(this, marksLayer());
    popover_ = new MapPopover(this);
    axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0);
        axis->ticker()->setTickCount(4);
    }
    setView({-1, -1, 2, 2});
    applyStyle();
}

void CodeMapPlot::setAxisNames(const QString& across, const QString& up) {
    xAxis->setLabel(across);
    yAxis->setLabel(up);
    replot(rpQueuedReplot);
}

void CodeMapPlot::setPoints(std::vector<float> x, std::vector<float> y,
                            std::vector<std::uint8_t> labels, const QStringList& classes) {
    classes_ = classes;
    pointAtNothing();
    points_->setPoints(std::move(x), std::move(y), std::move(labels));
    if (!userMovedView_) {
        fit();
    }
    replot(rpQueuedReplot);
}

void CodeMapPlot::clearPoints() {
    userMovedView_ = false;
    setPoints({}, {}, {}, {});
}

void CodeMapPlot::setShown(std::vector<bool> shown) {
    points_->setShown(std::move(shown));
    pointAtNothing();
    replot(rpQueuedReplot);
}

void CodeMapPlot::setPresent(std::optional<QPointF> present) {
    if (marks_->present() != present) {
        marks_->setPresent(present);
        layer(marksLayer())->replot();
    }
}

void CodeMapPlot::showPicture(std::size_t index, const QImage& picture) {
    if (pointed_ == index) {
        popover_->setPicture(picture);
    }
}

std::size_t CodeMapPlot::count() const {
    return points_->count();
}

QString CodeMapPlot::classNear(const QPointF& place) const {
    const QPointF pixel(xAxis->coordToPixel(place.x()), yAxis->coordToPixel(place.y()));
    const double everywhere = std::hypot(width(), height());
    const auto found = points_->nearest(pixel, everywhere);
    return found ? classes_.value(points_->label(*found)) : QString();
}

void CodeMapPlot::fit() {
    const QRectF box = points_->bounds();
    if (points_->count() > 0) {
        const double wide = std::max(box.width(), 1e-3);
        const double high = std::max(box.height(), 1e-3);
        setView(box.adjusted(-kAir * wide, -kAir * high, kAir * wide, kAir * high));
    }
    userMovedView_ = false;
    replot(rpQueuedReplot);
}

void CodeMapPlot::setView(const QRectF& bounds) {
    xAxis->setRange(bounds.left(), bounds.right());
    yAxis->setRange(bounds.top(), bounds.bottom());
}

QRectF CodeMapPlot::view() const {
    return {QPointF(xAxis->range().lower, yAxis->range().lower),
            QPointF(xAxis->range().upper, yAxis->range().upper)};
}

QPointF CodeMapPlot::placeOf(const QPointF& pixel) const {
    return {xAxis->pixelToCoord(pixel.x()), yAxis->pixelToCoord(pixel.y())};
}

void CodeMapPlot::mousePressEvent(QMouseEvent* event) {
    event->accept();
    const bool left = event->button() == Qt::LeftButton;
    if (gesture_ != Gesture::none || (!left && event->button() != Qt::MiddleButton)) {
        return;
    }
    from_ = event->position();
    const bool pans = !left || event->modifiers().testFlag(Qt::ShiftModifier);
    gesture_ = pans ? Gesture::pan : Gesture::press;
    pointAtNothing();
}

void CodeMapPlot::mouseMoveEvent(QMouseEvent* event) {
    constexpr double kStill = 4;  // pixels that a click may wander
    const QPointF at = event->position();
    if (gesture_ == Gesture::press && (at - from_).manhattanLength() >= kStill) {
        gesture_ = Gesture::walk;
        Q_EMIT walkStarted();
    }
    switch (gesture_) {
        case Gesture::walk:
            Q_EMIT wentTo(placeOf(at));
            break;
        case Gesture::pan:
            panTo(at);
            break;
        case Gesture::none:
            pointAt(at);
            break;
        case Gesture::press:
            break;
    }
}

void CodeMapPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) {
        return;
    }
    const Gesture ended = std::exchange(gesture_, Gesture::none);
    if (ended == Gesture::press) {
        Q_EMIT walkStarted();
        Q_EMIT wentTo(placeOf(event->position()));
    }
    if (ended == Gesture::press || ended == Gesture::walk) {
        Q_EMIT walkEnded();
    }
}

void CodeMapPlot::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        Q_EMIT clickTakenBack();
        fit();
    }
}

void CodeMapPlot::wheelEvent(QWheelEvent* event) {
    zoom(std::pow(kZoomStep, event->angleDelta().y() / static_cast<double>(kNotch)),
         event->position());
    event->accept();
}

void CodeMapPlot::leaveEvent(QEvent* event) {
    pointAtNothing();
    QCustomPlot::leaveEvent(event);
}

void CodeMapPlot::panTo(const QPointF& pixel) {
    const QPointF moved = placeOf(from_) - placeOf(pixel);
    from_ = pixel;
    pan(moved.x() / view().width(), moved.y() / view().height());
}

void CodeMapPlot::pan(double right, double up) {
    userMovedView_ = true;
    panView(*this, right, up);
    replot(rpQueuedReplot);
}

void CodeMapPlot::zoom(double factor, const QPointF& pixel) {
    userMovedView_ = true;
    pointAtNothing();
    const QPointF middle = placeOf(pixel);
    xAxis->scaleRange(factor, middle.x());
    yAxis->scaleRange(factor, middle.y());
    replot(rpQueuedReplot);
}

void CodeMapPlot::walkBy(double right, double up) {
    if (!marks_->present()) {
        return;
    }
    Q_EMIT walkStarted();
    Q_EMIT wentTo(*marks_->present() + QPointF(right * view().width(), up * view().height()));
    Q_EMIT walkEnded();
}

bool CodeMapPlot::handleArrow(int key, bool walks) {
    const double right = key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0;
    const double up = key == Qt::Key_Up ? 1 : key == Qt::Key_Down ? -1 : 0;
    if (right == 0 && up == 0) {
        return false;
    }
    if (walks) {
        walkBy(right * kWalkStep, up * kWalkStep);
    } else {
        pan(right * kPanStep, up * kPanStep);
    }
    return true;
}

void CodeMapPlot::keyPressEvent(QKeyEvent* event) {
    const QPointF middle = axisRect()->center();
    if (handleArrow(event->key(), event->modifiers().testFlag(Qt::ControlModifier))) {
        return;
    }
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoom(kZoomStep, middle);
            break;
        case Qt::Key_Minus:
            zoom(1 / kZoomStep, middle);
            break;
        case Qt::Key_Home:
            fit();
            break;
        default:
            QCustomPlot::keyPressEvent(event);
    }
}

void CodeMapPlot::pointAt(const QPointF& pixel) {
    const auto found = points_->nearest(pixel, kReach);
    if (!found || !axisRect()->rect().contains(pixel.toPoint())) {
        pointAtNothing();
        return;
    }
    if (found == pointed_) {
        return;
    }
    pointed_ = found;
    marks_->setPointed(points_->point(*found));
    layer(marksLayer())->replot();
    popover_->showAt(pixel.toPoint(), classes_.value(points_->label(*found)));
    Q_EMIT pointedAt(*found);
}

void CodeMapPlot::pointAtNothing() {
    if (pointed_) {
        pointed_.reset();
        marks_->setPointed(std::nullopt);
        layer(marksLayer())->replot();
        popover_->hide();
    }
}

void CodeMapPlot::focusInEvent(QFocusEvent* event) {
    ringed_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QCustomPlot::focusInEvent(event);
    update();
}

void CodeMapPlot::focusOutEvent(QFocusEvent* event) {
    ringed_ = false;
    QCustomPlot::focusOutEvent(event);
    update();
}

void CodeMapPlot::changeEvent(QEvent* event) {
    QCustomPlot::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyStyle();
    }
}

void CodeMapPlot::applyStyle() {
    const Tokens& tokens = tokensOf(this);
    setBackground(tokens.surface);
    axisRect()->setBackground(tokens.canvas);
    axisRect()->setMargins(QMargins(0, 2, 2, 0));
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setTickLabelColor(tokens.muted);
        axis->setTickLabelFont(smallNumbers());
        axis->setTickLabelPadding(scaled(kSpace));
        axis->setLabelColor(tokens.muted);
        axis->setLabelFont(smallNumbers());
        axis->setLabelPadding(scaled(kSpace));
        axis->grid()->setPen(QPen(tokens.line, 1));
        axis->grid()->setZeroLinePen(QPen(tokens.line, 2));
    }
    points_->setTokens(tokens);
    marks_->setTokens(tokens);
    replot(rpQueuedReplot);
}

void CodeMapPlot::paintEvent(QPaintEvent* event) {
    QCustomPlot::paintEvent(event);
    if (ringed_) {
        QPainter painter(this);
        paintFocusRing(painter, rect(), kControlRadius, this);
    }
}

QSize CodeMapPlot::sizeHint() const {
    return {scaled(420), scaled(300)};
}

QSize CodeMapPlot::minimumSizeHint() const {
    return {240, scaled(220)};
}

}  // namespace lmser::ui
