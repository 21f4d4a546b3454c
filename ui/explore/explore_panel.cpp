// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/explore_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QRandomGenerator>
#include <QStackedLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/codes.h"
#include "ui/bridge/qimage_conversion.h"
#include "ui/explore/category_chooser.h"
#include "ui/explore/code_map_card.h"
#include "ui/explore/code_text.h"
#include "ui/explore/explore_inspector.h"
#include "ui/explore/export_bar.h"
#include "ui/explore/grid_card.h"
#include "ui/explore/morph_card.h"
#include "ui/explore/range_chooser.h"
#include "ui/explore/reflection_switch.h"
#include "ui/explore/style_pad.h"
#include "ui/explore/style_section.h"
#include "ui/explore/unit_list.h"
#include "ui/explore/unit_row.h"
#include "ui/widgets/card.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/picture_sheet.h"
#include "ui/widgets/sweep_strip.h"

namespace lmser::ui {
namespace {

constexpr std::size_t kSweepPictures = 9;

std::vector<QImage> imagesOf(const Images& pictures) {
    std::vector<QImage> images;
    images.reserve(pictures.count());
    for (std::size_t i = 0; i < pictures.count(); ++i) {
        images.push_back(toQImage(pictures, i));
    }
    return images;
}

QStringList wordsOf(const std::vector<std::string>& names) {
    QStringList words;
    for (const std::string& name : names) {
        words << QString::fromStdString(name);
    }
    return words;
}

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
    styles_ = static_cast<std::size_t>(network().style_units);
    labels_ = styles_ > 0 ? static_cast<std::size_t>(network().label_units) : 0;
    explorable_ = false;
    pictureAsked_ = false;
    startPicture_.reset();
    startStep_.clear();
    awaitingLive_.reset();
    morphEnds_ = {};
    requests_.beginRun();
    files_.setModel(QString::fromStdString(run.experiment.preset));
    inspector_->setFollowsLive(true);
    inspector_->setIteration(run.iteration);
    inspector_->setWiring(network().wiring.shared_neurons, network().fusion);
    inspector_->setCategoryShown(labels_ > 0);
    picture_ = {};
    endPreview();
    beginCode();
    if (dataset_) {
        setDataset(DatasetLoaded(*dataset_));
    }
    if (exploration_.run == run.run) {
        applyExploration();
    }
}

/// Everything that hangs on which units there are.
void ExplorePanel::beginCode() {
    const bool shared = network().wiring.shared_neurons;
    mixing_ = Mixing::oneClass;
    units_->setUnits(unitNames(), labels_);
    units_->setLabelsShown(labels_, false);
    style_->setVisible(styles_ > 1);
    reflection_->setVisible(shared);
    sweep_->clear();
    placeSweep();
    classes_->clear();
    classesCard_->setVisible(labels_ > 0);
    morph_->clear();
    const std::size_t first = labels_ < network().code_units() ? labels_ : 0;
    grid_->setUnits(unitNames(), first, std::min(first + 1, network().code_units()));
    std::vector<float> code(network().code_units(), 0);
    if (labels_ > 0) {
        code = withClass(code, labels_, 0);  // a mixture of all would show none
    }
    names_.clear();
    showNames();
    code_.begin({std::move(code), styles_ > 0 && shared ? 1 : 0});
    updateRanges();
    showCode();
    showSweepHead();
    pages_->setCurrentIndex(1);
    reflow();
}

void ExplorePanel::setDataset(const DatasetLoaded& dataset) {
    dataset_ = dataset;
    startPicture_.reset();
    inspector_->setTestImages(dataFits() ? dataset.test_images : 0, dataset.classes);
    map_->setDataThere(dataFits());
    if (run_) {
        showNames();
    }
    // A code of category and style is clear from the beginning; all others begin with a real picture's.
    if (dataFits() && styles_ == 0) {
        askForTestPicture(false);
    }
}

void ExplorePanel::showExploration(const Exploration& exploration) {
    const bool moved = exploration.run != exploration_.run ||
                       exploration.iteration != exploration_.iteration || !explorable_;
    const bool named = exploration.statistics != exploration_.statistics;
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
    if (named) {
        showNames();
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
    map_->setIteration(exploration_.iteration);
    updateRanges();
    if (!startPicture_ && known != 0 && styles_ == 0) {
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
    askForSheets();
    showStatus();
}

void ExplorePanel::showDecoded(const DecodedPicture& picture) {
    if (!run_ || !requests_.accept(picture, code_.code())) {
        return;
    }
    picture_ = toQImage(picture.picture);
    milliseconds_ = picture.milliseconds;
    reflection_->showPresent(picture_);
    morph_->showDecoded(picture);
    showHero();
    if (picture.id == 0 && isVisible()) {
        requests_.sweepForMovedWeights();
    }
}

void ExplorePanel::showSwept(const SweptPictures& pictures) {
    if (!run_ || !requests_.accept(pictures) || pictures.unit != units_->selected()) {
        return;
    }
    sweep_->setPictures(imagesOf(pictures.pictures),
                        {pictures.values.begin(), pictures.values.end()},
                        units_->rows()[pictures.unit]->name());
}

void ExplorePanel::showSheet(const DecodedSheet& sheet) {
    if (!run_ || !requests_.accept(sheet)) {
        return;
    }
    switch (sheet.kind) {
        case SheetKind::classes:
            if (sheet.pictures.count() == labels_) {
                classes_->setPictures(imagesOf(sheet.pictures), classNames());
            }
            break;
        case SheetKind::grid:
            grid_->setPictures(imagesOf(sheet.pictures));
            break;
        case SheetKind::morph:
            morph_->showSheet(sheet);
            break;
        case SheetKind::comparison:
            reflection_->showOther(toQImage(sheet.pictures));
            break;
    }
}

void ExplorePanel::showMap(const CodeMap& map) {
    if (run_ && requests_.accept(map)) {
        map_->showMap(map);
    }
}

void ExplorePanel::showMapped(const MappedPicture& mapped) {
    map_->showMapped(mapped);
}

void ExplorePanel::showExporting(const ExportProgress& progress) {
    morph_->showExporting(progress);
    if (!morph_->isVisible()) {
        exportBar_->showProgress(progress);
    }
}

void ExplorePanel::showExported(const Exported& exported) {
    morph_->endExporting();
    exportBar_->showWritten(QString::fromStdString(exported.path));
}

void ExplorePanel::endExporting() {
    morph_->endExporting();
    exportBar_->end();
}

void ExplorePanel::showFailure(const Failed& failure) {
    if (failure.what == "export") {
        endExporting();
    } else if (failure.what == "encode") {
        startStep_.clear();
    } else if (failure.what == "map the codes") {
        map_->showProblem(QString::fromStdString(sentence(failure.error)));
    }
}

// What is asked for

void ExplorePanel::askForPicture() {
    pictureAsked_ = true;
    requests_.decode(code_.code(), options());
}

void ExplorePanel::askForSheets() {
    if (!run_ || !explorable_ || !isVisible()) {
        return;
    }
    if (labels_ > 0) {
        requests_.sheet(SheetKind::classes, class_codes(code_.code(), labels_), options());
    }
    if (network().wiring.shared_neurons) {
        requests_.sheet(SheetKind::comparison, code_.code(), {shortcuts_, reflection_->other()});
    }
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
                     .shortcuts = shortcuts_,
                     .reflections = code_.reflections()});
}

void ExplorePanel::askForGrid() {
    if (run_ && explorable_ && grid_->isVisible()) {
        requests_.sheet(SheetKind::grid, grid_->codesFor(code_.code()), options());
    }
}

void ExplorePanel::followLive(bool live) {
    awaitingLive_ = live;
    Q_EMIT commandRequested(FollowLive{live});
}

// The code

void ExplorePanel::chooseClass(std::size_t category) {
    if (category < labels_) {
        code_.assign(withClass(code_.code(), labels_, category),
                     tr("class %1").arg(classNames().at(static_cast<qsizetype>(category))));
    }
}

void ExplorePanel::setMixing(Mixing mixing) {
    mixing_ = mixing;
    units_->setLabelsShown(labels_, mixing != Mixing::oneClass);
    code_.assign(settled(code_.code(), labels_, mixing), tr("mixing"));
    showCode();
    reflow();
}

/// A code that came from elsewhere may be none that the mixing allows.
void ExplorePanel::followMixing() {
    if (labels_ == 0) {
        return;
    }
    const Mixing mixing = mixingOf(code_.code(), labels_, mixing_);
    if (mixing != mixing_) {
        mixing_ = mixing;
        units_->setLabelsShown(labels_, true);
        reflow();
    }
    inspector_->category()->setCategory(code_.code(), mixing_);
}

void ExplorePanel::moveUnit(std::size_t unit, double value) {
    const auto moved = static_cast<float>(value);
    if (isCategory(unit)) {
        code_.move(unit, withCategory(code_.code(), labels_, unit, moved, mixing_));
        showCode();  // the mixing may have kept it from where the slider was moved to
    } else {
        code_.setUnit(unit, moved);
    }
}

void ExplorePanel::resetUnit(std::size_t unit) {
    if (isCategory(unit)) {
        code_.reset(unit,
                    withCategory(code_.code(), labels_, unit, code_.start().at(unit), mixing_));
    } else {
        code_.resetUnit(unit);
    }
}

/// The code with the pad's two styles there, as far as they are not locked.
std::vector<float> ExplorePanel::withStyle(const QPointF& point) const {
    std::vector<float> next = code_.code();
    const std::pair<std::size_t, double> axes[] = {{labels_ + style_->across(), point.x()},
                                                   {labels_ + style_->up(), point.y()}};
    for (const auto& [unit, value] : axes) {
        if (!code_.isLocked(unit)) {
            next.at(unit) = static_cast<float>(value);
        }
    }
    return next;
}

void ExplorePanel::moveStyle(const QPointF& point) {
    code_.move(labels_ + style_->across(), withStyle(point));
    showStyle();  // a locked axis stays
}

void ExplorePanel::centreStyle() {
    code_.reset(labels_ + style_->across(), withStyle({0, 0}));
}

/// One part of a walk along a morph or over the map.
void ExplorePanel::walkTo(const std::vector<float>& code) {
    if (code == code_.code()) {
        askForPicture();
    } else if (code.size() == code_.units()) {
        code_.move(0, code);
    }
}

void ExplorePanel::randomise() {
    std::vector<float> next = code_.code();
    for (std::size_t i = labels_; i < next.size(); ++i) {
        if (code_.isLocked(i) || units_->rows()[i]->isDead()) {
            continue;
        }
        const UnitRange range =
            styles_ > 0 ? UnitRange{-StylePad::kReach, StylePad::kReach} : rangeOfUnit(i);
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
    if (isCategory(unit)) {
        return {0, 1};
    }
    if (explorable_ && unit < exploration_.units.size()) {
        return rangeOf(exploration_.units[unit], range_->mode(), range_->fixed());
    }
    return styles_ > 0 ? UnitRange{-StylePad::kReach, StylePad::kReach} : range_->fixed();
}

void ExplorePanel::updateRanges() {
    std::vector<UnitRange> ranges;
    ranges.reserve(code_.units());
    for (std::size_t i = 0; i < code_.units(); ++i) {
        ranges.push_back(rangeOfUnit(i));
    }
    units_->setRanges(ranges);
    grid_->setRanges(ranges);
    if (explorable_) {
        units_->setStatistics(exploration_.units);
    }
}

// What is shown

QStringList ExplorePanel::classNames() const {
    const auto labels = static_cast<std::size_t>(network().label_units);
    const bool known = exploration_.run == run_->run && exploration_.statistics &&
                       exploration_.statistics->classes.size() == labels;
    if (known) {
        return wordsOf(exploration_.statistics->classes);
    }
    if (dataFits() && dataset_->classes.size() == labels) {
        return wordsOf(dataset_->classes);
    }
    QStringList numbers;
    for (std::size_t i = 0; i < labels; ++i) {
        numbers << QString::number(i);
    }
    return numbers;
}

QStringList ExplorePanel::unitNames() const {
    const int units = static_cast<int>(network().code_units());
    const int labels = network().label_units;
    QStringList names = styles_ > 0 ? classNames() : QStringList();
    for (int i = static_cast<int>(names.size()); i < units; ++i) {
        names << (styles_ > 0  ? tr("style %1").arg(i - labels + 1)
                  : i < labels ? tr("label %1").arg(i)
                               : tr("unit %1").arg(i + 1));
    }
    return names;
}

/// What units and classes are called may come with the data, after the network.
void ExplorePanel::showNames() {
    const QStringList names = unitNames();
    if (names == names_) {
        return;
    }
    names_ = names;
    map_->openRun(run_->run, names);
    if (styles_ == 0) {
        return;
    }
    const QStringList classes = classNames();
    const bool digits = classes.size() == 10 && classes.constLast() == QLatin1String("9");
    units_->rename(names);
    style_->setStyles(names.mid(static_cast<qsizetype>(labels_)));
    inspector_->category()->setClasses(classes);
    classes_->setCaptions(classes);
    classesCard_->setHead(digits ? tr("All ten digits in this style")
                                 : tr("All %1 classes in this style").arg(classes.size()));
    if (code_.units() == network().code_units()) {
        followMixing();
    }
}

bool ExplorePanel::dataFits() const {
    return run_ && dataset_ && dataset_->test_images > 0 && dataset_->shape == network().input;
}

void ExplorePanel::showCode() {
    followMixing();
    units_->setCode(code_.code());
    if (units_->selected() < code_.units()) {
        sweep_->setPresent(static_cast<double>(code_.code()[units_->selected()]));
    }
    showStyle();
    if (labels_ > 0) {
        classes_->setPresent(category_of(code_.code(), labels_));
    }
    grid_->setCode(code_.code());
    map_->setCode(code_.code());
    reflection_->setReflections(code_.reflections());
    morph_->setReflections(code_.reflections());
    inspector_->setReflections(code_.reflections());
    if (!codeText_.isActive()) {
        codeText_.start();
    }
}

void ExplorePanel::showStyle() {
    style_->setValues(std::span(code_.code()).subspan(std::min(labels_, code_.units())));
}

void ExplorePanel::showHero() {
    hero_->setImage(preview_.isNull() ? picture_ : preview_);
    showStatus();
}

void ExplorePanel::preview(const QImage& picture, const QString& words) {
    preview_ = picture;
    previewWords_ = words;
    showHero();
}

void ExplorePanel::endPreview() {
    preview_ = {};
    showHero();
}

void ExplorePanel::showStatus() {
    QString text;
    if (!preview_.isNull()) {
        text = tr("preview: %1").arg(previewWords_);
    } else if (!picture_.isNull()) {
        text = tr("%1 ms · iteration %2")
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

}  // namespace lmser::ui
