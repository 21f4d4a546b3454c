// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/session/opened_run.h"

namespace lmser {

/// The present run on disk: its curve, the recovery folder that is written while it trains, and what the
/// user saves of it. Lives on the files thread.
class RunKeeper {
public:
    /// recovery: where the run's own folder is made at the first autosave; empty: no autosave.
    explicit RunKeeper(std::filesystem::path recovery);
    /// Removes the recovery folder: whoever ends the session has asked before.
    ~RunKeeper();
    RunKeeper(const RunKeeper&) = delete;
    RunKeeper& operator=(const RunKeeper&) = delete;

    /// Turns to another run; the recovery folder of the one before is removed.
    void begin(BeginRun run);

    /// Adds to the curve, and to the recovery folder where there is one. What failed is written again with
    /// the next piece. Pieces of an older run are left out.
    Result<void> log(const LogSteps& piece);
    Result<void> log(const LogEvaluation& piece);

    /// Writes checkpoint and curve to the recovery folder, which is made here.
    Result<void> autosave(const CheckpointBytes& checkpoint);

    /// Writes a complete run folder. usage where the folder holds another run.
    Result<void> save(const std::filesystem::path& folder, const CheckpointBytes& checkpoint);

    /// Removes what a killed process left. usage where the folder is not one in the recovery folder that
    /// holds a run; in_use while somebody trains in it.
    Result<void> discard(const std::filesystem::path& folder) const;

private:
    /// How much of the curve a folder has.
    struct Written {
        std::size_t steps = 0;
        std::size_t evaluations = 0;
        std::int64_t iteration = 0;  ///< of its checkpoint
    };
    Result<void> append_to(RunFolder& folder, Written& written) const;
    Result<void> log_recovery();
    Result<void> make_recovery(const Experiment& experiment);
    void remove_recovery();

    std::filesystem::path recovery_root_;
    std::uint64_t run_ = 0;
    std::vector<StepReport> steps_;  ///< those that a metrics file records
    std::vector<Evaluation> evaluations_;
    std::shared_ptr<RunFolder> recovery_;
    Written recovered_;
    std::map<std::filesystem::path, Written> saved_;  ///< folders that hold this run
};

}  // namespace lmser
