// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/spec/network_spec.h"
#include "core/spec/training_options.h"

namespace lmser {

/// Everything that makes a run reproducible: what `lmser train` runs, what a checkpoint stores and
/// what a model card names.
struct Experiment {
    std::string preset = "lmser-un";  ///< where the values started; a name of presets()
    std::string dataset = "strokes";  ///< mnist | fashion-mnist | celeba | celeba-64 | folder | …
    std::int64_t held_out =
        0;  ///< the last training pictures that are not trained on: the validation split
    std::uint64_t seed = 1;
    std::string start_from;  ///< the MODEL whose weights it starts with; empty: drawn ones
    NetworkSpec network;
    TrainingOptions training;

    bool operator==(const Experiment&) const = default;
};

/// Whether network, options and their combination are in range (label units need a label weight, …).
Result<void> check(const Experiment& experiment);

/// The experiment as JSON: one object with fixed key order, so the same value gives the same bytes.
std::string to_json(const Experiment& experiment);

/// The network alone as JSON, as it stands in the experiment.
std::string to_json(const NetworkSpec& network);

/// Reads what to_json wrote. Strict: a missing, unknown, mistyped or out-of-range key is an
/// ErrorCode::bad_data that names it. Never throws.
Result<Experiment> experiment_from_json(std::string_view text);

/// The `lmser train` line that runs the experiment: the preset and every option that differs from it.
std::string as_command(const Experiment& experiment);

}  // namespace lmser
