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
           a.shortcuts == b.shortcuts;
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
    lastEncode_ = 0;
    settle_.stop();
    moved_.stop();
}

void ExploreRequests::decode(const std::vector<float>& code, bool shortcuts) {
    Q_EMIT commandRequested(Decode{++lastId_, code, shortcuts});
}

std::uint64_t ExploreRequests::encode(std::size_t testImage) {
    lastEncode_ = ++lastId_;
    Q_EMIT commandRequested(EncodeTestImage{lastEncode_, testImage});
    return lastEncode_;
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

bool ExploreRequests::accept(const Encoded& encoded) const {
    return encoded.id == lastEncode_ && lastEncode_ != 0;
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
