// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/stat.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/data/picture_store.h"

namespace lmser {

/// A picture's file, of which a dataset is made.
struct Original {
    std::string name;  ///< of the file, or its path in the folder; any bytes
    std::uint8_t label = 0;
};

/// What is to be decoded, and how: the same value always gives the same pictures.
struct Originals {
    std::filesystem::path folder;  ///< of the dataset
    std::array<std::vector<Original>, kSplits> splits{};
    std::string
        kind;  ///< the start of the cache file's name, one for every way to decode: "celeba-64"
    ImageShape shape;
    std::array<std::uint32_t, 4> crop{};  ///< as in StoreHeader
    std::uint64_t fingerprint = 0;        ///< changes with whatever changes the pictures
    /// Decodes a file into [C, H, W]; what fails is left out and counted, but for out_of_memory.
    std::function<Result<void>(const std::string& name, std::span<std::uint8_t> out)> read{};

    [[nodiscard]] std::size_t count() const;
};

/// FNV-1a, for fingerprints and names of cache files.
class Hash {
public:
    /// Ends with a zero: "ab", "c" is not "a", "bc".
    void add(std::string_view text);
    void add(std::uint64_t number);
    [[nodiscard]] std::uint64_t value() const { return value_; }

private:
    void step(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001B3U; }

    std::uint64_t value_ = 0xCBF29CE484222325U;
};

/// What changes with a file: its size, its contents' time and that of its rights. Zero where it is not there.
std::uint64_t state_of(const std::filesystem::path& file);
std::uint64_t state_of(const struct stat& status);

/// The folder's one name, whatever links lead to it.
std::string name_of(const std::filesystem::path& folder);

/// The decoded pictures, from a file of the cache folder that is there already or is made now: one for every folder
/// and kind, so that changed originals replace the old. Errors as of PictureStoreWriter; io "loading was cancelled"
/// where the progress of `options` says so, with nothing left behind.
Result<std::shared_ptr<const PictureStore>> decoded(const Originals& originals,
                                                    const LoadOptions& options);

/// The pictures of split 0 (training), 1 (validation) or 2 (test).
LabelledImages split_of(const std::shared_ptr<const PictureStore>& store, std::size_t split);

/// "2 faces are left out, as no picture can be read from 'a.jpg', 'b.jpg'", with "face" as `thing`.
std::string left_out(const StoreHeader& header, const std::string& thing);

}  // namespace lmser
