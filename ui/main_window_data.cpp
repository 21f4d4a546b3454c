// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <QStackedWidget>
#include <algorithm>
#include <utility>

#include "core/spec/presets.h"
#include "ui/bridge/session_bridge.h"
#include "ui/explore/explore_panel.h"
#include "ui/main_window.h"
#include "ui/project/load_bar.h"
#include "ui/project/project_panel.h"
#include "ui/recall/recall_panel.h"
#include "ui/run_control.h"
#include "ui/save_control.h"
#include "ui/training/number_text.h"
#include "ui/training/run_form.h"
#include "ui/training/train_panel.h"
#include "ui/widgets/log_view.h"

namespace lmser::ui {

namespace {

/// The dataset that is a folder of one's own.
QString ownPictures() {
    return QStringLiteral("folder");
}

}  // namespace

/// What the form shows, and what F5 would train.
void MainWindow::draft(const Experiment& experiment) {
    form_->setExperiment(experiment);
    runControl_->setDraft(experiment);
    project_->select(experiment);
    train_->setPlan(QString::fromStdString(experiment.preset),
                    project_->datasetTitle(QString::fromStdString(experiment.dataset)));
    settle();
}

/// Keeps what the form shows for a load that is cancelled, unless it needs one itself.
void MainWindow::settle() {
    if (QString::fromStdString(form_->experiment().dataset) == loadedDataset_) {
        settled_ = form_->experiment();
    }
}

void MainWindow::chooseDataset(const QString& name) {
    if (name == ownPictures()) {
        // Queued: a dialog must not keep the assistive tool waiting that chose the card.
        QMetaObject::invokeMethod(
            this, [this] { choosePictures(prompter_->askPictureFolder(settings_.pictureFolder)); },
            Qt::QueuedConnection);
        return;
    }
    picturesAsked_.clear();
    useDataset(name);
}

void MainWindow::useDataset(const QString& name) {
    firstChoice_ = false;
    const Experiment experiment = on_dataset(form_->experiment(), name.toStdString());
    const bool loaded = name == loadedDataset_;
    if (!loaded) {
        project_->showDatasetLoading(name);
    }
    draft(experiment);
    if (!runControl_->isTrained()) {
        runControl_->newRun(experiment);
    } else if (!loaded) {
        load(name, experiment);
    }
}

/// A folder's pictures are the data once they are loaded: until then, and where they cannot be, all stays as it is.
void MainWindow::choosePictures(const QString& folder) {
    project_->select(form_->experiment());
    if (folder.isEmpty()) {
        return;
    }
    picturesAsked_ = folder;
    project_->showDatasetLoading(ownPictures());
    load(ownPictures(), on_dataset(form_->experiment(), ownPictures().toStdString()));
}

void MainWindow::load(const QString& name, const Experiment& experiment) {
    loadingDatasets_.push_back(name);
    bridge_->post(LoadDataset{name.toStdString(), folderOf(name), experiment.network.input});
}

/// Where a dataset is searched first; empty: the session knows the usual places.
std::filesystem::path MainWindow::folderOf(const QString& dataset) const {
    if (dataset == ownPictures()) {
        return (picturesAsked_.isEmpty() ? settings_.pictureFolder : picturesAsked_).toStdString();
    }
    return (options_.dataFolder.isEmpty() ? settings_.dataFolder : options_.dataFolder)
        .toStdString();
}

void MainWindow::choosePreset(const QString& name) {
    const Result<Experiment> chosen = preset(name.toStdString());
    if (!chosen) {
        showError(chosen.error());
        return;
    }
    Experiment experiment = *chosen;
    // Faces are no data for a network of digits, nor digits for one of faces; a folder's pictures become what it takes.
    const Experiment& shown = form_->experiment();
    if (experiment.network.input == shown.network.input ||
        QString::fromStdString(shown.dataset) == ownPictures()) {
        experiment.dataset = shown.dataset;
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
        project_->showDatasetLoading(QString::fromStdString(experiment.dataset));
        draft(experiment);
        runControl_->newRun(experiment, Start{});
    });
}

