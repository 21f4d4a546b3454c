// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/model/parameters.h"

namespace lmser {

/// What a network with style units knows of its styles beside weights. The tensors lie among the parameters, so that
/// copies and checkpoints have them; no gradient reaches them, so Adam leaves them as they are.
struct StyleMemory {
    torch::Tensor mean;      ///< [k] running mean of the style units
    torch::Tensor variance;  ///< [k] running variance
    torch::Tensor
        recent;  ///< [classes, kRememberedStyles, k] the last normalised styles of every class, a ring
    torch::Tensor next;  ///< [classes] where the next one goes
};

/// The memory that lies in the parameters of a network with style units; detached views.
StyleMemory style_memory(const Parameters& parameters);

/// v = (y - mean) / √(variance + 1e-4) of style units y [B, k]; with the batch's own mean and variance, through which
/// gradients flow, or the running ones.
torch::Tensor normalized_style(const torch::Tensor& y, const StyleMemory& memory, bool of_batch);

/// s = 2 erf(v / √2): a standard normal style becomes an even one in [-2, 2].
torch::Tensor even_style(const torch::Tensor& v);

/// How far the styles v [B, k] of every class are from standard normal, in all directions: along each of the
/// directions d [D, k] (unit vectors) v_d should be where its rank among the remembered styles of its class puts it,
///   k/2 · mean (v_d - Φ⁻¹((rank + ½) / (n + 1)))²
/// the quantile being a constant. labels int64 [B] -> scalar >= 0. A sliced Wasserstein distance (Bonneel et al. 2015).
torch::Tensor style_error(const torch::Tensor& v, const torch::Tensor& labels,
                          const torch::Tensor& recent, const torch::Tensor& directions);

/// After a step: the running mean and variance move by .02 towards those of the style units y [B, k], and the
/// normalised styles v [B, k] take the places of the oldest of their class.
void remember_styles(const StyleMemory& memory, const torch::Tensor& y, const torch::Tensor& v,
                     const torch::Tensor& labels);

}  // namespace lmser
