// SPDX-License-Identifier: GPL-3.0-or-later
// What the code of ExplorePanel starts from: test pictures, files, drawings, codes that were kept;
// and what of it is exported.
#include <QAction>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <utility>

#include "core/base/codes.h"
#include "ui/bridge/qimage_conversion.h"
#include "ui/explore/draw_pad.h"
#include "ui/explore/explore_inspector.h"
#include "ui/explore/explore_panel.h"
#include "ui/explore/grid_card.h"
#include "ui/explore/morph_card.h"
#include "ui/widgets/picture_sheet.h"
#include "ui/widgets/sweep_strip.h"

namespace lmser::ui {

void ExplorePanel::askForTestPicture(bool chosen) {
    if (chosen) {
        startStep_ = tr("start from test picture %1").arg(inspector_->testImage());
    }
    startIsTestPicture_ = true;
    drawing_ = false;
    requests_.encode(inspector_->testImage());
}

/// The start picture's code under the weights of now.
void ExplorePanel::followStart() {
    if (!startPicture_ || code_.isDragging()) {
        return;
    }
    if (startIsTestPicture_) {
        askForTestPicture(false);
    } else if (!drawing_) {
        requests_.encodeAgain(*startPicture_);
    }
}

void ExplorePanel::start(const PictureSource& source) {
    switch (source.kind) {
        case PictureSource::Kind::code:
            requests_.openCode(source.file.toStdString());
            break;
        case PictureSource::Kind::picture:
            startFromFile(source.file);
            break;
        case PictureSource::Kind::pixels:
            startStep_ = tr("start from a picture");
            startIsTestPicture_ = false;
            drawing_ = false;
            requests_.encode(pictureOf(source.image), PictureFit::automatic);
            break;
        case PictureSource::Kind::none:
            break;
    }
}

void ExplorePanel::startFromFile(const QString& file) {
    startStep_ = tr("start from %1").arg(QFileInfo(file).fileName());
    startIsTestPicture_ = false;
    drawing_ = false;
    requests_.encode(file.toStdString());
}

void ExplorePanel::startFromDrawing(const Images& drawing) {
    if (!run_) {
        return;
    }
    startStep_ = tr("draw");
    startIsTestPicture_ = false;
    drawing_ = true;
    requests_.encode(drawing, PictureFit::automatic);
}

void ExplorePanel::pastePicture() {
    const PictureSource source = pictureSource(QGuiApplication::clipboard()->mimeData());
    if (source.kind == PictureSource::Kind::none) {
        Q_EMIT failed({ErrorCode::bad_data, "the clipboard holds no picture to start from",
                       "Copy a picture, or a PNG or JPEG file, first"});
    } else if (run_) {
        start(source);
    }
}

bool ExplorePanel::canTake(const QMimeData* what) const {
    return run_ && pictureSource(what).kind != PictureSource::Kind::none;
}

void ExplorePanel::take(const QMimeData* what) {
    if (canTake(what)) {
        start(pictureSource(what));
    }
}

void ExplorePanel::dragEnterEvent(QDragEnterEvent* event) {
    if (canTake(event->mimeData())) {
        event->acceptProposedAction();
    }
}

void ExplorePanel::dropEvent(QDropEvent* event) {
    if (canTake(event->mimeData())) {
        event->acceptProposedAction();
        take(event->mimeData());
    }
}

void ExplorePanel::exportPicture() {
    const QString what =
        labels_ > 0 ? classNames().value(static_cast<qsizetype>(category_of(code_.code(), labels_)))
                    : tr("picture");
    files_.exportPicture(code_.state(), shortcuts_, what);
}

void ExplorePanel::exportMorph(MorphFormat format) {
    ExportMorph request;
    request.format = format;
    request.from = morph_->end(MorphCard::End::a);
    request.to = morph_->end(MorphCard::End::b);
    request.reflections = code_.reflections();
    files_.exportMorph(std::move(request));
}

void ExplorePanel::refreshExports() {
    const bool way =
        !morph_->end(MorphCard::End::a).empty() && !morph_->end(MorphCard::End::b).empty();
    const auto enabled = [&](const QString& name) {
        if (name == QLatin1String("exportPicture")) {
            return !picture_.isNull();
        }
        if (name == QLatin1String("exportClasses")) {
            return !classes_->pictures().empty();
        }
        if (name == QLatin1String("exportSweep")) {
            return !sweep_->values().empty();
        }
        return name == QLatin1String("exportGrid") ? !grid_->sheet()->pictures().empty() : way;
    };
    for (QAction* one : exportActions_) {
        one->setEnabled(enabled(one->objectName()));
    }
}

/// Whether the answer was one for an end of the morph.
bool ExplorePanel::answersMorphEnd(std::uint64_t id, const std::vector<float>& code,
                                   const QImage& picture) {
    for (std::size_t end = 0; end < morphEnds_.size(); ++end) {
        if (id != 0 && morphEnds_[end] == id) {
            morphEnds_[end] = 0;
            if (code.size() == code_.units()) {
                morph_->setEnd(static_cast<MorphCard::End>(end), code, picture);
            }
            if (shortcuts_) {
                followStart();  // whose signals the session replaced by those of the end
            }
            return true;
        }
    }
    return false;
}

void ExplorePanel::showEncoded(const Encoded& encoded) {
    if (!run_ || answersMorphEnd(encoded.id, encoded.code, toQImage(encoded.reconstruction)) ||
        !requests_.accept(encoded) || encoded.code.size() != code_.units()) {
        return;
    }
    showStartPicture(encoded);
    const CodeState before = code_.state();
    const QString step = std::exchange(startStep_, {});
    if (step.isEmpty()) {
        code_.moveStart(encoded.code);
    } else if (drawing_) {
        code_.startFromDrawing(encoded.code);
    } else {
        code_.startFrom(encoded.code, step);
    }
    if (shortcuts_) {
        // The start picture's bottom-up signals are part of every picture.
        requests_.forget(SheetKind::classes);
        requests_.forget(SheetKind::comparison);
        askForSheets();
        if (code_.state() == before) {
            askForPicture();
        }
    }
}

void ExplorePanel::showStartPicture(const Encoded& encoded) {
    const QImage picture = toQImage(encoded.picture);
    const QString note = QString::fromStdString(encoded.note);
    startPicture_ = encoded.picture;
    const bool labelled = encoded.label >= 0;
    inspector_->showStart(
        picture, toQImage(encoded.reconstruction),
        labelled ? tr("label %1").arg(inspector_->className(encoded.label)) : note);
    if (drawing_) {
        inspector_->drawPad()->showFitted(picture, note);
    }
}

void ExplorePanel::showCodeOpened(const CodeOpened& opened) {
    if (!run_ || answersMorphEnd(opened.id, opened.code, {}) || !requests_.accept(opened)) {
        return;
    }
    startStep_.clear();
    if (opened.code.size() != code_.units()) {
        Q_EMIT failed(
            {ErrorCode::bad_data,
             "the code of '" + opened.file + "' has " + std::to_string(opened.code.size()) +
                 " numbers, but the code of this network has " + std::to_string(code_.units()),
             "Open the network that it was made with first"});
        return;
    }
    const QString name = QFileInfo(QString::fromStdString(opened.file)).fileName();
    code_.restore({opened.code, opened.reflections}, tr("open %1").arg(name));
}

}  // namespace lmser::ui
