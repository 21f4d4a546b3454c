// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <vector>

#include "core/base/mask.h"
#include "core/base/result.h"

namespace lmser {

/// Masks of one size from a PNG (one mask, or a sheet of them without gaps, row by row; white is hidden: of grey
/// levels and colours the luminance of 128 of 255 and above, over black where it is transparent) or a `.npy`
/// (float32, truth values or bytes, [n, H, W] or [H, W], 1 hidden and 0 visible, nothing else). bad_data names what
/// does not fit, with both sizes; limits as in read_images().
Result<std::vector<Mask>> read_masks(const std::filesystem::path& path, int height, int width,
                                     std::size_t most = std::numeric_limits<std::size_t>::max());

/// Exactly one mask; bad_data where the file holds another size or more than one.
Result<Mask> read_mask(const std::filesystem::path& path, int height, int width);

/// Writes the mask as a grey PNG of 8 bits, white hidden and black visible, through atomic_save. usage where it has no
/// pixels or more than a PNG may.
Result<void> write_mask(const std::filesystem::path& path, const Mask& mask);

}  // namespace lmser
