// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace lmser {

/// The whole of a regular file of at most `limit` bytes. not_found, permission, io, or bad_data where it
/// is a folder, a device, or larger than the limit (nothing is read then).
Result<std::vector<std::byte>> read_file(const std::filesystem::path& path, std::uint64_t limit);
Result<std::string> read_text(const std::filesystem::path& path, std::uint64_t limit);

/// The start of a message about a file: "cannot read 'DIR/x.gz'"; bytes that are not UTF-8 are escaped.
std::string cannot(std::string_view verb, const std::filesystem::path& path);

}  // namespace lmser
