// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace lmser {

/// What joins layer i - 1 to layer i, both ways. With tied weights one tensor W_i serves up() and, transposed,
/// down(); then <W z, v> = <z, Wᵀ v> up to the biases. Implementations hold views of Parameters.
class Link {
public:
    virtual ~Link() = default;

    /// The bottom-up signal y_i of the lower layer's activity z_{i-1}.
    [[nodiscard]] virtual torch::Tensor up(const torch::Tensor& lower) const = 0;

    /// The top-down signal u_{i-1} of the upper layer's activity z_i.
    [[nodiscard]] virtual torch::Tensor down(const torch::Tensor& upper) const = 0;
};

}  // namespace lmser
