// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QPushButton>
#include <utility>

#include "core/spec/presets.h"
#include "ui/main_window.h"
#include "ui/run_control.h"
#include "ui/save_control.h"
#include "ui/status_line.h"
#include "ui/training/run_form.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/log_view.h"

namespace lmser::ui {

/// The workspace tells it; that an earlier file could not be written is no news any more.
void MainWindow::onExported(const Exported& exported) {
    log_->add(tr("Wrote %1.").arg(QString::fromStdString(exported.path)));
    if (const auto before = std::exchange(notWritten_, std::nullopt)) {
        banners_->dismissError(*before);
    }
}

/// A preset that is chosen while the form shows it already, with a run of it open, changes nothing: it says so, and how
/// to begin anew.
void MainWindow::noticeSameRun(const QString& preset) {
    const NextMove next = runControl_->next();
    const bool goesOn =
        next == NextMove::resume || next == NextMove::extend || next == NextMove::pause;
    const Result<Experiment> chosen = lmser::preset(preset.toStdString());
    if (!goesOn || !chosen) {
        return;
    }
    Experiment wanted = *chosen;
    wanted.dataset = form_->experiment().dataset;
    if (needsNewRun(wanted, form_->experiment(), 1)) {
        return;
    }
    Banner* banner = banners_->showNotice(
        QStringLiteral("sameRunBanner"),
        tr("The run that is open is one of %1 already").arg(preset),
        next == NextMove::pause ? tr("It is training; Reset begins a new one.")
                                : tr("%1 trains it on; Reset begins a new one.")
                                      .arg(runControl_->startPause()->text()));
    const auto* again =
        banner->addAction(runControl_->reset()->text(), QStringLiteral("sameRunReset"));
    connect(again, &QPushButton::clicked, this, [this, banner] {
        Q_EMIT banner->dismissed();
        runControl_->reset()->trigger();
    });
}

void MainWindow::showBusy() {
    status_->showBusy(saveControl_->isSaving()     ? tr("saving…")
                      : runControl_->isReplacing() ? tr("beginning the run…")
                                                   : QString());
}

}  // namespace lmser::ui
