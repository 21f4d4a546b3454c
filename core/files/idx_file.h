// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.h"

namespace lmser {

/// The contents of an IDX file of bytes: LeCun's format for MNIST.
struct IdxFile {
    std::vector<std::uint32_t> sizes;  ///< [n] for labels, [n, H, W] for images
    std::vector<std::uint8_t> bytes;   ///< as many as the product of the sizes
};

/// Reads an IDX file of unsigned bytes with `rank` dimensions, plain or gzip (told by its first bytes).
/// The sizes in the header are checked against what can follow before anything is allocated.
/// ErrorCode::bad_data on a wrong magic, a lying count, a cut or broken gzip, trailing bytes.
Result<IdxFile> read_idx(const std::filesystem::path& path, int rank);

}  // namespace lmser
