// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/dense_link.h"

#include <utility>

#include <torch/autograd.h>

namespace lmser {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Adds leftᵀ right to the gradient of a weight and the column sums of `output_gradient` to that of a bias.
void add_to_gradients(Tensor weight, Tensor bias, const Tensor& left, const Tensor& right,
                      const Tensor& output_gradient) {
    if (weight.requires_grad()) {
        weight.mutable_grad().addmm_(left.t(), right);
        bias.mutable_grad().add_(output_gradient.sum(0));
    }
}

/// y = z Wᵀ + b.  dz = dy W,  dW = dyᵀ z,  db = Σ dy
struct Up : torch::autograd::Function<Up> {
    static Tensor forward(AutogradContext* context, const Tensor& lower, const Tensor& weight,
                          const Tensor& bias) {
        context->save_for_backward({lower, weight, bias});
        return torch::addmm(bias, lower, weight.t());
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const Tensor& lower = saved[0];
        const Tensor& weight = saved[1];
        add_to_gradients(weight, saved[2], gradients[0], lower, gradients[0]);
        return {lower.requires_grad() ? gradients[0].mm(weight) : Tensor(), Tensor(), Tensor()};
    }
};

/// u = z W + c.  dz = du Wᵀ,  dW = zᵀ du,  dc = Σ du
struct Down : torch::autograd::Function<Down> {
    static Tensor forward(AutogradContext* context, const Tensor& upper, const Tensor& weight,
                          const Tensor& bias) {
        context->save_for_backward({upper, weight, bias});
        return torch::addmm(bias, upper, weight);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const Tensor& upper = saved[0];
        const Tensor& weight = saved[1];
        add_to_gradients(weight, saved[2], upper, gradients[0], gradients[0]);
        return {upper.requires_grad() ? gradients[0].mm(weight.t()) : Tensor(), Tensor(), Tensor()};
    }
};

}  // namespace

DenseLink::DenseLink(Tensor weight, Tensor weight_down, Tensor bias_up, Tensor bias_down)
    : weight_(std::move(weight)),
      weight_down_(std::move(weight_down)),
      bias_up_(std::move(bias_up)),
      bias_down_(std::move(bias_down)) {}

Tensor DenseLink::up(const Tensor& lower) const {
    return Up::apply(lower, weight_, bias_up_);
}

Tensor DenseLink::down(const Tensor& upper) const {
    return Down::apply(upper, weight_down_, bias_down_);
}

}  // namespace lmser
