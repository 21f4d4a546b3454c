// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>
#include <utility>
#include <variant>

#include "core/session/inbox.h"
#include "core/session/opened_run.h"
#include "core/session/opener.h"
#include "core/session/outbox.h"
#include "core/session/session.h"

namespace lmser {

/// The opening thread: loads datasets and opens runs, one after another. Decoding the pictures of a dataset may take
/// minutes, so that nothing that is to be written or shown waits for it. What is not done when the session ends is
/// given up.
class OpeningWorker {
public:
    using Job = std::variant<LoadDataset, Opening>;

    /// Opened runs go to `training`.
    OpeningWorker(const SessionOptions& options, Outbox& outbox, Inbox<TrainingMessage>& training);
    OpeningWorker(const OpeningWorker&) = delete;
    OpeningWorker& operator=(const OpeningWorker&) = delete;

    // None of these blocks.

    void post(Job job) { jobs_.put(std::move(job)); }
    /// Gives up the decoding that goes on, if any; the job that wanted it is answered by LoadCancelled.
    void cancel() { opener_.datasets().cancel(); }

private:
    void loop(const std::stop_token& stop);
    void on(const LoadDataset& command);
    void on(const Opening& command);
    template <class Command>
    Result<void> open(const Command& command);
    Result<void> open(const OpenModel& command);

    Outbox& outbox_;
    Inbox<TrainingMessage>& training_;
    Opener opener_;
    Inbox<Job> jobs_;
    std::jthread thread_;
};

}  // namespace lmser
