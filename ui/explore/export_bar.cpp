// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/export_bar.h"

#include <QFileInfo>

namespace lmser::ui {
namespace {

constexpr int kShownMilliseconds = 8000;

}  // namespace

ExportBar::ExportBar(QWidget* parent)
    : ProgressStrip({QStringLiteral("export"), tr("Export"), tr("progress of the export"),
                     tr("cancel the export"), tr("Stops writing; nothing is left behind.")},
                    parent) {
    leave_.setSingleShot(true);
    leave_.setInterval(kShownMilliseconds);
    connect(&leave_, &QTimer::timeout, this, &QWidget::hide);
}

void ExportBar::showProgress(const ExportProgress& progress) {
    const QString name = QFileInfo(QString::fromStdString(progress.path)).fileName();
    leave_.stop();
    ProgressStrip::showProgress(
        tr("Writing %1: picture %2 of %3").arg(name).arg(progress.done).arg(progress.total),
        progress.done, progress.total);
}

void ExportBar::showWritten(const QString& path) {
    showWords(tr("Wrote %1").arg(path));
    leave_.start();
}

void ExportBar::end() {
    leave_.stop();
    hide();
}

}  // namespace lmser::ui
