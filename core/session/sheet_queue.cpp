// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sheet_queue.h"

#include <algorithm>
#include <utility>

namespace lmser {
namespace {

constexpr std::chrono::milliseconds kLongestWait{200};

std::size_t place_of(const SheetJob& job) {
    constexpr std::size_t kSweep = 1;
    const auto* kind = std::get_if<SheetKind>(&job.what);
    if (kind == nullptr) {
        return kSweep;
    }
    const auto index = static_cast<std::size_t>(*kind);
    return *kind == SheetKind::classes ? index : index + kSweep;
}

}  // namespace

void SheetQueue::put(SheetJob job, Clock::time_point now) {
    Place& place = places_[place_of(job)];
    if (!place.waiting) {
        place.since = now;
    }
    place.waiting = std::move(job);
    place.moved = false;
}

void SheetQueue::weights_moved() {
    for (Place& place : places_) {
        place.moved = place.last && !place.waiting;
    }
}

std::optional<SheetJob> SheetQueue::take(Clock::time_point now, Clock::time_point again_from) {
    const auto waits = [](const Place& place) { return place.waiting.has_value(); };
    const auto too_long = [&](const Place& place) {
        return place.waiting && now - place.since > kLongestWait;
    };
    auto found = std::find_if(places_.begin(), places_.end(), too_long);
    if (found == places_.end()) {
        found = std::find_if(places_.begin(), places_.end(), waits);
    }
    if (found != places_.end()) {
        SheetJob job = *std::exchange(found->waiting, {});
        if (std::holds_alternative<SheetKind>(job.what)) {
            found->last = job;
        }
        return job;
    }
    found =
        std::find_if(places_.begin(), places_.end(), [](const Place& one) { return one.moved; });
    if (found == places_.end() || now < again_from) {
        return std::nullopt;
    }
    found->moved = false;
    SheetJob job = *found->last;
    job.id = 0;
    return job;
}

std::optional<SheetQueue::Clock::time_point> SheetQueue::due(Clock::time_point again_from) const {
    const auto any = [this](auto&& holds) {
        return std::any_of(places_.begin(), places_.end(), holds);
    };
    if (any([](const Place& place) { return place.waiting.has_value(); })) {
        return Clock::time_point();
    }
    if (any([](const Place& place) { return place.moved; })) {
        return again_from;
    }
    return std::nullopt;
}

}  // namespace lmser
