// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/model_folders.h"

#include <cstdlib>
#include <system_error>

namespace lmser {

namespace fs = std::filesystem;

std::vector<fs::path> model_folders() {
    std::vector<fs::path> folders;
    if (const char* chosen = std::getenv("LMSER_MODELS_DIR"); chosen != nullptr && *chosen != 0) {
        return {fs::path(chosen)};  // and nowhere else
    }
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        const fs::path bin = program.parent_path();
        folders.push_back(bin / "models");
        folders.push_back(bin.parent_path() / "share" / "lmser-studio" / "models");
        folders.push_back(bin.parent_path().parent_path().parent_path() / "models");
    }
    return folders;
}

}  // namespace lmser
