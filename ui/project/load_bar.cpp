// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/load_bar.h"

#include "ui/training/number_text.h"

namespace lmser::ui {

LoadBar::LoadBar(QWidget* parent)
    : ProgressStrip({QStringLiteral("load"), tr("Loading data"), tr("progress of loading"),
                     tr("cancel loading"),
                     tr("Stops decoding the pictures; nothing changes, and nothing is left "
                        "behind.")},
                    parent) {}

void LoadBar::showProgress(const LoadProgress& progress) {
    const bool faces = QString::fromStdString(progress.name).startsWith(QLatin1String("celeba"));
    const QString words = faces ? tr("%1: %2 of %3 faces") : tr("%1: %2 of %3 pictures");
    ProgressStrip::showProgress(words.arg(QString::fromStdString(progress.title),
                                          grouped(static_cast<std::int64_t>(progress.done)),
                                          grouped(static_cast<std::int64_t>(progress.total))),
                                progress.done, progress.total);
}

}  // namespace lmser::ui
