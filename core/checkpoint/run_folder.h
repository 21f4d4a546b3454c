// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/files/file_handle.h"
#include "core/spec/experiment.h"
#include "core/spec/measurements.h"

namespace lmser {

/// What a run measured over its life, read back from metrics.jsonl.
struct RunHistory {
    std::vector<StepReport> steps;  ///< every kStepsPerRecord-th step
    std::vector<Evaluation> evaluations;
};

/// A folder with one run: experiment.json, metrics.jsonl (a JSON object a line, appended) and
/// checkpoint.safetensors. One process writes it at a time (flock on the file `lock`).
class RunFolder {
public:
    /// Makes the folder (parents too) and takes its lock. usage where it already holds a run: resume it or
    /// choose another; in_use names the process that holds it.
    static Result<RunFolder> create(const std::filesystem::path& folder,
                                    const Experiment& experiment);

    /// Opens a run for writing on. Metrics after `iteration`, left by a process that died past its last
    /// checkpoint, are cut off; so is a last line that is not whole.
    static Result<RunFolder> open(const std::filesystem::path& folder, std::int64_t iteration);

    [[nodiscard]] std::filesystem::path path() const;
    [[nodiscard]] std::filesystem::path checkpoint_file() const;

    /// Appends; readable after a cut at any byte.
    Result<void> append(const StepReport& step);
    Result<void> append(const Evaluation& evaluation);
    /// Saves checkpoint bytes, and the experiment (whose target may have been raised).
    Result<void> save(std::span<const std::byte> checkpoint, const Experiment& experiment);

private:
    RunFolder(std::filesystem::path folder, FileHandle lock, FileHandle metrics);
    std::filesystem::path folder_;
    FileHandle lock_;
    FileHandle metrics_;
};

/// How often a step is written to metrics.jsonl.
inline constexpr std::int64_t kStepsPerRecord = 10;

/// Reads metrics.jsonl; a last line that is not whole is left out, anything else wrong is bad_data.
/// An absent file is an empty history.
Result<RunHistory> read_history(const std::filesystem::path& folder);

/// The files that a run keeps in its folder.
std::vector<std::filesystem::path> files_of_run(const std::filesystem::path& folder);

/// Whether a process holds the folder's lock now.
bool is_in_use(const std::filesystem::path& folder);

}  // namespace lmser
