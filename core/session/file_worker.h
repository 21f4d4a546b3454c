// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>

#include "core/session/inbox.h"
#include "core/session/mailbox.h"
#include "core/session/opened_run.h"
#include "core/session/opening_worker.h"
#include "core/session/outbox.h"
#include "core/session/photo_taker.h"
#include "core/session/requests.h"
#include "core/session/run_keeper.h"

namespace lmser {

/// The files thread: reads and saves, one thing after another. What it was asked to write is written before it ends.
class FileWorker {
public:
    using Job = std::variant<Opening, DiscardRecovery, BeginRun, LogSteps, LogEvaluation, Autosave,
                             KeepCheckpoint, KeepRun, FitStart, AboutExplored<SaveCode>,
                             AboutExplored<OpenCode>, AboutExplored<ExportPicture>, FitPhoto,
                             AboutExplored<OpenMask>, SaveMask, AboutExplored<ExportRecall>>;

    /// Start pictures go to `requests`. What is to be opened goes on to `opening`, after what was written before it.
    FileWorker(const SessionOptions& options, Outbox& outbox, OpeningWorker& opening,
               Requests& requests);
    FileWorker(const FileWorker&) = delete;
    FileWorker& operator=(const FileWorker&) = delete;

    /// Asks for a job; never blocks.
    void post(Job job) { jobs_.put(std::move(job)); }

    /// Asks to write a checkpoint to the recovery folder; a newer one replaces one that waits.
    void autosave(CheckpointBytes checkpoint);

    /// Asks to make a start picture of a file or another picture; a newer one replaces one that waits.
    void fit(AboutExplored<EncodeFile> asked);
    void fit(AboutExplored<FitPicture> asked);

    /// Asks to make a picture to be recalled of a photo; a newer one replaces one that waits.
    template <class Asked>
    void photo(AboutExplored<Asked> asked) {
        photo_.put(std::move(asked));
        post(FitPhoto{});
    }

private:
    void loop(const std::stop_token& stop);
    void carry_out(Job job, bool ending);

    void on(Opening command);
    void on(const DiscardRecovery& command);
    void on(BeginRun run);
    void on(const LogSteps& piece);
    void on(const LogEvaluation& piece);
    void on(const Autosave&);
    void on(const KeepCheckpoint& kept);
    void on(const KeepRun& kept);
    void on(const FitStart&);
    void on(const AboutExplored<SaveCode>& job);
    void on(const AboutExplored<OpenCode>& job);
    void on(const AboutExplored<ExportPicture>& job);
    void on(const FitPhoto&);
    void on(const AboutExplored<OpenMask>& job);
    void on(const SaveMask& job);
    void on(const AboutExplored<ExportRecall>& job);
    void start_from(const AboutExplored<EncodeFile>& job);
    void start_from(const AboutExplored<FitPicture>& job);
    void encode(Result<FittedStart> start);
    /// The answer of a job as a reply, or that it failed.
    template <class Asked, class Answer>
    void tell(const Asked& job, Result<Answer> answer);
    template <class Asked>
    void tell_written(const Asked& job, const std::filesystem::path& path,
                      const Result<void>& written);
    /// Tells of a failed autosave once, not every time until one works again.
    void complain(const Result<void>& result);

    Outbox& outbox_;
    OpeningWorker& opening_;
    Requests& requests_;
    Mailbox<CheckpointBytes> autosave_;
    Mailbox<std::variant<AboutExplored<EncodeFile>, AboutExplored<FitPicture>>> fit_;
    Mailbox<std::variant<AboutExplored<TakePhoto>, AboutExplored<TakePhotoFile>,
                         AboutExplored<AlignPhoto>>>
        photo_;
    PhotoTaker photos_;
    bool complained_ = false;
    RunKeeper keeper_;
    Inbox<Job> jobs_;
    std::jthread thread_;
};

}  // namespace lmser
