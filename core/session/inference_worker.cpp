// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/inference_worker.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/data/dataset.h"
#include "core/session/guard.h"
#include "core/session/test_pictures.h"
#include "core/tasks/engine_turn.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

constexpr std::chrono::milliseconds kPicturesEvery{100};
constexpr std::chrono::milliseconds kSurveyEvery{1000};
// While the user slides, surveys and evaluations leave the processor to the window: a part now and then.
constexpr std::chrono::milliseconds kSliding{50};
constexpr std::chrono::milliseconds kPartWhileSliding{10};

}  // namespace

InferenceWorker::InferenceWorker(Outbox& outbox, FileWorker& files)
    : outbox_(outbox),
      files_(files),
      thread_([this](const std::stop_token& stop) { loop(stop); }) {}

void InferenceWorker::open(Subject subject) {
    {
        const std::lock_guard lock(mutex_);
        pending_ = {};
        wanted_.clear();
        last_wanted_ = -1;
        follows_ = true;
        held_ = true;
        newest_ = subject.net;
        pending_.opened = std::move(subject);
    }
    arrived_.notify_one();
}

void InferenceWorker::release() {
    {
        const std::lock_guard lock(mutex_);
        held_ = false;
    }
    arrived_.notify_one();
}

void InferenceWorker::look(std::shared_ptr<const FrozenNet> net) {
    {
        const std::lock_guard lock(mutex_);
        newest_ = net;
        pending_.newest = net;
        if (follows_) {
            pending_.explored = std::move(net);
        }
    }
    arrived_.notify_one();
}

void InferenceWorker::evaluate(std::shared_ptr<const FrozenNet> net, bool keep) {
    {
        const std::lock_guard lock(mutex_);
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
    }
    arrived_.notify_one();
}

// Decided where the command arrives, so that "this moment" is the user's and not the thread's.
void InferenceWorker::follow(const FollowLive& command) {
    {
        const std::lock_guard lock(mutex_);
        follows_ = command.live;
        pending_.live = command.live;
        if (command.live) {
            pending_.explored = newest_;
        }
    }
    arrived_.notify_one();
}

void InferenceWorker::encode(EncodeRequest request) {
    {
        const std::lock_guard lock(mutex_);
        pending_.encode = std::move(request);
    }
    arrived_.notify_one();
}

void InferenceWorker::decode(Decode request) {
    {
        const std::lock_guard lock(mutex_);
        pending_.decode = std::move(request);
    }
    arrived_.notify_one();
}

void InferenceWorker::sweep(Sweep request) {
    {
        const std::lock_guard lock(mutex_);
        pending_.sweep = std::move(request);
    }
    arrived_.notify_one();
}

void InferenceWorker::loop(const std::stop_token& stop) {
    set_engine_threads(1);
    while (!stop.stop_requested()) {
        Pending pending = next(stop);
        const bool asked = !pending.empty();
        const auto failure = guarded([&] {
            const EngineTurn turn;
            asked ? take_up(std::move(pending)) : rest();
        });
        if (failure) {
            survey_.cancel();
            evaluation_.cancel();
            fail("explore", *failure);
        }
    }
}

/// Waits until something is asked or the next thing that the thread does by itself is due; empty then.
InferenceWorker::Pending InferenceWorker::next(const std::stop_token& stop) {
    const auto due = next_rest();
    std::unique_lock lock(mutex_);
    const auto something = [&] {
        return !held_ && (!pending_.empty() || (!wanted_.empty() && !evaluation_.active()));
    };
    if (due) {
        arrived_.wait_until(lock, stop, *due, something);
    } else {
        arrived_.wait(lock, stop, something);
    }
    return held_ ? Pending{} : std::exchange(pending_, {});
}

void InferenceWorker::take_up(Pending pending) {
    if (pending.opened) {
        subject_ = *pending.opened;
        explored_ = subject_.net;
        live_ = true;
        shown_.reset();
        surveyed_.reset();
        units_.clear();
        survey_.cancel();
        evaluation_.cancel();
        next_pictures_ = next_survey_ = Clock::now();
        originals_ = subject_.dataset
                         ? std::make_shared<const Images>(one_of_each_class(*subject_.dataset))
                         : nullptr;
        explorer_.open(subject_.net, subject_.dataset);
    }
    if (pending.newest) {
        subject_.net = std::move(pending.newest);
    }
    live_ = pending.live.value_or(live_);
    const bool moved = pending.explored && pending.explored != explored_;
    if (moved) {
        explored_ = std::move(pending.explored);
        explorer_.look_at(explored_);
    }
    if ((pending.opened || moved || pending.live) && explored_) {
        publish_exploration();
    }
    if (pending.encode || pending.decode || pending.sweep) {
        slides_until_ = Clock::now() + kSliding;
    }
    answer(pending);
    if (moved && !pending.decode) {
        if (auto again = explorer_.decode_again()) {
            outbox_.publish(std::move(*again));
        }
    }
}

