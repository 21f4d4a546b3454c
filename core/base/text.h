// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lmser {

/// The text in single quotes, safe to print: control characters and bytes that are not UTF-8 become \xNN,
/// and what is beyond `limit` bytes becomes "…".
std::string in_quotes(std::string_view text, std::size_t limit = 100);

/// The shortest decimal that reads back as the same number: 0.002, 1e-05, nan.
std::string shortest(double number);

/// A size for people: 512 bytes, 1.5 KB, 3.2 MB, 1.0 GB (powers of 1000).
std::string byte_size(std::uint64_t bytes);

}  // namespace lmser
