// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lmser {

/// Whether a whole number lies in [low, high]; ErrorCode::usage names the thing and the number.
Result<void> check_range(std::string_view what, std::int64_t value, std::int64_t low,
                         std::int64_t high);

/// Whether a number is finite and lies in [low, high]; ErrorCode::usage names the thing and the number.
Result<void> check_range(std::string_view what, double value, double low, double high);

}  // namespace lmser
