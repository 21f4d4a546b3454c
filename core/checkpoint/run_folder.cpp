// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/run_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "core/checkpoint/metrics_file.h"
#include "core/files/atomic_save.h"
#include "core/files/file_handle.h"
#include "core/files/read_file.h"

namespace lmser {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExperimentFile = "experiment.json";
constexpr std::string_view kMetricsFile = "metrics.jsonl";
constexpr std::string_view kCheckpointFile = "checkpoint.safetensors";
constexpr std::string_view kLockFile = "lock";
constexpr std::uint64_t kLargestMetrics = std::uint64_t{1} << 30U;

/// What the system said about something that was to be made.
Error cannot_make(std::string_view verb, const fs::path& path, int number) {
    Error error = system_error(verb, path, number);
    if (error.code != ErrorCode::permission && number != ENOSPC && number != EDQUOT) {
        error.code = ErrorCode::cannot_create;
    }
    error.hint = "Choose another folder.";
    return error;
}

/// The start of the lock file: the process that holds it, or 0 where it cannot be told.
long holder(int lock) {
    std::array<char, 32> text{};
    const ssize_t size = ::pread(lock, text.data(), text.size() - 1, 0);
    return size > 0 ? std::strtol(text.data(), nullptr, 10) : 0;
}

Error in_use_error(const fs::path& folder, int lock) {
    const long process = holder(lock);
    const std::string who = process > 0 ? "process " + std::to_string(process) : "another process";
    return {ErrorCode::in_use, cannot("write run", folder) + ": " + who + " is using it",
            "Wait until it has ended, or choose another folder."};
}

/// flock without waiting. is_in_use() holds the lock for microseconds to look at it, so a refusal is
/// final only when it lasts.
bool lock_now(int fd) {
    constexpr int kTries = 20;
    for (int i = 0; i < kTries; ++i) {
        if (::flock(fd, LOCK_EX | LOCK_NB) == 0) {
            return true;
        }
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    errno = EWOULDBLOCK;
    return false;
}

/// Removes the unfinished files of processes that died while they saved; see atomic_save.
void remove_leftovers(const fs::path& folder) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        constexpr std::string_view kStart = ".lmser-";
        if (!name.starts_with(kStart) || !name.ends_with(".part")) {
            continue;
        }
        const long process = std::strtol(name.c_str() + kStart.size(), nullptr, 10);
        if (process > 0 && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH) {
            ::unlink(entry->path().c_str());
        }
    }
}

Result<FileHandle> take_lock(const fs::path& folder) {
    const fs::path file = folder / kLockFile;
    FileHandle lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (lock.descriptor() < 0) {
        return cannot_make("create", file, errno);
    }
    if (!lock_now(lock.descriptor())) {
        return errno == EWOULDBLOCK ? in_use_error(folder, lock.descriptor())
                                    : system_error("lock", file, errno);
    }
    // Who holds it is a courtesy to the next process: a full disk does not take the lock away.
    const std::string process = std::to_string(::getpid()) + '\n';
    if (::ftruncate(lock.descriptor(), 0) == 0) {
        [[maybe_unused]] const ssize_t written =
            ::pwrite(lock.descriptor(), process.data(), process.size(), 0);
    }
    remove_leftovers(folder);
    return lock;
}

Result<FileHandle> open_metrics(const fs::path& folder, std::size_t keep) {
    const fs::path file = folder / kMetricsFile;
    FileHandle metrics(::open(
        file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666));
    if (metrics.descriptor() < 0) {
        return cannot_make("create", file, errno);
    }
    if (::ftruncate(metrics.descriptor(), static_cast<off_t>(keep)) != 0) {
        return system_error("cut", file, errno);
    }
    return metrics;
}

Result<void> make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return cannot_make("create folder", folder, error.value());
    }
    if (!fs::is_directory(folder, error)) {
        return Error{ErrorCode::cannot_create,
                     cannot("create folder", folder) + ": a file of that name is in the way",
                     "Choose another folder."};
    }
    return {};
}

