// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/base/image.h"

namespace lmser {

/// The holes of a batch of pictures, for autograd: hidden is uint8 [B, H·W] on the CPU, 1 = hidden. Planes are
/// [B, C·H·W], float32 or float64, on any device.

/// The planes with smooth surfaces in their holes, see Hole::fill. Takes no part in autograd.
torch::Tensor filled_holes(const torch::Tensor& planes, const torch::Tensor& hidden,
                           const ImageShape& shape);

/// The recall with the visible error taken into the hole by a membrane, see Hole::span_membrane; in the hole alone:
///   D = m · (recalled + M((1 - m) · (input - recalled)) - input), zero where it is visible. Differentiable in `recalled`.
torch::Tensor composed_error(const torch::Tensor& input, const torch::Tensor& recalled,
                             const torch::Tensor& hidden, const ImageShape& shape,
                             int membrane_rounds);

/// hidden [B, H·W] for every channel and as numbers of a type: [B, C·H·W] on the device of `like`.
torch::Tensor hidden_planes(const torch::Tensor& hidden, const ImageShape& shape,
                            const torch::Tensor& like);

}  // namespace lmser
