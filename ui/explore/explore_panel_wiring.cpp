// SPDX-License-Identifier: GPL-3.0-or-later
// How the parts of ExplorePanel are connected.
#include <QLabel>
#include <QTabBar>
#include <utility>

#include "core/base/codes.h"
#include "ui/explore/category_chooser.h"
#include "ui/explore/code_map_card.h"
#include "ui/explore/code_text.h"
#include "ui/explore/draw_pad.h"
#include "ui/explore/explore_inspector.h"
#include "ui/explore/explore_panel.h"
#include "ui/explore/export_bar.h"
#include "ui/explore/grid_card.h"
#include "ui/explore/morph_card.h"
#include "ui/explore/reflection_switch.h"
#include "ui/explore/style_pad.h"
#include "ui/explore/style_section.h"
#include "ui/explore/unit_list.h"
#include "ui/explore/unit_row.h"
#include "ui/widgets/picture_sheet.h"
#include "ui/widgets/sweep_strip.h"

namespace lmser::ui {

void ExplorePanel::listenToRequests() {
    connect(&requests_, &ExploreRequests::commandRequested, this, &ExplorePanel::commandRequested);
    connect(&requests_, &ExploreRequests::sweepDue, this, [this] {
        askForSweep();
        askForGrid();
    });
    connect(&files_, &ExploreFiles::commandRequested, this, &ExplorePanel::commandRequested);
    connect(&files_, &ExploreFiles::failed, this, &ExplorePanel::failed);
    connect(&files_, &ExploreFiles::written, this,
            [this](const QString& path) { exportBar_->showWritten(path); });
    connect(exportBar_, &ExportBar::cancelRequested, this,
            [this] { Q_EMIT commandRequested(CancelExport{}); });
}

void ExplorePanel::listenToCode() {
    connect(&code_, &CodeModel::codeChanged, this, [this] {
        if (!run_) {
            return;
        }
        showCode();
        if (explorable_) {
            askForPicture();
            askForSheets();
            requests_.sweepWhenSettled();
        }
    });
    connect(&code_, &CodeModel::startChanged, this, [this] { units_->setStart(code_.start()); });
    connect(&codeText_, &QTimer::timeout, this, [this] {
        if (inspector_) {
            inspector_->setCode(shortTextOfCode(code_.code(), labels_));
        }
    });
}

void ExplorePanel::listenToUnits() {
    connect(units_, &UnitList::valueEdited, this, &ExplorePanel::moveUnit);
    connect(units_, &UnitList::dragStarted, &code_, &CodeModel::beginDrag);
    connect(units_, &UnitList::dragEnded, &code_, &CodeModel::endDrag);
    connect(units_, &UnitList::resetRequested, this, &ExplorePanel::resetUnit);
    connect(units_, &UnitList::lockToggled, &code_, &CodeModel::setLocked);
    connect(units_, &UnitList::selectionChanged, this, [this] {
        sweep_->clear();
        showSweepHead();
        showCode();
        requests_.sweepWhenSettled();
    });
}

void ExplorePanel::listenToStyle() {
    const StylePad* pad = style_->pad();
    connect(pad, &StylePad::pointEdited, this, &ExplorePanel::moveStyle);
    connect(pad, &StylePad::dragStarted, &code_,
            [this] { code_.beginDrag(labels_ + style_->across()); });
    connect(pad, &StylePad::dragEnded, &code_, &CodeModel::endDrag);
    connect(pad, &StylePad::centreRequested, this, &ExplorePanel::centreStyle);
    connect(style_, &StyleSection::axesChanged, this, &ExplorePanel::showStyle);
}

void ExplorePanel::listenToPictures() {
    connect(sweep_, &SweepStrip::valueChosen, &code_, [this](double value) {
        std::vector<float> next = code_.code();
        next.at(units_->selected()) = static_cast<float>(value);
        code_.assign(std::move(next), tr("sweep"));
    });
    connect(sweep_, &SweepStrip::previewStarted, this, [this](const QImage& picture, double value) {
        preview(picture, tr("%1 at %2")
                             .arg(units_->rows()[units_->selected()]->name(),
                                  QString::number(value, 'f', 2)));
    });
    connect(classes_, &PictureSheet::chosen, this, &ExplorePanel::chooseClass);
    connect(classes_, &PictureSheet::previewStarted, this,
            [this](const QImage& picture, std::size_t place) {
                preview(picture, classNames().value(static_cast<qsizetype>(place)));
            });
    connect(grid_, &GridCard::previewStarted, this, &ExplorePanel::preview);
    connect(grid_, &GridCard::gridWanted, this, &ExplorePanel::askForGrid);
    connect(grid_, &GridCard::codeChosen, &code_,
            [this](const std::vector<float>& code) { code_.assign(code, tr("grid")); });
    connect(sweep_, &SweepStrip::previewEnded, this, &ExplorePanel::endPreview);
    connect(classes_, &PictureSheet::previewEnded, this, &ExplorePanel::endPreview);
    connect(grid_, &GridCard::previewEnded, this, &ExplorePanel::endPreview);
    connect(reflection_, &ReflectionSwitch::reflectionsChosen, &code_, &CodeModel::setReflections);
    connect(tabs_, &QTabBar::currentChanged, this, [this](int page) {
        showPage(page);
        reflow();
    });
}

void ExplorePanel::listenToMorph() {
    connect(morph_, &MorphCard::presentWanted, this,
            [this](MorphCard::End end) { morph_->setEnd(end, code_.code(), picture_); });
    connect(morph_, &MorphCard::fileDropped, this, [this](MorphCard::End end, const QString& path) {
        morphEnds_.at(static_cast<std::size_t>(end)) = requests_.encodeBeside(path.toStdString());
    });
    connect(morph_, &MorphCard::pictureDropped, this,
            [this](MorphCard::End end, const Images& picture) {
                morphEnds_.at(static_cast<std::size_t>(end)) = requests_.encodeBeside(picture);
            });
    connect(morph_, &MorphCard::codeWanted, this, &ExplorePanel::walkTo);
    connect(morph_, &MorphCard::walkStarted, &code_, [this] { code_.beginDrag(0); });
    connect(morph_, &MorphCard::walkEnded, &code_, &CodeModel::endDrag);
    connect(morph_, &MorphCard::stripWanted, this, [this](const std::vector<float>& codes) {
        requests_.sheet(SheetKind::morph, codes, options());
    });
    connect(morph_, &MorphCard::exportWanted, &files_, &ExploreFiles::exportMorph);
    connect(morph_, &MorphCard::cancelWanted, this,
            [this] { Q_EMIT commandRequested(CancelExport{}); });
}

void ExplorePanel::listenToMap() {
    connect(map_, &CodeMapCard::mapWanted, &requests_, &ExploreRequests::map);
    connect(map_, &CodeMapCard::pictureWanted, &requests_, &ExploreRequests::mapped);
    connect(map_, &CodeMapCard::codeWanted, this, &ExplorePanel::walkTo);
    connect(map_, &CodeMapCard::walkStarted, &code_, [this] { code_.beginDrag(0); });
    connect(map_, &CodeMapCard::walkEnded, &code_, &CodeModel::endDrag);
}

void ExplorePanel::listenToInspector() {
    connect(inspector_->category(), &CategoryChooser::classChosen, this,
            &ExplorePanel::chooseClass);
    connect(inspector_->category(), &CategoryChooser::mixingChosen, this, &ExplorePanel::setMixing);
    connect(inspector_, &ExploreInspector::reflectionsChosen, &code_, &CodeModel::setReflections);
    connect(inspector_, &ExploreInspector::testImageRequested, this,
            [this] { askForTestPicture(true); });
    connect(inspector_, &ExploreInspector::openPictureRequested, this, [this] {
        if (const QString file = files_.askPicture(); run_ && !file.isEmpty()) {
            startFromFile(file);
        }
    });
    connect(inspector_, &ExploreInspector::pastePictureRequested, this,
            &ExplorePanel::pastePicture);
    connect(inspector_->drawPad(), &DrawPad::drawn, this, &ExplorePanel::startFromDrawing);
    connect(inspector_, &ExploreInspector::followLiveRequested, this, &ExplorePanel::followLive);
    connect(inspector_, &ExploreInspector::shortcutsToggled, this, [this](bool on) {
        shortcuts_ = on;
        if (run_) {
            askForPicture();
            askForSheets();
            requests_.sweepWhenSettled();
        }
    });
}

void ExplorePanel::listenToCodeActions() {
    connect(inspector_, &ExploreInspector::copyRequested, this, &ExplorePanel::copyCode);
    connect(inspector_, &ExploreInspector::pasteRequested, this, &ExplorePanel::pasteCode);
    connect(inspector_, &ExploreInspector::saveRequested, this, [this] {
        if (run_) {
            files_.saveCode(code_.state());
        }
    });
    connect(inspector_, &ExploreInspector::openRequested, this, [this] {
        if (const QString file = files_.askCode(); run_ && !file.isEmpty()) {
            requests_.openCode(file.toStdString());
        }
    });
}

}  // namespace lmser::ui
