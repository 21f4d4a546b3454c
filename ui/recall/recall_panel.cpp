// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/recall_panel.h"

#include <QApplication>
#include <QFileInfo>
#include <QLabel>
#include <QLayout>
#include <QUndoStack>
#include <algorithm>

#include "core/spec/presets.h"
#include "ui/bridge/qimage_conversion.h"
#include "ui/explore/export_bar.h"
#include "ui/recall/brush_bar.h"
#include "ui/recall/face_morph.h"
#include "ui/recall/face_sliders.h"
#include "ui/recall/mask_canvas.h"
#include "ui/recall/model_section.h"
#include "ui/recall/picture_section.h"
#include "ui/recall/recall_inspector.h"
#include "ui/recall/recall_options_section.h"
#include "ui/recall/recalled_card.h"
#include "ui/recall/trail_card.h"
#include "ui/widgets/chip_button.h"

namespace lmser::ui {
namespace {

constexpr int kSettleMilliseconds = 150;
constexpr int kMovedMilliseconds = 1500;  // while training; looking must not slow it down
constexpr int kLateMilliseconds = 300;
constexpr double kPercent = 100;

}  // namespace

RecallPanel::RecallPanel(QWidget* parent) : QWidget(parent), inspector_(new RecallInspector(this)) {
    setAcceptDrops(true);
    inspector_->hide();
    settle_.setSingleShot(true);
    settle_.setInterval(kSettleMilliseconds);
    moved_.setSingleShot(true);
    moved_.setInterval(kMovedMilliseconds);
    late_.setSingleShot(true);
    late_.setInterval(kLateMilliseconds);
    connect(&requests_, &RecallRequests::commandRequested, this, &RecallPanel::commandRequested);
    connect(&exports_, &RecallExports::commandRequested, this, &RecallPanel::commandRequested);
    build();
    listenToCanvas();
    listenToPicture();
    listenToInspector();
    listenToMorph();
    canvas_->setPlaceholder(
        tr("Open a model first: Project at the left, or Ways to remember at the right."));
    setOptions(recallOptions_);
    showHidden();
}

RecallPanel::~RecallPanel() = default;

QWidget* RecallPanel::inspector() const {
    return inspector_;
}

QUndoStack* RecallPanel::undoStack() {
    return canvas_->undoStack();
}

void RecallPanel::setShippedModels(const QStringList& names) {
    inspector_->model->setShipped(names);
    for (const QString& name : names) {
        // The shipped networks are named after their presets.
        const Result<Experiment> shipped = preset(name.toStdString());
        if (!shipped || !shipped->training.random_masks) {
            continue;
        }
        auto* open = actionChip(QStringLiteral("noteOpen-") + name, QStringLiteral("open"),
                                tr("Open %1").arg(name),
                                tr("Opens a model that was shown holes while it learned."), this);
        noteWays_->layout()->addWidget(open);
        connect(
            open, &ChipButton::clicked, this, [this, name] { Q_EMIT modelWanted(name); },
            Qt::QueuedConnection);
    }
}

void RecallPanel::setRunPath(const QString& path) {
    if (run_) {
        inspector_->model->addRun(QString::fromStdString(run_->experiment.preset), path);
    }
}

// What is recalled stays where the network can take it: so that one network is compared with another.
void RecallPanel::openRun(const RunOpened& run) {
    run_ = run;
    explorable_ = false;
    begun_ = false;
    samples_.reset();
    statistics_ = false;
    requests_.beginRun();
    endWaiting();
    settle_.stop();
    moved_.stop();
    exports_.setModel(modelName());
    inspector_->model->setPresent(QString::fromStdString(run.experiment.preset));
    setRunPath(QString::fromStdString(run.source));
    inspector_->picture->clear();
    const bool faces = frame().channels > 1;
    inspector_->setFaces(faces);
    brushes_->setFaces(faces);
    inspector_->morph->beginRun(frame());
    trail_->clear();
    if (picture_.shape != frame()) {
        picture_ = {};
        inspector_->model->forgetScores();
        canvas_->setPicture({});
        recalled_->setOriginal({});
        exports_.setSubject(std::nullopt);
    }
    canvas_->setPlaceholder(
        tr("Choose a sample at the right, or drop, paste or open a picture. Then paint over what "
           "is to be hidden."));
    RecallOptions options;  // what was chosen for another network need not suit this one
    options.fill = run.experiment.training.random_masks ? HoleFill::smooth : HoleFill::mean;
    inspector_->options->setOptions(options);
    recalled_->setComposition(options.composition);
    trail_->setRounds(options.rounds);
    recallOptions_ = options;
    inspector_->face->setUsable(false, false);
    showModelNote();
    if (dataset_) {
        setDataset(*dataset_);
    }
}

void RecallPanel::showModelNote() {
    const bool holes = run_->experiment.training.random_masks;
    note_->setVisible(!holes);
    if (holes && noteWays_->isAncestorOf(QApplication::focusWidget())) {
        canvas_->setFocus();  // else Qt gives the keys to the first card of Project
    }
    noteWays_->setVisible(!holes && !noteWays_->layout()->isEmpty());
    note_->setText(tr("%1 learned from whole pictures only, so a hole misleads it. Ways to "
                      "remember, at the right, has networks that were shown holes.")
                       .arg(modelName()));
}

// The name of its file, as Project shows it; of a run's checkpoint and of a new run the preset's.
QString RecallPanel::modelName() const {
    const QString file = QFileInfo(QString::fromStdString(run_->source)).completeBaseName();
    return file.isEmpty() || file == QLatin1String("checkpoint")
               ? QString::fromStdString(run_->experiment.preset)
               : file;
}

void RecallPanel::showExploration(const Exploration& exploration) {
    if (!run_ || exploration.run != run_->run) {
        return;
    }
    const bool measured =
        exploration.statistics != nullptr && !exploration.statistics->axes.empty();
    const bool newlyMeasured = measured && !statistics_;
    statistics_ = measured;
    inspector_->face->setUsable(statistics_, hasPicture());
    explorable_ = true;
    if (!begun_) {
        begin();
    } else if (newlyMeasured) {
        askForFaces();
    } else if (exploration.iteration != iteration_ && hasPicture() && isVisible() &&
               !moved_.isActive()) {
        moved_.start();
    }
    iteration_ = exploration.iteration;
}

// Only what is looked at is asked for.
void RecallPanel::begin() {
    if (!explorable_ || begun_ || !isVisible()) {
        return;
    }
    begun_ = true;
    askForFaces();
    if (hasPicture()) {
        usePicture(picture_, true);
    } else if (photo_ != nullptr) {
        requests_.align(points_);
    }
}

// Samples and the places on the axes, which may have to wait until the codes were measured.
void RecallPanel::askForFaces() {
    requests_.samples();
    if (statistics_ && hasPicture()) {
        requests_.move(picture_, {});
    }
}

void RecallPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    begin();
}