Result<ParsedMetrics> read_metrics(const fs::path& folder, std::int64_t last_iteration) {
    const fs::path file = folder / kMetricsFile;
    auto text = read_text(file, kLargestMetrics);
    if (!text) {
        return text.error().code == ErrorCode::not_found ? Result(ParsedMetrics{})
                                                         : Result<ParsedMetrics>(text.error());
    }
    return parse_metrics(*text, file, last_iteration);
}

/// Appends a whole line or nothing: what a full disk has taken of it is cut off again.
Result<void> append_line(int metrics, const fs::path& file, const std::string& line) {
    const off_t before = ::lseek(metrics, 0, SEEK_END);
    std::string_view left = line;
    while (!left.empty()) {
        const ssize_t written = ::write(metrics, left.data(), left.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            const int number = errno;
            [[maybe_unused]] const int cut = ::ftruncate(metrics, std::max<off_t>(before, 0));
            Error error = system_error("write", file, number);
            error.hint = "The run can be resumed from its last checkpoint.";
            return error;
        }
        left.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

}  // namespace

RunFolder::RunFolder(fs::path folder, FileHandle lock, FileHandle metrics)
    : folder_(std::move(folder)), lock_(std::move(lock)), metrics_(std::move(metrics)) {}

Result<RunFolder> RunFolder::create(const fs::path& folder, const Experiment& experiment) {
    if (auto made = make_folder(folder); !made) {
        return made.error();
    }
    auto lock = take_lock(folder);
    if (!lock) {
        return lock.error();
    }
    // A run that died before its first checkpoint has nothing to lose and is begun anew.
    std::error_code ignored;
    if (fs::exists(folder / kCheckpointFile, ignored)) {
        return Error{ErrorCode::usage,
                     cannot("create run", folder) + ": the folder already holds a run",
                     "Resume it (lmser train --resume), or choose another folder."};
    }
    if (auto saved = atomic_save(folder / kExperimentFile, to_json(experiment) + '\n'); !saved) {
        return saved.error();
    }
    auto metrics = open_metrics(folder, 0);
    if (!metrics) {
        return metrics.error();
    }
    return RunFolder(folder, *std::move(lock), *std::move(metrics));
}

Result<RunFolder> RunFolder::open(const fs::path& folder, std::int64_t iteration) {
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) {
        return Error{ErrorCode::not_found, cannot("open run", folder) + ": there is no such folder",
                     "Give the folder of a run."};
    }
    auto lock = take_lock(folder);
    if (!lock) {
        return lock.error();
    }
    auto kept = read_metrics(folder, iteration);
    if (!kept) {
        return kept.error();
    }
    auto metrics = open_metrics(folder, kept->bytes);
    if (!metrics) {
        return metrics.error();
    }
    return RunFolder(folder, *std::move(lock), *std::move(metrics));
}

fs::path RunFolder::path() const {
    return folder_;
}

fs::path RunFolder::checkpoint_file() const {
    return folder_ / kCheckpointFile;
}

Result<void> RunFolder::append(const StepReport& step) {
    return append_line(metrics_.descriptor(), folder_ / kMetricsFile, to_line(step));
}

Result<void> RunFolder::append(const Evaluation& evaluation) {
    return append_line(metrics_.descriptor(), folder_ / kMetricsFile, to_line(evaluation));
}

Result<void> RunFolder::save(std::span<const std::byte> checkpoint, const Experiment& experiment) {
    if (auto saved = atomic_save(checkpoint_file(), checkpoint); !saved) {
        return saved;
    }
    return atomic_save(folder_ / kExperimentFile, to_json(experiment) + '\n');
}

Result<RunHistory> read_history(const fs::path& folder) {
    auto parsed = read_metrics(folder, std::numeric_limits<std::int64_t>::max());
    if (!parsed) {
        return parsed.error();
    }
    return std::move(parsed->history);
}

std::vector<fs::path> files_of_run(const fs::path& folder) {
    return {folder / kExperimentFile, folder / kMetricsFile, folder / kCheckpointFile,
            folder / kLockFile};
}

bool is_in_use(const fs::path& folder) {
    const FileHandle lock(
        ::open((folder / kLockFile).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    return lock.descriptor() >= 0 && ::flock(lock.descriptor(), LOCK_SH | LOCK_NB) != 0 &&
           errno == EWOULDBLOCK;
}

}  // namespace lmser
