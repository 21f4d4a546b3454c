// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTabBar>

#include "ui/bridge/session_bridge.h"
#include "ui/explore/explore_panel.h"
#include "ui/main_window.h"
#include "ui/project/load_bar.h"
#include "ui/project/project_panel.h"
#include "ui/recall/recall_panel.h"
#include "ui/run_control.h"
#include "ui/save_control.h"
#include "ui/status_line.h"
#include "ui/training/run_form.h"
#include "ui/training/train_panel.h"
#include "ui/widgets/log_view.h"
#include "ui/widgets/system_theme.h"

namespace lmser::ui {

void MainWindow::connectSession() {
    connect(bridge_, &SessionBridge::engineReady, status_, &StatusLine::showEngine);
    connect(bridge_, &SessionBridge::engineReady, this, [this](const SessionInfo& info) {
        log_->add(tr("The engine is ready: %1").arg(QString::fromStdString(info.blas)));
    });
    connect(bridge_, &SessionBridge::engineFailed, this, [this](const Error& error) {
        status_->showNoEngine();
        runControl_->openingFailed();
        showError(error);
    });
    connect(bridge_, &SessionBridge::snapshotArrived, this, &MainWindow::onSnapshot);
    connect(bridge_, &SessionBridge::explorationArrived, explore_, &ExplorePanel::showExploration);
    connect(bridge_, &SessionBridge::decoded, explore_, &ExplorePanel::showDecoded);
    connect(bridge_, &SessionBridge::decoded, status_,
            [this](const DecodedPicture& picture) { status_->showDecode(picture.milliseconds); });
    connect(bridge_, &SessionBridge::swept, explore_, &ExplorePanel::showSwept);
    connect(bridge_, &SessionBridge::sheetDecoded, explore_, &ExplorePanel::showSheet);
    connect(bridge_, &SessionBridge::codesMapped, explore_, &ExplorePanel::showMap);
    connect(bridge_, &SessionBridge::mappedPictureArrived, explore_, &ExplorePanel::showMapped);
    connect(bridge_, &SessionBridge::exportProgressed, explore_, &ExplorePanel::showExporting);
    connect(bridge_, &SessionBridge::loadProgressed, this, &MainWindow::onLoadProgress);
    connect(bridge_, &SessionBridge::lossesArrived, train_, &TrainPanel::addLosses);
}

void MainWindow::connectReplies() {
    connect(bridge_, &SessionBridge::datasetLoaded, this, &MainWindow::onDatasetLoaded);
    connect(bridge_, &SessionBridge::loadCancelled, this, &MainWindow::onLoadCancelled);
    connect(bridge_, &SessionBridge::runOpened, this, &MainWindow::onRunOpened);
    connect(bridge_, &SessionBridge::runCompleted, this, &MainWindow::onRunCompleted);
    connect(bridge_, &SessionBridge::evaluated, train_, &TrainPanel::addEvaluation);
    connect(bridge_, &SessionBridge::encoded, explore_, &ExplorePanel::showEncoded);
    connect(bridge_, &SessionBridge::codeOpened, explore_, &ExplorePanel::showCodeOpened);
    connect(bridge_, &SessionBridge::exported, explore_, &ExplorePanel::showExported);
    connect(bridge_, &SessionBridge::exported, this, &MainWindow::onExported);
    connect(bridge_, &SessionBridge::exportCancelled, explore_, &ExplorePanel::endExporting);
    connect(bridge_, &SessionBridge::saved, this, &MainWindow::onSaved);
    connect(bridge_, &SessionBridge::diverged, this, [this](const Diverged& divergence) {
        train_->showDivergence(divergence);
        showError(divergence.error);
    });
    connect(bridge_, &SessionBridge::failed, this, &MainWindow::onFailed);
}

void MainWindow::connectRecall() {
    connect(bridge_, &SessionBridge::explorationArrived, recall_, &RecallPanel::showExploration);
    connect(bridge_, &SessionBridge::samplesArrived, recall_, &RecallPanel::showSamples);
    connect(bridge_, &SessionBridge::pictureTaken, recall_, &RecallPanel::showTaken);
    connect(bridge_, &SessionBridge::recalled, recall_, &RecallPanel::showRecalled);
    connect(bridge_, &SessionBridge::trailed, recall_, &RecallPanel::showTrail);
    connect(bridge_, &SessionBridge::faceMoved, recall_, &RecallPanel::showMoved);
    connect(bridge_, &SessionBridge::facesMorphed, recall_, &RecallPanel::showMorphed);
    connect(bridge_, &SessionBridge::maskOpened, recall_, &RecallPanel::showOpenedMask);
    connect(bridge_, &SessionBridge::exportProgressed, recall_, &RecallPanel::showExporting);
    connect(bridge_, &SessionBridge::exported, recall_, &RecallPanel::showExported);
    connect(bridge_, &SessionBridge::exportCancelled, recall_, &RecallPanel::endExporting);
    connect(recall_, &RecallPanel::commandRequested, this, &MainWindow::send);
    connect(recall_, &RecallPanel::failed, this, &MainWindow::showError);
    connect(recall_, &RecallPanel::strokeMeasured, status_, &StatusLine::showStroke);
    connect(recall_, &RecallPanel::modelWanted, this, &MainWindow::openModel);
    connect(recall_, &RecallPanel::trainingWanted, this, &MainWindow::trainPreset);
    connect(recall_, &RecallPanel::exploreWanted, this, &MainWindow::explorePicture);
}

void MainWindow::connectPanels() {
    connect(train_, &TrainPanel::failed, this, &MainWindow::showError);
    connect(explore_, &ExplorePanel::failed, this, &MainWindow::showError);
    connect(explore_, &ExplorePanel::commandRequested, this, &MainWindow::send);
    connectRecall();
    connect(form_, &RunForm::experimentEdited, this, [this](const Experiment& experiment) {
        runControl_->setDraft(experiment);
        project_->select(experiment);
        settle();
    });
    connect(form_, &RunForm::targetEdited, this,
            [this](qint64 iterations) { send(SetTarget{iterations}); });
    connect(form_, &RunForm::learningRateEdited, this,
            [this](double rate) { send(SetLearningRate{rate}); });
    connect(project_, &ProjectPanel::datasetChosen, this, &MainWindow::chooseDataset);
    connect(project_, &ProjectPanel::presetChosen, this, &MainWindow::noticeSameRun);
    connect(project_, &ProjectPanel::presetChosen, this, &MainWindow::choosePreset);
    connect(project_, &ProjectPanel::dataFolderWanted, this, &MainWindow::chooseDataFolder);
    connect(project_, &ProjectPanel::modelChosen, this, &MainWindow::openModel);
    connect(project_, &ProjectPanel::detailsWanted, this, &MainWindow::showModelDetails,
            Qt::QueuedConnection);
}

void MainWindow::connectControls() {
    connect(loadBar_, &LoadBar::cancelRequested, this, [this] { send(CancelLoad{}); });
    connect(tabs_, &QTabBar::currentChanged, this, &MainWindow::showWorkspace);
    connect(runControl_, &RunControl::commandRequested, this, &MainWindow::send);
    connect(runControl_, &RunControl::replacementWanted, this,
            [this](const Experiment& experiment, const Command& then) {
                saveControl_->keepThen(LossReason::newRun, [this, experiment, then] {
                    runControl_->newRun(experiment, then);
                });
            });
    connect(runControl_, &RunControl::targetRaised, this, [this](qint64 iterations) {
        Experiment raised = form_->experiment();
        raised.training.iterations = iterations;
        draft(raised);
    });
    connect(saveControl_, &SaveControl::commandRequested, this, &MainWindow::send);
    connect(runControl_, &RunControl::resetChosen, this, &MainWindow::draft);
    connect(runControl_, &RunControl::openingChanged, this, &MainWindow::showBusy);
    connect(saveControl_, &SaveControl::savingChanged, this, &MainWindow::showBusy);
    connect(&SystemTheme::instance(), &SystemTheme::changed, this, [this] {
        const ThemeChoice choice = options_.theme.value_or(settings_.theme);
        if (choice == ThemeChoice::system) {
            applyTheme(choice);
        }
    });
}

void MainWindow::send(const Command& command) {
    if (const auto* opening = std::get_if<NewRun>(&command)) {
        const Experiment& experiment = opening->experiment;
        asked_.push_back(experiment);
        bridge_->post(NewRun{experiment, folderOf(QString::fromStdString(experiment.dataset))});
        return;
    }
    bridge_->post(command);
}

}  // namespace lmser::ui
