// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/unit_slider.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/widgets/theme.h"
#include "ui/widgets/unit_slider_accessible.h"

namespace lmser::ui {
namespace {

constexpr int kHandleRadius = 6;
constexpr int kTrackWidth = 3;
constexpr int kHistogramHeight = 24;
constexpr float kTrackOpacity = .4F;
constexpr int kPreferredWidth = 200;
constexpr int kLeastWidth = 110;
constexpr int kEaseMilliseconds = 250;
constexpr double kStepsInRange = 100;
constexpr double kPage = 10;  // steps
constexpr double kFine = .1;
constexpr double kCoarse = 10;

double speedOf(Qt::KeyboardModifiers modifiers) {
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        return kFine;
    }
    return modifiers.testFlag(Qt::ControlModifier) ? kCoarse : 1;
}

}  // namespace

UnitSlider::UnitSlider(QWidget* parent) : QWidget(parent) {
    describeUnitSliders();
    setFocusPolicy(Qt::StrongFocus);  // not WheelFocus: scrolling over a slider must not take it
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    ease_.setDuration(kEaseMilliseconds);
    ease_.setStartValue(0.0);
    ease_.setEndValue(1.0);
    ease_.setEasingCurve(QEasingCurve::InOutQuad);
    connect(&ease_, &QVariantAnimation::valueChanged, this, [this](const QVariant& part) {
        const double t = part.toDouble();
        drawEnds(
            {std::lerp(easeFrom_.low, ends_.low, t), std::lerp(easeFrom_.high, ends_.high, t)});
    });
}

void UnitSlider::setValue(double value) {
    if (value_ != value) {
        value_ = value;
        tellValue(this, value_);
        update();
    }
}

void UnitSlider::setRange(double low, double high, bool smoothly) {
    const Ends wanted{low, high};
    if (dragging_) {
        waiting_ = wanted;
    } else if (smoothly && isVisible()) {
        easeTo(wanted);
    } else {
        ease_.stop();
        ends_ = wanted;
        drawEnds(wanted);
    }
}

void UnitSlider::easeTo(const Ends& ends) {
    if (ends == ends_ && ease_.state() == QAbstractAnimation::Running) {
        return;
    }
    ease_.stop();
    ends_ = ends;
    easeFrom_ = drawn_;
    const double apart =
        std::max(std::abs(ends.low - drawn_.low), std::abs(ends.high - drawn_.high));
    if (apart < valuePerPixel() / 2) {
        drawEnds(ends);
    } else {
        ease_.start();
    }
}

void UnitSlider::drawEnds(const Ends& ends) {
    if (drawn_ != ends) {
        drawn_ = ends;
        ground_ = {};
        update();
    }
}

void UnitSlider::setHistogram(std::span<const float> fractions, double low, double high) {
    const Ends ends{low, high};
    if (ends == histogramEnds_ && std::ranges::equal(fractions_, fractions)) {
        return;
    }
    fractions_.assign(fractions.begin(), fractions.end());
    histogramEnds_ = ends;
    ground_ = {};
    update();
}

void UnitSlider::setStart(double start) {
    if (start_ != start) {
        start_ = start;
        update();
    }
}

void UnitSlider::edit(double value) {
    changeValue(std::clamp(value, ends_.low, ends_.high));
}

void UnitSlider::step(double steps, Qt::KeyboardModifiers modifiers) {
    edit(value_ + steps * speedOf(modifiers) * (ends_.high - ends_.low) / kStepsInRange);
}

void UnitSlider::changeValue(double value) {
    if (value_ != value) {
        setValue(value);
        Q_EMIT valueEdited(value);
    }
}

// Geometry

QSize UnitSlider::sizeHint() const {
    return {scaled(kPreferredWidth), scaled(kControlHeight)};
}

QSize UnitSlider::minimumSizeHint() const {
    return {kLeastWidth, scaled(kControlHeight)};
}

