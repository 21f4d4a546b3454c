// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/measurements.h"

#include <algorithm>

namespace lmser {

namespace {

constexpr float kDeadStd = 1e-3F;
constexpr float kDeadShare = 1e-2F;

}  // namespace

bool is_dead(float std, float largest_std) {
    // Written so that a unit whose spread is not a number counts as dead.
    return !(std >= kDeadStd && std >= kDeadShare * largest_std);
}

std::vector<std::size_t> dead_units(const std::vector<float>& code_std) {
    float largest = 0;
    for (const float std : code_std) {
        largest = std::max(largest, std);
    }
    std::vector<std::size_t> dead;
    for (std::size_t unit = 0; unit < code_std.size(); ++unit) {
        if (is_dead(code_std[unit], largest)) {
            dead.push_back(unit);
        }
    }
    return dead;
}

}  // namespace lmser
