// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/outputs.h"

#include <algorithm>
#include <cctype>
#include <system_error>

#include "core/files/atomic_save.h"
#include "core/files/read_file.h"

namespace lmser::cli {
namespace {

namespace fs = std::filesystem;

/// Where a path leads, links followed.
fs::path place_of(const fs::path& path) {
    std::error_code failed;
    const fs::path whole = fs::absolute(path, failed);
    fs::path place = fs::weakly_canonical(whole, failed);
    if (failed) {
        place = whole.lexically_normal();
    }
    return place.has_filename() ? place : place.parent_path();
}

Result<void> check_ending(const Output& output) {
    if (output.endings.empty() || std::find(output.endings.begin(), output.endings.end(),
                                            ending_of(output.file)) != output.endings.end()) {
        return {};
    }
    std::string known;
    for (std::size_t i = 0; i < output.endings.size(); ++i) {
        const bool last = i + 1 == output.endings.size();
        known += (i == 0 ? "" : last ? " or " : ", ") + output.endings[i];
    }
    return Error{ErrorCode::usage,
                 cannot("write", output.file) + ": " + output.option + " is written as " + known,
                 "Choose a name with such an ending."};
}

}  // namespace

std::string ending_of(const fs::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

bool same_place(const fs::path& a, const fs::path& b) {
    return place_of(a) == place_of(b);
}

Result<void> check_outputs(const std::vector<Output>& outputs,
                           const std::vector<fs::path>& inputs) {
    std::vector<fs::path> taken = inputs;
    for (const Output& output : outputs) {
        if (output.file.empty()) {
            continue;
        }
        if (auto ending = check_ending(output); !ending) {
            return ending;
        }
        for (const fs::path& other : taken) {
            if (!other.empty() && same_place(output.file, other)) {
                return Error{ErrorCode::usage,
                             cannot("write", output.file) + ": " + output.option +
                                 " would take the place of another file of this command",
                             "Choose another name."};
            }
        }
        if (auto place = check_place(output.file); !place) {
            return place;
        }
        taken.push_back(output.file);
    }
    return {};
}

}  // namespace lmser::cli
