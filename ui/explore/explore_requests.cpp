// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/explore_requests.h"

#include <utility>

namespace lmser::ui {
namespace {

constexpr int kSettleMilliseconds = 60;
constexpr int kMovedMilliseconds = 250;

// Whether two sweeps have the same answer: the swept unit's own value does not matter.
bool sameSweep(Sweep a, Sweep b) {
    if (a.unit != b.unit || a.code.size() != b.code.size() || a.unit >= a.code.size()) {
        return false;
    }
    b.code[b.unit] = a.code[a.unit];
    return a.code == b.code && a.low == b.low && a.high == b.high && a.count == b.count &&
           a.shortcuts == b.shortcuts && a.reflections == b.reflections;
}

}  // namespace

ExploreRequests::ExploreRequests(QObject* parent) : QObject(parent) {
    settle_.setSingleShot(true);
    settle_.setInterval(kSettleMilliseconds);
    moved_.setSingleShot(true);
    moved_.setInterval(kMovedMilliseconds);
    connect(&settle_, &QTimer::timeout, this, &ExploreRequests::sweepDue);
    connect(&moved_, &QTimer::timeout, this, &ExploreRequests::sweepDue);
}

void ExploreRequests::beginRun() {
    firstOfRun_ = lastId_ + 1;
    lastSweep_.reset();
    newestStart_ = 0;
    newestMap_ = firstOfRun_;
    sheets_ = {};
    settle_.stop();
    moved_.stop();
}

void ExploreRequests::decode(const std::vector<float>& code, const DecodeOptions& options) {
    Q_EMIT commandRequested(Decode{++lastId_, code, options.shortcuts, options.reflections});
}

std::uint64_t ExploreRequests::encode(std::size_t testImage) {
    newestStart_ = ++lastId_;
    Q_EMIT commandRequested(EncodeTestImage{newestStart_, testImage});
    return newestStart_;
}

std::uint64_t ExploreRequests::encode(const std::filesystem::path& file) {
    return newestStart_ = encodeBeside(file);
}

std::uint64_t ExploreRequests::encode(const Images& picture, PictureFit fit) {
    newestStart_ = ++lastId_;
    Q_EMIT commandRequested(FitPicture{newestStart_, picture, fit});
    return newestStart_;
}

std::uint64_t ExploreRequests::encodeAgain(const Images& picture) {
    newestStart_ = ++lastId_;
    Q_EMIT commandRequested(EncodePicture{newestStart_, picture});
    return newestStart_;
}

std::uint64_t ExploreRequests::openCode(const std::filesystem::path& file) {
    newestStart_ = ++lastId_;
    Q_EMIT commandRequested(OpenCode{newestStart_, file});
    return newestStart_;
}

std::uint64_t ExploreRequests::encodeBeside(const std::filesystem::path& file) {
    Q_EMIT commandRequested(EncodeFile{++lastId_, file});
    return lastId_;
}

std::uint64_t ExploreRequests::encodeBeside(const Images& picture) {
    Q_EMIT commandRequested(FitPicture{++lastId_, picture});
    return lastId_;
}

void ExploreRequests::sheet(SheetKind kind, std::vector<float> codes,
                            const DecodeOptions& options) {
    Sheet& last = sheetOf(kind);
    if (last.asked && last.asked->codes == codes && last.asked->shortcuts == options.shortcuts &&
        last.asked->reflections == options.reflections) {
        return;
    }
    last.asked =
        DecodeSheet{++lastId_, kind, std::move(codes), options.shortcuts, options.reflections};
    Q_EMIT commandRequested(*last.asked);
}

void ExploreRequests::forget(SheetKind kind) {
    sheetOf(kind) = {{}, lastId_ + 1};
}

void ExploreRequests::map(std::optional<std::pair<std::size_t, std::size_t>> units) {
    newestMap_ = ++lastId_;
    Q_EMIT commandRequested(MapCodes{newestMap_, units});
}

void ExploreRequests::mapped(std::size_t point) {
    Q_EMIT commandRequested(ShowMapped{++lastId_, point});
}

bool ExploreRequests::accept(const DecodedPicture& picture, const std::vector<float>& code) {
    if (picture.id == 0) {
        return picture.code == code;
    }
    if (picture.id < firstOfRun_ || picture.id < shownDecode_) {
        return false;
    }
    shownDecode_ = picture.id;
    return true;
}

bool ExploreRequests::accept(const SweptPictures& pictures) {
    if (pictures.id < firstOfRun_ || pictures.id < shownSweep_) {
        return false;
    }
    shownSweep_ = pictures.id;
    return true;
}

bool ExploreRequests::accept(const DecodedSheet& sheet) {
    Sheet& last = sheetOf(sheet.kind);
    if (sheet.id == 0) {
        return last.asked && last.asked->codes == sheet.codes;
    }
    if (sheet.id < firstOfRun_ || sheet.id < last.shown) {
        return false;
    }
    last.shown = sheet.id;
    return true;
}

bool ExploreRequests::isNewestStart(std::uint64_t id) const {
    return id == newestStart_ && newestStart_ != 0;
}

void ExploreRequests::sweepWhenSettled() {
    settle_.start();
}

void ExploreRequests::sweepForMovedWeights() {
    weightsMoved_ = true;
    if (!moved_.isActive()) {
        moved_.start();
    }
}

void ExploreRequests::sweep(Sweep request) {
    if (!weightsMoved_ && lastSweep_ && sameSweep(*lastSweep_, request)) {
        return;
    }
    weightsMoved_ = false;
    request.id = ++lastId_;
    lastSweep_ = request;
    Q_EMIT commandRequested(std::move(request));
}

}  // namespace lmser::ui
