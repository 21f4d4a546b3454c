// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/base/image.h"
#include "core/model/link.h"
#include "core/spec/network_spec.h"

namespace lmser {

/// A convolution on the way up and the transposed convolution with the same tensor on the way down.
/// Signals are flat, [B, C·H·W], as everywhere in the network; only the link knows their planes.
///
/// Both directions and both backward passes are made of two primitives, the convolution and its backward-data,
/// because those are what oneDNN serves: LibTorch's own conv_transpose2d is not. Weight gradients go straight into
/// .grad, as in DenseLink.
class ConvLink : public Link {
public:
    /// weight [C_i, C_{i-1}, k, k], weight_down the same (tied: the same tensor), bias_up [C_i], bias_down
    /// [C_{i-1}]; `lower` and `upper` are the sizes of the two layers, `layer` gives stride and padding.
    ConvLink(torch::Tensor weight, torch::Tensor weight_down, torch::Tensor bias_up,
             torch::Tensor bias_down, const Layer& layer, const ImageShape& lower,
             const ImageShape& upper);

    /// y = W * z + b:  [B, n_{i-1}] -> [B, n_i]
    [[nodiscard]] torch::Tensor up(const torch::Tensor& lower) const override;

    /// u = Wᵀ * z + c:  [B, n_i] -> [B, n_{i-1}]
    [[nodiscard]] torch::Tensor down(const torch::Tensor& upper) const override;

private:
    torch::Tensor weight_;
    torch::Tensor weight_down_;
    torch::Tensor bias_up_;
    torch::Tensor bias_down_;
    Layer layer_;
    ImageShape lower_;
    ImageShape upper_;
};

}  // namespace lmser
