// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/recall_requests.h"

namespace lmser::ui {

bool RecallRequests::Window::take(std::uint64_t id) {
    if (id < first || id <= shown) {
        return false;
    }
    shown = id;
    return true;
}

RecallRequests::RecallRequests(QObject* parent) : QObject(parent) {
    clock_.start();
}

void RecallRequests::beginRun() {
    for (Window* kind : {&samples_, &taken_, &mask_}) {
        kind->first = lastId_ + 1;
    }
    beginPicture();
}

void RecallRequests::beginPicture() {
    for (Window* kind : {&recalled_, &trail_, &moved_, &morphed_}) {
        kind->first = lastId_ + 1;
    }
    asked_.clear();
}

void RecallRequests::samples() {
    Q_EMIT commandRequested(ShowSamples{++lastId_});
}

std::uint64_t RecallRequests::newPicture() {
    return taken_.first = ++lastId_;
}

void RecallRequests::takeSample(std::size_t index) {
    Q_EMIT commandRequested(TakeSample{newPicture(), index});
}

void RecallRequests::takeTestPicture(std::size_t index) {
    Q_EMIT commandRequested(TakeTestPicture{newPicture(), index});
}

void RecallRequests::takePhoto(const Images& photo) {
    Q_EMIT commandRequested(TakePhoto{newPicture(), photo});
}

void RecallRequests::takePhoto(const std::filesystem::path& file) {
    Q_EMIT commandRequested(TakePhotoFile{newPicture(), file});
}

void RecallRequests::align(const FacePoints& points) {
    Q_EMIT commandRequested(AlignPhoto{++lastId_, points});
}

void RecallRequests::recall(const RecallSubject& subject, bool settle) {
    asked_.push_back({++lastId_, clock_.nsecsElapsed()});
    Q_EMIT commandRequested(
        RecallPicture{lastId_, subject.picture, subject.hidden, subject.options, settle});
}

void RecallRequests::trail(const RecallSubject& subject) {
    Q_EMIT commandRequested(
        TrailPicture{++lastId_, subject.picture, subject.hidden, subject.options});
}

void RecallRequests::move(const Images& picture, const std::vector<float>& steps) {
    Q_EMIT commandRequested(MoveFace{++lastId_, picture, steps});
}

void RecallRequests::morph(const Images& from, const Images& to) {
    morphed_.first = ++lastId_;
    Q_EMIT commandRequested(MorphFaces{lastId_, from, to, kMorphedFaces});
}

void RecallRequests::openMask(const std::filesystem::path& file) {
    mask_.first = ++lastId_;
    Q_EMIT commandRequested(OpenMask{lastId_, file});
}

bool RecallRequests::accept(const Samples& samples) {
    return samples_.take(samples.id);
}

bool RecallRequests::accept(const TakenPicture& taken) {
    return taken_.take(taken.id);
}

bool RecallRequests::accept(const RecalledPicture& recalled) {
    if (!recalled_.take(recalled.id)) {
        return false;
    }
    constexpr double kNanosecondsAMillisecond = 1e6;
    while (!asked_.empty() && asked_.front().id <= recalled.id) {
        milliseconds_ = static_cast<double>(clock_.nsecsElapsed() - asked_.front().at) /
                        kNanosecondsAMillisecond;
        asked_.pop_front();
    }
    return true;
}

bool RecallRequests::accept(const RecalledTrail& trail) {
    return trail_.take(trail.id);
}

bool RecallRequests::accept(const MovedFace& moved) {
    return moved_.take(moved.id);
}

bool RecallRequests::accept(const MorphedFaces& morphed) {
    return morphed_.take(morphed.id);
}

bool RecallRequests::accept(const OpenedMask& opened) {
    return mask_.take(opened.id);
}

}  // namespace lmser::ui
