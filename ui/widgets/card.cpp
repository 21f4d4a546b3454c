// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>

#include "ui/widgets/theme.h"

namespace lmser::ui {
QLabel* sectionHead(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    // The role that the palette gives to muted; so the label follows the theme.
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setFont(headFont());
    return label;
}

QLabel* mutedLabel(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    // The role that the palette gives to muted; so the label follows the theme.
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    return label;
}

Card::Card(const QString& head, QWidget* parent, Kind kind)
    : QFrame(parent),
      kind_(kind),
      head_(sectionHead(head, this)),
      headRow_(new QHBoxLayout),
      body_(new QVBoxLayout) {
    const int sides = kind == Kind::panel ? 3 * kSpace + 2 : 3 * kSpace;
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(sides, 3 * kSpace, sides, 3 * kSpace);
    all->setSpacing(2 * kSpace);
    headRow_->setSpacing(kSpace);
    // On one line where there is room, else broken into several.
    constexpr int kBeforeTheGap = 1000;
    head_->setWordWrap(true);
    headRow_->addWidget(head_, kBeforeTheGap);
    headRow_->addStretch(1);
    body_->setSpacing(2 * kSpace);
    all->addLayout(headRow_);
    all->addLayout(body_, 1);
    setHead(head);
}

QString Card::head() const {
    return head_->text();
}

void Card::setHead(const QString& head) {
    head_->setText(head);
    head_->setVisible(!head.isEmpty());
    fitHead();
    if (!head.isEmpty()) {
        setAccessibleName(head);
    }
}

int Card::headWidth() const {
    return head_->maximumWidth();
}

void Card::fitHead() {
    head_->ensurePolished();
    head_->setMaximumWidth(head_->fontMetrics().horizontalAdvance(head_->text()) + 2);
}

void Card::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange ||
        event->type() == QEvent::StyleChange) {
        fitHead();
    }
}

void Card::setSelected(bool selected) {
    if (selected_ != selected) {
        selected_ = selected;
        update();
    }
}

void Card::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    paintCard(painter, rect(), *this, kind_ == Kind::panel ? kPanelRadius : kCardRadius, selected_,
              shaded_);
}

void paintCard(QPainter& painter, const QRectF& rect, const QWidget& widget, qreal radius,
               bool selected, bool shaded) {
    const Tokens& tokens = tokensOf(&widget);
    const qreal width = selected ? 2 : 1;
    const QRectF inside = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(selected ? tokens.accent : tokens.line, width));
    painter.setBrush(tokens.surface);
    painter.drawRoundedRect(inside, radius, radius);
    if (shaded) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.shade);
        painter.drawRoundedRect(inside, radius, radius);
    }
}

}  // namespace lmser::ui
