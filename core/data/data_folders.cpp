// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_folders.h"

#include <cstdlib>
#include <system_error>

#include "core/files/read_file.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

constexpr const char* kProgram = "lmser-studio";

std::string environment(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr ? value : "";
}

/// A folder of the XDG standard; empty where there is no home either.
fs::path xdg_folder(const char* variable, const char* in_home) {
    // The standard: a relative path in the variable is to be ignored.
    if (const fs::path named = environment(variable); named.is_absolute()) {
        return named / kProgram;
    }
    if (const fs::path home = environment("HOME"); !home.empty()) {
        return home / in_home / kProgram;
    }
    return {};
}

}  // namespace

fs::path data_root(const fs::path& data_dir) {
    if (!data_dir.empty()) {
        return data_dir;
    }
    if (const std::string named = environment("LMSER_DATA_DIR"); !named.empty()) {
        return named;
    }
    return xdg_folder("XDG_DATA_HOME", ".local/share");
}

Result<fs::path> cache_folder() {
    const std::string hint = "Name a folder that can be written with XDG_CACHE_HOME.";
    const fs::path folder = xdg_folder("XDG_CACHE_HOME", ".cache");
    if (folder.empty()) {
        return Error{ErrorCode::cannot_create,
                     "there is no folder for decoded pictures: the system names no home folder",
                     hint};
    }
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) {
        return Error{ErrorCode::cannot_create,
                     cannot("make the cache folder", folder) + ": " + failed.message(), hint};
    }
    return folder;
}

}  // namespace lmser
