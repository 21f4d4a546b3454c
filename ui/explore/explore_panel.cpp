// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/explore_panel.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QRandomGenerator>
#include <QResizeEvent>
#include <QStackedLayout>
#include <cmath>
#include <utility>

#include "ui/bridge/qimage_conversion.h"
#include "ui/explore/code_text.h"
#include "ui/explore/explore_inspector.h"
#include "ui/explore/range_chooser.h"
#include "ui/explore/unit_list.h"
#include "ui/explore/unit_row.h"
#include "ui/widgets/card.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/sweep_strip.h"

namespace lmser::ui {
namespace {

constexpr std::size_t kSweepPictures = 9;

}  // namespace

QWidget* ExplorePanel::inspector() const {
    return inspector_;
}

QUndoStack* ExplorePanel::undoStack() {
    return code_.undoStack();
}

// What arrives

void ExplorePanel::openRun(const RunOpened& run) {
    run_ = run;
    explorable_ = false;
    pictureAsked_ = false;
    hasStartPicture_ = false;
    awaitingLive_.reset();
    requests_.beginRun();
    const NetworkSpec& network = run.experiment.network;
    inspector_->setFollowsLive(true);
    inspector_->setIteration(run.iteration);
    inspector_->setWiring(network.wiring.shared_neurons, network.fusion);
    units_->setUnits(unitNames());
    sweep_->clear();
    picture_ = {};
    preview_ = {};
    code_.begin(network.code_units());
    showHero();
    showSweepHead();
    pages_->setCurrentIndex(1);
    if (dataset_) {
        setDataset(DatasetLoaded(*dataset_));
    }
    if (exploration_.run == run.run) {
        applyExploration();
    }
}

void ExplorePanel::setDataset(const DatasetLoaded& dataset) {
    dataset_ = dataset;
    hasStartPicture_ = false;
    inspector_->setTestImages(dataFits() ? dataset.test_images : 0, dataset.classes);
    if (dataFits()) {
        askForStart(false);
    }
}

void ExplorePanel::showExploration(const Exploration& exploration) {
    const bool moved = exploration.run != exploration_.run ||
                       exploration.iteration != exploration_.iteration || !explorable_;
    exploration_ = exploration;
    if (!run_ || exploration.run != run_->run) {
        return;  // its run is not open yet, or no longer
    }
    if (awaitingLive_ == exploration.live) {
        awaitingLive_.reset();
    }
    if (!awaitingLive_) {
        inspector_->setFollowsLive(exploration.live);
    }
    applyExploration();
    if (moved && isVisible()) {
        followStart();
        requests_.sweepForMovedWeights();
    }
}

void ExplorePanel::applyExploration() {
    // Without data there are no statistics; the network can be explored all the same.
    const std::size_t known = exploration_.units.size();
    explorable_ = known == 0 || known == code_.units();
    if (!explorable_) {
        return;
    }
    inspector_->setIteration(exploration_.iteration);
    updateRanges();
    if (!hasStartPicture_ && known != 0) {
        std::vector<float> means;
        means.reserve(code_.units());
        for (const UnitStatistics& unit : exploration_.units) {
            means.push_back(unit.mean);
        }
        code_.moveStart(std::move(means));
    }
    if (!pictureAsked_) {
        askForPicture();
    }
    showStatus();
}

void ExplorePanel::showDecoded(const DecodedPicture& picture) {
    if (!run_ || !requests_.accept(picture, code_.code())) {
        return;
    }
    picture_ = toQImage(picture.picture);
    milliseconds_ = picture.milliseconds;
    showHero();
    if (picture.id == 0 && isVisible()) {
        requests_.sweepForMovedWeights();
    }
}

void ExplorePanel::showSwept(const SweptPictures& pictures) {
    if (!run_ || !requests_.accept(pictures) || pictures.unit != units_->selected()) {
        return;
    }
    std::vector<QImage> images;
    for (std::size_t i = 0; i < pictures.pictures.count(); ++i) {
        images.push_back(toQImage(pictures.pictures, i));
    }
    sweep_->setPictures(std::move(images), {pictures.values.begin(), pictures.values.end()},
                        units_->rows()[pictures.unit]->name());
}

void ExplorePanel::showEncoded(const Encoded& encoded) {
    if (!run_ || !requests_.accept(encoded) || encoded.code.size() != code_.units()) {
        return;
    }
    hasStartPicture_ = true;
    inspector_->showStart(toQImage(encoded.picture), toQImage(encoded.reconstruction),
                          encoded.label);
    const std::vector<float> before = code_.code();
    if (std::exchange(startChosen_, false)) {
        code_.startFrom(encoded.code,
                        tr("start from test picture %1").arg(inspector_->testImage()));
    } else {
        code_.moveStart(encoded.code);
    }
    if (shortcuts_ && code_.code() == before) {
        askForPicture();  // the start picture's bottom-up signals are part of it
    }
}

// What is asked for

void ExplorePanel::askForStart(bool chosen) {
    startChosen_ = startChosen_ || chosen;
    requests_.encode(inspector_->testImage());
}

void ExplorePanel::followStart() {
    // The start picture's code under the weights of now.
    if (hasStartPicture_ && !code_.isDragging()) {
        askForStart(false);
    }
}

void ExplorePanel::askForPicture() {
    pictureAsked_ = true;
    requests_.decode(code_.code(), shortcuts_);
}

void ExplorePanel::askForSweep() {
    const std::size_t unit = units_->selected();
    if (!run_ || !explorable_ || !isVisible() || unit >= code_.units()) {
        return;
    }
    const UnitRange range = rangeOfUnit(unit);
    requests_.sweep({.id = 0,
                     .code = code_.code(),
                     .unit = unit,
                     .low = static_cast<float>(range.low),
                     .high = static_cast<float>(range.high),
                     .count = kSweepPictures,
                     .shortcuts = shortcuts_});
}

void ExplorePanel::followLive(bool live) {
    awaitingLive_ = live;
    Q_EMIT commandRequested(FollowLive{live});
}

// The code

void ExplorePanel::randomise() {
    std::vector<float> next = code_.code();
    for (std::size_t i = 0; i < next.size(); ++i) {
        if (code_.isLocked(i) || units_->rows()[i]->isDead()) {
            continue;
        }
        const UnitRange range = rangeOfUnit(i);
        const double part = QRandomGenerator::global()->generateDouble();
        next[i] = static_cast<float>(std::lerp(range.low, range.high, part));
    }
    code_.assign(std::move(next), tr("randomise"));
}

void ExplorePanel::copyCode() const {
    QGuiApplication::clipboard()->setText(textOfCode(code_.code()));
}

void ExplorePanel::pasteCode() {
    auto code = codeFromText(QGuiApplication::clipboard()->text(), code_.units());
    if (!code) {
        Q_EMIT failed(code.error());
        return;
    }
    code_.assign(std::move(code).value(), tr("paste"));
}

UnitRange ExplorePanel::rangeOfUnit(std::size_t unit) const {
    const bool known = explorable_ && unit < exploration_.units.size();
    return known ? rangeOf(exploration_.units[unit], range_->mode(), range_->fixed())
                 : range_->fixed();
}

void ExplorePanel::updateRanges() {
    std::vector<UnitRange> ranges;
    ranges.reserve(code_.units());
    for (std::size_t i = 0; i < code_.units(); ++i) {
        ranges.push_back(rangeOfUnit(i));
    }
    units_->setRanges(ranges);
    if (explorable_) {
        units_->setStatistics(exploration_.units);
    }
}

QStringList ExplorePanel::unitNames() const {
    const NetworkSpec& network = run_->experiment.network;
    const int units = static_cast<int>(network.code_units());
    QStringList names;
    for (int i = 0; i < units; ++i) {
        const bool isLabel = i < network.label_units;
        names << (isLabel ? tr("label %1").arg(i) : tr("unit %1").arg(i + 1));
    }
    return names;
}

bool ExplorePanel::dataFits() const {
    return run_ && dataset_ && dataset_->test_images > 0 &&
           dataset_->shape == run_->experiment.network.input;
}

// What is shown

void ExplorePanel::showCode() {
    units_->setCode(code_.code());
    if (units_->selected() < code_.units()) {
        sweep_->setPresent(static_cast<double>(code_.code()[units_->selected()]));
    }
    if (!codeText_.isActive()) {
        codeText_.start();
    }
}

void ExplorePanel::showHero() {
    hero_->setImage(preview_.isNull() ? picture_ : preview_);
    showStatus();
}

void ExplorePanel::showStatus() {
    QString text;
    if (!preview_.isNull()) {
        text = tr("preview: %1 at %2")
                   .arg(units_->rows()[units_->selected()]->name())
                   .arg(previewValue_, 0, 'f', 2);
    } else if (!picture_.isNull()) {
        text = tr("decode %1 ms · iteration %2")
                   .arg(milliseconds_, 0, 'f', milliseconds_ < .1 ? 2 : 1)
                   .arg(QLocale().toString(qlonglong{exploration_.iteration}));
    }
    if (text != status_->text()) {
        status_->setText(text);
    }
}

void ExplorePanel::showSweepHead() {
    const std::size_t unit = units_->selected();
    if (unit < units_->rows().size()) {
        sweepHead_->setText(tr("Sweep of %1").arg(units_->rows()[unit]->name()));
    }
}

bool ExplorePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == heroCard_ && event->type() == QEvent::Resize) {
        // Square at most, so that the line under the picture stays near it.
        const QMargins margins = heroCard_->layout()->contentsMargins();
        hero_->setMaximumHeight(heroCard_->width() - margins.left() - margins.right());
    }
    return QWidget::eventFilter(watched, event);
}

void ExplorePanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    reflow();
}

void ExplorePanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    reflow();
    if (run_) {
        followStart();
        requests_.sweepForMovedWeights();
    }
}

}  // namespace lmser::ui
