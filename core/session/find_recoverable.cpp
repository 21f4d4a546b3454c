// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <cstdint>
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

// Looking into checkpoints keeps the window waiting; what is left is found at another start.
constexpr std::size_t kMostFound = 16;
constexpr std::uint64_t kMostBytes = std::uint64_t{3} << 29U;

struct Candidate {
    fs::path folder;
    fs::file_time_type time;
    std::uint64_t size = 0;
};

/// The folders that hold a checkpoint file, whatever stands in it, the newest first.
std::vector<Candidate> candidates(const fs::path& recovery) {
    std::vector<Candidate> found;
    std::error_code error;
    for (fs::directory_iterator entry(recovery, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        std::error_code ignored;
        const fs::path file = entry->path() / "checkpoint.safetensors";
        if (!entry->is_symlink(ignored) && fs::is_regular_file(file, ignored)) {
            found.push_back(
                {entry->path(), fs::last_write_time(file, ignored), fs::file_size(file, ignored)});
        }
    }
    std::sort(found.begin(), found.end(),
              [](const Candidate& a, const Candidate& b) { return a.time > b.time; });
    return found;
}

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
    std::vector<Recoverable> found;
    std::uint64_t bytes = 0;
    for (const Candidate& candidate : candidates(recovery)) {
        if (found.size() == kMostFound) {
            break;
        }
        if (candidate.size > kMostBytes - bytes || is_in_use(candidate.folder)) {
            continue;
        }
        bytes += candidate.size;
        if (auto one = read_recoverable(candidate.folder)) {
            found.push_back(std::move(*one));
        }
    }
    return found;
}

}  // namespace lmser
