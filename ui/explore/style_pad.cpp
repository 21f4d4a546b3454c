// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/style_pad.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kUsualSide = 208;
constexpr int kLeastSide = 132;
constexpr int kPointRadius = 7;
constexpr double kStep = 2 * StylePad::kReach / 40;
constexpr double kFine = .1;
constexpr std::array kDeviations{.5, 1.0, 2.0};
constexpr qint64 kTrailMilliseconds = 2200;
constexpr int kFadeMilliseconds = 40;
constexpr float kContourOpacity = .38F;

/// The style of a normally distributed value.
double styleOf(double value) {
    return StylePad::kReach * std::erf(value / std::numbers::sqrt2);
}

QPointF inside(const QPointF& point) {
    return {std::clamp(point.x(), -StylePad::kReach, StylePad::kReach),
            std::clamp(point.y(), -StylePad::kReach, StylePad::kReach)};
}

/// What a screen reader sees of a StylePad.
class StylePadAccessible : public QAccessibleWidget {
public:
    explicit StylePadAccessible(StylePad* pad)
        : QAccessibleWidget(pad, QAccessible::Graphic), pad_(pad) {}

    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? pad_->pointText() : QAccessibleWidget::text(kind);
    }
    [[nodiscard]] QStringList actionNames() const override {
        return QStringList{scrollLeftAction(), scrollRightAction(), scrollDownAction(),
                           scrollUpAction(), centre()}
               << QAccessibleWidget::actionNames();
    }
    void doAction(const QString& name) override {
        if (name == scrollLeftAction()) {
            pad_->step(-1, 0);
        } else if (name == scrollRightAction()) {
            pad_->step(1, 0);
        } else if (name == scrollDownAction()) {
            pad_->step(0, -1);
        } else if (name == scrollUpAction()) {
            pad_->step(0, 1);
        } else if (name == centre()) {
            Q_EMIT pad_->centreRequested();
        } else {
            QAccessibleWidget::doAction(name);
        }
    }

private:
    static QString centre() { return QStringLiteral("centre"); }

    StylePad* pad_;
};

QAccessibleInterface* describe(const QString& className, QObject* object) {
    if (className == QLatin1String(StylePad::staticMetaObject.className())) {
        return new StylePadAccessible(static_cast<StylePad*>(object));
    }
    return nullptr;
}

}  // namespace

/// Qt's cache may keep the interface of a dead pad for whatever comes to lie at its address.
StylePad::~StylePad() {
    if (QAccessibleInterface* face = QAccessible::queryAccessibleInterface(this)) {
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(face));
    }
}

StylePad::StylePad(QWidget* parent) : QWidget(parent) {
    static const bool described = [] {
        QAccessible::installFactory(describe);
        return true;
    }();
    Q_UNUSED(described)
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("style"));
    setToolTip(
        tr("Two style units at once; every part of the square is equally common in the data. The "
           "contours lie a half, one and two standard deviations of the normally distributed value "
           "behind the style from the middle. Shift drags at a tenth, the arrow keys step, a "
           "double-click goes to the middle."));
    clock_.start();
    fading_.setInterval(kFadeMilliseconds);
    connect(&fading_, &QTimer::timeout, this, &StylePad::fade);
}

void StylePad::setNames(const QString& across, const QString& up) {
    across_ = across;
    up_ = up;
    tellPoint();
}

QString StylePad::pointText() const {
    return tr("%1 %2, %3 %4")
        .arg(across_, QString::number(point_.x(), 'f', 2), up_,
             QString::number(point_.y(), 'f', 2));
}

void StylePad::setPoint(const QPointF& point) {
    if (point != point_) {
        point_ = point;
        tellPoint();
        update();
    }
}

void StylePad::tellPoint() {
    setAccessibleDescription(pointText());
    if (QAccessible::isActive()) {
        QAccessibleValueChangeEvent event(this, pointText());
        QAccessible::updateAccessibility(&event);
    }
}

