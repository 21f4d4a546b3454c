// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recall_objective.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include <torch/autograd.h>

#include "core/base/similarity.h"
#include "core/model/holes.h"
#include "core/spec/recall_options.h"

namespace lmser {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// What an error weighs. An undefined tensor cannot be an argument of an autograd function itself.
struct ErrorWeights {
    double edge = 0;
    double hidden = 1;
    Tensor mask{};  ///< where `hidden` holds; may be undefined
};

/// One plane of a weighted absolute error with its edges: adds to the gradient, returns the sum.
template <class Value>
double add_plane(const Value* d, const std::uint8_t* hidden, Value* gradient, std::size_t height,
                 std::size_t width, const ErrorWeights& weights) {
    const auto weight = [&](std::size_t i) {
        return hidden != nullptr && hidden[i] != 0 ? static_cast<Value>(weights.hidden) : Value{1};
    };
    const auto edge = static_cast<Value>(weights.edge);
    double sum = 0;
    for (std::size_t y = 0; y < height; ++y) {
        Value row = 0;
        const auto add_edge = [&](std::size_t i, std::size_t next) {
            const Value difference = d[next] - d[i];
            const Value w = edge * std::max(weight(i), weight(next));
            const Value slope = difference == 0 ? Value{0} : std::copysign(w, difference);
            row += w * std::abs(difference);
            gradient[next] += slope;
            gradient[i] -= slope;
        };
        for (std::size_t x = 0; x < width; ++x) {
            const std::size_t i = y * width + x;
            const Value w = weight(i);
            row += w * std::abs(d[i]);
            gradient[i] += d[i] == 0 ? Value{0} : std::copysign(w, d[i]);
        }
        if (edge > 0) {
            for (std::size_t x = 0; x + 1 < width; ++x) {
                add_edge(y * width + x, y * width + x + 1);
            }
            for (std::size_t x = 0; y + 1 < height && x < width; ++x) {
                add_edge(y * width + x, (y + 1) * width + x);
            }
        }
        sum += static_cast<double>(row);
    }
    return sum;
}

/// mean(w |d|) + edge · mean(w |∂d|): the sum and its gradient in one pass.
struct AbsoluteError : torch::autograd::Function<AbsoluteError> {
    static Tensor forward(AutogradContext* context, const Tensor& d, const ImageShape& shape,
                          const ErrorWeights& weights) {
        const Tensor error = d.to(torch::kCPU).contiguous();
        const Tensor gradient = torch::zeros_like(error);
        const double sum = error.scalar_type() == torch::kFloat64
                               ? add_all<double>(error, gradient, shape, weights)
                               : add_all<float>(error, gradient, shape, weights);
        const auto count = static_cast<double>(d.numel());
        context->save_for_backward({gradient.div_(count).to(d.device())});
        return torch::full({}, sum / count, d.options());
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        return {context->get_saved_variables()[0] * gradients[0], Tensor(), Tensor()};
    }

private:
    template <class Value>
    static double add_all(const Tensor& error, const Tensor& gradient, const ImageShape& shape,
                          const ErrorWeights& weights) {
        const auto height = static_cast<std::size_t>(shape.height);
        const auto width = static_cast<std::size_t>(shape.width);
        const auto channels = static_cast<std::size_t>(shape.channels);
        const auto planes = static_cast<std::size_t>(error.size(0)) * channels;
        const auto* mask = weights.mask.defined() ? weights.mask.data_ptr<std::uint8_t>() : nullptr;
        double sum = 0;
        for (std::size_t i = 0; i < planes; ++i) {
            const std::size_t at = i * height * width;
            sum += add_plane(error.data_ptr<Value>() + at,
                             mask != nullptr ? mask + i / channels * height * width : nullptr,
                             gradient.data_ptr<Value>() + at, height, width, weights);
        }
        return sum;
    }
};

/// What pictures with the error D lack in similarity to their truth, in their holes: the sum and its gradient by D in
/// one pass.
struct Dissimilarity : torch::autograd::Function<Dissimilarity> {
    static Tensor forward(AutogradContext* context, const Tensor& d, const Tensor& input,
                          const ImageShape& shape, const Tensor& hidden) {
        const Tensor truth = input.detach().to(torch::kCPU, d.scalar_type()).contiguous();
        const Tensor picture = truth + d.detach().to(torch::kCPU);
        const Tensor gradient = torch::zeros_like(truth);
        const double sum = d.scalar_type() == torch::kFloat64
                               ? add_all<double>(picture, truth, gradient, shape, hidden)
                               : add_all<float>(picture, truth, gradient, shape, hidden);
        const auto count = static_cast<double>(d.numel());
        context->save_for_backward({gradient.div_(count).to(d.device())});
        return torch::full({}, sum / count, d.options());
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        return {context->get_saved_variables()[0] * gradients[0], Tensor(), Tensor(), Tensor()};
    }

private:
    template <class Value>
    static double add_all(const Tensor& picture, const Tensor& truth, const Tensor& gradient,
                          const ImageShape& shape, const Tensor& hidden) {
        const auto values = static_cast<std::size_t>(picture.size(1));
        const auto pixels = static_cast<std::size_t>(hidden.size(1));
        double sum = 0;
        for (std::size_t i = 0; i < static_cast<std::size_t>(picture.size(0)); ++i) {
            const auto one = [&](const Tensor& all) {
                return std::span(all.data_ptr<Value>() + i * values, values);
            };
            sum += dissimilarity<Value>(one(picture), one(truth), shape,
                                        {hidden.data_ptr<std::uint8_t>() + i * pixels, pixels},
                                        Value{1}, one(gradient));
        }
        return sum;
    }
};

}  // namespace

Tensor recall_error(const TrainingOptions& options, const ImageShape& shape, const Tensor& input,
                    const Tensor& reconstruction, const Tensor& hidden) {
    Tensor error =
        AbsoluteError::apply(reconstruction - input, shape,
                             ErrorWeights{options.edge_weight, options.hidden_weight, hidden});
    if (!hidden.defined() || options.composed_weight + options.similarity_weight == 0) {
        return error;
    }
    const Tensor composed =
        composed_error(input, reconstruction, hidden, shape, kLiveMembraneRounds);
    if (options.composed_weight > 0) {
        error = error + options.composed_weight *
                            AbsoluteError::apply(composed, shape,
                                                 ErrorWeights{.edge = options.edge_weight});
    }
    if (options.similarity_weight > 0) {
        error = error +
                options.similarity_weight * Dissimilarity::apply(composed, input, shape, hidden);
    }
    return error;
}

}  // namespace lmser
