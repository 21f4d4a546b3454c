// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/holes.h"

#include <cstdint>
#include <span>
#include <vector>

#include <torch/autograd.h>

#include "core/base/hole.h"

namespace lmser {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

template <class Value, class Change>
void change_planes(const Tensor& planes, const Tensor& hidden, const ImageShape& shape,
                   const Change& change) {
    const auto plane =
        static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width);
    const auto channels = static_cast<std::size_t>(shape.channels);
    auto* values = planes.data_ptr<Value>();
    const auto* mask = hidden.data_ptr<std::uint8_t>();
    for (std::int64_t i = 0; i < planes.size(0); ++i) {
        const Hole hole(shape.height, shape.width, {mask, plane});
        for (std::size_t channel = 0; channel < channels; ++channel) {
            change(hole, std::span(values, plane));
            values += plane;
        }
        mask += plane;
    }
}

/// A copy of the planes in which change(hole, plane) was done to every plane.
template <class Change>
Tensor changed(const Tensor& planes, const Tensor& hidden, const ImageShape& shape,
               const Change& change) {
    Tensor result = planes.detach().to(torch::kCPU).clone(torch::MemoryFormat::Contiguous);
    if (result.scalar_type() == torch::kFloat64) {
        change_planes<double>(result, hidden, shape, change);
    } else {
        change_planes<float>(result, hidden, shape, change);
    }
    return result.to(planes.device());
}

/// M and its adjoint.
struct Membrane : torch::autograd::Function<Membrane> {
    static Tensor forward(AutogradContext* context, const Tensor& error, const Tensor& hidden,
                          const std::vector<std::int64_t>& shape, std::int64_t rounds) {
        context->save_for_backward({hidden});
        context->saved_data["shape"] = shape;
        context->saved_data["rounds"] = rounds;
        return changed(error, hidden, shape_of(shape), [&](const Hole& hole, auto plane) {
            hole.span_membrane(plane, static_cast<int>(rounds));
        });
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const Tensor hidden = context->get_saved_variables()[0];
        const auto shape = shape_of(context->saved_data["shape"].toIntVector());
        const auto rounds = static_cast<int>(context->saved_data["rounds"].toInt());
        return {changed(gradients[0], hidden, shape,
                        [&](const Hole& hole, auto plane) {
                            hole.span_membrane_adjoint(plane, rounds);
                        }),
                Tensor(), Tensor(), Tensor()};
    }

private:
    static ImageShape shape_of(const std::vector<std::int64_t>& sizes) {
        return {static_cast<int>(sizes[0]), static_cast<int>(sizes[1]), static_cast<int>(sizes[2])};
    }
};

}  // namespace

Tensor filled_holes(const Tensor& planes, const Tensor& hidden, const ImageShape& shape) {
    return changed(planes, hidden, shape, [](const Hole& hole, auto plane) { hole.fill(plane); });
}

Tensor hidden_planes(const Tensor& hidden, const ImageShape& shape, const Tensor& like) {
    return hidden.to(like.options().requires_grad(false)).repeat({1, shape.channels});
}

Tensor composed_error(const Tensor& input, const Tensor& recalled, const Tensor& hidden,
                      const ImageShape& shape, int membrane_rounds) {
    const Tensor hole = hidden_planes(hidden, shape, recalled);
    const Tensor error = recalled - input;
    const Tensor surface = Membrane::apply(
        error, hidden, std::vector<std::int64_t>{shape.channels, shape.height, shape.width},
        std::int64_t{membrane_rounds});
    return hole * (error - surface);
}

}  // namespace lmser
