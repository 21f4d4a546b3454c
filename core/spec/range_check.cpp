// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/range_check.h"

#include "core/base/text.h"

namespace lmser {

namespace {

Error out_of_range(std::string_view what, const std::string& value, const std::string& low,
                   const std::string& high) {
    return {ErrorCode::usage, std::string(what) + " is " + value,
            "It can be from " + low + " to " + high + "."};
}

}  // namespace

Result<void> check_range(std::string_view what, std::int64_t value, std::int64_t low,
                         std::int64_t high) {
    if (value < low || value > high) {
        return out_of_range(what, std::to_string(value), std::to_string(low), std::to_string(high));
    }
    return {};
}

Result<void> check_range(std::string_view what, double value, double low, double high) {
    // Not-a-number fails both comparisons, so it is refused as well.
    if (!(value >= low && value <= high)) {
        return out_of_range(what, shortest(value), shortest(low), shortest(high));
    }
    return {};
}

}  // namespace lmser
