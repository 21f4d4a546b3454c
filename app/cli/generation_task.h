// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/result.h"
#include "core/checkpoint/run.h"
#include "core/data/dataset.h"

namespace lmser::cli {

struct GenerationTask {
    std::size_t samples = 2000;  ///< pictures a row of the table
    std::uint64_t seed = 1;      ///< of the random codes
    int most_reflections = 1;
    bool validation =
        false;  ///< judge and real variance from the held-out training pictures instead of the test split
    bool json = false;
};

/// Trains a judge on the training split and lets it name `samples` generated pictures, styles uniform and normal,
/// plain and after one more reflection: the table of the model cards. The exit code.
Result<int> evaluate_generation(const LoadedModel& model, const Dataset& dataset,
                                const GenerationTask& task);

}  // namespace lmser::cli