QRectF UnitSlider::track() const {
    const qreal room = scaled(kHandleRadius) + kSpace;  // for the handle and its focus ring
    const qreal thick = kTrackWidth;
    // At the foot of the histogram, or level with the words beside it where there is none.
    const qreal top = fractions_.empty() ? (height() - thick) / 2 : height() - room - thick / 2;
    return {room, top, width() - 2 * room, thick};
}

double UnitSlider::positionOf(double value) const {
    const QRectF line = track();
    const double part = (value - drawn_.low) / (drawn_.high - drawn_.low);
    return line.left() + std::clamp(part, 0.0, 1.0) * line.width();
}

double UnitSlider::valuePerPixel() const {
    return (drawn_.high - drawn_.low) / std::max(1.0, track().width());
}

// The hand

void UnitSlider::anchorAt(double x, Qt::KeyboardModifiers modifiers) {
    anchorX_ = x;
    anchorValue_ = std::clamp(value_, drawn_.low, drawn_.high);
    anchorModifiers_ = modifiers;
}

void UnitSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    ease_.stop();
    dragging_ = true;
    Q_EMIT dragStarted();
    const double x = event->position().x();
    const bool onHandle = std::abs(x - positionOf(value_)) <= scaled(kHandleRadius) + 2;
    if (!onHandle && speedOf(event->modifiers()) == 1) {
        const double wanted = drawn_.low + (x - track().left()) * valuePerPixel();
        changeValue(std::clamp(wanted, drawn_.low, drawn_.high));
    }
    anchorAt(x, event->modifiers());
    update();
}

void UnitSlider::mouseMoveEvent(QMouseEvent* event) {
    if (!dragging_) {
        return;
    }
    const double x = event->position().x();
    if (speedOf(event->modifiers()) != speedOf(anchorModifiers_)) {
        anchorAt(x, event->modifiers());  // a new speed goes on from where the handle is
    }
    const double way = (x - anchorX_) * valuePerPixel() * speedOf(event->modifiers());
    changeValue(std::clamp(anchorValue_ + way, drawn_.low, drawn_.high));
}

void UnitSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        endDrag();
    }
}

void UnitSlider::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        Q_EMIT resetRequested();
    }
}

void UnitSlider::endDrag() {
    if (!dragging_) {
        return;
    }
    dragging_ = false;
    Q_EMIT dragEnded();
    easeTo(waiting_.value_or(ends_));
    waiting_.reset();
    update();
}

void UnitSlider::hideEvent(QHideEvent* event) {
    endDrag();
    QWidget::hideEvent(event);
}

void UnitSlider::wheelEvent(QWheelEvent* event) {
    if (!hasFocus()) {
        event->ignore();  // the list scrolls
        return;
    }
    constexpr int kNotch = QWheelEvent::DefaultDeltasPerStep;
    const QPoint turned = event->angleDelta();
    wheelRest_ += turned.y() != 0 ? turned.y() : turned.x();
    const int notches = wheelRest_ / kNotch;
    wheelRest_ -= notches * kNotch;
    if (notches != 0) {
        step(notches, event->modifiers());
    }
    event->accept();
}

void UnitSlider::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Down:
            return step(-1, event->modifiers());
        case Qt::Key_Right:
        case Qt::Key_Up:
            return step(1, event->modifiers());
        case Qt::Key_PageDown:
            return step(-kPage);
        case Qt::Key_PageUp:
            return step(kPage);
        case Qt::Key_Home:
            return edit(ends_.low);
        case Qt::Key_End:
            return edit(ends_.high);
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            Q_EMIT resetRequested();
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

void UnitSlider::changeEvent(QEvent* event) {
    switch (event->type()) {
        case QEvent::ApplicationFontChange:
            updateGeometry();
            [[fallthrough]];
        case QEvent::PaletteChange:
        case QEvent::EnabledChange:
            ground_ = {};
            update();
            break;
        default:
            break;
    }
    QWidget::changeEvent(event);
}

