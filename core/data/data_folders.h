// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace lmser {

/// The one folder under which datasets are looked for: `data_dir` if given, else $LMSER_DATA_DIR, else
/// $XDG_DATA_HOME/lmser-studio (~/.local/share/…); empty where the system names none.
std::filesystem::path data_root(const std::filesystem::path& data_dir);

/// $XDG_CACHE_HOME/lmser-studio (~/.cache/…), made where it is not there yet. cannot_create.
Result<std::filesystem::path> cache_folder();

}  // namespace lmser
