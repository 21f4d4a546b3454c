// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace lmser {

/// What a picture file may ask of this program, checked from its header before anything is decoded.
inline constexpr std::uint32_t kMaxPictureSide = 16384;
inline constexpr std::uint64_t kMaxPicturePixels = 64'000'000;
/// Of a picture that comes in several passes (interlaced, progressive), which has to be in memory as a whole.
inline constexpr std::uint64_t kMaxSeveralPassPixels = 16'000'000;
/// A larger picture is reduced by 2 or 4 in each direction while it is read: no network sees as much.
inline constexpr std::uint64_t kKeptPicturePixels = 4'000'000;

/// "640x480"
std::string size_text(std::uint64_t width, std::uint64_t height);

/// Why a picture of that size is refused: "it is 20000x10 pixels, more than the 16384 a side allowed"; nothing where
/// it is not.
std::optional<std::string> beyond_limits(std::uint64_t width, std::uint64_t height,
                                         bool several_passes);

}  // namespace lmser
