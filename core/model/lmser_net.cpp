// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/lmser_net.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/model/conv_link.h"
#include "core/model/dense_link.h"
#include "core/model/holes.h"
#include "core/model/style_code.h"

namespace lmser {

namespace {

constexpr double kLeakySlope = .2;
constexpr double kContrast = 4;  // of a centred picture

/// `constant`: over detached views of the same memory, which take no gradients.
std::vector<std::unique_ptr<Link>> links_over(const Parameters& parameters, const NetworkSpec& spec,
                                              bool constant) {
    const auto view = [&](const std::string& name) {
        const torch::Tensor& parameter = parameters.view(name);
        return constant ? parameter.detach() : parameter;
    };
    std::vector<std::unique_ptr<Link>> links;
    const std::vector<ImageShape> shapes = layer_shapes(spec);
    for (std::size_t k = 1; k <= spec.layers.size(); ++k) {
        const Layer& layer = spec.layers[k - 1];
        const std::string name = "link" + std::to_string(k);
        const torch::Tensor weight = view(name + ".weight");
        const torch::Tensor weight_down =
            spec.wiring.tied_weights ? weight : view(name + ".weight_down");
        const torch::Tensor bias_up = view(name + ".bias_up");
        const torch::Tensor bias_down = view(name + ".bias_down");
        if (layer.is_convolution()) {
            links.push_back(std::make_unique<ConvLink>(weight, weight_down, bias_up, bias_down,
                                                       layer, shapes[k - 1], shapes[k]));
        } else {
            links.push_back(std::make_unique<DenseLink>(weight, weight_down, bias_up, bias_down));
        }
    }
    return links;
}

}  // namespace

LmserNet::LmserNet(const NetworkSpec& spec, const torch::TensorOptions& options)
    : spec_(spec),
      parameters_(parameter_shapes(spec), options),
      links_(links_over(parameters_, spec, false)),
      constant_links_(links_over(parameters_, spec, true)) {}

LmserNet LmserNet::copy() const {
    LmserNet copied(spec_, parameters_.flat().options());
    copied.parameters_.copy_from(parameters_);
    return copied;
}

torch::Tensor LmserNet::recognise(const torch::Tensor& images) const {
    torch::Tensor z = lowest_layer(images, {});
    for (std::size_t k = 1; k < top(); ++k) {
        z = activate(constant_links_[k - 1]->up(z));
    }
    return constant_links_[top() - 1]->up(z);
}

int LmserNet::reflections() const {
    return spec_.wiring.shared_neurons ? spec_.reflections : 1;
}

Perception LmserNet::perceive(const torch::Tensor& images, const PerceiveOptions& options) const {
    Signals signals(top());
    auto& [y, z, u, m] = signals;
    Perception seen;
    z[0] = lowest_layer(images, options);  // clamped in every reflection
    m = gates(options);
    for (int reflection = 1; reflection <= reflections(); ++reflection) {
        pass_up(signals);
        y[top()] = link(top()).up(z[top() - 1]);
        z[top()] = top_code(y[top()], options, seen);
        pass_down(signals);
        if (options.keep_history) {
            seen.history.push_back(picture_of(u[0]));
        }
    }
    if (spec_.label_units > 0) {
        seen.label_logits = y[top()].narrow(1, 0, spec_.label_units);
    }
    seen.reconstruction = picture_of(u[0]);
    seen.bottom_up = std::move(y);
    seen.activity = std::move(z);
    return seen;
}

torch::Tensor LmserNet::imagine(const torch::Tensor& code, const ImagineOptions& options) const {
    Signals signals(top());
    auto& [y, z, u, m] = signals;
    z[top()] = code;
    std::copy_n(options.bottom_up.begin(), std::min(options.bottom_up.size(), top()), y.begin());
    pass_down(signals);
    for (int reflection = 1; spec_.wiring.shared_neurons && reflection <= options.reflections;
         ++reflection) {
        z[0] = lowest_layer(picture_of(u[0]).clamp(0, 1), {});
        std::fill(u.begin(), u.end(), torch::Tensor());  // perceived afresh, as a picture is
        pass_up(signals);
        pass_down(signals);
    }
    return picture_of(u[0]);
}

torch::Tensor LmserNet::lowest_layer(const torch::Tensor& images,
                                     const PerceiveOptions& options) const {
    torch::Tensor seen = images;
    if (spec_.centred) {
        const torch::Tensor mean = parameters_.view(kMeanPicture).detach().view({1, -1});
        seen = (images - mean).mul_(kContrast);
    }
    torch::Tensor mask;
    if (options.hidden.defined()) {
        if (options.fill == HoleFill::smooth) {
            seen = filled_holes(seen, options.hidden, spec_.input);
        } else if (options.fill == HoleFill::mean) {
            seen = seen * (1 - hidden_planes(options.hidden, spec_.input, seen));
        }
        mask = options.hidden.to(seen.options());
    }
    if (!spec_.mask_channel) {
        return seen;
    }
    if (!mask.defined()) {
        mask = torch::zeros({seen.size(0), spec_.input.height * spec_.input.width}, seen.options());
    }
    return torch::cat({seen, mask}, 1);
}

torch::Tensor LmserNet::picture_of(const torch::Tensor& u) const {
    if (!spec_.centred) {
        return u;
    }
    const torch::Tensor mean = parameters_.view(kMeanPicture).detach().view({1, -1});
    // The way down of the mask channel has nothing to say.
    return torch::add(mean, u.narrow(1, 0, mean.size(1)), 1 / kContrast);
}

std::vector<torch::Tensor> LmserNet::gates(const PerceiveOptions& options) const {
    std::vector<torch::Tensor> gates(top() + 1, options.shortcut_bits);
    if (!spec_.wiring.shared_neurons || !spec_.mask_channel || !options.hidden.defined()) {
        return gates;
    }
    const torch::Tensor visible =
        1 - options.hidden.to(parameters_.flat().options().requires_grad(false))
                .view({-1, 1, spec_.input.height, spec_.input.width});
    const std::vector<ImageShape> shapes = layer_shapes(spec_);
    for (std::size_t k = 1; k < top(); ++k) {
        const ImageShape& shape = shapes[k];
        const torch::Tensor share = torch::adaptive_avg_pool2d(visible, {shape.height, shape.width})
                                        .expand({-1, shape.channels, -1, -1})
                                        .flatten(1);
        gates[k] = gates[k].defined() ? gates[k] * share : share;
    }
    return gates;
}

void LmserNet::pass_up(Signals& signals) const {
    auto& [y, z, u, m] = signals;
    for (std::size_t k = 1; k < top(); ++k) {  // y_k = W_k z_{k-1} + b_k
        y[k] = link(k).up(z[k - 1]);
        z[k] = join(y[k], u[k], m[k]);  // s(y_k) at first, when there is no u_k yet
    }
}

void LmserNet::pass_down(Signals& signals) const {
    auto& [y, z, u, m] = signals;
    for (std::size_t k = top(); k-- > 1;) {  // u_k = W_{k+1}ᵀ z_{k+1} + c_k
        u[k] = link(k + 1).down(z[k + 1]);
        z[k] = spec_.wiring.shared_neurons ? join(y[k], u[k], m[k]) : activate(u[k]);
    }
    u[0] = link(1).down(z[1]);
}

torch::Tensor LmserNet::top_code(const torch::Tensor& y, const PerceiveOptions& options,
                                 Perception& seen) const {
    if (spec_.style_units == 0) {
        return y;  // the top code is linear
    }
    torch::Tensor category = y.narrow(1, 0, spec_.label_units).softmax(1);
    if (options.categories.defined() && options.shortcut_bits.defined()) {
        category = torch::where(options.shortcut_bits > 0, category, options.categories);
    }
    seen.style = normalized_style(y.narrow(1, spec_.label_units, spec_.style_units),
                                  style_memory(parameters_), options.batch_statistics);
    torch::Tensor style = even_style(seen.style);
    if (options.style_noise.defined()) {
        style = style + options.style_noise;
    }
    return torch::cat({category, style}, 1);
}

torch::Tensor LmserNet::join(const torch::Tensor& y, const torch::Tensor& u,
                             const torch::Tensor& m) const {
    if (!y.defined() || !u.defined()) {
        return activate(y.defined() ? y : u);
    }
    const torch::Tensor both = m.defined() ? torch::addcmul(u, y, m) : y + u;
    if (spec_.fusion == Fusion::sum) {
        return activate(both);
    }
    return activate(m.defined() ? both / (1 + m) : both / 2);
}

torch::Tensor LmserNet::activate(const torch::Tensor& signal) const {
    switch (spec_.activation) {
        case Activation::relu:
            return torch::relu(signal);
        case Activation::leaky_relu:
            return torch::leaky_relu(signal, kLeakySlope);
        case Activation::sigmoid:
            return torch::sigmoid(signal);
        case Activation::tanh:
            return torch::tanh(signal);
    }
    throw std::invalid_argument("unknown activation");
}

}  // namespace lmser
