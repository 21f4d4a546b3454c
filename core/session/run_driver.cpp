// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_driver.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/base/text.h"
#include "core/checkpoint/run.h"
#include "core/data/dataset.h"
#include "core/tasks/engine_turn.h"

namespace lmser {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using Clock = RateMeter::Clock;

constexpr milliseconds kLookEvery{66};   // frozen copies and losses, 15 a second
constexpr milliseconds kTellEvery{100};  // snapshots, 10 a second

Clock::duration autosave_period(double seconds) {
    constexpr double kLongest = 1e6;
    const double period = std::isfinite(seconds) ? std::clamp(seconds, 0.0, kLongest) : kLongest;
    return duration_cast<Clock::duration>(std::chrono::duration<double>(period));
}

Error divergence(std::int64_t step, double rate) {
    return {ErrorCode::diverged,
            "training diverged at step " + std::to_string(step) +
                ": the loss is not finite at a learning rate of " + shortest(rate),
            "Lower the learning rate and go on; the last good weights are kept."};
}

bool has_evaluation(const std::vector<Evaluation>& evaluations, std::int64_t iteration) {
    return std::any_of(evaluations.begin(), evaluations.end(),
                       [&](const Evaluation& known) { return known.iteration == iteration; });
}

/// What people call the network: its file's name, where that says more than "checkpoint".
std::string name_of(const OpenedRun& opened) {
    const std::string stem = opened.source.stem().string();
    return stem.empty() || stem == "checkpoint" ? opened.experiment.preset : stem;
}

Subject subject_of(std::uint64_t number, const OpenedRun& opened) {
    const std::string& dataset = opened.experiment.dataset;
    Subject subject;
    subject.run = number;
    subject.net = opened.net;
    subject.dataset = opened.dataset;
    subject.data_follow = opened.rest_follows;
    subject.statistics = opened.statistics;
    subject.model = name_of(opened);
    subject.digits = dataset == "mnist" || dataset == "strokes";
    subject.recalls = opened.experiment.training.random_masks;
    return subject;
}

}  // namespace

RunDriver::RunDriver(const SessionOptions& options, Outbox& outbox, FileWorker& files,
                     Requests& requests)
    : outbox_(outbox),
      files_(files),
      requests_(requests),
      autosaves_(!options.recovery.empty()),
      look_(kLookEvery),
      tell_(kTellEvery),
      save_(autosave_period(options.autosave_seconds)) {}

void RunDriver::open(OpenedRun opened) {
    flush_losses();
    run_ = std::move(opened.run);
    ++number_;
    opened_iteration_ = opened.iteration;
    experiment_ = opened.experiment;
    autosaved_ = opened.recovery != nullptr;
    state_ =
        opened.iteration >= experiment_.training.iterations ? RunState::finished : RunState::paused;
    files_.post(BeginRun{number_, opened.iteration, opened.source, opened.steps, opened.evaluations,
                         std::move(opened.recovery)});
    requests_.open(subject_of(number_, opened));
    measured_ = has_evaluation(opened.evaluations, opened.iteration);
    incomplete_ = opened.rest_follows;
    outbox_.add(RunOpened{number_, std::move(opened.experiment), opened.iteration,
                          opened.source.string(), run_ != nullptr || incomplete_,
                          std::move(opened.steps), std::move(opened.evaluations)});
    outbox_.update([this](Snapshot& snapshot) {
        snapshot = {};
        snapshot.run = number_;
    });
    publish_state(Clock::now());
    requests_.release();
    measure(std::move(opened.net));
}

void RunDriver::complete(RestOfRun rest) {
    incomplete_ = false;
    run_ = std::move(rest.run);
    requests_.supply(std::move(rest.dataset));
    outbox_.add(RunCompleted{number_, run_ != nullptr});
    publish_state(Clock::now());
    if (run_) {
        measure(run_->frozen());
    }
}

/// An evaluation of what was opened, where it has none and its pictures are there.
void RunDriver::measure(std::shared_ptr<const FrozenNet> net) {
    if (run_ && net->iteration() > 0 && !measured_) {
        requests_.evaluate(std::move(net), true);
    }
}

Result<void> RunDriver::check_run(const char* verb) const {
    if (state_ == RunState::none) {
        return Error{ErrorCode::usage, std::string("cannot ") + verb + ": there is no network yet",
                     "Make a new one or open a model."};
    }
    if (!run_) {
        return Error{ErrorCode::usage,
                     std::string("cannot ") + verb + ": the dataset '" + experiment_.dataset +
                         "' of this network is not there, so that it can only be explored",
                     "Load the dataset, then open the model again."};
    }
    return {};
}

Result<void> RunDriver::train(std::optional<std::int64_t> steps) {
    if (auto checked = check_run("train"); !checked) {
        return checked;
    }
    if (training() && !steps) {
        return {};
    }
    const std::int64_t iteration = run_->iteration();
    const std::int64_t target = run_->experiment().training.iterations;
    if (iteration >= target) {
        return Error{
            ErrorCode::usage,
            "cannot train: the target of " + std::to_string(target) + " iterations is reached",
            "Raise the target."};
    }
    stop_at_ = steps ? std::min(target, iteration + *steps) : target;
    single_steps_ = steps && *steps == 1;
    if (training()) {
        return {};
    }
    state_ = RunState::training;
    const auto now = Clock::now();
    meter_.begin(iteration, now);
    look_.begin(now);
    tell_.begin(now);
    save_.begin(now);
    if (!autosaved_) {
        save_.hurry();  // from the first step on there is something to recover
    }
    publish_state(now);
    return {};
}

