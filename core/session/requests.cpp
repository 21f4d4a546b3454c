// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/requests.h"

#include <algorithm>
#include <utility>

#include "core/tasks/frozen_net.h"

namespace lmser {

bool Pending::asks() const {
    return encode || decode || sweep || map || show || samples || take || recall || trail || move ||
           morph || std::any_of(sheets.begin(), sheets.end(), [](const auto& one) { return one; });
}

bool Pending::empty() const {
    return !opened && !data && !newest && !explored && !live && !asks();
}

template <class Change>
void Requests::change(Change make) {
    {
        const std::lock_guard lock(mutex_);
        make();
    }
    arrived_.notify_one();
}

void Requests::open(Subject subject) {
    change([&] {
        pending_ = {};
        wanted_.clear();
        last_wanted_ = -1;
        follows_ = true;
        held_ = true;
        newest_ = subject.net;
        explored_ = {subject.run, subject.net, subject.model, subject.digits, nullptr};
        pending_.opened = std::move(subject);
    });
}

void Requests::release() {
    change([&] { held_ = false; });
}

void Requests::supply(std::shared_ptr<const Dataset> dataset) {
    change([&] { pending_.data = std::move(dataset); });
}

void Requests::look(std::shared_ptr<const FrozenNet> net) {
    change([&] {
        newest_ = net;
        pending_.newest = net;
        if (follows_) {
            explored_.net = net;
            pending_.explored = std::move(net);
        }
    });
}

void Requests::evaluate(std::shared_ptr<const FrozenNet> net, bool keep) {
    change([&] {
        const bool asked_before = net->iteration() == last_wanted_;
        if (asked_before) {
            if (!wanted_.empty()) {
                wanted_.back().keep |= keep;
            }
            return;
        }
        last_wanted_ = net->iteration();
        if (!wanted_.empty() && !wanted_.back().keep) {
            wanted_.pop_back();
        }
        wanted_.push_back({std::move(net), keep});
    });
}

// Decided where the command arrives, so that "this moment" is the user's and not the thread's.
void Requests::follow(const FollowLive& command) {
    change([&] {
        follows_ = command.live;
        pending_.live = command.live;
        if (command.live) {
            explored_.net = newest_;
            pending_.explored = newest_;
        }
    });
}

void Requests::encode(EncodeRequest request) {
    change([&] { pending_.encode = std::move(request); });
}

void Requests::decode(Decode request) {
    change([&] { pending_.decode = std::move(request); });
}

void Requests::sweep(Sweep request) {
    change([&] { pending_.sweep = std::move(request); });
}

void Requests::sheet(DecodeSheet request) {
    change([&] {
        auto& place = pending_.sheets.at(static_cast<std::size_t>(request.kind));
        place = std::move(request);
    });
}

void Requests::map(MapCodes request) {
    change([&] { pending_.map = request; });
}

void Requests::show(ShowMapped request) {
    change([&] { pending_.show = request; });
}

void Requests::show(ShowSamples request) {
    change([&] { pending_.samples = request; });
}

void Requests::take(TakeRequest request) {
    change([&] { pending_.take = request; });
}

void Requests::recall(RecallPicture request) {
    change([&] { pending_.recall = std::move(request); });
}

void Requests::trail(TrailPicture request) {
    change([&] { pending_.trail = std::move(request); });
}

void Requests::move(MoveFace request) {
    change([&] { pending_.move = std::move(request); });
}

void Requests::morph(MorphFaces request) {
    change([&] { pending_.morph = std::move(request); });
}

Explored Requests::explored() const {
    const std::lock_guard lock(mutex_);
    return explored_;
}

void Requests::remember_start(std::uint64_t run, std::shared_ptr<const Images> picture) {
    const std::lock_guard lock(mutex_);
    if (explored_.run == run) {
        explored_.start = std::move(picture);
    }
}

Pending Requests::take(const std::stop_token& stop, std::optional<Clock::time_point> until,
                       bool evaluating) {
    std::unique_lock lock(mutex_);
    const auto something = [&] {
        return !held_ && (!pending_.empty() || (!wanted_.empty() && !evaluating));
    };
    if (until) {
        arrived_.wait_until(lock, stop, *until, something);
    } else {
        arrived_.wait(lock, stop, something);
    }
    return held_ ? Pending{} : std::exchange(pending_, {});
}

std::optional<WantedEvaluation> Requests::take_evaluation() {
    const std::lock_guard lock(mutex_);
    if (wanted_.empty() || pending_.opened || pending_.data) {
        return std::nullopt;
    }
    WantedEvaluation next = std::move(wanted_.front());
    wanted_.pop_front();
    return next;
}

}  // namespace lmser
