// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/random.h"
#include "core/spec/measurements.h"

namespace lmser::testing {

/// The distribution of a unit as it would be measured on 60,000 pictures.
inline UnitStatistics sample_unit(Random& random) {
    UnitStatistics unit;
    unit.mean = static_cast<float>(random.normal());
    unit.std = static_cast<float>(random.uniform(.5, 2));
    unit.minimum = unit.mean - 3 * unit.std;
    unit.maximum = unit.mean + 4 * unit.std;
    unit.percentile_1 = unit.mean - 2 * unit.std;
    unit.percentile_99 = unit.mean + 3 * unit.std;
    int left = 60'000;
    for (float& bin : unit.histogram) {
        const int part = static_cast<int>(random.below(2000));
        bin = static_cast<float>(std::min(part, left)) / 60'000;
        left -= std::min(part, left);
    }
    unit.histogram[20] += static_cast<float>(left) / 60'000;
    return unit;
}

/// Statistics of a code, as odd as measured ones; axes are planes turned into each other.
inline CodeStatistics sample_statistics(std::size_t units, std::size_t classes) {
    Random random(7, RandomPurpose::exploration, units);
    const auto numbers = [&random, units] {
        std::vector<float> values(units);
        std::generate(values.begin(), values.end(),
                      [&random] { return static_cast<float>(random.uniform(.1, 2)); });
        return values;
    };
    CodeStatistics statistics{"mnist", 60'000, {}, {}, numbers(), {}, {}, {}, {}};
    for (std::size_t i = 0; i < units; ++i) {
        statistics.units.push_back(sample_unit(random));
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(units, 16); ++i) {
        // A reflection at a plane: rows i of 1 - 2 v vᵀ with v = (1, …, 1)/√n are orthonormal.
        std::vector<float> axis(units, -2 / static_cast<float>(units));
        axis[i] += 1;
        statistics.axes.push_back(axis);
        statistics.axis_std.push_back(3 / static_cast<float>(i + 1));
    }
    for (std::size_t c = 0; c < classes; ++c) {
        statistics.classes.push_back(std::to_string(c));
        statistics.class_mean.push_back(numbers());
        statistics.class_std.push_back(numbers());
    }
    return statistics;
}

}  // namespace lmser::testing
