// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace lmser {

/// What the reader and the writer of safetensors files share.
inline constexpr const char* kMetadataKey = "__metadata__";
inline constexpr const char* kDataSumKey = "crc32";
inline constexpr const char* kHeaderSumKey = "header_crc32";

/// CRC-32 of a file's header length and header, in which the eight digits of its own sum count as zeros.
/// Nothing where the header does not hold that sum exactly once.
std::optional<std::string> header_checksum(std::span<const std::byte> before_data);

}  // namespace lmser
