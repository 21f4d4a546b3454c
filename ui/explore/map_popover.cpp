// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/map_popover.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/widgets/card.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kPictureSide = 84;
constexpr int kAway = 14;  // from the pointer

}  // namespace

MapPopover::MapPopover(QWidget* parent)
    : QFrame(parent), picture_(new ImageView(this)), words_(new QLabel(this)) {
    setObjectName(QStringLiteral("mapPopover"));
    setAccessibleName(tr("Picture at the pointer"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    picture_->setAccessibleName(tr("picture at the pointer"));
    picture_->setFixedSize(kPictureSide, kPictureSide);
    words_->setAlignment(Qt::AlignCenter);
    words_->setTextFormat(Qt::PlainText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kSpace, 2 * kSpace, 2 * kSpace, kSpace + 2);
    column->setSpacing(kSpace);
    column->addWidget(picture_, 0, Qt::AlignHCenter);
    column->addWidget(words_);
    hide();
}

void MapPopover::showAt(const QPoint& at, const QString& words) {
    words_->setText(words);
    picture_->setImage({});
    adjustSize();
    QPoint place = at + QPoint(kAway, -height() - kAway);
    if (place.x() + width() > parentWidget()->width()) {
        place.setX(at.x() - kAway - width());
    }
    if (place.y() < 0) {
        place.setY(at.y() + kAway);
    }
    move(qMax(0, place.x()), qBound(0, place.y(), qMax(0, parentWidget()->height() - height())));
    show();
    raise();
}

void MapPopover::setPicture(const QImage& picture) {
    picture_->setImage(picture);
}

QString MapPopover::words() const {
    return words_->text();
}

void MapPopover::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    paintCard(painter, rect(), *this, kCardRadius, false, false);
}

}  // namespace lmser::ui
