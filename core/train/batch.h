// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <torch/types.h>

#include "core/data/dataset.h"

namespace lmser {

/// What one training step sees.
struct Batch {
    torch::Tensor images;  ///< float32 [B, n_0], values in [0,1]
    torch::Tensor labels;  ///< int64 [B]
};

/// The pictures with these indices, in this order, on a device. `pixels` is n_0. Throws std::out_of_range.
Batch batch_of(const LabelledImages& split, std::size_t pixels,
               std::span<const std::int64_t> indices, const torch::Device& device = torch::kCPU);

/// Pictures first … first + count - 1. Throws std::out_of_range.
Batch batch_of(const LabelledImages& split, std::size_t pixels, std::size_t first,
               std::size_t count, const torch::Device& device = torch::kCPU);

}  // namespace lmser
