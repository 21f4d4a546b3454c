// SPDX-License-Identifier: GPL-3.0-or-later
// Where the picture of RecallPanel comes from.
#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QMimeData>

#include "ui/explore/picture_source.h"
#include "ui/recall/face_sliders.h"
#include "ui/recall/mask_canvas.h"
#include "ui/recall/model_section.h"
#include "ui/recall/picture_section.h"
#include "ui/recall/recall_inspector.h"
#include "ui/recall/recall_panel.h"
#include "ui/recall/recalled_card.h"
#include "ui/widgets/chip_button.h"

namespace lmser::ui {

void RecallPanel::setDataset(const DatasetLoaded& dataset) {
    dataset_ = dataset;
    const bool fits = run_ && dataset.shape == frame();
    inspector_->picture->setTestPictures(fits ? dataset.test_images : 0,
                                         QString::fromStdString(dataset.title));
    takeFirst();
}

void RecallPanel::showSamples(const Samples& samples) {
    if (!requests_.accept(samples)) {
        return;
    }
    inspector_->picture->showSamples(samples);
    samples_ = samples.pictures.count();
    takeFirst();
}

// Something to paint on, as soon as there is anything.
void RecallPanel::takeFirst() {
    if (hasPicture() || photo_ != nullptr || !samples_) {
        return;
    }
    if (*samples_ > 0) {
        takeSample(0);
    } else if (dataset_ && dataset_->shape == frame() && dataset_->test_images > 0) {
        takeTestPicture(0);
    }
}

void RecallPanel::takeSample(std::size_t index) {
    awaitPicture();
    inspector_->picture->setSample(index);
    requests_.takeSample(index);
}

void RecallPanel::takeTestPicture(std::size_t index) {
    awaitPicture();
    inspector_->picture->setTestPicture(index);
    requests_.takeTestPicture(index);
}

void RecallPanel::openPhoto() {
    const QString path = exports_.askPhoto();
    if (!path.isEmpty()) {
        awaitPicture();
        inspector_->picture->setSample(std::nullopt);
        requests_.takePhoto(std::filesystem::path(path.toStdString()));
    }
}

// What is painted from now on is meant for the picture that comes.
void RecallPanel::awaitPicture() {
    maskAsked_ = canvas_->mask();
    late_.start();
}

void RecallPanel::endWaiting() {
    late_.stop();
    waiting_ = false;
    showHidden();
}

void RecallPanel::showFailure(const Failed& failure) {
    if (failure.what == "export") {
        endExporting();
    }
    if (failure.what == "take a picture" || failure.what == "take the photo") {
        endWaiting();
    }
}

void RecallPanel::alignTo(const FacePoints& points) {
    // Handles on their way over each other are no face for a moment.
    if (photo_ != nullptr && usable(points, photo_->shape)) {
        points_ = points;
        requests_.align(points);
    }
}

void RecallPanel::showTaken(const TakenPicture& taken) {
    if (!requests_.accept(taken)) {
        return;
    }
    const bool sameFace = taken.photo != nullptr && taken.photo == photo_;
    photo_ = taken.photo;
    points_ = taken.points;
    inspector_->picture->showTaken(taken);
    inspector_->model->forgetScores();
    endWaiting();
    if (!sameFace) {
        requests_.beginPicture();
        usePicture(taken.picture, keepMask_->isChecked() || canvas_->mask() != maskAsked_);
        return;
    }
    picture_ = taken.picture;
    canvas_->setPicture(picture_, true);
    recalled_->setOriginal(picture_);
    recall(false);
    settle_.start();
}

void RecallPanel::usePicture(const Images& picture, bool keepMask) {
    picture_ = picture;
    canvas_->setPicture(picture_, keepMask);
    recalled_->setOriginal(picture_);
    inspector_->face->setUsable(statistics_, true);
    inspector_->face->reset();
    if (statistics_) {
        requests_.move(picture_, {});  // tells where the picture's own code stands
    }
    showHidden();
    settle();
}

bool RecallPanel::canTake(const QMimeData* what) const {
    const PictureSource::Kind kind = pictureSource(what).kind;
    return run_ && (kind == PictureSource::Kind::picture || kind == PictureSource::Kind::pixels);
}

void RecallPanel::take(const QMimeData* what) {
    const PictureSource source = pictureSource(what);
    awaitPicture();
    inspector_->picture->setSample(std::nullopt);
    if (source.kind == PictureSource::Kind::picture) {
        requests_.takePhoto(std::filesystem::path(source.file.toStdString()));
    } else if (source.kind == PictureSource::Kind::pixels) {
        requests_.takePhoto(pictureOf(source.image));
    }
}

void RecallPanel::pastePicture() {
    const QMimeData* what = QApplication::clipboard()->mimeData();
    if (what != nullptr && canTake(what)) {
        take(what);
        return;
    }
    Q_EMIT failed(Error{ErrorCode::usage, "the clipboard holds no picture",
                        "Copy one in another program, then paste again."});
}

void RecallPanel::dragEnterEvent(QDragEnterEvent* event) {
    if (canTake(event->mimeData())) {
        event->acceptProposedAction();
    }
}

void RecallPanel::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    take(event->mimeData());
}

}  // namespace lmser::ui
