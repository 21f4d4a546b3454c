// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"

namespace lmser {

/// Pictures of one shape from a PNG (one picture, or a sheet of them without gaps, row by row) or a
/// `.npy` (float32, [n, C, H, W] or [n, H, W], values in [0,1]). Grey, colour, palette, alpha (over black)
/// and 16-bit PNG are converted to the shape's channels; a single picture is turned as its EXIF says. bad_data names
/// what does not fit; limits as in
/// SAFETY: 16384 pixels a side, 64 megapixels, 256 MiB of memory for a sheet, 1 GiB of `.npy`; checked, as that there
/// are at most `most` pictures (else usage), before anything is allocated.
Result<Images> read_images(const std::filesystem::path& path, const ImageShape& shape,
                           std::size_t most = std::numeric_limits<std::size_t>::max());

/// What a file has for read_images().
enum class HeldImages {
    none,
    sheet,  ///< a PNG whose size is that of a picture of the shape or of a sheet of them
    array,  ///< a `.npy`
};

/// Told by the first bytes alone: the rest may still be broken.
Result<HeldImages> holds_images(const std::filesystem::path& path, const ImageShape& shape);

/// Writes pictures as `.npy` (float32 [n, C, H, W]) or as one PNG sheet without gaps of `columns`
/// pictures a row (0: as square as possible), through atomic_save. usage for another ending.
Result<void> write_images(const std::filesystem::path& path, const Images& images,
                          std::size_t columns = 0);

/// Writes a contact sheet: one PNG of `rows`, each a strip of pictures of the same shape,
/// separated by `gap` pixels of white and enlarged `scale` times (nearest neighbour).
Result<void> write_sheet(const std::filesystem::path& path, const std::vector<Images>& rows,
                         int scale, int gap);

}  // namespace lmser
