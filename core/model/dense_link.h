// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/model/link.h"

namespace lmser {

/// A fully connected link between n_{i-1} lower and n_i upper units.
///
/// Its backward pass adds weight gradients straight into the parameters' .grad, which Parameters keeps in one
/// flat buffer: a tied weight gets two contributions, and temporaries of its size would cost more than the
/// sums. So differentiate with backward(), not torch::autograd::grad(), and only once.
class DenseLink : public Link {
public:
    /// weight [n_i, n_{i-1}], weight_down the same (tied: the same tensor), bias_up [n_i],
    /// bias_down [n_{i-1}].
    DenseLink(torch::Tensor weight, torch::Tensor weight_down, torch::Tensor bias_up,
              torch::Tensor bias_down);

    /// y = W z + b:  [B, n_{i-1}] -> [B, n_i]
    [[nodiscard]] torch::Tensor up(const torch::Tensor& lower) const override;

    /// u = Wᵀ z + c:  [B, n_i] -> [B, n_{i-1}]
    [[nodiscard]] torch::Tensor down(const torch::Tensor& upper) const override;

private:
    torch::Tensor weight_;
    torch::Tensor weight_down_;
    torch::Tensor bias_up_;
    torch::Tensor bias_down_;
};

}  // namespace lmser
