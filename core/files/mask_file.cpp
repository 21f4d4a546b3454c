// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/mask_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/text.h"
#include "core/files/atomic_save.h"
#include "core/files/file_handle.h"
#include "core/files/image_file.h"
#include "core/files/picture_limits.h"
#include "core/files/png_codec.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

constexpr float kHiddenFrom = 127.5F / 255.0F;  // between the levels 127 and 128
constexpr std::uint8_t kWhite = 255;

Error bad(const fs::path& path, const std::string& reason, const std::string& hint = {}) {
    return {ErrorCode::bad_data, cannot("read", path) + ": " + reason, hint};
}

std::string size_of(int width, int height) {
    return size_text(static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height));
}

Result<bool> is_png(const fs::path& path) {
    const auto file = FileHandle::open_regular(path);
    if (!file) {
        return file.error();
    }
    std::array<std::byte, 1> start{};
    if (file->read(start) < 0) {
        return system_error("read", path, errno);
    }
    return start[0] == std::byte{0x89};
}

/// Values of an array are meant exactly; those of a picture are cut between black and white.
Result<void> check_exact(const fs::path& path, const Images& images) {
    const auto odd = std::find_if(images.values.begin(), images.values.end(),
                                  [](float value) { return value != 0 && value != 1; });
    if (odd == images.values.end()) {
        return {};
    }
    return bad(path,
               "value " + std::to_string(odd - images.values.begin()) + " is " +
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

Result<std::vector<Mask>> read_masks(const fs::path& path, int height, int width) {
    const auto png = is_png(path);
    if (!png) {
        return png.error();
    }
    const auto images = read_images(path, {1, height, width});
    if (!images) {
        return images.error();
    }
    if (auto exact = *png ? Result<void>() : check_exact(path, *images); !exact) {
        return exact.error();
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
    const auto png = is_png(path);
    if (!png) {
        return png.error();
    }
    if (auto single = *png ? check_single(path, height, width) : Result<void>(); !single) {
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
