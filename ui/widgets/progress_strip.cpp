// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/progress_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <algorithm>

#include "ui/widgets/card.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kBarHeight = 6;

}  // namespace

ProgressStrip::ProgressStrip(const Names& names, QWidget* parent)
    : QWidget(parent),
      words_(mutedLabel({})),
      bar_(new QProgressBar),
      cancel_(new ChipButton(tr("cancel"), this, false)) {
    setObjectName(names.part + QStringLiteral("Bar"));
    setAccessibleName(names.name);
    words_->setObjectName(names.part + QStringLiteral("Words"));
    bar_->setObjectName(names.part + QStringLiteral("Progress"));
    bar_->setAccessibleName(names.progress);
    bar_->setTextVisible(false);
    bar_->setFixedHeight(scaled(kBarHeight));
    cancel_->setObjectName(names.part + QStringLiteral("Cancel"));
    cancel_->setAccessibleName(names.cancel);
    cancel_->setToolTip(names.cancelTip);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4 * kSpace, 2 * kSpace, 4 * kSpace, 2 * kSpace);
    row->setSpacing(3 * kSpace);
    row->addWidget(words_, 2);
    row->addWidget(bar_, 1);
    row->addWidget(cancel_);
    connect(cancel_, &ChipButton::clicked, this, &ProgressStrip::cancelRequested);
    hide();
}

void ProgressStrip::showRunning(bool running) {
    bar_->setVisible(running);
    cancel_->setVisible(running);
    show();
}

void ProgressStrip::showProgress(const QString& words, std::size_t done, std::size_t total) {
    words_->setText(words);
    bar_->setMaximum(static_cast<int>(std::max<std::size_t>(total, 1)));
    bar_->setValue(static_cast<int>(done));
    showRunning(true);
}

void ProgressStrip::showWords(const QString& words) {
    words_->setText(words);
    showRunning(false);
}

void ProgressStrip::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    const Tokens& tokens = tokensOf(this);
    painter.fillRect(rect(), tokens.surface);
    painter.fillRect(0, 0, width(), 1, tokens.line);
}

}  // namespace lmser::ui
