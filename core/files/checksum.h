// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace lmser {

/// CRC-32 (as in gzip and PNG) as eight lower-case hexadecimal digits.
std::string checksum(std::span<const std::byte> bytes);

}  // namespace lmser
