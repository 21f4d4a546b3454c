// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/photo_handles.h"

#include <QKeyEvent>
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
    constexpr double kOuter = 4;
    constexpr double kInner = 2;
    constexpr double kDot = 2;
    const bool lit = hasFocus() || underMouse();
    const QRectF ring = QRectF(rect()).adjusted(kOuter, kOuter, -kOuter, -kOuter);
    // Two tones, so that it is seen on every photo.
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor::fromRgba(kBlackPixels), kOuter));
    painter.drawEllipse(ring);
    painter.setPen(QPen(lit ? tokens.accent : QColor::fromRgba(kWhitePixels), kInner));
    painter.drawEllipse(ring);
    painter.setPen(Qt::NoPen);
    painter.setBrush(lit ? tokens.accent : QColor::fromRgba(kWhitePixels));
    painter.drawEllipse(ring.center(), kDot, kDot);
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

QRectF PhotoHandles::photoRect() const {
    if (photo_.isNull()) {
        return {};
    }
    QSizeF size = photo_.size();
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
    points_.*point = {(kept.x() - whole.left()) * photo_.width() / whole.width(),
                      (kept.y() - whole.top()) * photo_.height() / whole.height()};
    placeHandles();
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
        const double x = whole.left() + point.x * whole.width() / photo_.width();
        const double y = whole.top() + point.y * whole.height() / photo_.height();
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
    const double high = static_cast<double>(width) * photo_.height() / photo_.width();
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
        shown_ = photo_.scaled((whole.size() * devicePixelRatioF()).toSize(), Qt::IgnoreAspectRatio,
                               Qt::SmoothTransformation);
    }
    QPainter painter(this);
    painter.drawImage(whole, shown_);
}

}  // namespace lmser::ui
