// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/photo_handles.h"

#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kHandle = 26;
constexpr int kWidth = 240;
constexpr int kTallest = 300;
constexpr int kLargeStep = 8;
constexpr double kFaceWide = 4;  // times the distance of the handles, shown when zoomed

/// Four arcs and a dot: what is aimed at stays to be seen between them.
void drawMark(QPainter& painter, const QRectF& room, QPen pen) {
    constexpr int kDegree = 16;  // as QPainter counts
    constexpr int kArc = 40;
    constexpr int kFirst = 25;
    constexpr int kQuarter = 90;
    const QRectF ring = room.adjusted(2, 2, -2, -2);
    pen.setCapStyle(Qt::RoundCap);
    painter.setPen(pen);
    for (int start = kFirst; start < 4 * kQuarter; start += kQuarter) {
        painter.drawArc(ring, start * kDegree, kArc * kDegree);
    }
    painter.drawPoint(room.center());
}

}  // namespace

PhotoHandle::PhotoHandle(const QString& name, QWidget* photo) : QWidget(photo) {
    setAccessibleName(name);
    setToolTip(PhotoHandles::tr("Drag onto the %1; arrow keys move it by a pixel, with Shift by "
                                "eight.")
                   .arg(name));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::OpenHandCursor);
    setAttribute(Qt::WA_Hover);
    resize(scaled(kHandle), scaled(kHandle));
}

void PhotoHandle::paintEvent(QPaintEvent* /*event*/) {
    const Tokens& tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    constexpr double kOuter = 3;
    constexpr double kInner = 1.5;
    const bool lit = hasFocus() || underMouse();
    // Two tones, so that it is seen on every photo.
    drawMark(painter, rect(), QPen(QColor::fromRgba(kBlackPixels), kOuter));
    drawMark(painter, rect(), QPen(lit ? tokens.accent : QColor::fromRgba(kWhitePixels), kInner));
}

void PhotoHandle::mousePressEvent(QMouseEvent* event) {
    grip_ = event->position() - QRectF(rect()).center();
    setFocus(Qt::MouseFocusReason);
}

void PhotoHandle::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton)) {
        Q_EMIT movedTo(mapToParent(event->position()) - grip_);
    }
}

void PhotoHandle::keyPressEvent(QKeyEvent* event) {
    const int step = event->modifiers().testFlag(Qt::ShiftModifier) ? kLargeStep : 1;
    QPointF by;
    switch (event->key()) {
        case Qt::Key_Left:
            by = {-1.0 * step, 0};
            break;
        case Qt::Key_Right:
            by = {1.0 * step, 0};
            break;
        case Qt::Key_Up:
            by = {0, -1.0 * step};
            break;
        case Qt::Key_Down:
            by = {0, 1.0 * step};
            break;
        default:
            QWidget::keyPressEvent(event);
            return;
    }
    Q_EMIT movedTo(QRectF(geometry()).center() + by);
}

