// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/parameters.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <utility>

#include <torch/autograd.h>

namespace lmser {

namespace {

/// A leaf [sizes] over elements first … first + count - 1 of a flat tensor.
torch::Tensor view_of(const torch::Tensor& flat, std::int64_t first, const ParameterShape& shape) {
    return flat.narrow(0, first, shape.count()).view(shape.sizes).detach();
}

/// The weight between a layer and the one below it, without a name.
ParameterShape weight_shape(const Layer& layer, const ImageShape& below) {
    if (!layer.is_convolution()) {
        const auto lower = static_cast<std::int64_t>(below.pixels());
        return {{}, {layer.units, lower}, lower, layer.units};
    }
    const std::int64_t taps = std::int64_t{layer.kernel} * layer.kernel;
    return {{},
            {layer.units, below.channels, layer.kernel, layer.kernel},
            below.channels * taps,
            layer.units * taps / (std::int64_t{layer.stride} * layer.stride)};
}

ParameterShape named(ParameterShape shape, std::string name) {
    shape.name = std::move(name);
    return shape;
}

}  // namespace

std::int64_t ParameterShape::count() const {
    return std::accumulate(sizes.begin(), sizes.end(), std::int64_t{1}, std::multiplies<>());
}

std::vector<ParameterShape> parameter_shapes(const NetworkSpec& spec) {
    std::vector<ParameterShape> shapes;
    const std::vector<ImageShape> layers = layer_shapes(spec);
    for (std::size_t k = 1; k <= spec.layers.size(); ++k) {
        const Layer& layer = spec.layers[k - 1];
        const std::string link = "link" + std::to_string(k);
        const ParameterShape weight = weight_shape(layer, layers[k - 1]);
        const std::int64_t lower = layer.is_convolution()
                                       ? layers[k - 1].channels
                                       : static_cast<std::int64_t>(layers[k - 1].pixels());
        shapes.push_back(named(weight, link + ".weight"));
        if (!spec.wiring.tied_weights) {
            shapes.push_back(named(weight, link + ".weight_down"));
        }
        shapes.push_back({link + ".bias_up", {layer.units}});
        shapes.push_back({link + ".bias_down", {lower}});
    }
    if (const std::int64_t styles = spec.style_units; styles > 0) {
        shapes.push_back({"style.mean", {styles}});
        shapes.push_back({"style.variance", {styles}});
        shapes.push_back({"style.recent", {spec.label_units, kRememberedStyles, styles}});
        shapes.push_back({"style.next", {spec.label_units}});
    }
    if (spec.centred) {
        const ImageShape& picture = spec.input;
        shapes.push_back({kMeanPicture, {picture.channels, picture.height, picture.width}});
    }
    return shapes;
}

Parameters::Parameters(std::vector<ParameterShape> shapes, const torch::TensorOptions& options)
    : shapes_(std::move(shapes)) {
    std::int64_t count = 0;
    for (const ParameterShape& shape : shapes_) {
        count += shape.count();
    }
    flat_ = torch::empty({count}, options);
    std::int64_t first = 0;
    for (const ParameterShape& shape : shapes_) {
        views_.push_back(view_of(flat_, first, shape));
        first += shape.count();
    }
}

bool Parameters::has(std::string_view name) const {
    return std::any_of(shapes_.begin(), shapes_.end(),
                       [name](const ParameterShape& shape) { return shape.name == name; });
}

const torch::Tensor& Parameters::view(std::string_view name) const {
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
        if (shapes_[i].name == name) {
            return views_[i];
        }
    }
    throw std::out_of_range("no parameter is called '" + std::string(name) + "'");
}

void Parameters::require_gradients() {
    flat_gradient_ = torch::zeros_like(flat_);
    std::int64_t first = 0;
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
        views_[i].set_requires_grad(true);
        views_[i].mutable_grad() = view_of(flat_gradient_, first, shapes_[i]);
        first += shapes_[i].count();
    }
}

void Parameters::copy_from(const Parameters& other) {
    if (shapes_ != other.shapes_) {
        throw std::invalid_argument("the parameters are those of another network");
    }
    flat_.copy_(other.flat_);
}

void Parameters::set(std::string_view name, std::span<const float> values) {
    const torch::Tensor target = view(name).detach();
    if (target.numel() != static_cast<std::int64_t>(values.size())) {
        throw std::invalid_argument("parameter '" + std::string(name) + "' has " +
                                    std::to_string(target.numel()) + " values, not " +
                                    std::to_string(values.size()));
    }
    const torch::Tensor source = torch::empty(target.sizes(), torch::kFloat32);
    std::copy(values.begin(), values.end(), source.data_ptr<float>());
    target.copy_(source);
}

}  // namespace lmser
