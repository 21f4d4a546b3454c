// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include <torch/types.h>

#include "core/base/image.h"

namespace lmser {

/// The holes that the pictures of one step have, a pure function of (seed, step): 40 % brush strokes, 25 % one to three
/// rectangles, 15 % the eyes and 10 % the mouth of an aligned face (corners moved by up to 8 of 128 pixels), 10 % what
/// lies beyond a straight line.
///   -> uint8 [batch, H·W], 1 = hidden
torch::Tensor training_masks(std::int64_t batch, const ImageShape& shape, std::uint64_t seed,
                             std::int64_t step);

}  // namespace lmser
