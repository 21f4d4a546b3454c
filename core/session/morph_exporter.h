// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

#include "core/session/command.h"
#include "core/session/explored.h"
#include "core/session/inbox.h"
#include "core/session/outbox.h"

namespace lmser {

/// The export thread: writes one morph at a time, which may take minutes, so that no autosave waits for it.
/// What is not done when the session ends is given up.
class MorphExporter {
public:
    explicit MorphExporter(Outbox& outbox);
    MorphExporter(const MorphExporter&) = delete;
    MorphExporter& operator=(const MorphExporter&) = delete;

    // None of these blocks.

    /// Begins to write; refused while another one is being written.
    void begin(ExportMorph asked, Explored explored);
    /// Gives up what is being written, if anything.
    void cancel() { cancelled_ = true; }

private:
    struct Job {
        ExportMorph asked;
        Explored explored;
    };
    void loop(const std::stop_token& stop);
    Reply made(const Job& job, const std::stop_token& stop);

    Outbox& outbox_;
    std::atomic<bool> busy_ = false;
    std::atomic<bool> cancelled_ = false;
    Inbox<Job> jobs_;
    std::jthread thread_;
};

}  // namespace lmser
