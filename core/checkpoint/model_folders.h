// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace lmser {

/// Where shipped models are looked for, in this order: $LMSER_MODELS_DIR, beside the program, where it was installed,
/// in its source tree. They need not be there.
std::vector<std::filesystem::path> model_folders();

}  // namespace lmser
