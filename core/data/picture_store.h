// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/files/file_handle.h"

namespace lmser {

/// Training, validation and test, in this order.
inline constexpr std::size_t kSplits = 3;

/// What a file of decoded pictures says about itself.
struct StoreHeader {
    ImageShape shape;
    std::array<std::uint32_t, 4> crop{};  ///< left, top, width, height on the original
    std::uint64_t fingerprint = 0;        ///< of the originals: another listing, another number
    std::array<std::uint64_t, kSplits>
        counts{};                  ///< pictures of every split, one split after another
    std::uint64_t unreadable = 0;  ///< originals that were left out
    std::string first_unreadable;  ///< the first few of them by name; cut to 3,000 bytes

    /// All pictures.
    [[nodiscard]] std::uint64_t count() const { return counts[0] + counts[1] + counts[2]; }
    bool operator==(const StoreHeader&) const = default;
};

/// Pictures in a file of bytes, read one by one and never held in memory; what is, is nine bytes a picture: its class
/// and its checksum. Immutable; any thread may read.
class PictureStore {
public:
    /// bad_data where the file is cut, longer than it says, of another version or damaged beside its pictures;
    /// not_found.
    static Result<std::shared_ptr<const PictureStore>> open(const std::filesystem::path& file);

    [[nodiscard]] const StoreHeader& header() const { return header_; }

    /// Copies picture i, [C, H, W]. Throws std::out_of_range, std::invalid_argument where `out` has another size, and
    /// Failure where the file cannot be read any more: io, or bad_data for a picture that is damaged; the file is removed
    /// then, so that it is made anew.
    void copy(std::uint64_t i, std::span<std::uint8_t> out) const;

    /// The class of picture i. Throws std::out_of_range.
    [[nodiscard]] std::uint8_t label(std::uint64_t i) const;

private:
    PictureStore(std::filesystem::path path, FileHandle file, StoreHeader header,
                 std::string index);
    void check(std::uint64_t i, std::span<const std::uint8_t> picture) const;

    std::filesystem::path path_;
    FileHandle file_;
    StoreHeader header_;
    std::string index_;  ///< of every picture its checksum in eight digits and its class
};

/// Writes a picture store: nothing is at its place before finish, and nothing is left where it is not reached.
class PictureStoreWriter {
public:
    /// Begins a file with room for `most` pictures. in_use where another process writes the same one; io on a full
    /// disk (with the bytes needed and free); permission.
    static Result<PictureStoreWriter> create(const std::filesystem::path& file,
                                             const ImageShape& shape, std::uint64_t most);
    PictureStoreWriter(PictureStoreWriter&& other) noexcept;
    PictureStoreWriter& operator=(PictureStoreWriter&&) = delete;
    ~PictureStoreWriter();

    /// Adds a picture, [C, H, W], and its class.
    Result<void> add(std::span<const std::uint8_t> picture, std::uint8_t label);

    /// Writes the header, whose counts must be those of what was added, and puts the file into its place.
    Result<void> finish(const StoreHeader& header);

private:
    PictureStoreWriter(std::filesystem::path target, FileHandle file, std::uint64_t needed);
    Result<void> flush();
    [[nodiscard]] Error failed(int number) const;

    std::filesystem::path target_;
    std::filesystem::path
        part_;  ///< what it is called until it is finished; empty: nothing to remove
    FileHandle file_;
    std::uint64_t needed_;
    std::uint64_t written_ = 0;         ///< bytes of pictures in the file
    std::vector<std::uint8_t> buffer_;  ///< pictures that are not in the file yet
    std::string index_;                 ///< as in PictureStore
};

}  // namespace lmser
