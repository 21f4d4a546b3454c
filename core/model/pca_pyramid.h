// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/model/parameters.h"
#include "core/spec/network_spec.h"

namespace lmser {

/// Adds principal components to the weights, which makes WᵀW ≈ I on the data before the first step. Layer by layer,
/// non-overlapping 2x2 patches of the signal below are projected onto their first components U (uncentred); the weight's
/// inner 2x2 taps get +U for the first half of the channels and -U for the second, so that a pair of leaky ReLUs passes
/// both signs. Of the linear top layer every channel has its own component.
///   lowest: z_0 of training pictures, [N, …]; a mask channel is left out. The spec must pass check_pca_pyramid().
void add_pca_pyramid(const Parameters& parameters, const NetworkSpec& spec,
                     const torch::Tensor& lowest);

}  // namespace lmser
