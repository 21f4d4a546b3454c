// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/session/file_worker.h"
#include "core/session/opened_run.h"
#include "core/session/outbox.h"
#include "core/session/rate_meter.h"
#include "core/session/requests.h"

namespace lmser {

/// The run that trains, and what is told of it: losses, snapshots, frozen copies for the inference thread,
/// checkpoints for the files thread. Looking only copies weights: it never disturbs training. Lives on the
/// training thread.
class RunDriver {
public:
    RunDriver(const SessionOptions& options, Outbox& outbox, FileWorker& files, Requests& requests);

    /// Turns to another run, paused.
    void open(OpenedRun opened);
    /// What came after a run that was opened with rest_follows: from now on it can be trained, where it can.
    void complete(RestOfRun rest);
    /// Whether complete() is still to come.
    [[nodiscard]] bool incomplete() const { return incomplete_; }

    [[nodiscard]] bool training() const { return state_ == RunState::training; }

    /// Trains until the target, or `steps` at most from now on where given. usage where there is no run or the
    /// target is reached.
    Result<void> train(std::optional<std::int64_t> steps);
    /// The steps of train() that show every training picture once.
    [[nodiscard]] std::int64_t steps_per_epoch() const;
    /// Stops training; nothing where it does not train. A checkpoint goes to the recovery folder.
    void pause();
    /// Stops training because of something nobody foresaw.
    void interrupt();

    /// usage where the value is out of range.
    Result<void> set_target(std::int64_t iterations);
    Result<void> set_learning_rate(double rate);

    /// The run as bytes. usage where there is no run, diverged where a weight is not finite.
    Result<CheckpointBytes> checkpoint();

    /// One step, and what is due by then.
    void advance();

private:
    [[nodiscard]] Result<void> check_run(const char* verb) const;
    void measure(std::shared_ptr<const FrozenNet> net);
    void settle(RunState state);
    void stop_for(const Error& error);
    void publish_due();
    void flush_losses();
    void publish_state(RateMeter::Clock::time_point now);
    void evaluate(bool keep);
    void autosave();

    Outbox& outbox_;
    FileWorker& files_;
    Requests& requests_;
    bool autosaves_;

    std::shared_ptr<Run> run_;
    std::uint64_t number_ = 0;
    RunState state_ = RunState::none;
    std::int64_t opened_iteration_ = 0;  ///< where there is no run to ask
    Experiment experiment_;              ///< the same
    std::int64_t stop_at_ = 0;
    bool single_steps_ = false;
    bool incomplete_ = false;
    bool measured_ = false;   ///< what was opened has an evaluation of its weights
    bool autosaved_ = false;  ///< this run has a checkpoint in the recovery folder
    std::vector<StepReport> losses_;
    RateMeter meter_;
    Every look_;
    Every tell_;
    Every save_;
};

}  // namespace lmser
