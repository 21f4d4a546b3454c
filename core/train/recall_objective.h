// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/base/image.h"
#include "core/spec/training_options.h"

namespace lmser {

/// The loss of an associative memory, differentiable in the reconstruction. With d = x̂ - x, w = hidden_weight where a
/// pixel is hidden and 1 elsewhere, ∂ the difference to the next pixel to the right and below, and D composed_error():
///   mean(w |d|) + edge_weight · mean(w |∂d|) + composed_weight · (mean |D| + edge_weight · mean |∂D|)
///   + similarity_weight · (1 - SSIM of x + D and x, see dissimilarity(), summed over the hole and divided by B n_0)
///   input, reconstruction [B, n_0]; hidden uint8 [B, H·W] on the CPU, undefined: nothing is hidden -> scalar >= 0
torch::Tensor recall_error(const TrainingOptions& options, const ImageShape& shape,
                           const torch::Tensor& input, const torch::Tensor& reconstruction,
                           const torch::Tensor& hidden);

}  // namespace lmser
