// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QUndoGroup>
#include <algorithm>
#include <utility>

#include "core/spec/presets.h"
#include "ui/bridge/qimage_conversion.h"
#include "ui/bridge/session_bridge.h"
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
#include "ui/widgets/system_theme.h"

namespace lmser::ui {

namespace {

/// What the licence of its data allows a network to be used for; empty where there is no limit.
QString limitOf(const Experiment& experiment) {
    return QString::fromStdString(experiment.dataset).startsWith(QLatin1String("celeba"))
               ? MainWindow::tr("weights: CelebA, non-commercial research")
               : QString();
}

/// The experiment on another dataset; where its network is for other pictures, that of the dataset's own preset.
Experiment onDataset(Experiment experiment, const std::string& dataset) {
    constexpr ImageShape kSmallFaces{3, 64, 64};
    const bool small = dataset == "celeba-64";
    const bool faces = small || dataset == "celeba";
    const Result<Experiment> own = preset(faces ? "celeba-recall" : "lmser-un");
    if (own && experiment.network.input != (small ? kSmallFaces : own->network.input)) {
        experiment = *own;
        if (small) {
            experiment.network.input = kSmallFaces;
            experiment.network.layers.pop_back();  // one halving less down to a code of 1 x 1
        }
    }
    experiment.dataset = dataset;
    return experiment;
}

}  // namespace

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
    connect(bridge_, &SessionBridge::lossesArrived, train_, &TrainPanel::addLosses);
}

void MainWindow::connectReplies() {
    connect(bridge_, &SessionBridge::datasetLoaded, this, &MainWindow::onDatasetLoaded);
    connect(bridge_, &SessionBridge::runOpened, this, &MainWindow::onRunOpened);
    connect(bridge_, &SessionBridge::runCompleted, runControl_, &RunControl::completeRun);
    connect(bridge_, &SessionBridge::evaluated, train_, &TrainPanel::addEvaluation);
    connect(bridge_, &SessionBridge::encoded, explore_, &ExplorePanel::showEncoded);
    connect(bridge_, &SessionBridge::codeOpened, explore_, &ExplorePanel::showCodeOpened);
    connect(bridge_, &SessionBridge::exported, explore_, &ExplorePanel::showExported);
    connect(bridge_, &SessionBridge::exported, this, [this](const Exported& exported) {
        log_->add(tr("Wrote %1.").arg(QString::fromStdString(exported.path)));
    });
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
    connect(bridge_, &SessionBridge::maskOpened, recall_, &RecallPanel::showOpenedMask);
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
    });
    connect(form_, &RunForm::targetEdited, this,
            [this](qint64 iterations) { send(SetTarget{iterations}); });
    connect(form_, &RunForm::learningRateEdited, this,
            [this](double rate) { send(SetLearningRate{rate}); });
    connect(project_, &ProjectPanel::datasetChosen, this, &MainWindow::chooseDataset);
    connect(project_, &ProjectPanel::presetChosen, this, &MainWindow::choosePreset);
    connect(project_, &ProjectPanel::dataFolderWanted, this, &MainWindow::chooseDataFolder);
    connect(project_, &ProjectPanel::modelChosen, this, &MainWindow::openModel);
    connect(project_, &ProjectPanel::detailsWanted, this, &MainWindow::showModelDetails,
            Qt::QueuedConnection);
}

void MainWindow::connectControls() {
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
    connect(saveControl_, &SaveControl::savingChanged, this,
            [this](bool saving) { status_->showBusy(saving ? tr("saving…") : QString()); });
    connect(&SystemTheme::instance(), &SystemTheme::changed, this, [this] {
        const ThemeChoice choice = options_.theme.value_or(settings_.theme);
        if (choice == ThemeChoice::system) {
            applyTheme(choice);
        }
    });
}

void MainWindow::send(const Command& command) {
    if (const auto* opening = std::get_if<NewRun>(&command)) {
        const QString wanted = QString::fromStdString(opening->experiment.dataset);
        asked_.push_back(opening->experiment);
        // The session knows the usual places; a folder that was chosen here goes with the question.
        if (wanted != loadedDataset_ && !settings_.dataFolder.isEmpty()) {
            loadingDatasets_.push_back(wanted);
            bridge_->post(LoadDataset{wanted.toStdString(), settings_.dataFolder.toStdString()});
        }
    }
    bridge_->post(command);
}

/// What the form shows, and what F5 would train.
void MainWindow::draft(const Experiment& experiment) {
    form_->setExperiment(experiment);
    runControl_->setDraft(experiment);
    project_->select(experiment);
    train_->setPlan(QString::fromStdString(experiment.preset),
                    project_->datasetTitle(QString::fromStdString(experiment.dataset)));
}

void MainWindow::chooseDataset(const QString& name) {
    firstChoice_ = false;
    const Experiment experiment = onDataset(form_->experiment(), name.toStdString());
    draft(experiment);
    if (!runControl_->isTrained()) {
        project_->showDatasetLoading(name);
        runControl_->newRun(experiment);
    } else if (name != loadedDataset_) {
        project_->showDatasetLoading(name);
        loadingDatasets_.push_back(name);
        bridge_->post(LoadDataset{name.toStdString(), settings_.dataFolder.toStdString()});
    }
}

void MainWindow::choosePreset(const QString& name) {
    const Result<Experiment> chosen = preset(name.toStdString());
    if (!chosen) {
        showError(chosen.error());
        return;
    }
    Experiment experiment = *chosen;
    // Faces are no data for a network of digits, nor digits for one of faces.
    if (experiment.network.input == form_->experiment().network.input) {
        experiment.dataset = form_->experiment().dataset;
    }
    draft(experiment);
    if (!runControl_->isTrained()) {
        runControl_->newRun(experiment);
    }
}

