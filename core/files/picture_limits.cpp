// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/picture_limits.h"

namespace lmser {

std::string size_text(std::uint64_t width, std::uint64_t height) {
    return std::to_string(width) + "x" + std::to_string(height);
}

std::optional<std::string> beyond_limits(std::uint64_t width, std::uint64_t height,
                                         bool several_passes) {
    const std::string is = "it is " + size_text(width, height) + " pixels, more than the ";
    if (width > kMaxPictureSide || height > kMaxPictureSide) {
        return is + std::to_string(kMaxPictureSide) + " a side allowed";
    }
    const std::uint64_t most = several_passes ? kMaxSeveralPassPixels : kMaxPicturePixels;
    if (width * height > most) {
        return is + std::to_string(most / 1'000'000) + " megapixels allowed" +
               (several_passes ? " for one that is stored in several passes" : "");
    }
    return std::nullopt;
}

}  // namespace lmser
