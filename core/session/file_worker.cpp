// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/file_worker.h"

#include <string>
#include <type_traits>
#include <utility>

#include "core/files/atomic_save.h"
#include "core/files/mask_file.h"
#include "core/session/code_files.h"
#include "core/session/guard.h"
#include "core/session/recall_files.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

/// What a failure that nobody foresaw is called.
struct Word {
    std::string operator()(const Opening&) const { return "open"; }
    std::string operator()(const DiscardRecovery&) const { return "discard"; }
    std::string operator()(const BeginRun&) const { return "autosave"; }
    std::string operator()(const LogSteps&) const { return "autosave"; }
    std::string operator()(const LogEvaluation&) const { return "autosave"; }
    std::string operator()(const Autosave&) const { return "autosave"; }
    std::string operator()(const KeepCheckpoint&) const { return "save"; }
    std::string operator()(const KeepRun&) const { return "save"; }
    std::string operator()(const FitStart&) const { return "encode"; }
    std::string operator()(const AboutExplored<SaveCode>&) const { return "save the code"; }
    std::string operator()(const AboutExplored<OpenCode>&) const { return "open the code"; }
    std::string operator()(const AboutExplored<ExportPicture>&) const { return "export"; }
    std::string operator()(const FitPhoto&) const { return "take the photo"; }
    std::string operator()(const AboutExplored<OpenMask>&) const { return "open the mask"; }
    std::string operator()(const SaveMask&) const { return "save the mask"; }
    std::string operator()(const AboutExplored<ExportRecall>&) const { return "export"; }
};

}  // namespace

FileWorker::FileWorker(const SessionOptions& options, Outbox& outbox, OpeningWorker& opening,
                       Requests& requests)
    : outbox_(outbox),
      opening_(opening),
      requests_(requests),
      keeper_(options.recovery),
      thread_([this](const std::stop_token& stop) { loop(stop); }) {}

void FileWorker::autosave(CheckpointBytes checkpoint) {
    autosave_.put(std::move(checkpoint));
    post(Autosave{});
}

void FileWorker::fit(AboutExplored<EncodeFile> asked) {
    fit_.put(std::move(asked));
    post(FitStart{});
}

void FileWorker::fit(AboutExplored<FitPicture> asked) {
    fit_.put(std::move(asked));
    post(FitStart{});
}

void FileWorker::loop(const std::stop_token& stop) {
    set_engine_threads(1);
    while (auto job = jobs_.take(stop)) {
        carry_out(std::move(*job), stop.stop_requested());
    }
}

void FileWorker::carry_out(Job job, bool ending) {
    const bool reads = std::holds_alternative<Opening>(job) ||
                       std::holds_alternative<FitStart>(job) ||
                       std::holds_alternative<FitPhoto>(job) ||
                       std::holds_alternative<AboutExplored<OpenMask>>(job) ||
                       std::holds_alternative<AboutExplored<OpenCode>>(job);
    if (ending && reads) {
        return;  // nobody is there to use it; what is to be written is written
    }
    const std::string word = std::visit(Word{}, job);
    const auto failure =
        guarded([&] { std::visit([this](auto& asked) { on(std::move(asked)); }, job); });
    if (failure) {
        outbox_.add(Failed{word, *failure});
    }
}

void FileWorker::on(Opening command) {
    opening_.post(std::move(command));
}

void FileWorker::on(const DiscardRecovery& command) {
    if (auto discarded = keeper_.discard(command.folder); !discarded) {
        outbox_.add(Failed{"discard", discarded.error()});
    }
}

void FileWorker::on(BeginRun run) {
    complained_ = false;
    keeper_.begin(std::move(run));
}

void FileWorker::on(const LogSteps& piece) {
    complain(keeper_.log(piece));
}

void FileWorker::on(const LogEvaluation& piece) {
    complain(keeper_.log(piece));
}

void FileWorker::on(const Autosave&) {
    if (const auto checkpoint = autosave_.take()) {
        const auto saved = keeper_.autosave(*checkpoint);
        complain(saved);
        complained_ = !saved.ok();
    }
}

void FileWorker::on(const KeepCheckpoint& kept) {
    if (auto saved = atomic_save(kept.where.file, kept.checkpoint.bytes); saved) {
        outbox_.add(Saved{kept.where.file.string(), kept.checkpoint.iteration});
    } else {
        outbox_.add(Failed{"save", saved.error()});
    }
}

void FileWorker::on(const KeepRun& kept) {
    if (auto saved = keeper_.save(kept.where.folder, kept.checkpoint); saved) {
        outbox_.add(Saved{kept.where.folder.string(), kept.checkpoint.iteration});
    } else {
        outbox_.add(Failed{"save", saved.error()});
    }
}

void FileWorker::on(const FitStart&) {
    if (const auto asked = fit_.take()) {
        std::visit([this](const auto& job) { start_from(job); }, *asked);
    }
}

void FileWorker::start_from(const AboutExplored<EncodeFile>& job) {
    auto start = read_start(job.asked, job.explored);
    if (!start) {
        encode(start.error());
    } else if (auto* code = std::get_if<CodeOpened>(&*start)) {
        outbox_.add(std::move(*code));
    } else {
        encode(std::get<FittedStart>(std::move(*start)));
    }
}

void FileWorker::start_from(const AboutExplored<FitPicture>& job) {
    encode(fit_start(job.asked, job.explored));
}

void FileWorker::encode(Result<FittedStart> start) {
    if (start) {
        requests_.encode(std::move(*start));
    } else {
        outbox_.add(Failed{"encode", start.error()});
    }
}

template <class Asked, class Answer>
void FileWorker::tell(const Asked& job, Result<Answer> answer) {
    if (answer) {
        outbox_.add(std::move(*answer));
    } else {
        outbox_.add(Failed{Word{}(job), answer.error()});
    }
}

template <class Asked>
void FileWorker::tell_written(const Asked& job, const std::filesystem::path& path,
                              const Result<void>& written) {
    tell(job, written ? Result(Exported{path.string()}) : written.error());
}

void FileWorker::on(const AboutExplored<SaveCode>& job) {
    tell_written(job, job.asked.file, save_code(job.asked, job.explored));
}

void FileWorker::on(const AboutExplored<OpenCode>& job) {
    tell(job, open_code(job.asked, job.explored));
}

void FileWorker::on(const AboutExplored<ExportPicture>& job) {
    tell_written(job, job.asked.file, export_picture(job.asked, job.explored));
}

void FileWorker::on(const FitPhoto& job) {
    if (const auto asked = photo_.take()) {
        std::visit([&](const auto& one) { tell(job, photos_.take(one.asked, one.explored)); },
                   *asked);
    }
}

void FileWorker::on(const AboutExplored<OpenMask>& job) {
    tell(job, open_mask(job.asked, job.explored));
}

void FileWorker::on(const SaveMask& job) {
    tell_written(job, job.file, write_mask(job.file, job.mask));
}

void FileWorker::on(const AboutExplored<ExportRecall>& job) {
    tell_written(job, job.asked.path, export_recall(job.asked, job.explored));
}

void FileWorker::complain(const Result<void>& result) {
    if (!result && !std::exchange(complained_, true)) {
        outbox_.add(Failed{"autosave", result.error()});
    }
}

}  // namespace lmser