void StylePad::edit(const QPointF& point) {
    const QPointF wanted = inside(point);
    if (wanted != point_) {
        setPoint(wanted);
        Q_EMIT pointEdited(wanted);
    }
}

void StylePad::step(int across, int up, Qt::KeyboardModifiers modifiers) {
    const double way = kStep * (modifiers.testFlag(Qt::ShiftModifier) ? kFine : 1);
    edit(point_ + QPointF(across * way, up * way));
}

QRectF StylePad::square() const {
    const int side = std::min(width(), height());
    return QRectF((width() - side) / 2.0, 0, side, side).adjusted(.5, .5, -.5, -.5);
}

QPointF StylePad::toWidget(const QPointF& point) const {
    const QRectF room = square();
    const double scale = room.width() / (2 * kReach);
    return room.center() + QPointF(point.x() * scale, -point.y() * scale);
}

QPointF StylePad::fromWidget(const QPointF& position) const {
    const QRectF room = square();
    const double scale = room.width() / (2 * kReach);
    const QPointF way = (position - room.center()) / scale;
    return {way.x(), -way.y()};
}

QSize StylePad::sizeHint() const {
    return {scaled(kUsualSide), scaled(kUsualSide)};
}

QSize StylePad::minimumSizeHint() const {
    return {scaled(kLeastSide), scaled(kLeastSide)};
}

// What the user does

void StylePad::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        return;
    }
    dragging_ = true;
    trail_.clear();
    Q_EMIT dragStarted();
    if (!event->modifiers().testFlag(Qt::ShiftModifier)) {
        edit(fromWidget(event->position()));
    }
    anchorAt(event->position(), event->modifiers());
    leaveTrace();
    update();
}

void StylePad::anchorAt(const QPointF& position, Qt::KeyboardModifiers modifiers) {
    anchor_ = position;
    anchorPoint_ = point_;
    fine_ = modifiers.testFlag(Qt::ShiftModifier);
}

void StylePad::mouseMoveEvent(QMouseEvent* event) {
    if (!dragging_) {
        return;
    }
    if (event->modifiers().testFlag(Qt::ShiftModifier) != fine_) {
        anchorAt(event->position(), event->modifiers());  // a new speed goes on from the point
    }
    const QPointF way = fromWidget(event->position()) - fromWidget(anchor_);
    edit(anchorPoint_ + way * (fine_ ? kFine : 1));
    leaveTrace();
}

void StylePad::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        endDrag();
    }
}

void StylePad::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        Q_EMIT centreRequested();
    }
}

void StylePad::endDrag() {
    if (dragging_) {
        dragging_ = false;
        Q_EMIT dragEnded();
        update();
    }
}

void StylePad::hideEvent(QHideEvent* event) {
    endDrag();
    QWidget::hideEvent(event);
}

void StylePad::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            return step(-1, 0, event->modifiers());
        case Qt::Key_Right:
            return step(1, 0, event->modifiers());
        case Qt::Key_Down:
            return step(0, -1, event->modifiers());
        case Qt::Key_Up:
            return step(0, 1, event->modifiers());
        case Qt::Key_Home:
            Q_EMIT centreRequested();
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

void StylePad::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange) {
        ground_ = {};
        updateGeometry();
        update();
    }
    QWidget::changeEvent(event);
}

// The trail

void StylePad::leaveTrace() {
    if (trail_.empty() || trail_.back().point != point_) {
        trail_.push_back({point_, clock_.elapsed()});
    }
    fading_.start();
}

void StylePad::fade() {
    const qint64 oldest = clock_.elapsed() - kTrailMilliseconds;
    std::erase_if(trail_, [oldest](const Trace& trace) { return trace.when < oldest; });
    if (trail_.empty()) {
        fading_.stop();
    }
    update();
}

// The picture

