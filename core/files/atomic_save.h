// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "core/base/result.h"

namespace lmser {

/// Replaces the file by the bytes, or leaves it as it was: a new temporary file beside it (O_EXCL),
/// every write, fsync and close checked, rename, fsync of the folder. After a kill at any instant
/// either the old file or the new one is whole. ErrorCode::io on a full disk (with the bytes needed and
/// free), permission, cannot_create, not_found for the folder.
Result<void> atomic_save(const std::filesystem::path& path, std::span<const std::byte> bytes);
Result<void> atomic_save(const std::filesystem::path& path, std::string_view text);

/// What atomic_save() would say of the place before it has anything to write: an unfinished file is made there and
/// removed.
Result<void> check_place(const std::filesystem::path& path);

}  // namespace lmser
