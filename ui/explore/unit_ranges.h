// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spec/measurements.h"

namespace lmser::ui {

/// What the ends of a unit's slider are taken from.
enum class RangeMode {
    percentiles,  ///< 1–99 % of the data
    extremes,     ///< the least and the largest value over the data
    deviations,   ///< two standard deviations around the mean
    fixed,        ///< the same for all units, chosen by the user
};

/// The ends of a slider; low < high.
struct UnitRange {
    double low = -5;
    double high = 5;
    bool operator==(const UnitRange&) const = default;
};

/// The range of a unit. What is not finite or too narrow to slide on is widened around its middle.
UnitRange rangeOf(const UnitStatistics& unit, RangeMode mode, const UnitRange& fixed);

}  // namespace lmser::ui
