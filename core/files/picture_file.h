// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/files/code_file.h"

namespace lmser {

/// A picture of any size, and the code that it carries where the program exported it.
struct Picture {
    Images image;  ///< one picture, grey or colour, values in [0,1]
    std::optional<KeptCode> code;
};

/// Reads a PNG or JPEG, told apart by their first bytes. Alpha is laid over white where the picture is dark ink on
/// nothing, else over black; EXIF's rotation is respected; CMYK becomes colour; a picture of more than 4 megapixels is
/// reduced by 2 or 4 while it is read, so that it takes 48 MB at most. bad_data names what does not fit: limits as in
/// SAFETY (16384 pixels a side, 64 megapixels; 16 where it is interlaced or progressive), checked before anything is
/// decoded. A text chunk that claims to be a code and is none is bad_data too.
Result<Picture> read_picture(const std::filesystem::path& file);

/// Writes one picture as PNG, every pixel enlarged `scale` times (nearest neighbour, 1 to 64), with the code in a
/// text chunk "lmser:code" where one is given; through atomic_save.
Result<void> write_picture(const std::filesystem::path& file, const Images& picture, int scale,
                           const std::optional<KeptCode>& code);

}  // namespace lmser
