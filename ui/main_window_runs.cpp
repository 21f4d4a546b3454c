// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <QPushButton>
#include <algorithm>
#include <utility>

#include "ui/explore/explore_panel.h"
#include "ui/main_window.h"
#include "ui/project/project_panel.h"
#include "ui/recall/recall_panel.h"
#include "ui/run_control.h"
#include "ui/save_control.h"
#include "ui/status_line.h"
#include "ui/training/number_text.h"
#include "ui/training/run_form.h"
#include "ui/training/train_panel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/help_dialogs.h"
#include "ui/widgets/log_view.h"

namespace lmser::ui {

namespace {

/// What the licence of its data allows a network to be used for; empty where there is no limit.
QString limitOf(const Experiment& experiment) {
    return QString::fromStdString(experiment.dataset).startsWith(QLatin1String("celeba"))
               ? MainWindow::tr("weights: CelebA, non-commercial research")
               : QString();
}

/// Whether a command of that name may load a dataset.
bool wantsData(std::string_view command) {
    return command == "load" || command == "new" || command == "open" || command == "recover";
}

}  // namespace

void MainWindow::openModel(const QString& path) {
    if (path.isEmpty()) {
        return;
    }
    saveControl_->keepThen(LossReason::opening, [this, path] {
        firstChoice_ = false;
        // A shipped model has its card in Project; it is no file of the user's to come back to.
        opening_ = shippedModel(path) != nullptr ? QString() : path;
        const QFileInfo file(path);
        const bool part = file.fileName() == QLatin1String("experiment.json");
        send(OpenModel{(part ? file.path() : path).toStdString()});
    });
}

const ShippedCard* MainWindow::shippedModel(const QString& name) const {
    const auto found = std::ranges::find(options_.shipped, name, &ShippedCard::name);
    return found == options_.shipped.end() ? nullptr : &*found;
}

const ShippedCard* MainWindow::shippedModel(const RunOpened& run) const {
    return shippedModel(QFileInfo(QString::fromStdString(run.source)).completeBaseName());
}

void MainWindow::onRunOpened(const RunOpened& run) {
    firstChoice_ = false;
    beganShipped_ = false;
    train_->openRun(run);
    explore_->openRun(run);
    recall_->openRun(run);
    status_->showWeights(limitOf(run.experiment));
    saveControl_->openRun(run);
    project_->addRun(run.run, run.experiment, QString::fromStdString(run.source));
    // Edits that were made while a new run was on its way stay in the form.
    const bool asked = run.source.empty() && !asked_.empty() && run.experiment == asked_.front();
    if (asked) {
        asked_.pop_front();
        project_->endDatasetLoading(QString::fromStdString(run.experiment.dataset));
    }
    if (!asked || form_->experiment() == run.experiment) {
        draft(run.experiment);
    }
    settled_ = run.experiment;
    const ShippedCard* shipped = opening_.isEmpty() ? shippedModel(run) : nullptr;
    if (shipped != nullptr) {
        project_->selectShipped(shipped->name);
    }
    run_ = {run.run, QString::fromStdString(run.experiment.dataset), shipped != nullptr,
            !run.trainable};
    frameData();
    if (const QString path = std::exchange(opening_, {}); !path.isEmpty() && !run.source.empty()) {
        rememberPath(path);
    }
    form_->setRunning(run.iteration > 0, run.experiment.training.learning_rate);
    log_->add(run.source.empty() ? tr("%1 is ready at iteration %2.")
                                       .arg(titleOf(run.experiment), grouped(run.iteration))
                                 : tr("Opened %1: %2 at iteration %3.")
                                       .arg(QString::fromStdString(run.source),
                                            titleOf(run.experiment), grouped(run.iteration)));
    runControl_->openRun(run);
}

void MainWindow::onRunCompleted(const RunCompleted& run) {
    runControl_->completeRun(run);
    if (run.run == run_.number) {
        run_.withoutData = !run.trainable && run_.dataset != loadedDataset_;
        frameData();
    }
}

void MainWindow::onSnapshot(const Snapshot& snapshot) {
    train_->showSnapshot(snapshot);
    runControl_->showSnapshot(snapshot);
    saveControl_->showSnapshot(snapshot);
    status_->showSnapshot(snapshot, train_->bestError());
    project_->showProgress(snapshot.run, snapshot.iteration, train_->bestError());
    form_->setRunning(snapshot.iteration > 0 || snapshot.state == RunState::training,
                      snapshot.learning_rate);
}

void MainWindow::onFailed(const Failed& failure) {
    if (wantsData(failure.what)) {
        endDecoding();
    }
    if (failure.what == "load" && !loadingDatasets_.empty()) {
        loadFailed(failure.error);
    }
    if (failure.what == "save") {
        saveControl_->savingFailed();
    }
    explore_->showFailure(failure);
    recall_->showFailure(failure);
    if (failure.what == "new" && newRunFailed(failure.error)) {
        return;
    }
    showError(failure.error);
    if (failure.what == "export" || failure.what == "save the mask" ||
        failure.what == "save the code") {
        notWritten_ = failure.error;
    }
    if (failure.what == "open" && std::exchange(beganShipped_, false)) {
        beginFresh();
    }
}

/// Whether there is nothing more to say about a new run that does not come.
bool MainWindow::newRunFailed(const Error& error) {
    const QString dataset = forgetNewRun();
    endLoading(dataset);
    if (error.code == ErrorCode::not_found) {
        project_->showDatasetMissing(dataset, error);
    }
    if (firstChoice_ && error.code == ErrorCode::not_found) {
        // Nothing was asked for yet: the built-in digits, without a word of error.
        log_->add(QString::fromStdString(sentence(error)));
        chooseDataset(QStringLiteral("strokes"));
    }
    runControl_->openingFailed();
    return !asked_.empty();  // another run is on its way
}

/// The oldest new run that was asked for is answered; the name of its dataset.
QString MainWindow::forgetNewRun() {
    if (asked_.empty()) {
        return {};
    }
    const std::string dataset = asked_.front().dataset;
    asked_.pop_front();
    return QString::fromStdString(dataset);
}

void MainWindow::onSaved(const Saved& saved) {
    const QString path = QString::fromStdString(saved.path);
    saveControl_->saved(saved);
    if (options_.recovery.empty() ||
        std::filesystem::path(saved.path).parent_path() != options_.recovery) {
        project_->setRunPath(saveControl_->run(), path);
        recall_->setRunPath(path);
        rememberPath(path);
    }
    log_->add(tr("Saved %1 at iteration %2.").arg(path, grouped(saved.iteration)));
}

void MainWindow::offerRecovery() {
    for (const Recoverable& left : options_.recoverable) {
        auto* banner = new Banner(
            Banner::Kind::notice,
            tr("%1 was not saved when the program ended, at iteration %2")
                .arg(titleOf(left.experiment), grouped(left.iteration)),
            tr("Recover it and train on, keep it for the next start, or discard it."), banners_);
        banner->setObjectName(QStringLiteral("recoveryBanner"));
        banner->setDismissable(false);
        const auto answer = [this, banner](const QString& text, const QString& name, bool primary,
                                           const std::optional<Command>& command) {
            connect(banner->addAction(text, name, primary), &QPushButton::clicked, this,
                    [this, banner, command] {
                        if (command) {
                            firstChoice_ = false;
                            send(*command);
                        }
                        Q_EMIT banner->dismissed();
                    });
        };
        answer(tr("Recover"), QStringLiteral("recover"), true, RecoverRun{left.folder});
        answer(tr("Keep"), QStringLiteral("keepRecovery"), false, std::nullopt);
        answer(tr("Discard"), QStringLiteral("discardRecovery"), false,
               DiscardRecovery{left.folder});
        banners_->add(banner);
    }
}

void MainWindow::showModelDetails(const QString& name) {
    if (const ShippedCard* model = shippedModel(name)) {
        ModelCardDialog(model->name, model->details, this).exec();
    }
}

void MainWindow::rememberPath(const QString& path) {
    remember(settings_, path);
    settings_.lastFolder = QFileInfo(path).path();
    saveControl_->setFolder(settings_.lastFolder);
    project_->setRecent(settings_.recent);
    refreshRecent();
}

}  // namespace lmser::ui