PhotoHandles::PhotoHandles(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("photoHandles"));
    setAccessibleName(tr("photo with handles for eyes and mouth"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    handles_[0] = {&FacePoints::left_eye,
                   addHandle(&FacePoints::left_eye, "leftEyeHandle", tr("left eye"))};
    handles_[1] = {&FacePoints::right_eye,
                   addHandle(&FacePoints::right_eye, "rightEyeHandle", tr("right eye"))};
    handles_[2] = {&FacePoints::mouth, addHandle(&FacePoints::mouth, "mouthHandle", tr("mouth"))};
}

// Beside its handle, away from the other two.
QRectF PhotoHandles::labelRect(const Handle& handle) const {
    const QRectF ring = handle.handle->geometry();
    const QString name = handle.handle->accessibleName();
    const QSizeF size(fontMetrics().horizontalAdvance(name) + 2 * kSpace, fontMetrics().height());
    QRectF label({}, size);
    if (handle.point == &FacePoints::left_eye) {
        label.moveCenter({ring.left() - size.width() / 2, ring.center().y()});
    } else if (handle.point == &FacePoints::right_eye) {
        label.moveCenter({ring.right() + size.width() / 2, ring.center().y()});
    } else {
        label.moveCenter({ring.center().x(), ring.bottom() + size.height() / 2});
    }
    const QRectF all = rect();
    label.moveLeft(std::clamp(label.left(), 0.0, std::max(0.0, all.width() - size.width())));
    label.moveTop(std::clamp(label.top(), 0.0, std::max(0.0, all.height() - size.height())));
    return label;
}

PhotoHandle* PhotoHandles::addHandle(PicturePoint FacePoints::*point, const char* name,
                                     const QString& title) {
    auto* handle = new PhotoHandle(title, this);
    handle->setObjectName(QLatin1String(name));
    connect(handle, &PhotoHandle::movedTo, this,
            [this, point](const QPointF& place) { move(point, place); });
    return handle;
}

void PhotoHandles::setPhoto(const QImage& photo) {
    photo_ = photo;
    seen_ = photo.rect();
    shown_ = {};
    updateGeometry();
    placeHandles();
    update();
}

void PhotoHandles::setPoints(const FacePoints& points) {
    points_ = points;
    placeHandles();
    update();
}

void PhotoHandles::setZoomed(bool zoomed) {
    seen_ = zoomed ? aroundFace() : photo_.rect();
    shown_ = {};
    updateGeometry();
    placeHandles();
    update();
}

QRect PhotoHandles::aroundFace() const {
    const QPointF left(points_.left_eye.x, points_.left_eye.y);
    const QPointF right(points_.right_eye.x, points_.right_eye.y);
    const QPointF mouth(points_.mouth.x, points_.mouth.y);
    const double apart =
        std::max(QLineF(left, right).length(), QLineF((left + right) / 2, mouth).length());
    QRectF face(0, 0, kFaceWide * apart, kFaceWide * apart);
    face.moveCenter((left + right + 2 * mouth) / 4);
    const QRect seen = face.toAlignedRect() & photo_.rect();
    return seen.isEmpty() ? photo_.rect() : seen;
}

QRectF PhotoHandles::photoRect() const {
    if (photo_.isNull()) {
        return {};
    }
    QSizeF size = seen_.size();
    size.scale(QSizeF(width(), height()), Qt::KeepAspectRatio);
    return {(width() - size.width()) / 2, (height() - size.height()) / 2, size.width(),
            size.height()};
}

void PhotoHandles::move(PicturePoint FacePoints::*point, const QPointF& place) {
    const QRectF whole = photoRect();
    if (whole.isEmpty()) {
        return;
    }
    const QPointF kept(std::clamp(place.x(), whole.left(), whole.right()),
                       std::clamp(place.y(), whole.top(), whole.bottom()));
    points_.*point = {seen_.left() + (kept.x() - whole.left()) * seen_.width() / whole.width(),
                      seen_.top() + (kept.y() - whole.top()) * seen_.height() / whole.height()};
    placeHandles();
    update();
    Q_EMIT pointsEdited(points_);
}

void PhotoHandles::placeHandles() {
    const QRectF whole = photoRect();
    for (const Handle& handle : handles_) {
        handle.handle->setVisible(!whole.isEmpty());
        if (whole.isEmpty()) {
            continue;
        }
        const PicturePoint& point = points_.*handle.point;
        const double x = whole.left() + (point.x - seen_.left()) * whole.width() / seen_.width();
        const double y = whole.top() + (point.y - seen_.top()) * whole.height() / seen_.height();
        handle.handle->move(qRound(x - handle.handle->width() / 2.0),
                            qRound(y - handle.handle->height() / 2.0));
    }
}

QSize PhotoHandles::sizeHint() const {
    return {scaled(kWidth), heightForWidth(scaled(kWidth))};
}

int PhotoHandles::heightForWidth(int width) const {
    if (photo_.isNull()) {
        return 0;
    }
    const double high = static_cast<double>(width) * seen_.height() / seen_.width();
    return std::min(qRound(high), scaled(kTallest));
}

void PhotoHandles::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    shown_ = {};
    placeHandles();
}

void PhotoHandles::paintEvent(QPaintEvent* /*event*/) {
    if (photo_.isNull()) {
        return;
    }
    const QRectF whole = photoRect();
    if (shown_.isNull()) {
        // Smaller by averaging, once a size: a photo has many more pixels than the dock.
        shown_ = photo_.copy(seen_).scaled((whole.size() * devicePixelRatioF()).toSize(),
                                           Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    }
    QPainter painter(this);
    painter.drawImage(whole, shown_);
    paintLabels(painter);
}

void PhotoHandles::paintLabels(QPainter& painter) const {
    const Tokens& tokens = tokensOf(this);
    QColor ground = tokens.surface;
    constexpr float kVeil = .8F;  // the photo stays visible below, the words readable
    ground.setAlphaF(kVeil);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Handle& handle : handles_) {
        const QRectF label = labelRect(handle);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(label, kSpace, kSpace);
        painter.setPen(tokens.text);
        painter.drawText(label, Qt::AlignCenter, handle.handle->accessibleName());
    }
}

}  // namespace lmser::ui
