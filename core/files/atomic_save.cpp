// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/atomic_save.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

#include "core/base/text.h"
#include "core/files/file_handle.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

constexpr int kNameAttempts = 1000;
constexpr std::size_t kChunk = std::size_t{1} << 20;
constexpr mode_t kNewFileMode = 0666;  // less what the umask takes
constexpr mode_t kPermissionBits = 07777;

/// The file that a write would end up in: a link is followed, so that it stays a link.
fs::path behind_links(const fs::path& path) {
    std::error_code failed;
    if (fs::is_symlink(path, failed)) {
        fs::path target = fs::canonical(path, failed);
        if (!failed) {
            return target;
        }
    }
    return path;
}

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

Error cannot_create(const fs::path& path, const std::string& reason) {
    return {ErrorCode::cannot_create, cannot("write", path) + ": " + reason, {}};
}

/// A failed write in words; for a full disk with what is needed and what is free.
Error write_error(const fs::path& path, int number, std::size_t needed) {
    if (number == EDQUOT) {
        return {ErrorCode::io,
                cannot("write", path) + ": your disk quota is used up (needs " + byte_size(needed) +
                    ")",
                "Delete something or save elsewhere; what was there before is unharmed."};
    }
    if (number == EFBIG) {
        return {ErrorCode::io,
                cannot("write", path) + ": its " + byte_size(needed) +
                    " are more than a file may have here",
                "Save elsewhere; what was there before is unharmed."};
    }
    if (number == ENOSPC) {
        struct statvfs disk {};
        const bool known = ::statvfs(folder_of(path).c_str(), &disk) == 0;
        const std::string free =
            known ? ", " + byte_size(std::uint64_t{disk.f_bavail} * disk.f_frsize) + " free" : "";
        return {
            ErrorCode::io,
            cannot("write", path) + ": the disk is full (needs " + byte_size(needed) + free + ")",
            "Make room or save elsewhere; what was there before is unharmed."};
    }
    return system_error("write", path, number);
}

/// A new file that is removed again unless it was renamed into place.
class TemporaryFile {
public:
    /// errno in `problem()` where no file could be made.
    explicit TemporaryFile(const fs::path& folder) : handle_(-1) {
        const std::string start = ".lmser-" + std::to_string(::getpid()) + "-";
        for (int attempt = 0; attempt < kNameAttempts; ++attempt) {
            path_ = folder / (start + std::to_string(attempt) + ".part");
            handle_ = FileHandle(
                ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNewFileMode));
            problem_ = handle_.descriptor() < 0 ? errno : 0;
            if (problem_ != EEXIST) {
                break;
            }
        }
        exists_ = problem_ == 0;
    }

    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { remove(); }

    [[nodiscard]] int problem() const { return problem_; }

    /// Each returns errno, 0 where it went well.
    int write(std::span<const std::byte> bytes) {
        while (!bytes.empty()) {
            const auto wrote =
                ::write(handle_.descriptor(), bytes.data(), std::min(bytes.size(), kChunk));
            if (wrote < 0 && errno != EINTR) {
                return errno;
            }
            bytes = bytes.subspan(wrote > 0 ? static_cast<std::size_t>(wrote) : 0);
        }
        return 0;
    }

    int finish() {
        if (::fsync(handle_.descriptor()) != 0) {
            return errno;
        }
        return handle_.close();
    }

    int keep_mode(mode_t mode) const {
        return ::fchmod(handle_.descriptor(), mode & kPermissionBits) == 0 ? 0 : errno;
    }

    int rename_to(const fs::path& target) {
        if (std::rename(path_.c_str(), target.c_str()) != 0) {
            return errno;
        }
        exists_ = false;
        return 0;
    }

    void remove() {
        if (exists_) {
            handle_.close();
            ::unlink(path_.c_str());
            exists_ = false;
        }
    }

private:
    fs::path path_;
    FileHandle handle_;
    int problem_ = 0;
    bool exists_ = false;
};

/// Makes a rename durable. Folders that cannot be opened or synced (no read permission, some network
/// file systems) are let pass: the file itself is whole.
int sync_folder(const fs::path& folder) {
    const FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (handle.descriptor() < 0) {
        return errno == EACCES ? 0 : errno;
    }
    return ::fsync(handle.descriptor()) == 0 || errno == EINVAL ? 0 : errno;
}

/// What stands in the place of the new file; refuses what must not be replaced.
Result<bool> look_at(const fs::path& target, struct stat& status) {
    if (::stat(target.c_str(), &status) != 0) {
        return false;
    }
    if (S_ISDIR(status.st_mode)) {
        return cannot_create(target, "it is a folder");
    }
    if (!S_ISREG(status.st_mode)) {
        return cannot_create(target, "it is not a regular file");
    }
    if (::access(target.c_str(), W_OK) != 0) {
        return system_error("write", target, errno);
    }
    return true;
}

}  // namespace

Result<void> atomic_save(const fs::path& path, std::span<const std::byte> bytes) {
    if (!path.has_filename()) {
        return cannot_create(path, "it does not name a file");
    }
    const fs::path target = behind_links(path);
    struct stat status {};
    const auto existing = look_at(target, status);
    if (!existing) {
        return existing.error();
    }
    const fs::path folder = folder_of(target);
    TemporaryFile file(folder);
    int problem = file.problem();
    if (problem == 0 && *existing) {
        problem = file.keep_mode(status.st_mode);
    }
    if (problem == 0) {
        problem = file.write(bytes);
    }
    if (problem == 0) {
        problem = file.finish();
    }
    if (problem == 0) {
        problem = file.rename_to(target);
    }
    if (problem == 0) {
        problem = sync_folder(folder);
    }
    if (problem != 0) {
        // First: the space it took is free again when the message counts what is free.
        file.remove();
        return write_error(path, problem, bytes.size());
    }
    return {};
}

Result<void> check_place(const fs::path& path) {
    if (!path.has_filename()) {
        return cannot_create(path, "it does not name a file");
    }
    const fs::path target = behind_links(path);
    struct stat status {};
    if (const auto existing = look_at(target, status); !existing) {
        return existing.error();
    }
    const TemporaryFile file(folder_of(target));
    return file.problem() == 0 ? Result<void>() : write_error(path, file.problem(), 0);
}

Result<void> atomic_save(const fs::path& path, std::string_view text) {
    return atomic_save(path, std::as_bytes(std::span(text)));
}

}  // namespace lmser
