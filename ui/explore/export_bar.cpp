// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/export_bar.h"

#include <QFileInfo>
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

constexpr int kShownMilliseconds = 8000;
constexpr int kBarHeight = 6;

}  // namespace

ExportBar::ExportBar(QWidget* parent)
    : QWidget(parent),
      words_(mutedLabel({})),
      bar_(new QProgressBar),
      cancel_(new ChipButton(tr("cancel"), this, false)) {
    setObjectName(QStringLiteral("exportBar"));
    setAccessibleName(tr("Export"));
    words_->setObjectName(QStringLiteral("exportWords"));
    bar_->setObjectName(QStringLiteral("exportProgress"));
    bar_->setAccessibleName(tr("progress of the export"));
    bar_->setTextVisible(false);
    bar_->setFixedHeight(scaled(kBarHeight));
    cancel_->setObjectName(QStringLiteral("exportCancel"));
    cancel_->setAccessibleName(tr("cancel the export"));
    cancel_->setToolTip(tr("Stops writing; nothing is left behind."));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4 * kSpace, 2 * kSpace, 4 * kSpace, 2 * kSpace);
    row->setSpacing(3 * kSpace);
    row->addWidget(words_, 2);
    row->addWidget(bar_, 1);
    row->addWidget(cancel_);
    leave_.setSingleShot(true);
    leave_.setInterval(kShownMilliseconds);
    connect(&leave_, &QTimer::timeout, this, &QWidget::hide);
    connect(cancel_, &ChipButton::clicked, this, &ExportBar::cancelRequested);
    hide();
}

void ExportBar::setRunning(bool running) {
    bar_->setVisible(running);
    cancel_->setVisible(running);
    leave_.stop();
    show();
}

void ExportBar::showProgress(const ExportProgress& progress) {
    const QString name = QFileInfo(QString::fromStdString(progress.path)).fileName();
    words_->setText(
        tr("Writing %1: picture %2 of %3").arg(name).arg(progress.done).arg(progress.total));
    bar_->setMaximum(static_cast<int>(std::max<std::size_t>(progress.total, 1)));
    bar_->setValue(static_cast<int>(progress.done));
    setRunning(true);
}

void ExportBar::showWritten(const QString& path) {
    words_->setText(tr("Wrote %1").arg(path));
    setRunning(false);
    leave_.start();
}

void ExportBar::end() {
    leave_.stop();
    hide();
}

void ExportBar::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    const Tokens& tokens = tokensOf(this);
    painter.fillRect(rect(), tokens.surface);
    painter.fillRect(0, 0, width(), 1, tokens.line);
}

}  // namespace lmser::ui
