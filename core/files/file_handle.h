// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lmser {

/// What the system said about a file: "cannot read 'x': there is no such file". `number` is an errno.
Error system_error(std::string_view verb, const std::filesystem::path& path, int number);

/// An open file descriptor, closed when it goes.
class FileHandle {
public:
    /// Opens a regular file for reading. not_found, permission, io, or bad_data for a folder or a device;
    /// a pipe is refused without waiting for its writer.
    static Result<FileHandle> open_regular(const std::filesystem::path& path);

    /// Takes over a descriptor; -1 is none.
    explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
    FileHandle(FileHandle&& other) noexcept;
    FileHandle& operator=(FileHandle&& other) noexcept;
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;
    ~FileHandle();

    [[nodiscard]] int descriptor() const { return descriptor_; }
    /// The size that the file had when it was opened by open_regular.
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// Reads up to into.size() bytes, fewer only at the end of the file; -1 with errno on a failure.
    std::ptrdiff_t read(std::span<std::byte> into) const noexcept;

    /// Closes now and returns errno, 0 where it went well; a failed close can be a failed write.
    int close();

private:
    int descriptor_;
    std::uint64_t size_ = 0;
};

}  // namespace lmser
