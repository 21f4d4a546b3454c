// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/spec/experiment.h"
#include "core/spec/measurements.h"
#include "core/train/trainer.h"

namespace lmser {

/// What a checkpoint file says: the experiment and where its training stands.
struct Checkpoint {
    Experiment experiment;
    TrainerState state;  ///< moments are empty in a file without the optimiser (a shipped model)
    int threads = 1;     ///< of the engine that wrote it; another count trains on to other bits
    std::string blas;
    std::string torch;
    std::optional<CodeStatistics>
        statistics{};  ///< of a shipped model: where the codes of its data lie
};

/// The bytes of the file: tensors under their names, adam.m.<name> and adam.v.<name>, metadata as in
/// core/DESIGN.md. Same value, same bytes.
std::vector<std::byte> to_bytes(const Checkpoint& checkpoint);

/// Reads a file and checks all of it: the rules of the format, the metadata, and that the tensors are
/// exactly those that the experiment implies, the optimiser's all there or none. bad_data says what is
/// wrong, with names and numbers. Nothing is allocated for a network before the tensors are known to fit.
Result<Checkpoint> read_checkpoint(const std::filesystem::path& file);

}  // namespace lmser
