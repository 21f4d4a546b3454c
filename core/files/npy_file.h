// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace lmser {

/// The contents of a `.npy` file as float32.
struct NpyFile {
    std::vector<std::uint64_t> shape;
    std::vector<float> values;  ///< row by row
};

/// What a `.npy` may hold; everything becomes float32.
enum class NpyValues {
    floats,           ///< float32 ('<f4')
    floats_or_bytes,  ///< also truth values ('|b1') and bytes ('|u1')
};

/// Reads a `.npy` of version 1 or 2, row by row, whose values take at most 1 GiB as float32. `accept` sees the shape
/// before anything is allocated and may refuse. bad_data names what is off.
Result<NpyFile> read_npy(
    const std::filesystem::path& path,
    const std::function<Result<void>(const std::vector<std::uint64_t>&)>& accept,
    NpyValues allowed = NpyValues::floats);

/// The bytes of a `.npy` file, version 1. values: as many as the product of the shape.
std::vector<std::byte> encode_npy(std::span<const std::uint64_t> shape,
                                  std::span<const float> values);

}  // namespace lmser
