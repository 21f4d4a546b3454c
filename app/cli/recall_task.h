// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/result.h"
#include "core/checkpoint/run.h"
#include "core/data/dataset.h"
#include "core/spec/recall_options.h"

namespace lmser::cli {

struct RecallTask {
    std::size_t samples = 1000;  ///< pictures a row of the table, the first of the split
    std::uint64_t seed = 1;      ///< of the random masks
    RecallOptions recall{.membrane_rounds = kFineMembraneRounds};  ///< as what is kept is composed
    bool json = false;
};

/// Hides the eyes, the mouth, a half, random strokes and rectangles of pictures first … of a split, and measures inside the
/// holes what the network recalls, beside what stands there without a network: the table of the model cards. The exit
/// code.
Result<int> evaluate_recall(const LoadedModel& model, const Dataset& dataset,
                            const LabelledImages& split, std::size_t first, std::size_t count,
                            const std::string& split_name, const RecallTask& task);

}  // namespace lmser::cli
