// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/mask_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "core/base/text.h"
#include "core/files/atomic_save.h"
#include "core/files/file_handle.h"
#include "core/files/image_file.h"
#include "core/files/npy_file.h"
#include "core/files/picture_limits.h"
#include "core/files/png_codec.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

constexpr float kHiddenFrom = 127.5F / 255.0F;  // between the levels 127 and 128
constexpr std::uint8_t kWhite = 255;
constexpr std::byte kPngStart{0x89};
constexpr std::byte kNpyStart{0x93};

Error bad(const fs::path& path, const std::string& reason, const std::string& hint = {}) {
    return {ErrorCode::bad_data, cannot("read", path) + ": " + reason, hint};
}

std::string size_of(int width, int height) {
    return size_text(static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height));
}

Result<std::byte> first_byte(const fs::path& path) {
    const auto file = FileHandle::open_regular(path);
    if (!file) {
        return file.error();
    }
    std::array<std::byte, 1> start{};
    if (file->read(start) < 0) {
        return system_error("read", path, errno);
    }
    return start[0];
}

/// [n, H, W], [H, W] or [n, 1, H, W], of at most `most` masks.
Result<void> check_array(const fs::path& path, const std::vector<std::uint64_t>& sizes, int height,
                         int width, std::size_t most) {
    std::vector<std::uint64_t> wanted = {static_cast<std::uint64_t>(height),
                                         static_cast<std::uint64_t>(width)};
    if (sizes.size() == 4) {
        wanted.insert(wanted.begin(), 1);
    }
    if (sizes == wanted) {
        return {};
    }
    if (sizes.size() != wanted.size() + 1 || sizes[0] == 0 ||
        !std::equal(wanted.begin(), wanted.end(), sizes.begin() + 1)) {
        std::string text;
        for (const std::uint64_t size : sizes) {
            text += (text.empty() ? "" : ", ") + std::to_string(size);
        }
        return bad(path, "its shape is [" + text + "] where [masks, " + std::to_string(height) +
                             ", " + std::to_string(width) + "] is needed");
    }
    if (sizes[0] > most) {
        return Error{ErrorCode::usage,
                     cannot("read", path) + ": it holds " + std::to_string(sizes[0]) +
                         " masks, more than the " + std::to_string(most) + " wanted",
                     "Give no more than that."};
    }
    return {};
}

/// Values of an array are meant exactly; those of a picture are cut between black and white.
Result<Images> read_array(const fs::path& path, int height, int width, std::size_t most) {
    auto array = read_npy(
        path,
        [&](const std::vector<std::uint64_t>& sizes) {
            return check_array(path, sizes, height, width, most);
        },
        NpyValues::floats_or_bytes);
    if (!array) {
        return array.error();
    }
    const auto odd = std::find_if(array->values.begin(), array->values.end(),
                                  [](float value) { return value != 0 && value != 1; });
    if (odd == array->values.end()) {
        return Images{{1, height, width}, std::move(array->values)};
    }
    return bad(path,
               "value " + std::to_string(odd - array->values.begin()) + " is " +
                   shortest(static_cast<double>(*odd)) + ", where a mask has 1 (hidden) or 0",
               "Save it with (mask > 0.5).astype('float32').");
}

/// Refuses a PNG that is not of that size, a sheet included.
Result<void> check_single(const fs::path& path, int height, int width) {
    const auto read = read_png(
        path,
        [&](PngSize size) -> Result<void> {
            const std::string is = size_text(size.width, size.height);
            const std::string needed = size_of(width, height);
            if (is == needed) {
                return {};
            }
            return bad(path, "it is " + is + " pixels, where a mask of " + needed + " is needed",
                       "Scale or crop it to " + needed + " pixels.");
        },
        [](std::uint32_t, int, std::span<const float>) {});
    return read ? Result<void>() : read.error();
}

}  // namespace

Result<std::vector<Mask>> read_masks(const fs::path& path, int height, int width,
                                     std::size_t most) {
    const auto start = first_byte(path);
    if (!start) {
        return start.error();
    }
    const auto images = *start == kNpyStart ? read_array(path, height, width, most)
                                            : read_images(path, {1, height, width}, most);
    if (!images) {
        return images.error();
    }
    std::vector<Mask> masks;
    for (std::size_t i = 0; i < images->count(); ++i) {
        Mask mask = nothing_hidden(height, width);
        std::transform(images->at(i).begin(), images->at(i).end(), mask.hidden.begin(),
                       [](float value) { return value >= kHiddenFrom ? 1 : 0; });
        masks.push_back(std::move(mask));
    }
    return masks;
}

Result<Mask> read_mask(const fs::path& path, int height, int width) {
    const auto start = first_byte(path);
    if (!start) {
        return start.error();
    }
    if (auto single = *start == kPngStart ? check_single(path, height, width) : Result<void>();
        !single) {
        return single.error();
    }
    auto masks = read_masks(path, height, width);
    if (!masks) {
        return masks.error();
    }
    if (masks->size() != 1) {
        return bad(path,
                   "it holds " + std::to_string(masks->size()) + " masks of " +
                       size_of(width, height) + " pixels, where one is needed",
                   "Save the one that is meant.");
    }
    return std::move(masks->front());
}

Result<void> write_mask(const fs::path& path, const Mask& mask) {
    std::vector<std::uint8_t> pixels(mask.hidden.size());
    std::transform(mask.hidden.begin(), mask.hidden.end(), pixels.begin(),
                   [](std::uint8_t hidden) { return hidden != 0 ? kWhite : std::uint8_t{0}; });
    const auto bytes = encode_png(
        {static_cast<std::uint32_t>(mask.width), static_cast<std::uint32_t>(mask.height)}, 1,
        pixels);
    if (!bytes) {
        return bytes.error();
    }
    return atomic_save(path, *bytes);
}

}  // namespace lmser
