// SPDX-License-Identifier: GPL-3.0-or-later
#include <system_error>

#include "core/checkpoint/model_folders.h"
#include "core/checkpoint/run.h"
#include "core/files/file_handle.h"
#include "core/files/read_file.h"

namespace lmser {
namespace {

namespace fs = std::filesystem;

bool is_plain_name(const std::string& model) {
    return !model.empty() && model.find('/') == std::string::npos && model != "." && model != "..";
}

}  // namespace

Result<fs::path> find_checkpoint(const std::string& model) {
    std::error_code error;
    const fs::path path(model);
    if (fs::is_directory(path, error)) {
        fs::path file = path / "checkpoint.safetensors";
        if (fs::exists(file, error)) {
            return file;
        }
        if (error) {
            return system_error("open run", path, error.value());
        }
        return Error{ErrorCode::not_found,
                     cannot("open run", path) + ": it holds no checkpoint.safetensors",
                     "Give a checkpoint file or the folder of a run."};
    }
    if (fs::exists(path, error)) {
        return path;
    }
    if (error) {
        return system_error("find model", path, error.value());
    }
    std::string looked;
    if (is_plain_name(model)) {
        for (const fs::path& folder : model_folders()) {
            fs::path file = folder / (model + ".safetensors");
            if (fs::exists(file, error)) {
                return file;
            }
            looked += (looked.empty() ? "" : ", ") + folder.string();
        }
    }
    return Error{ErrorCode::not_found,
                 cannot("find model", path) + ": there is no such file or folder" +
                     (looked.empty() ? "" : ", and no shipped model of that name in " + looked),
                 "Give a checkpoint file, the folder of a run, or the name of a shipped model."};
}

}  // namespace lmser
