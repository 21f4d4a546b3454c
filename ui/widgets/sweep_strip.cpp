// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sweep_strip.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/picture_thumb.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kLargestSide = 120;
constexpr int kUsualSide = 88;
constexpr int kLeastSide = 22;
constexpr int kGap = kSpace + 2;
constexpr int kUsualCount = 9;  // pictures that the size without pictures is made for
constexpr int kMarkSize = 5;

}  // namespace

SweepStrip::SweepStrip(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Sweep"));
}

SweepStrip::~SweepStrip() = default;

void SweepStrip::setPictures(std::vector<QImage> pictures, std::vector<double> values,
                             const QString& unit) {
    const std::size_t count = std::min(pictures.size(), values.size());
    values.resize(count);
    values_ = std::move(values);
    unit_ = unit;
    resizeThumbs(count);
    for (std::size_t i = 0; i < count; ++i) {
        const QString number = QString::number(values_[i], 'f', 2);
        thumbs_[i]->setPicture(pictures[i]);
        thumbs_[i]->setAccessibleName(tr("%1 at %2").arg(unit_, number));
        thumbs_[i]->setToolTip(tr("The picture with %1 at %2, all else as it is. Click to set it.")
                                   .arg(unit_, number));
        if (previewing_ && (thumbs_[i]->underMouse() || thumbs_[i]->hasFocus())) {
            Q_EMIT previewStarted(pictures[i], values_[i]);
        }
    }
    markPresent();
}

std::vector<QImage> SweepStrip::pictures() const {
    std::vector<QImage> all;
    all.reserve(thumbs_.size());
    for (const PictureThumb* thumb : thumbs_) {
        all.push_back(thumb->picture());
    }
    return all;
}

void SweepStrip::clear() {
    setPictures({}, {}, {});
    if (previewing_) {
        previewing_ = false;
        Q_EMIT previewEnded();
    }
}

void SweepStrip::setScaleShown(bool shown) {
    scaleShown_ = shown;
    updateGeometry();
    update();
}

void SweepStrip::resizeThumbs(std::size_t count) {
    if (count == thumbs_.size()) {
        return;
    }
    for (; thumbs_.size() > count; thumbs_.pop_back()) {
        delete thumbs_.back();
    }
    while (thumbs_.size() < count) {
        auto* thumb = new PictureThumb(this, thumbs_.size());
        thumb->setObjectName(QStringLiteral("sweepPicture%1").arg(thumbs_.size() + 1));
        connect(thumb, &QAbstractButton::clicked, this,
                [this, thumb] { Q_EMIT valueChosen(values_[thumb->place()]); });
        thumb->installEventFilter(this);
        thumb->show();
        thumbs_.push_back(thumb);
    }
    marked_.reset();
    updateGeometry();
    place();
}

void SweepStrip::setPresent(double value) {
    if (present_ != value) {
        present_ = value;
        markPresent();
    }
}

std::optional<std::size_t> SweepStrip::presentIndex() const {
    if (values_.empty()) {
        return std::nullopt;
    }
    const auto nearer = [this](double a, double b) {
        return std::abs(a - present_) < std::abs(b - present_);
    };
    return static_cast<std::size_t>(std::ranges::min_element(values_, nearer) - values_.begin());
}

void SweepStrip::markPresent() {
    const auto now = presentIndex();
    if (now != marked_) {
        for (const auto& [place, present] : {std::pair{marked_, false}, std::pair{now, true}}) {
            if (place && *place < thumbs_.size()) {
                thumbs_[*place]->setPresent(present);
            }
        }
        marked_ = now;
    }
    const int below = side();
    update(0, below, width(), height() - below);
}

bool SweepStrip::eventFilter(QObject* watched, QEvent* event) {
    const auto found = std::ranges::find(thumbs_, watched);
    if (found == thumbs_.end()) {
        return QWidget::eventFilter(watched, event);
    }
    const PictureThumb& thumb = **found;
    switch (event->type()) {
        case QEvent::Enter:
        case QEvent::FocusIn:
            previewing_ = true;
            Q_EMIT previewStarted(thumb.picture(), values_[thumb.place()]);
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

bool SweepStrip::moveFocus(std::size_t from, int key) {
    const std::size_t last = thumbs_.size() - 1;
    std::size_t to = from;
    switch (key) {
        case Qt::Key_Left:
            to = from == 0 ? 0 : from - 1;
            break;
        case Qt::Key_Right:
            to = std::min(from + 1, last);
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
    thumbs_[to]->setFocus(Qt::TabFocusReason);
    return true;
}

int SweepStrip::side() const {
    return sideFor(width());
}

int SweepStrip::sideFor(int width) const {
    const int count = thumbs_.empty() ? kUsualCount : static_cast<int>(thumbs_.size());
    const int room = (width - (count - 1) * kGap) / count;
    return std::clamp(room, kLeastSide, scaled(kLargestSide));
}

int SweepStrip::heightForWidth(int width) const {
    const int scale = scaleShown_ ? fontMetrics().height() + 2 * kSpace : 0;
    return sideFor(width) + scale;
}

double SweepStrip::positionOf(double value) const {
    const double step = side() + kGap;
    const double first = side() / 2.0;
    const double last = first + step * static_cast<double>(values_.size() - 1);
    const double reach = values_.back() - values_.front();
    const double part = reach > 0 ? (value - values_.front()) / reach : .5;
    return std::lerp(first, last, std::clamp(part, 0.0, 1.0));
}

void SweepStrip::place() {
    const int edge = side();
    for (std::size_t i = 0; i < thumbs_.size(); ++i) {
        thumbs_[i]->setGeometry(static_cast<int>(i) * (edge + kGap), 0, edge, edge);
    }
}

void SweepStrip::resizeEvent(QResizeEvent* event) {
    place();
    QWidget::resizeEvent(event);
}

void SweepStrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::FontChange) {
        updateGeometry();
        place();
    }
    QWidget::changeEvent(event);
}

QSize SweepStrip::sizeHint() const {
    const int width = kUsualCount * (scaled(kUsualSide) + kGap) - kGap;
    return {width, heightForWidth(width)};
}

QSize SweepStrip::minimumSizeHint() const {
    const int width = kUsualCount * (kLeastSide + kGap) - kGap;
    return {width, heightForWidth(width)};
}

void SweepStrip::paintEvent(QPaintEvent* /*event*/) {
    if (values_.empty() || !scaleShown_) {
        return;
    }
    const Tokens& tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double top = side() + kSpace;
    const double mark = positionOf(present_);
    const double size = scaled(kMarkSize);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.accent);
    painter.drawPolygon(
        QPolygonF{{mark, top}, {mark - size, top + size}, {mark + size, top + size}});
    // The numbers give way to the mark, so that none lies under it.
    painter.setFont(numberFont());
    painter.setPen(tokens.muted);
    const QFontMetricsF metrics(painter.font());
    const QRectF line(0, top, positionOf(values_.back()) + side() / 2.0, metrics.height());
    const QString low = QString::number(values_.front(), 'f', 2);
    const QString high = QString::number(values_.back(), 'f', 2);
    if (mark - size > metrics.horizontalAdvance(low)) {
        painter.drawText(line, Qt::AlignLeft | Qt::AlignTop, low);
    }
    if (mark + size < line.right() - metrics.horizontalAdvance(high)) {
        painter.drawText(line, Qt::AlignRight | Qt::AlignTop, high);
    }
}

}  // namespace lmser::ui
