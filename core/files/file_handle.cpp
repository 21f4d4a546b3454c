// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_handle.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "core/files/read_file.h"

namespace lmser {

namespace {

ErrorCode code_of(int number) {
    switch (number) {
        case ENOENT:
        case ENOTDIR:
            return ErrorCode::not_found;
        case EACCES:
        case EPERM:
        case EROFS:
            return ErrorCode::permission;
        case EISDIR:
        case ELOOP:
        case ENAMETOOLONG:
            return ErrorCode::bad_data;
        case ENOMEM:
            return ErrorCode::out_of_memory;
        default:
            return ErrorCode::io;
    }
}

std::string reason_of(int number) {
    switch (number) {
        case ENOENT:
            return "there is no such file or folder";
        case ENOTDIR:
            return "a part of its path is not a folder";
        case EACCES:
        case EPERM:
            return "you have no permission";
        case EROFS:
            return "the file system is read-only";
        case EISDIR:
            return "it is a folder";
        default:
            return std::generic_category().message(number);
    }
}

}  // namespace

Error system_error(std::string_view verb, const std::filesystem::path& path, int number) {
    return {code_of(number), cannot(verb, path) + ": " + reason_of(number), {}};
}

Result<FileHandle> FileHandle::open_regular(const std::filesystem::path& path) {
    // O_NONBLOCK keeps a pipe without a writer from blocking the open; regular files ignore it.
    FileHandle handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat status {};
    if (handle.descriptor_ < 0 || ::fstat(handle.descriptor_, &status) != 0) {
        return system_error("read", path, errno);
    }
    if (S_ISDIR(status.st_mode)) {
        return Error{ErrorCode::bad_data, cannot("read", path) + ": it is a folder", {}};
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{ErrorCode::bad_data, cannot("read", path) + ": it is not a regular file", {}};
    }
    handle.size_ = static_cast<std::uint64_t>(status.st_size);
    return handle;
}

FileHandle::FileHandle(FileHandle&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(size_, other.size_);
    return *this;
}

FileHandle::~FileHandle() {
    close();
}

std::ptrdiff_t FileHandle::read(std::span<std::byte> into) const noexcept {
    std::size_t done = 0;
    while (done < into.size()) {
        const auto got = ::read(descriptor_, into.data() + done, into.size() - done);
        if (got == 0) {
            break;
        }
        if (got < 0 && errno != EINTR) {
            return -1;
        }
        done += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    return static_cast<std::ptrdiff_t>(done);
}

int FileHandle::close() {
    const int descriptor = std::exchange(descriptor_, -1);
    return descriptor >= 0 && ::close(descriptor) != 0 ? errno : 0;
}

}  // namespace lmser
