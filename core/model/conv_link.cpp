// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/conv_link.h"

#include <tuple>
#include <utility>

#include <torch/autograd.h>

namespace lmser {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Planes are [B, C, H, W] here; stride and padding are those of the convolution upwards.

Tensor weight_gradient(const Tensor& lower, const Tensor& upper, const Tensor& weight,
                       std::int64_t stride, std::int64_t padding) {
    return std::get<1>(torch::convolution_backward(upper, lower, weight, c10::nullopt,
                                                   {stride, stride}, {padding, padding}, {1, 1},
                                                   false, {0, 0}, 1, {false, true, false}));
}

/// Wᵀ * upper: the transposed convolution is what the convolution's backward pass makes for its input.
Tensor fold(const Tensor& upper, const Tensor& weight, std::int64_t stride, std::int64_t padding) {
    const auto side = [&](std::int64_t above) {
        return (above - 1) * stride - 2 * padding + weight.size(2);
    };
    // Only its size is looked at.
    const Tensor lower =
        torch::empty({upper.size(0), weight.size(1), side(upper.size(2)), side(upper.size(3))},
                     upper.options().requires_grad(false));
    return std::get<0>(torch::convolution_backward(upper, lower, weight, c10::nullopt,
                                                   {stride, stride}, {padding, padding}, {1, 1},
                                                   false, {0, 0}, 1, {true, false, false}));
}

/// Adds the gradient of a weight that joined `lower` and `upper`, and the plane sums of `gradient` to its bias's.
void add_to_gradients(Tensor weight, Tensor bias, const Tensor& lower, const Tensor& upper,
                      const Tensor& gradient, std::int64_t stride, std::int64_t padding) {
    if (weight.requires_grad()) {
        weight.mutable_grad().add_(weight_gradient(lower, upper, weight, stride, padding));
        bias.mutable_grad().add_(gradient.sum({0, 2, 3}));
    }
}

void remember(AutogradContext& context, std::int64_t stride, std::int64_t padding) {
    context.saved_data["stride"] = stride;
    context.saved_data["padding"] = padding;
}

/// y = W * z + b.  dz = Wᵀ * dy,  dW from (z, dy),  db = Σ dy
struct ConvUp : torch::autograd::Function<ConvUp> {
    static Tensor forward(AutogradContext* context, const Tensor& lower, const Tensor& weight,
                          const Tensor& bias, std::int64_t stride, std::int64_t padding) {
        context->save_for_backward({lower, weight, bias});
        remember(*context, stride, padding);
        return torch::conv2d(lower, weight, bias, stride, padding);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const Tensor& lower = saved[0];
        const Tensor& weight = saved[1];
        const std::int64_t stride = context->saved_data["stride"].toInt();
        const std::int64_t padding = context->saved_data["padding"].toInt();
        const Tensor gradient = gradients[0].contiguous();
        add_to_gradients(weight, saved[2], lower, gradient, gradient, stride, padding);
        return {lower.requires_grad() ? fold(gradient, weight, stride, padding) : Tensor(),
                Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

/// u = Wᵀ * z + c.  dz = W * du,  dW from (du, z),  dc = Σ du
struct ConvDown : torch::autograd::Function<ConvDown> {
    static Tensor forward(AutogradContext* context, const Tensor& upper, const Tensor& weight,
                          const Tensor& bias, std::int64_t stride, std::int64_t padding) {
        context->save_for_backward({upper, weight, bias});
        remember(*context, stride, padding);
        return fold(upper, weight, stride, padding).add_(bias.view({1, -1, 1, 1}));
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const Tensor& upper = saved[0];
        const Tensor& weight = saved[1];
        const std::int64_t stride = context->saved_data["stride"].toInt();
        const std::int64_t padding = context->saved_data["padding"].toInt();
        const Tensor gradient = gradients[0].contiguous();
        add_to_gradients(weight, saved[2], gradient, upper, gradient, stride, padding);
        return {
            upper.requires_grad() ? torch::conv2d(gradient, weight, {}, stride, padding) : Tensor(),
            Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

Tensor planes(const Tensor& flat, const ImageShape& shape) {
    return flat.view({flat.size(0), shape.channels, shape.height, shape.width});
}

}  // namespace

ConvLink::ConvLink(Tensor weight, Tensor weight_down, Tensor bias_up, Tensor bias_down,
                   const Layer& layer, const ImageShape& lower, const ImageShape& upper)
    : weight_(std::move(weight)),
      weight_down_(std::move(weight_down)),
      bias_up_(std::move(bias_up)),
      bias_down_(std::move(bias_down)),
      layer_(layer),
      lower_(lower),
      upper_(upper) {}

Tensor ConvLink::up(const Tensor& lower) const {
    return ConvUp::apply(planes(lower, lower_), weight_, bias_up_, layer_.stride, layer_.padding)
        .flatten(1);
}

Tensor ConvLink::down(const Tensor& upper) const {
    return ConvDown::apply(planes(upper, upper_), weight_down_, bias_down_, layer_.stride,
                           layer_.padding)
        .flatten(1);
}

}  // namespace lmser
