// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/spec/measurements.h"

namespace lmser {

/// The statistics as JSON, about 10 KB for 12 units: what a shipped model carries as its metadata "statistics". Same
/// value, same bytes; floats read back as the same floats.
std::string to_json(const CodeStatistics& statistics);

/// Reads what to_json wrote for a code of that many units. bad_data names what is missing, unknown, mistyped, not
/// finite, of a wrong size or impossible: percentiles out of order, a histogram that does not sum to 1, axes that are
/// not orthonormal or not widest first, more than 16 axes or 256 classes.
Result<CodeStatistics> statistics_from_json(std::string_view text, std::size_t code_units);

}  // namespace lmser