void InferenceWorker::answer(Pending& asked) {
    if (asked.encode) {
        auto encoded = explorer_.encode(*asked.encode);
        encoded ? outbox_.add(std::move(*encoded)) : fail("encode", encoded.error());
    }
    if (asked.decode) {
        auto decoded = explorer_.decode(std::move(*asked.decode));
        decoded ? outbox_.publish(std::move(*decoded)) : fail("decode", decoded.error());
    }
    if (asked.sweep) {
        auto swept = explorer_.sweep(*asked.sweep);
        swept ? outbox_.publish(std::move(*swept)) : fail("sweep", swept.error());
    }
}

std::optional<InferenceWorker::Clock::time_point> InferenceWorker::next_rest() const {
    std::optional<Clock::time_point> due;
    const auto consider = [&due](Clock::time_point time) {
        due = due ? std::min(*due, time) : time;
    };
    if (survey_.active() || evaluation_.active()) {
        consider(next_part_);
    }
    if (originals_ && shown_ != subject_.net) {
        consider(next_pictures_);
    }
    if (subject_.dataset && surveyed_ != explored_) {
        consider(next_survey_);
    }
    return due;
}

/// One piece of what is done when nothing is asked.
void InferenceWorker::rest() {
    const auto now = Clock::now();
    if (originals_ && shown_ != subject_.net && now >= next_pictures_) {
        next_pictures_ = now + kPicturesEvery;
        show_pictures();
    } else if (survey_.active()) {
        part_if_due(now, [this] { survey_part(); });
    } else if (subject_.dataset && surveyed_ != explored_ && now >= next_survey_) {
        next_survey_ = now + kSurveyEvery;
        surveyed_ = explored_;
        survey_.begin(explored_, subject_.dataset);
    } else if (evaluation_.active() || take_evaluation()) {
        part_if_due(now, [this] { evaluation_part(); });
    }
}

template <class Part>
void InferenceWorker::part_if_due(Clock::time_point now, Part part) {
    if (now < next_part_) {
        return;
    }
    part();
    if (now < slides_until_) {
        next_part_ = Clock::now() + kPartWhileSliding;
    }
}

void InferenceWorker::show_pictures() {
    shown_ = subject_.net;
    auto seen = std::make_shared<const Images>(shown_->reconstruct(*originals_));
    outbox_.update([&](Snapshot& snapshot) {
        if (snapshot.run == subject_.run) {
            snapshot.originals = originals_;
            snapshot.reconstructions = std::move(seen);
            snapshot.pictures_iteration = shown_->iteration();
        }
    });
}

void InferenceWorker::survey_part() {
    auto units = survey_.part();
    if (!units.empty()) {
        units_ = std::move(units);
        publish_exploration();
    }
}

bool InferenceWorker::take_evaluation() {
    const std::lock_guard lock(mutex_);
    if (wanted_.empty() || pending_.opened) {
        return false;
    }
    evaluation_.begin(std::move(wanted_.front().net), subject_.dataset);
    wanted_.pop_front();
    return true;
}

void InferenceWorker::evaluation_part() {
    if (auto evaluation = evaluation_.part()) {
        files_.post(LogEvaluation{subject_.run, *evaluation});
        outbox_.add(Evaluated{subject_.run, std::move(*evaluation)});
    }
}

void InferenceWorker::publish_exploration() {
    const NetworkSpec& spec = explored_->spec();
    Exploration exploration;
    exploration.run = subject_.run;
    exploration.iteration = explored_->iteration();
    exploration.live = live_;
    exploration.units = units_;
    exploration.label_units = spec.label_units;
    exploration.shared_neurons = spec.wiring.shared_neurons;
    outbox_.publish(std::move(exploration));
}

void InferenceWorker::fail(std::string what, Error error) {
    outbox_.add(Failed{std::move(what), std::move(error)});
}

}  // namespace lmser