void MainWindow::chooseDataFolder(const QString& dataset) {
    const QString wanted =
        dataset.isEmpty() ? QString::fromStdString(form_->experiment().dataset) : dataset;
    if (wanted == ownPictures()) {
        chooseDataset(wanted);
        return;
    }
    const QString folder = prompter_->askDataFolder(settings_.dataFolder);
    if (folder.isEmpty()) {
        return;
    }
    settings_.dataFolder = folder;
    options_.dataFolder.clear();
    loadedDataset_.clear();  // the same name may mean other files now
    chooseDataset(wanted);
}

void MainWindow::onDatasetLoaded(const DatasetLoaded& dataset) {
    loadedDataset_ = QString::fromStdString(dataset.name);
    std::erase(loadingDatasets_, loadedDataset_);
    endDecoding();
    project_->showDataset(dataset);
    if (dataset.name == form_->experiment().dataset) {
        run_.withoutData = false;
        frameData();
    }
    settle();
    explore_->setDataset(dataset);
    recall_->setDataset(dataset);
    log_->add(tr("Loaded %1: %2 training and %3 test pictures.")
                  .arg(QString::fromStdString(dataset.title), grouped(dataset.train_images),
                       grouped(dataset.test_images)));
    for (const std::string& note : dataset.notes) {
        log_->add(QString::fromStdString(dataset.title + ": " + note));
    }
    if (loadedDataset_ == ownPictures() && !picturesAsked_.isEmpty()) {
        settings_.pictureFolder = std::exchange(picturesAsked_, {});
        useDataset(ownPictures());
    }
}

void MainWindow::onLoadProgress(const LoadProgress& progress) {
    decoding_ = QString::fromStdString(progress.name);
    loadBar_->showProgress(progress);
    project_->showDatasetLoading(decoding_);
}

void MainWindow::onLoadCancelled(const LoadCancelled& cancelled) {
    const QString name = QString::fromStdString(cancelled.name);
    endLoading(name);
    if (cancelled.what == "load") {
        forgetLoad(name);
    }
    log_->add(tr("Loading %1 was cancelled.").arg(QString::fromStdString(cancelled.title)));
    if (cancelled.what == "new") {
        forgetNewRun();
        runControl_->openingFailed();
    }
    if (settled_ && asked_.empty() && form_->experiment().dataset == cancelled.name) {
        draft(*settled_);
    }
    frameData();
}

/// A dataset did not come: what was shown while it was loaded ends.
void MainWindow::endLoading(const QString& name) {
    endDecoding();
    project_->endDatasetLoading(name);
    if (name == ownPictures()) {
        picturesAsked_.clear();
    }
}

void MainWindow::endDecoding() {
    loadBar_->hide();
    project_->endDatasetLoading(std::exchange(decoding_, {}));
}

/// The oldest LoadDataset of that name is answered.
void MainWindow::forgetLoad(const QString& name) {
    const auto waiting = std::ranges::find(loadingDatasets_, name);
    if (waiting != loadingDatasets_.end()) {
        loadingDatasets_.erase(waiting);
    }
}

/// The answer to the oldest LoadDataset.
void MainWindow::loadFailed(const Error& error) {
    const QString name = loadingDatasets_.front();
    loadingDatasets_.pop_front();
    endLoading(name);
    if (name != ownPictures()) {
        project_->showDatasetMissing(name, error);
    }
}

/// Frames the data of the network at hand, or says that it has none.
void MainWindow::frameData() {
    if (run_.withoutData) {
        project_->showWithoutData(run_.dataset, run_.shipped);
    } else {
        project_->showWithData();
        project_->selectDataset(QString::fromStdString(form_->experiment().dataset));
    }
}

}  // namespace lmser::ui
