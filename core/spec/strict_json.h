// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/result.h"

namespace lmser {

/// What JSON from outside may ask of this program.
struct JsonLimits {
    std::size_t bytes = std::size_t{64} << 10;
    int depth = 4;              ///< objects and arrays inside of each other
    std::size_t values = 1024;  ///< values and keys in all
};

/// Reads one JSON value, strictly: within the limits, no key twice in one object, numbers finite, text in
/// UTF-8, nothing after it. bad_data says what is wrong, without naming the file. Throws nothing but
/// std::bad_alloc.
Result<nlohmann::json> parse_strict_json(std::string_view text, const JsonLimits& limits);

}  // namespace lmser
