// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>
#include <string_view>
#include <thread>
#include <variant>

#include "core/session/inbox.h"
#include "core/session/mailbox.h"
#include "core/session/opened_run.h"
#include "core/session/opener.h"
#include "core/session/outbox.h"
#include "core/session/run_keeper.h"

namespace lmser {

/// The files thread: loads, opens and saves, one thing after another. What it was asked to write is
/// written before it ends.
class FileWorker {
public:
    using Job = std::variant<LoadDataset, Opening, DiscardRecovery, BeginRun, LogSteps,
                             LogEvaluation, Autosave, KeepCheckpoint, KeepRun>;

    /// Opened runs go to `training`.
    FileWorker(const SessionOptions& options, Outbox& outbox, Inbox<TrainingMessage>& training);
    FileWorker(const FileWorker&) = delete;
    FileWorker& operator=(const FileWorker&) = delete;

    /// Asks for a job; never blocks.
    void post(Job job) { jobs_.put(std::move(job)); }

    /// Asks to write a checkpoint to the recovery folder; a newer one replaces one that waits.
    void autosave(CheckpointBytes checkpoint);

private:
    void loop(const std::stop_token& stop);
    void carry_out(Job job, bool ending);

    void on(const LoadDataset& command);
    void on(const Opening& command);
    void on(const DiscardRecovery& command);
    void on(BeginRun run);
    void on(const LogSteps& piece);
    void on(const LogEvaluation& piece);
    void on(const Autosave&);
    void on(const KeepCheckpoint& kept);
    void on(const KeepRun& kept);
    /// Tells of a failed autosave once, not every time until one works again.
    void complain(const Result<void>& result);

    Outbox& outbox_;
    Inbox<TrainingMessage>& training_;
    Mailbox<CheckpointBytes> autosave_;
    bool complained_ = false;
    Opener opener_;
    RunKeeper keeper_;
    Inbox<Job> jobs_;
    std::jthread thread_;
};

}  // namespace lmser
