// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/cli/progress.h"
#include "core/base/result.h"
#include "core/checkpoint/run.h"
#include "core/checkpoint/run_folder.h"
#include "core/spec/measurements.h"

namespace lmser::cli {

/// A run with the folder that keeps it, and what the folder already holds.
struct TrainingJob {
    Run run;
    RunFolder folder;
    RunHistory history;
};

struct LoopOptions {
    std::int64_t checkpoint_every = 1000;
    std::optional<std::int64_t> until{};  ///< stop at this step where it is before the target
    bool json = false;                    ///< a JSON object a line on standard output
};

/// Trains to the target: steps, evaluations on the test split, checkpoints, progress. A stop signal ends it
/// after the step in hand, with a checkpoint.
class TrainingLoop {
public:
    TrainingLoop(TrainingJob& job, const LoopOptions& options);

    /// The exit code: 0 at the target, 128 + the signal's number after a stop. diverged where a loss was not
    /// finite; the last checkpoint is then left as it was. After any other error the run is saved where it can be, and
    /// the hint says how to go on.
    Result<int> run();

private:
    Result<void> step();
    Result<void> train();
    Result<void> evaluate_if_due();
    Result<void> save();
    [[nodiscard]] bool is_evaluation_due() const;
    [[nodiscard]] Error with_the_way_on(Error error) const;
    [[nodiscard]] Error diverged(const Error& reason) const;
    void report(const Evaluation& evaluation);
    void finish(int signal);

    TrainingJob& job_;
    LoopOptions options_;
    std::int64_t target_;
    std::int64_t first_;
    std::int64_t saved_ = -1;  ///< the iteration of the last checkpoint; -1 before the first
    double smooth_error_ = 0;
    std::optional<Evaluation> last_evaluation_;
    Progress progress_;
};

}  // namespace lmser::cli
