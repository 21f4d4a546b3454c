// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace lmser {

/// The size of a PNG, from its header.
struct PngSize {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
};

/// One row of a PNG: `channels` values a pixel, in [0,1]. 1 grey, 2 grey and alpha, 3 colour, 4 colour and
/// alpha; palettes and small depths are expanded.
using PngRow = std::function<void(std::uint32_t y, int channels, std::span<const float> values)>;

/// One text chunk of a PNG.
struct PngText {
    std::string keyword;  ///< 1 to 79 Latin letters, digits or signs
    std::string text;     ///< UTF-8, at most 1 MiB
};
using PngTexts = std::function<void(std::string_view keyword, std::string_view text)>;

/// Reads a PNG row by row. `accept` sees the size before anything is decoded or allocated and may refuse;
/// `row` gets every row once; `text`, if given, then gets every text chunk. EXIF's orientation, 1 to 8, comes back; the
/// rows are as they are stored. bad_data on a broken, cut or oversized
/// file (more than 16384 pixels a side or 64 megapixels); a chunk of more than 1 MiB that is no part of the picture, as a
/// text, is left out; a file that cannot hold its
/// picture is refused before decoding.
Result<int> read_png(const std::filesystem::path& path,
                     const std::function<Result<void>(PngSize)>& accept, const PngRow& row,
                     const PngTexts& text = {});

/// A PNG of 8 bits a value: `channels` 1 (grey) or 3 (colour), pixels [height, width, channels], with one text
/// chunk (iTXt, not compressed) if given. usage where picture or text is larger than read_png reads.
Result<std::vector<std::byte>> encode_png(PngSize size, int channels,
                                          std::span<const std::uint8_t> pixels,
                                          const std::optional<PngText>& text = {});

}  // namespace lmser
