// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <stop_token>
#include <thread>

#include "core/session/file_worker.h"
#include "core/session/inbox.h"
#include "core/session/opened_run.h"
#include "core/session/requests.h"
#include "core/session/run_driver.h"

namespace lmser {

/// The training thread: owns the run, looks for commands between two steps. While the files thread opens
/// another run, training goes on and what was posted after it waits for it; only a pause is answered at once.
class TrainingWorker {
public:
    TrainingWorker(const SessionOptions& options, Outbox& outbox, Inbox<TrainingMessage>& inbox,
                   FileWorker& files, Requests& requests);
    TrainingWorker(const TrainingWorker&) = delete;
    TrainingWorker& operator=(const TrainingWorker&) = delete;

private:
    void loop(const std::stop_token& stop);
    void step();
    void handle(TrainingMessage message);
    void take_up(Command command);
    void carry_out(Command command);
    void end_opening(bool opened);
    void save_what_is_left();

    void open(Opening opening);
    template <class Where, class Kept>
    void save(Where where);

    Outbox& outbox_;
    Inbox<TrainingMessage>& inbox_;
    FileWorker& files_;
    RunDriver driver_;
    bool opening_ = false;          ///< the files thread is at it, until all of the run is there
    std::deque<Command> deferred_;  ///< what was posted since

    std::jthread thread_;
};

}  // namespace lmser
