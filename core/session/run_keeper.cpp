// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_keeper.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <ctime>
#include <string>
#include <system_error>
#include <utility>

#include "core/base/text.h"
#include "core/checkpoint/run_folder.h"

namespace lmser {
namespace {

namespace fs = std::filesystem;

fs::path normalized(const fs::path& folder) {
    std::error_code error;
    const fs::path found = fs::weakly_canonical(folder, error);
    const fs::path& path = error ? folder : found;
    return path.has_filename() ? path : path.parent_path();  // without a trailing slash
}

/// 20260131-235959-<process>: sorts by time, and no two programs share one.
std::string folder_name() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm local{};
    localtime_r(&now, &local);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y%m%d-%H%M%S", &local);
    return std::string(text.data(), size) + '-' + std::to_string(::getpid());
}

/// A folder that is not there yet: runs of the same second get a number.
fs::path free_folder(const fs::path& root) {
    const std::string name = folder_name();
    fs::path folder = root / name;
    std::error_code ignored;
    for (int i = 2; fs::exists(folder, ignored); ++i) {
        folder = root / (name + '-' + std::to_string(i));
    }
    return folder;
}

bool holds_run(const fs::path& folder) {
    std::error_code ignored;
    return !folder.empty() && fs::exists(folder / "experiment.json", ignored);
}

Error cannot_discard(const fs::path& folder, ErrorCode code, const std::string& reason) {
    return {code, "cannot discard " + in_quotes(folder.string()) + ": " + reason, ""};
}

}  // namespace

RunKeeper::RunKeeper(fs::path recovery) : recovery_root_(std::move(recovery)) {}

RunKeeper::~RunKeeper() {
    remove_recovery();
}

void RunKeeper::begin(BeginRun run) {
    remove_recovery();
    run_ = run.run;
    steps_ = std::move(run.steps);
    evaluations_ = std::move(run.evaluations);
    recovery_ = std::move(run.recovery);
    const std::int64_t last = steps_.empty() ? 0 : steps_.back().iteration;
    recovered_ = {steps_.size(), evaluations_.size(), last};
    saved_.clear();
    if (const fs::path folder = run.source.parent_path(); holds_run(folder)) {
        saved_[normalized(folder)] = {steps_.size(), evaluations_.size(), run.iteration};
    }
}

Result<void> RunKeeper::log(const LogSteps& piece) {
    if (piece.run != run_) {
        return {};
    }
    for (const StepReport& step : piece.steps) {
        if (step.iteration % kStepsPerRecord == 0) {
            steps_.push_back(step);
        }
    }
    return log_recovery();
}

Result<void> RunKeeper::log(const LogEvaluation& piece) {
    if (piece.run != run_) {
        return {};
    }
    evaluations_.push_back(piece.evaluation);
    return log_recovery();
}

Result<void> RunKeeper::log_recovery() {
    return recovery_ ? append_to(*recovery_, recovered_) : Result<void>{};
}

Result<void> RunKeeper::autosave(const CheckpointBytes& checkpoint) {
    if (recovery_root_.empty() || checkpoint.run != run_) {
        return {};
    }
    if (!recovery_) {
        if (auto made = make_recovery(checkpoint.experiment); !made) {
            return made;
        }
    }
    if (auto saved = recovery_->save(checkpoint.bytes, checkpoint.experiment); !saved) {
        return saved;
    }
    return log_recovery();
}

Result<void> RunKeeper::make_recovery(const Experiment& experiment) {
    auto made = RunFolder::create(free_folder(recovery_root_), experiment);
    if (!made) {
        return made.error();
    }
    recovery_ = std::make_shared<RunFolder>(std::move(*made));
    recovered_ = {};
    return {};
}

Result<void> RunKeeper::save(const fs::path& folder, const CheckpointBytes& checkpoint) {
    const fs::path key = normalized(folder);
    const auto known = saved_.find(key);
    const bool ours = known != saved_.end() && holds_run(folder);
    auto opened = ours ? RunFolder::open(folder, known->second.iteration)
                       : RunFolder::create(folder, checkpoint.experiment);
    if (!opened) {
        return opened.error();
    }
    Written written = ours ? known->second : Written{};
    if (auto appended = append_to(*opened, written); !appended) {
        return appended;
    }
    written.iteration = checkpoint.iteration;
    if (auto saved = opened->save(checkpoint.bytes, checkpoint.experiment); !saved) {
        return saved;
    }
    saved_[key] = written;
    return {};
}

// In the order of iterations, as they were measured: a run that is opened at an earlier checkpoint cuts
// off what follows.
Result<void> RunKeeper::append_to(RunFolder& folder, Written& written) const {
    while (written.steps < steps_.size() || written.evaluations < evaluations_.size()) {
        const bool step_is_next =
            written.evaluations == evaluations_.size() ||
            (written.steps < steps_.size() &&
             steps_[written.steps].iteration <= evaluations_[written.evaluations].iteration);
        auto appended = step_is_next ? folder.append(steps_[written.steps])
                                     : folder.append(evaluations_[written.evaluations]);
        if (!appended) {
            return appended;
        }
        ++(step_is_next ? written.steps : written.evaluations);
    }
    return {};
}

Result<void> RunKeeper::discard(const fs::path& folder) const {
    const fs::path path = normalized(folder);
    if (recovery_root_.empty() || path.parent_path() != normalized(recovery_root_)) {
        return cannot_discard(folder, ErrorCode::usage, "it is not in the recovery folder");
    }
    if (!holds_run(path)) {
        return cannot_discard(folder, ErrorCode::not_found, "there is no run in it");
    }
    if (is_in_use(path)) {
        return cannot_discard(folder, ErrorCode::in_use, "a running program trains in it");
    }
    std::error_code error;
    fs::remove_all(path, error);
    return error ? cannot_discard(folder, ErrorCode::io, error.message()) : Result<void>{};
}

void RunKeeper::remove_recovery() {
    if (!recovery_) {
        return;
    }
    const fs::path path = recovery_->path();
    std::error_code ignored;
    fs::remove_all(path, ignored);  // while the lock is held: nobody takes it over meanwhile
    recovery_.reset();
}

}  // namespace lmser
