// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/compared_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kLeastSide = 140;
constexpr double kStep = .01;
constexpr double kLargeStep = .1;

QImage shownFormat(const QImage& image) {
    // Qt's raster engine has a fast path for scaling 32-bit pictures, not for grey ones.
    return image.isNull() ? image : image.convertToFormat(QImage::Format_RGB32);
}

}  // namespace

ComparedView::ComparedView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("comparedView"));
    setAccessibleName(tr("what is recalled"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ComparedView::setPictures(const QImage& picture, const QImage& other) {
    picture_ = shownFormat(picture);
    other_ = shownFormat(other);
    update();
}

void ComparedView::setPlaceholder(const QString& text) {
    placeholder_ = text;
    update();
}

void ComparedView::setDivided(bool divided) {
    divided_ = divided;
    setFocusPolicy(divided ? Qt::StrongFocus : Qt::NoFocus);
    setDivider(divider_);
}

void ComparedView::setDivider(double place) {
    divider_ = std::clamp(place, 0.0, 1.0);
    constexpr int kPercent = 100;
    setAccessibleDescription(
        divided_ ? tr("divided at %1 % of the width").arg(qRound(kPercent * divider_)) : QString());
    setCursor(divided_ ? Qt::SplitHCursor : Qt::ArrowCursor);
    update();
}

// Grows into what room there is; where the workspace scrolls it is counted with its least size.
QSize ComparedView::sizeHint() const {
    return minimumSizeHint();
}

QSize ComparedView::minimumSizeHint() const {
    return {kLeastSide, kLeastSide};
}

QRectF ComparedView::place() const {
    return pictureRect(picture_.size(), rect(), devicePixelRatioF());
}

void ComparedView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    if (picture_.isNull()) {
        paintPlaceholder(painter, rect(), placeholder_, tokensOf(this));
        return;
    }
    const QColor behind = tokensOf(this).surface;
    const QRectF whole = place();
    paintPicture(painter, whole, picture_, kCardRadius, behind);
    if (divided_ && !other_.isNull()) {
        painter.save();
        painter.setClipRect(
            QRectF(whole.left(), whole.top(), whole.width() * divider_, whole.height()));
        paintPicture(painter, whole, other_, kCardRadius, behind);
        painter.restore();
        paintLine(painter, whole);
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        paintFocusRing(painter, whole, kCardRadius, this);
    }
}

void ComparedView::paintLine(QPainter& painter, const QRectF& picture) const {
    const Tokens& tokens = tokensOf(this);
    const double x = picture.left() + picture.width() * divider_;
    constexpr double kLine = 2;
    constexpr double kGrip = 7;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(x - kLine / 2, picture.top(), kLine, picture.height()), tokens.accent);
    painter.setPen(QPen(tokens.surface, kLine));
    painter.setBrush(tokens.accent);
    painter.drawEllipse(QPointF(x, picture.center().y()), kGrip, kGrip);
}

void ComparedView::dragTo(double x) {
    const QRectF whole = place();
    setDivider((x - whole.left()) / whole.width());
}

void ComparedView::mousePressEvent(QMouseEvent* event) {
    if (!divided_ || picture_.isNull() || event->button() != Qt::LeftButton) {
        QWidget::mousePressEvent(event);
        return;
    }
    dragTo(event->position().x());
}

void ComparedView::mouseMoveEvent(QMouseEvent* event) {
    if (divided_ && !picture_.isNull() && event->buttons().testFlag(Qt::LeftButton)) {
        dragTo(event->position().x());
    }
}

void ComparedView::keyPressEvent(QKeyEvent* event) {
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? kLargeStep : kStep;
    switch (divided_ ? event->key() : 0) {
        case Qt::Key_Left:
            setDivider(divider_ - step);
            break;
        case Qt::Key_Right:
            setDivider(divider_ + step);
            break;
        case Qt::Key_Home:
            setDivider(0);
            break;
        case Qt::Key_End:
            setDivider(1);
            break;
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace lmser::ui
