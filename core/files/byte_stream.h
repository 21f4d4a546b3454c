// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/files/file_handle.h"

namespace lmser {

/// The bytes of a file, decompressed on the way where it is gzip (told by its first two bytes).
/// Memory in use does not depend on the file.
class ByteStream {
public:
    static Result<ByteStream> open(const std::filesystem::path& path);

    /// Fills `into`; fewer bytes only at the end. bad_data for a broken or cut gzip, io.
    Result<std::size_t> read(std::span<std::byte> into);

    [[nodiscard]] bool compressed() const { return inflater_ != nullptr; }
    /// The size of the file as it lies on the disk.
    [[nodiscard]] std::uint64_t file_size() const { return file_.size(); }
    /// The most bytes that the whole file can yield.
    [[nodiscard]] std::uint64_t most_bytes() const;

    ByteStream(ByteStream&&) noexcept;
    ByteStream& operator=(ByteStream&&) noexcept;
    ~ByteStream();

private:
    struct Inflater;
    ByteStream(std::filesystem::path path, FileHandle file);
    Result<std::size_t> read_plain(std::span<std::byte> into);
    Result<std::size_t> inflate_into(std::span<std::byte> into);
    Result<void> refill();
    [[nodiscard]] Error bad(const std::string& reason) const;

    std::filesystem::path path_;
    FileHandle file_;
    std::vector<std::byte> buffer_;  // what was read from the file and is not used yet
    std::size_t used_ = 0;
    std::unique_ptr<Inflater> inflater_;
};

}  // namespace lmser