/// A new run of the preset on its own data, trained at once.
void MainWindow::trainPreset(const QString& name) {
    const Result<Experiment> chosen = preset(name.toStdString());
    if (!chosen) {
        showError(chosen.error());
        return;
    }
    saveControl_->keepThen(LossReason::newRun, [this, experiment = *chosen] {
        firstChoice_ = false;
        showWorkspace(workspaces_->indexOf(train_));
        draft(experiment);
        project_->showDatasetLoading(QString::fromStdString(experiment.dataset));
        runControl_->newRun(experiment, Start{});
    });
}

void MainWindow::chooseDataFolder(const QString& dataset) {
    const QString folder = prompter_->askDataFolder(settings_.dataFolder);
    if (folder.isEmpty()) {
        return;
    }
    settings_.dataFolder = folder;
    loadedDataset_.clear();  // the same name may mean other files now
    chooseDataset(dataset.isEmpty() ? QString::fromStdString(form_->experiment().dataset)
                                    : dataset);
}

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
    }
    if (!asked || form_->experiment() == run.experiment) {
        draft(run.experiment);
    }
    const ShippedCard* shipped = opening_.isEmpty() ? shippedModel(run) : nullptr;
    if (shipped != nullptr) {
        project_->selectShipped(shipped->name);
    }
    project_->showNoDataNeeded(shipped != nullptr && !run.trainable);
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

void MainWindow::onSnapshot(const Snapshot& snapshot) {
    train_->showSnapshot(snapshot);
    runControl_->showSnapshot(snapshot);
    saveControl_->showSnapshot(snapshot);
    status_->showSnapshot(snapshot, train_->bestError());
    project_->showProgress(snapshot.run, snapshot.iteration, train_->bestError());
    form_->setRunning(snapshot.iteration > 0 || snapshot.state == RunState::training,
                      snapshot.learning_rate);
}

void MainWindow::onDatasetLoaded(const DatasetLoaded& dataset) {
    loadedDataset_ = QString::fromStdString(dataset.name);
    std::erase(loadingDatasets_, loadedDataset_);
    project_->showDataset(dataset);
    if (dataset.name == form_->experiment().dataset) {
        project_->showNoDataNeeded(false);
    }
    explore_->setDataset(dataset);
    recall_->setDataset(dataset);
    log_->add(tr("Loaded %1: %2 training and %3 test pictures.")
                  .arg(QString::fromStdString(dataset.title), grouped(dataset.train_images),
                       grouped(dataset.test_images)));
}

void MainWindow::onFailed(const Failed& failure) {
    if (failure.what == "load" && !loadingDatasets_.empty()) {
        project_->showDatasetMissing(loadingDatasets_.front(), failure.error);
        if (firstChoice_) {
            loadingDatasets_.pop_front();
            return;  // the new run is answered next, and what follows from it
        }
        toldMissing_ = loadingDatasets_.front();
        loadingDatasets_.pop_front();
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
    if (failure.what == "open" && std::exchange(beganShipped_, false)) {
        beginFresh();
    }
}

/// Whether there is nothing more to say about a new run that does not come.
bool MainWindow::newRunFailed(const Error& error) {
    bool told = false;
    if (!asked_.empty()) {
        const QString dataset = QString::fromStdString(asked_.front().dataset);
        asked_.pop_front();
        if (error.code == ErrorCode::not_found) {
            project_->showDatasetMissing(dataset, error);
            told = std::exchange(toldMissing_, {}) == dataset;  // a banner says so already
        }
    }
    if (firstChoice_ && error.code == ErrorCode::not_found) {
        // Nothing was asked for yet: the built-in digits, without a word of error.
        log_->add(QString::fromStdString(sentence(error)));
        chooseDataset(QStringLiteral("strokes"));
    }
    runControl_->openingFailed();
    return told || !asked_.empty();  // another run is on its way
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

void MainWindow::setTheme(ThemeChoice choice) {
    options_.theme.reset();
    settings_.theme = choice;
    applyTheme(choice);
}

void MainWindow::showWorkspace(int index) {
    tabs_->setCurrentIndex(index);
    workspaces_->setCurrentIndex(index);
    inspectors_->setCurrentIndex(index);
    const bool exploring = workspaces_->currentWidget() == explore_;
    const bool recalling = workspaces_->currentWidget() == recall_;
    status_->setDecodeVisible(exploring);
    status_->setStrokeVisible(recalling);
    exportButton_->setVisible(exploring || recalling);
    showExports(recalling);
    undo_->setActiveStack(recalling ? recall_->undoStack() : explore_->undoStack());
}

void MainWindow::showExports(bool recalling) {
    exportMenu_->clear();
    exportMenu_->addActions(recalling ? recall_->exportActions() : explore_->exportActions());
}

void MainWindow::explorePicture(const Images& picture) {
    QMimeData what;
    what.setImageData(toQImage(picture));
    showWorkspace(workspaces_->indexOf(explore_));
    explore_->take(&what);
}

void MainWindow::showModelDetails(const QString& name) {
    if (const ShippedCard* model = shippedModel(name)) {
        ModelCardDialog(model->name, model->details, this).exec();
    }
}

void MainWindow::showError(const Error& error) {
    banners_->showError(error);
    log_->add(QString::fromStdString(sentence(error)));
}

void MainWindow::rememberPath(const QString& path) {
    remember(settings_, path);
    settings_.lastFolder = QFileInfo(path).path();
    saveControl_->setFolder(settings_.lastFolder);
    project_->setRecent(settings_.recent);
    refreshRecent();
}

}  // namespace lmser::ui
