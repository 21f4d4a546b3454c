// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"

namespace lmser::cli {

/// Where `lmser recall` finds what it works on.
struct RecallFiles {
    std::string images;
    std::string masks;
    std::string align;  ///< x,y,x,y,x,y of the left eye, the right eye and the mouth; empty: none
};

/// Pictures and what is hidden of them.
struct RecallInput {
    Images pictures;
    std::vector<std::uint8_t> hidden;  ///< [count, H·W], 1 hidden
};

/// Reads both for a network that takes pictures of `shape`: pictures of that size (a PNG sheet, `.npy`), or one photo
/// of any size, aligned. Warns of an alignment that nobody gave and of pictures of which everything is hidden. usage
/// where masks and pictures do not belong together or nothing is hidden; bad_data for what cannot be read.
Result<RecallInput> read_recall_input(const RecallFiles& files, const ImageShape& shape,
                                      bool digits);

}  // namespace lmser::cli
