// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/export_bar.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QLayout>
#include <QUrl>

#include "ui/widgets/chip_button.h"

namespace lmser::ui {
namespace {

constexpr int kShownMilliseconds = 8000;

}  // namespace

ExportBar::ExportBar(QWidget* parent)
    : ProgressStrip({QStringLiteral("export"), tr("Export"), tr("progress of the export"),
                     tr("cancel the export"), tr("Stops writing; nothing is left behind.")},
                    parent),
      folder_(actionChip(QStringLiteral("exportFolder"), QStringLiteral("open"), tr("open folder"),
                         tr("Shows where the file lies."), this)) {
    layout()->addWidget(folder_);
    folder_->hide();
    connect(folder_, &ChipButton::clicked, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path_).absolutePath()));
    });
    leave_.setSingleShot(true);
    leave_.setInterval(kShownMilliseconds);
    connect(&leave_, &QTimer::timeout, this, &QWidget::hide);
}

void ExportBar::showProgress(const ExportProgress& progress) {
    const QString name = QFileInfo(QString::fromStdString(progress.path)).fileName();
    leave_.stop();
    folder_->hide();
    ProgressStrip::showProgress(
        tr("Writing %1: picture %2 of %3").arg(name).arg(progress.done).arg(progress.total),
        progress.done, progress.total);
}

void ExportBar::showWritten(const QString& path) {
    path_ = path;
    showWords(tr("Wrote %1").arg(path));
    folder_->show();
    leave_.start();
}

void ExportBar::end() {
    leave_.stop();
    hide();
}

}  // namespace lmser::ui
