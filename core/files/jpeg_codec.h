// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace lmser {

/// What the markers of a JPEG say before its pixels come.
struct JpegHeader {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    int components = 0;           ///< 1 grey, 3 colour, 4 CMYK
    bool several_passes = false;  ///< progressive, or one component after another
    bool adobe = false;           ///< written by Adobe's rules: CMYK is stored inverted
    int orientation = 1;          ///< EXIF's, 1 to 8
};

/// Reads the markers up to the first pixels; nothing is allocated. bad_data, without the file's name, where they are
/// broken or cut off, the picture is beyond the limits of SAFETY, of a kind that is not read (lossless, arithmetic
/// coding, 12 bits), or cannot be in as many bytes.
Result<JpegHeader> read_jpeg_header(std::span<const std::byte> file);

/// Pixels of a JPEG, in 8 bits.
struct JpegPixels {
    std::size_t width = 0;
    std::size_t height = 0;
    std::size_t channels = 0;          ///< 1 grey, 3 colour, 4 CMYK
    std::vector<std::uint8_t> values;  ///< [height, width, channels]
};

/// Decodes a JPEG whose header was accepted, a `reduction`th of its size (1, 2, 4 or 8). bad_data, without the file's
/// name, for the least damage; zeros that fill the file up before its end are none.
Result<JpegPixels> decode_jpeg(std::span<const std::byte> file, const JpegHeader& header,
                               int reduction);

}  // namespace lmser
