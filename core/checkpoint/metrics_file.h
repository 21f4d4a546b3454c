// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/checkpoint/run_folder.h"
#include "core/spec/measurements.h"

namespace lmser {

/// A measurement as a line of metrics.jsonl, with its line feed. Numbers are written in full precision.
///   {"kind":"step","iteration":10,"loss":…,"error_per_pixel":…,"label_loss":…,"learning_rate":…}
///   {"kind":"evaluation","iteration":250,"split":"test","images":…,"error_per_pixel":…,
///    "accuracy":null,"code_std":[…]}
std::string to_line(const StepReport& step);
std::string to_line(const Evaluation& evaluation);

/// The contents of a metrics.jsonl up to an iteration.
struct ParsedMetrics {
    RunHistory history;
    std::size_t bytes = 0;  ///< how many bytes of the text the history stands in
};

/// Reads the lines of a metrics.jsonl until one is past `last_iteration`. A last line without its line
/// feed is left out: a process died while writing it. bad_data names file and line of anything else.
Result<ParsedMetrics> parse_metrics(
    std::string_view text, const std::filesystem::path& file,
    std::int64_t last_iteration = std::numeric_limits<std::int64_t>::max());

}  // namespace lmser
