// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/objective.h"

#include <stdexcept>

#include <torch/autograd.h>

#include "core/model/style_code.h"
#include "core/train/recall_objective.h"

namespace lmser {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// scale · Σ w e² with e = x̂ - x and w constant. One pass computes e and the gradient 2 · scale · w · e.
struct WeightedSquares : torch::autograd::Function<WeightedSquares> {
    static Tensor forward(AutogradContext* context, const Tensor& input,
                          const Tensor& reconstruction, double scale, double beyond_weight) {
        const Tensor error = reconstruction - input;
        Tensor weighted = error * (2 * scale);
        if (beyond_weight != 1) {
            // Clipping removes an error, and leaves none, exactly where it lies beyond black or white.
            const Tensor removed = reconstruction.clamp(0, 1).eq_(input);
            weighted.mul_(removed.mul_(beyond_weight - 1).add_(1));
        }
        context->save_for_backward({weighted});
        return torch::dot(weighted.view(-1), error.view(-1)).div_(2);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const Tensor weighted = context->get_saved_variables()[0];
        return {Tensor(), weighted * gradients[0], Tensor(), Tensor()};
    }
};

}  // namespace

Tensor reconstruction_error(ReconstructionLoss kind, const Tensor& input,
                            const Tensor& reconstruction) {
    const double per_image = 1 / static_cast<double>(input.size(0));
    const double per_pixel = 1 / static_cast<double>(input.numel());
    switch (kind) {
        case ReconstructionLoss::mean_square:
            return WeightedSquares::apply(input, reconstruction, per_pixel, 1.0);
        case ReconstructionLoss::half_sum:
            return WeightedSquares::apply(input, reconstruction, per_image / 2, 1.0);
        case ReconstructionLoss::absolute:
            return torch::l1_loss(reconstruction, input);
        case ReconstructionLoss::hinge:
            return WeightedSquares::apply(input, reconstruction, per_pixel, kBeyondWeight);
    }
    throw std::invalid_argument("unknown reconstruction loss");
}

Tensor label_error(LabelLoss kind, const Tensor& logits, const Tensor& labels) {
    if (kind == LabelLoss::cross_entropy) {
        return torch::nll_loss(logits.log_softmax(1), labels);
    }
    const Tensor target = torch::zeros_like(logits, torch::TensorOptions().requires_grad(false))
                              .scatter_(1, labels.unsqueeze(1), 1);
    return torch::mse_loss(logits, target);
}

Tensor dream_error(const LmserNet& net, const Tensor& codes, const Tensor& noise) {
    const std::int64_t labels = net.spec().label_units;
    Tensor pictures = net.imagine(codes).clamp(0, 1);
    if (noise.defined()) {
        pictures = pictures + noise;
    }
    return label_error(LabelLoss::cross_entropy, net.recognise(pictures).narrow(1, 0, labels),
                       codes.narrow(1, 0, labels).argmax(1));
}

JointLoss joint_loss(const TrainingOptions& options, const Perception& perception,
                     const Tensor& input, const Tensor& labels, const StyleTarget& styles,
                     const ImageShape& shape, const Tensor& hidden) {
    JointLoss loss;
    const Tensor& reconstruction = perception.reconstruction;
    loss.reconstruction =
        options.reconstruction_loss == ReconstructionLoss::absolute
            ? recall_error(options, shape, input, reconstruction, hidden)
            : reconstruction_error(options.reconstruction_loss, input, reconstruction);
    loss.joint = options.reconstruction_weight * loss.reconstruction;
    if (perception.label_logits.defined()) {
        loss.label = label_error(options.label_loss, perception.label_logits, labels);
        loss.joint = loss.joint + options.label_weight * loss.label;
    }
    if (perception.style.defined()) {
        loss.style = style_error(perception.style, labels, styles.recent, styles.directions);
        loss.joint = loss.joint + options.style_weight * loss.style;
    }
    return loss;
}

double error_per_pixel(const Tensor& input, const Tensor& reconstruction) {
    const torch::NoGradGuard no_grad;
    const Tensor error = reconstruction.clamp(0, 1).sub_(input).view(-1);
    return torch::dot(error, error).item<double>() / static_cast<double>(error.numel());
}

}  // namespace lmser