void StylePad::paintGround() {
    const qreal ratio = devicePixelRatioF();
    ground_ = QPixmap((QSizeF(size()) * ratio).toSize());
    ground_.setDevicePixelRatio(ratio);
    ground_.fill(Qt::transparent);
    const Tokens& tokens = tokensOf(this);
    const QRectF room = square();
    QPainter painter(&ground_);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.line);
    painter.setBrush(tokens.canvas);
    painter.drawRoundedRect(room, kControlRadius, kControlRadius);
    painter.drawLine(QPointF(room.center().x(), room.top()),
                     QPointF(room.center().x(), room.bottom()));
    painter.drawLine(QPointF(room.left(), room.center().y()),
                     QPointF(room.right(), room.center().y()));
    QColor contour = tokens.muted;
    contour.setAlphaF(kContourOpacity);
    painter.setPen(contour);
    painter.setBrush(Qt::NoBrush);
    constexpr int kParts = 96;
    for (const double deviation : kDeviations) {
        QPolygonF line;
        for (int i = 0; i < kParts; ++i) {
            const double angle = 2 * std::numbers::pi * i / kParts;
            line << toWidget(
                {styleOf(deviation * std::cos(angle)), styleOf(deviation * std::sin(angle))});
        }
        painter.drawPolygon(line);
    }
}

void StylePad::paintTrail(QPainter& painter) const {
    QColor ink = tokensOf(this).accent;
    const qint64 now = clock_.elapsed();
    for (std::size_t i = 1; i < trail_.size(); ++i) {
        const double age =
            static_cast<double>(now - trail_[i].when) / static_cast<double>(kTrailMilliseconds);
        ink.setAlphaF(static_cast<float>(std::clamp(1 - age, 0.0, 1.0)));
        painter.setPen(QPen(ink, 1.6, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(toWidget(trail_[i - 1].point), toWidget(trail_[i].point));
    }
}

void StylePad::paintPoint(QPainter& painter) const {
    const Tokens& tokens = tokensOf(this);
    const QPointF shown = inside(point_);
    const qreal radius = scaled(kPointRadius);
    const QRectF room = square();
    // At the edge the mark stays whole.
    const QRectF reach = room.adjusted(radius, radius, -radius, -radius);
    const QPointF raw = toWidget(shown);
    const QPointF centre(std::clamp(raw.x(), reach.left(), reach.right()),
                         std::clamp(raw.y(), reach.top(), reach.bottom()));
    painter.setPen(QPen(tokens.canvas, 2));
    painter.setBrush(shown == point_ ? tokens.accent : tokens.muted);
    painter.drawEllipse(centre, radius, radius);
    painter.setFont(numberFont());
    const QString words =
        QStringLiteral("%1, %2").arg(point_.x(), 0, 'f', 2).arg(point_.y(), 0, 'f', 2);
    const QFontMetricsF metrics(painter.font());
    QRectF label(0, 0, metrics.horizontalAdvance(words) + 2, metrics.height());
    const bool right = centre.x() + radius + label.width() + kSpace < room.right();
    label.moveLeft(right ? centre.x() + radius + kSpace / 2.0
                         : centre.x() - radius - label.width() - kSpace / 2.0);
    label.moveLeft(std::max(label.left(), room.left() + kSpace));
    const bool above = centre.y() - radius - label.height() > room.top();
    label.moveTop(above ? centre.y() - radius - label.height() + 2 : centre.y() + radius);
    painter.setPen(tokens.muted);
    painter.drawText(label, Qt::AlignCenter, words);
}

void StylePad::paintEvent(QPaintEvent* /*event*/) {
    const qreal ratio = devicePixelRatioF();
    if (ground_.size() != (QSizeF(size()) * ratio).toSize() ||
        ground_.devicePixelRatio() != ratio) {
        paintGround();
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, ground_);
    painter.setRenderHint(QPainter::Antialiasing);
    paintTrail(painter);
    paintPoint(painter);
    if (hasFocus()) {
        paintFocusRing(painter, square(), kControlRadius, this);
    }
}

}  // namespace lmser::ui