// The picture

void UnitSlider::paintHistogram(QPainter& painter) const {
    const auto largest = std::ranges::max_element(fractions_);
    if (largest == fractions_.end() || *largest <= 0) {
        return;
    }
    const QRectF line = track();
    const double high = std::min<double>(scaled(kHistogramHeight), line.top() - 1);
    const double bin =
        (histogramEnds_.high - histogramEnds_.low) / static_cast<double>(fractions_.size());
    const double pixelsPerValue = 1 / valuePerPixel();
    const auto x = [&](double bins) {
        return line.left() + (histogramEnds_.low + bins * bin - drawn_.low) * pixelsPerValue;
    };
    QPolygonF outline;
    outline << QPointF(x(0), line.top());
    for (std::size_t i = 0; i < fractions_.size(); ++i) {
        const double part = static_cast<double>(fractions_[i] / *largest);
        outline << QPointF(x(static_cast<double>(i) + .5), line.top() - high * part);
    }
    outline << QPointF(x(static_cast<double>(fractions_.size())), line.top());
    painter.save();
    painter.setClipRect(QRectF(line.left(), 0, line.width(), line.top()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokensOf(this).track);
    painter.drawPolygon(outline);
    painter.restore();
}

void UnitSlider::paintGround() {
    const qreal ratio = devicePixelRatioF();
    ground_ = QPixmap((QSizeF(size()) * ratio).toSize());
    ground_.setDevicePixelRatio(ratio);
    ground_.fill(Qt::transparent);
    QPainter painter(&ground_);
    painter.setRenderHint(QPainter::Antialiasing);
    paintHistogram(painter);
    QColor line = tokensOf(this).muted;
    line.setAlphaF(kTrackOpacity);
    painter.setPen(Qt::NoPen);
    painter.setBrush(line);
    painter.drawRoundedRect(track(), kTrackWidth / 2.0, kTrackWidth / 2.0);
}

void UnitSlider::paintHandle(QPainter& painter) const {
    const Tokens& tokens = tokensOf(this);
    const QRectF line = track();
    const qreal x = positionOf(value_);
    const qreal radius = scaled(kHandleRadius);
    const QPointF centre(x, line.center().y());
    const bool reached = value_ >= drawn_.low && value_ <= drawn_.high;
    if (hasFocus()) {
        QRectF ring(0, 0, 2 * (radius + kSpace), 2 * (radius + kSpace));
        ring.moveCenter(centre);
        paintFocusRing(painter, ring, ring.width() / 2, this);
    }
    constexpr qreal kRing = 2.5;
    // Beyond the ends the handle waits at the edge, in muted.
    painter.setPen(QPen(reached ? tokens.accent : tokens.muted, kRing));
    painter.setBrush(dragging_ ? tokens.accent : underMouse() ? tokens.accentTint : tokens.surface);
    painter.drawEllipse(centre, radius - kRing / 2, radius - kRing / 2);
}

void UnitSlider::paintEvent(QPaintEvent* /*event*/) {
    const qreal ratio = devicePixelRatioF();
    if (ground_.size() != (QSizeF(size()) * ratio).toSize() ||
        ground_.devicePixelRatio() != ratio) {
        paintGround();
    }
    const Tokens& tokens = tokensOf(this);
    QPainter painter(this);
    painter.drawPixmap(0, 0, ground_);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF line = track();
    const qreal from = positionOf(start_);
    const qreal to = positionOf(value_);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.accent);  // how far the unit was moved from its start
    painter.drawRect(QRectF(std::min(from, to), line.top(), std::abs(to - from), line.height()));
    painter.setBrush(tokens.muted);
    constexpr qreal kTickHeight = 9;
    painter.drawRoundedRect(QRectF(from - 1, line.center().y() - kTickHeight / 2, 2, kTickHeight),
                            1, 1);
    paintHandle(painter);
}

}  // namespace lmser::ui
