// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "core/checkpoint/run_folder.h"
#include "core/files/safetensors_file.h"
#include "core/session/session.h"

namespace lmser {
namespace {

namespace fs = std::filesystem;

/// What stands in a checkpoint, if it is whole.
std::optional<Recoverable> read_recoverable(const fs::path& folder) {
    const auto file = read_safetensors(folder / "checkpoint.safetensors");
    if (!file) {
        return std::nullopt;
    }
    const auto text = file->metadata.find("experiment");
    const auto number = file->metadata.find("iteration");
    if (text == file->metadata.end() || number == file->metadata.end()) {
        return std::nullopt;
    }
    auto experiment = experiment_from_json(text->second);
    std::int64_t iteration = -1;
    const char* const end = number->second.data() + number->second.size();
    const auto [read, error] = std::from_chars(number->second.data(), end, iteration);
    if (!experiment || error != std::errc() || read != end || iteration < 0) {
        return std::nullopt;
    }
    return Recoverable{folder, std::move(*experiment), iteration};
}

}  // namespace

std::vector<Recoverable> find_recoverable(const std::filesystem::path& recovery) {
    std::vector<std::pair<fs::file_time_type, Recoverable>> found;
    std::error_code error;
    for (fs::directory_iterator entry(recovery, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        std::error_code ignored;
        const fs::path& folder = entry->path();
        if (entry->is_symlink(ignored) || !entry->is_directory(ignored) || is_in_use(folder)) {
            continue;
        }
        const auto time = fs::last_write_time(folder / "checkpoint.safetensors", ignored);
        if (auto one = read_recoverable(folder)) {
            found.emplace_back(time, std::move(*one));
        }
    }
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Recoverable> newest_first;
    newest_first.reserve(found.size());
    for (auto& [time, one] : found) {
        newest_first.push_back(std::move(one));
    }
    return newest_first;
}

}  // namespace lmser
