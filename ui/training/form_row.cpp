// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/form_row.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <algorithm>

#include "ui/training/warning_label.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {

FormRow::FormRow(const QString& label, QWidget* control, const QString& name, const QString& tip,
                 QWidget* parent)
    : QWidget(parent),
      label_(new QLabel(label, this)),
      control_(control),
      sentence_(new WarningLabel(this)),
      line_(new QHBoxLayout) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(kSpace);
    all->addLayout(line_);
    all->addWidget(sentence_);
    line_->setSpacing(2 * kSpace);
    line_->addWidget(label_, 1);
    line_->addWidget(control_);
    control_->setParent(this);
    control_->setObjectName(name);
    control_->setAccessibleName(label);
    control_->setToolTip(tip);
    label_->setToolTip(tip);
    label_->setBuddy(control_);
    sentence_->setObjectName(name + QStringLiteral("Sentence"));
    sentence_->hide();
}

void FormRow::setLabel(const QString& label) {
    if (label_->text() != label) {
        label_->setText(label);
        control_->setAccessibleName(label);
        arrange();
    }
}

void FormRow::setSentence(const QString& sentence) {
    sentence_->setText(sentence);
    sentence_->setVisible(!sentence.isEmpty());
    control_->setAccessibleDescription(sentence);
}

QString FormRow::sentence() const {
    return sentence_->text();
}

QSize FormRow::minimumSizeHint() const {
    const QSize least = QWidget::minimumSizeHint();
    return {std::max(label_->sizeHint().width(), control_->minimumSizeHint().width()),
            least.height()};
}

void FormRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void FormRow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        arrange();
    }
}

void FormRow::arrange() {
    const int wanted = label_->sizeHint().width() + line_->spacing() + control_->sizeHint().width();
    const auto direction = wanted <= width() ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (line_->direction() != direction) {
        line_->setDirection(direction);
    }
}

}  // namespace lmser::ui