RecallSubject RecallPanel::subject() const {
    return {picture_, canvas_->mask(), recallOptions_};
}

void RecallPanel::recall(bool settle) {
    if (!hasPicture() || !explorable_) {
        return;
    }
    const RecallSubject now = subject();
    exports_.setSubject(now);
    requests_.recall(now, settle);
}

// With what takes longer: what needs no network, and the rounds.
void RecallPanel::settle() {
    settle_.stop();
    recall(true);
    if (!hasPicture() || !explorable_) {
        return;
    }
    inspector_->morph->setFace(picture_);
    if (hidden_count(canvas_->mask()) == 0) {
        trail_->clear();
        return;
    }
    RecallSubject rounds = subject();
    rounds.options.rounds = kTrailRounds;
    requests_.trail(rounds);
}

void RecallPanel::showHidden() {
    if (waiting_) {
        hidden_->setText(tr("loading the picture…"));
        hidden_->show();
        return;
    }
    const Mask& mask = canvas_->mask();
    const auto all = static_cast<double>(mask.height) * mask.width;
    hidden_->setVisible(hasPicture());
    hidden_->setText(
        all > 0 ? tr("%1 % hidden")
                      .arg(kPercent * static_cast<double>(hidden_count(mask)) / all, 0, 'f', 1)
                : QString());
}

void RecallPanel::setOptions(const RecallOptions& options) {
    recallOptions_ = options;
    recalled_->setComposition(options.composition);
    trail_->setRounds(options.rounds);
    inspector_->model->forgetScores();
    recall(false);
    settle_.start();
}

void RecallPanel::showRecalled(const RecalledPicture& recalled) {
    if (!requests_.accept(recalled)) {
        return;
    }
    recalled_->showRecalled(recalled);
    if (recalled.mean_membrane && recalled.network) {
        inspector_->model->setScore(recalled.network->psnr);
    }
    if (!recalled.mean_membrane && recalled.hidden > 0) {
        Q_EMIT strokeMeasured(requests_.millisecondsOfRecall());
    }
}

void RecallPanel::showTrail(const RecalledTrail& trail) {
    if (requests_.accept(trail) && hidden_count(canvas_->mask()) > 0) {
        trail_->show(trail);
    }
}

void RecallPanel::showMoved(const MovedFace& moved) {
    if (!requests_.accept(moved)) {
        return;
    }
    inspector_->face->showPlace(moved);
    const std::vector<float> steps = inspector_->face->steps();
    if (std::ranges::any_of(steps, [](float step) { return step != 0; })) {
        recalled_->showMoved(toQImage(moved.picture));
    }
}

void RecallPanel::showMorphed(const MorphedFaces& morphed) {
    if (requests_.accept(morphed)) {
        inspector_->morph->showMorphed(morphed);
    }
}

void RecallPanel::showExporting(const ExportProgress& progress) {
    inspector_->morph->setExporting(true);
    exportBar_->showProgress(progress);
}

void RecallPanel::showExported(const Exported& exported) {
    inspector_->morph->setExporting(false);
    exportBar_->showWritten(QString::fromStdString(exported.path));
}

void RecallPanel::endExporting() {
    inspector_->morph->setExporting(false);
    exportBar_->end();
}

void RecallPanel::openMask() {
    const QString path = hasPicture() ? exports_.askMask() : QString();
    if (!path.isEmpty()) {
        requests_.openMask(std::filesystem::path(path.toStdString()));
    }
}

void RecallPanel::showOpenedMask(const OpenedMask& opened) {
    const Mask& present = canvas_->mask();
    if (requests_.accept(opened) && opened.mask.height == present.height &&
        opened.mask.width == present.width) {
        canvas_->editor()->replace(opened.mask, tr("open mask"));
    }
}

}  // namespace lmser::ui
