// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/picture_sheet.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/widgets/picture_thumb.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kGap = kSpace + 2;
constexpr int kUsualCount = 10;  // pictures that the size without pictures is made for

}  // namespace

PictureSheet::PictureSheet(QString stem, QWidget* parent)
    : QWidget(parent), stem_(std::move(stem)) {
    // Not fixed: that would hold it at the height of one row where the width makes it several.
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

PictureSheet::~PictureSheet() = default;

void PictureSheet::setColumns(std::size_t columns) {
    columns_ = columns;
    updateGeometry();
    place();
}

void PictureSheet::setSides(int least, int largest) {
    leastSide_ = least;
    largestSide_ = largest;
    updateGeometry();
}

void PictureSheet::setCaptions(const QStringList& captions) {
    if (captions != captions_) {
        captions_ = captions;
        updateGeometry();
        place();
        update();
    }
}

void PictureSheet::setPictures(std::vector<QImage> pictures, const QStringList& names) {
    resizeThumbs(pictures.size());
    for (std::size_t i = 0; i < thumbs_.size(); ++i) {
        const QString name = names.value(static_cast<qsizetype>(i));
        thumbs_[i]->setPicture(pictures[i]);
        if (thumbs_[i]->accessibleName() != name) {
            thumbs_[i]->setAccessibleName(name);
            thumbs_[i]->setToolTip(name);
        }
        if (previewing_ && (thumbs_[i]->underMouse() || thumbs_[i]->hasFocus())) {
            Q_EMIT previewStarted(pictures[i], i);
        }
    }
}

void PictureSheet::clear() {
    resizeThumbs(0);
    if (std::exchange(previewing_, false)) {
        Q_EMIT previewEnded();
    }
}

std::vector<QImage> PictureSheet::pictures() const {
    std::vector<QImage> all;
    all.reserve(thumbs_.size());
    for (const PictureThumb* thumb : thumbs_) {
        all.push_back(thumb->picture());
    }
    return all;
}

void PictureSheet::resizeThumbs(std::size_t count) {
    if (count == thumbs_.size()) {
        return;
    }
    for (; thumbs_.size() > count; thumbs_.pop_back()) {
        thumbs_.back()->removeEventFilter(this);
        delete thumbs_.back();
    }
    while (thumbs_.size() < count) {
        auto* thumb = new PictureThumb(this, thumbs_.size());
        thumb->setObjectName(stem_ + QString::number(thumbs_.size() + 1));
        connect(thumb, &QAbstractButton::clicked, this,
                [this, thumb] { Q_EMIT chosen(thumb->place()); });
        thumb->installEventFilter(this);
        thumb->show();
        thumbs_.push_back(thumb);
    }
    updateGeometry();
    place();
    markPresent();
}

void PictureSheet::setPresent(std::optional<std::size_t> place) {
    if (place != present_) {
        present_ = place;
        markPresent();
    }
}

void PictureSheet::markPresent() {
    for (PictureThumb* thumb : thumbs_) {
        if (thumb->isPresent() != (thumb->place() == present_)) {
            thumb->setPresent(!thumb->isPresent());
        }
    }
    if (!thumbs_.empty() && (!present_ || *present_ >= thumbs_.size())) {
        thumbs_.front()->setFocusPolicy(Qt::StrongFocus);  // Tab must stop somewhere
    }
    update();
}

bool PictureSheet::eventFilter(QObject* watched, QEvent* event) {
    const auto found = std::ranges::find(thumbs_, watched);
    if (found == thumbs_.end()) {
        return QWidget::eventFilter(watched, event);
    }
    const PictureThumb& thumb = **found;
    switch (event->type()) {
        case QEvent::Enter:
        case QEvent::FocusIn:
            previewing_ = true;
            Q_EMIT previewStarted(thumb.picture(), thumb.place());
            break;
        case QEvent::Leave:
        case QEvent::FocusOut:
            previewing_ = false;
            Q_EMIT previewEnded();
            break;
        case QEvent::KeyPress:
            return moveFocus(thumb.place(), static_cast<QKeyEvent*>(event)->key());
        default:
            break;
    }
    return QWidget::eventFilter(watched, event);
}

bool PictureSheet::moveFocus(std::size_t from, int key) {
    const int last = static_cast<int>(thumbs_.size()) - 1;
    const int columns = planFor(width()).columns;
    int to = static_cast<int>(from);
    switch (key) {
        case Qt::Key_Left:
            --to;
            break;
        case Qt::Key_Right:
            ++to;
            break;
        case Qt::Key_Up:
            to -= to >= columns ? columns : 0;
            break;
        case Qt::Key_Down:
            to += to + columns <= last ? columns : 0;
            break;
        case Qt::Key_Home:
            to = 0;
            break;
        case Qt::Key_End:
            to = last;
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            thumbs_[from]->click();
            return true;
        default:
            return false;
    }
    thumbs_[static_cast<std::size_t>(std::clamp(to, 0, last))]->setFocus(Qt::TabFocusReason);
    return true;
}

// The layout

int PictureSheet::count() const {
    const int known =
        std::max(static_cast<int>(thumbs_.size()), static_cast<int>(captions_.size()));
    return known > 0 ? known : kUsualCount;
}

int PictureSheet::leastCell() const {
    int least = scaled(leastSide_);
    for (const QString& caption : captions_) {
        for (const QString& word : caption.simplified().split(QLatin1Char(' '))) {
            least = std::max(least, fontMetrics().horizontalAdvance(word) + 2);
        }
    }
    return least;
}

int PictureSheet::captionHeight(int width) const {
    int height = 0;
    for (const QString& caption : captions_) {
        const QRect room(0, 0, width, QWIDGETSIZE_MAX);
        const QRect words =
            fontMetrics().boundingRect(room, Qt::AlignHCenter | Qt::TextWordWrap, caption);
        height = std::max(height, words.height() + kSpace);
    }
    return height;
}

PictureSheet::Plan PictureSheet::planFor(int width) const {
    Plan plan;
    const int all = count();
    const int least = leastCell() + kGap;
    const int most = std::clamp((width + kGap) / least, 1, all);
    if (columns_ > 0) {
        plan.columns = static_cast<int>(columns_);
        plan.rows = (all + plan.columns - 1) / plan.columns;
    } else {
        plan.rows = (all + most - 1) / most;
        plan.columns = (all + plan.rows - 1) / plan.rows;  // rows of the same length
    }
    plan.cell = std::max(1.0, (width + kGap) / static_cast<double>(plan.columns) - kGap);
    plan.side = std::min(static_cast<int>(plan.cell), scaled(largestSide_));
    plan.caption = captionHeight(static_cast<int>(plan.cell) + kGap);
    return plan;
}

QRect PictureSheet::cellOf(const Plan& plan, int place) const {
    // A grid keeps its pictures together; a strip uses the whole width.
    const double step = columns_ > 0 ? plan.side + kGap : plan.cell + kGap;
    const double spare = columns_ > 0 ? 0 : (plan.cell - plan.side) / 2;
    const int x = static_cast<int>(std::lround(place % plan.columns * step + spare));
    const int y = place / plan.columns * (plan.rowHeight() + kGap);
    return {x, y, plan.side, plan.side};
}

void PictureSheet::place() {
    const Plan plan = planFor(width());
    for (std::size_t i = 0; i < thumbs_.size(); ++i) {
        thumbs_[i]->setGeometry(cellOf(plan, static_cast<int>(i)));
    }
}

int PictureSheet::heightForWidth(int width) const {
    const Plan plan = planFor(width);
    return plan.rows * (plan.rowHeight() + kGap) - kGap;
}

QSize PictureSheet::sizeHint() const {
    const int columns = columns_ > 0 ? static_cast<int>(columns_) : count();
    const int width = columns * (scaled(largestSide_) + kGap) - kGap;
    return {width, heightForWidth(width)};
}

QSize PictureSheet::minimumSizeHint() const {
    const int columns = columns_ > 0 ? static_cast<int>(columns_) : 2;
    const int width = columns * (leastCell() + kGap) - kGap;
    return {width, leastCell()};
}

void PictureSheet::resizeEvent(QResizeEvent* event) {
    place();
    QWidget::resizeEvent(event);
}

void PictureSheet::changeEvent(QEvent* event) {
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::FontChange) {
        updateGeometry();
        place();
    }
    QWidget::changeEvent(event);
}

void PictureSheet::paintEvent(QPaintEvent* /*event*/) {
    if (captions_.isEmpty()) {
        return;
    }
    const Tokens& tokens = tokensOf(this);
    const Plan plan = planFor(width());
    QPainter painter(this);
    for (int i = 0; i < static_cast<int>(captions_.size()); ++i) {
        const QRect picture = cellOf(plan, i);
        const int wider = (static_cast<int>(plan.cell) + kGap - picture.width()) / 2;
        const QRect room(picture.left() - wider, picture.bottom() + 1, picture.width() + 2 * wider,
                         plan.caption);
        const bool chosen = present_ && static_cast<int>(*present_) == i;
        painter.setPen(chosen ? tokens.accent : tokens.muted);
        painter.drawText(room.adjusted(0, kSpace, 0, 0), Qt::AlignHCenter | Qt::TextWordWrap,
                         captions_.at(i));
    }
}

}  // namespace lmser::ui
