// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/choice_card.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPainter>

#include "ui/widgets/card.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {

ChoiceCard::ChoiceCard(const QString& title, const QString& detail, QWidget* parent, bool exclusive)
    : QAbstractButton(parent),
      column_(new QVBoxLayout(this)),
      title_(new QLabel(title)),
      detail_(mutedLabel(detail)),
      note_(mutedLabel({})) {
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(detail);
    setCheckable(exclusive);
    setAutoExclusive(exclusive);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    // Not fixed: the height that its words take at a width may be more than its hint.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);

    QFont strong = textFont();
    strong.setWeight(QFont::DemiBold);
    title_->setFont(strong);
    title_->setWordWrap(true);
    QFont small = textFont();
    small.setPointSizeF(small.pointSizeF() * (kTextPixels - 1) / kTextPixels);
    detail_->setFont(small);
    note_->setFont(small);
    note_->setObjectName(QStringLiteral("cardNote"));
    for (QLabel* label : {title_, detail_, note_}) {
        label->setTextFormat(Qt::PlainText);
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    column_->setContentsMargins(3 * kSpace, 2 * kSpace + 2, 3 * kSpace, 2 * kSpace + 2);
    column_->setSpacing(kSpace / 2);
    column_->addWidget(title_);
    column_->addWidget(detail_);
    column_->addWidget(note_);
    detail_->setVisible(!detail.isEmpty());
    note_->hide();
}

void ChoiceCard::setCorner(QWidget* corner) {
    auto* row = new QHBoxLayout;
    column_->removeWidget(title_);
    row->addWidget(title_, 1);
    row->addWidget(corner, 0, Qt::AlignTop);
    column_->insertLayout(0, row);
}

void ChoiceCard::setDetail(const QString& detail) {
    detail_->setText(detail);
    detail_->setVisible(!detail.isEmpty());
    describe();
}

void ChoiceCard::setNote(const QString& note) {
    note_->setText(note);
    note_->setVisible(!note.isEmpty());
    describe();
}

void ChoiceCard::describe() {
    QStringList parts{detail_->text(), note_->text()};
    parts.removeAll(QString());
    setAccessibleDescription(parts.join(QLatin1Char('\n')));
    updateGeometry();
}

QString ChoiceCard::detail() const {
    return detail_->text();
}

void ChoiceCard::setWarning(bool warning) {
    if (!warning) {
        detail_->setPalette(QPalette());
        return;
    }
    QPalette own;
    own.setColor(QPalette::PlaceholderText, tokensOf(this).warningText);
    detail_->setPalette(own);
}

QSize ChoiceCard::sizeHint() const {
    return layout()->sizeHint();
}

QSize ChoiceCard::minimumSizeHint() const {
    return layout()->minimumSize();
}

void ChoiceCard::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    paintCard(painter, rect(), *this, kCardRadius, isChecked(),
              isEnabled() && (underMouse() || isDown()));
    if (hasFocus()) {
        constexpr int kInset = 3;
        paintFocusRing(painter,
                       isChecked() ? rect().adjusted(kInset, kInset, -kInset, -kInset) : rect(),
                       isChecked() ? kCardRadius - kInset : kCardRadius, this);
    }
}

bool ChoiceCard::event(QEvent* event) {
    // Its labels wrap: what changes in them changes the height that it asks of its own parent.
    if (event->type() == QEvent::LayoutRequest) {
        updateGeometry();
    }
    return QAbstractButton::event(event);
}

}  // namespace lmser::ui