std::int64_t RunDriver::steps_per_epoch() const {
    return run_ ? run_->steps_per_epoch() : 1;
}

void RunDriver::pause() {
    if (training()) {
        settle(RunState::paused);
    }
}

void RunDriver::interrupt() {
    if (training()) {
        state_ = RunState::paused;
        flush_losses();
        publish_state(Clock::now());
    }
}

Result<void> RunDriver::set_target(std::int64_t iterations) {
    if (auto checked = check_run("set the target"); !checked) {
        return checked;
    }
    TrainingOptions options = run_->experiment().training;
    options.iterations = iterations;
    if (auto checked = check(options); !checked) {
        return checked;
    }
    const std::int64_t before = run_->experiment().training.iterations;
    const bool was_finished = run_->iteration() == before;
    const double rate = run_->learning_rate();
    run_->set_target(iterations);
    if (was_finished && iterations > before) {
        run_->set_learning_rate(rate);  // the curve beyond its end is not stretched upwards
    }
    const bool reached = run_->iteration() >= iterations;
    if (training()) {
        stop_at_ = stop_at_ == before ? iterations : std::min(stop_at_, iterations);
        if (reached) {
            settle(RunState::finished);
        }
    } else if (reached) {
        state_ = RunState::finished;
    } else if (state_ == RunState::finished) {
        state_ = RunState::paused;
    }
    publish_state(Clock::now());
    return {};
}

Result<void> RunDriver::set_learning_rate(double rate) {
    if (auto checked = check_run("set the learning rate"); !checked) {
        return checked;
    }
    TrainingOptions options = run_->experiment().training;
    options.learning_rate = rate;
    if (auto checked = check(options); !checked) {
        return checked;
    }
    run_->set_learning_rate(rate);
    publish_state(Clock::now());
    return {};
}

Result<CheckpointBytes> RunDriver::checkpoint() {
    if (auto checked = check_run("save"); !checked) {
        return checked.error();
    }
    flush_losses();  // so that the curve on disk reaches the checkpoint
    auto bytes = run_->checkpoint_bytes();
    if (!bytes) {
        return bytes.error();
    }
    return CheckpointBytes{number_, run_->experiment(), run_->iteration(), std::move(*bytes)};
}

void RunDriver::advance() {
    const auto step = in_turn([this] { return run_->step(); });
    if (!step) {
        stop_for(step.error());
        return;
    }
    losses_.push_back(*step);
    const std::int64_t iteration = run_->iteration();
    if (iteration >= stop_at_) {
        const bool reached = iteration >= run_->experiment().training.iterations;
        settle(reached ? RunState::finished : RunState::paused);
        return;
    }
    if (iteration % run_->experiment().training.evaluate_every == 0) {
        evaluate(false);
    }
    publish_due();
}

void RunDriver::stop_for(const Error& error) {
    if (error.code != ErrorCode::diverged) {
        settle(RunState::paused);
        outbox_.add(Failed{"train", error});
        return;
    }
    const std::int64_t step = run_->iteration() + 1;
    const double rate = run_->learning_rate();
    settle(RunState::diverged);
    outbox_.add(Diverged{number_, step, divergence(step, rate)});
}

void RunDriver::settle(RunState state) {
    state_ = state;
    flush_losses();
    publish_state(Clock::now());
    requests_.look(run_->frozen());
    // A user who holds the step key asks for many; those at a real pause are all made.
    evaluate(!single_steps_ || state == RunState::finished);
    autosave();
}

void RunDriver::publish_due() {
    const auto now = Clock::now();
    if (look_.due(now)) {
        flush_losses();
        requests_.look(run_->frozen());
    }
    if (tell_.due(now)) {
        publish_state(now);
    }
    if (save_.due(now)) {
        autosave();
    }
}

void RunDriver::flush_losses() {
    if (losses_.empty()) {
        return;
    }
    files_.post(LogSteps{number_, losses_});
    outbox_.add(Losses{number_, std::move(losses_)});
    losses_.clear();
}

void RunDriver::publish_state(Clock::time_point now) {
    const std::int64_t iteration = run_ ? run_->iteration() : opened_iteration_;
    const std::int64_t target = (run_ ? run_->experiment() : experiment_).training.iterations;
    const double rate = training() ? meter_.rate(iteration, now) : 0;
    const double learning_rate = run_ ? run_->learning_rate() : experiment_.training.learning_rate;
    outbox_.update([&](Snapshot& snapshot) {
        snapshot.state = state_;
        snapshot.iteration = iteration;
        snapshot.target = target;
        snapshot.iterations_per_second = rate;
        snapshot.seconds_left = rate > 0 ? static_cast<double>(stop_at_ - iteration) / rate : 0;
        snapshot.learning_rate = learning_rate;
    });
}

void RunDriver::evaluate(bool keep) {
    requests_.evaluate(run_->frozen(), keep);
}

void RunDriver::autosave() {
    if (!autosaves_) {
        return;
    }
    // Weights that are no numbers any more are not saved: the checkpoint before stays.
    if (auto made = checkpoint()) {
        files_.autosave(std::move(*made));
        autosaved_ = true;
    }
}

}  // namespace lmser
