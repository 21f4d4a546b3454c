// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/unit_ranges.h"

#include <cmath>

namespace lmser::ui {
namespace {

UnitRange endsOf(const UnitStatistics& unit, RangeMode mode, const UnitRange& fixed) {
    constexpr double kDeviations = 2;
    const double mean = unit.mean;
    const double std = unit.std;
    switch (mode) {
        case RangeMode::percentiles:
            return {unit.percentile_1, unit.percentile_99};
        case RangeMode::extremes:
            return {unit.minimum, unit.maximum};
        case RangeMode::deviations:
            return {mean - kDeviations * std, mean + kDeviations * std};
        case RangeMode::fixed:
            break;
    }
    return fixed;
}

}  // namespace

UnitRange rangeOf(const UnitStatistics& unit, RangeMode mode, const UnitRange& fixed) {
    constexpr double kNarrowest = 1e-3;
    constexpr double kWidened = .5;
    const UnitRange ends = endsOf(unit, mode, fixed);
    if (!std::isfinite(ends.low) || !std::isfinite(ends.high)) {
        return {};
    }
    if (ends.high - ends.low < kNarrowest) {
        const double middle = (ends.low + ends.high) / 2;
        return {middle - kWidened, middle + kWidened};
    }
    return ends;
}

}  // namespace lmser::ui
