// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/pca_pyramid.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <torch/autograd.h>

namespace lmser {

namespace {

using torch::Tensor;

constexpr std::int64_t kMostPatches = 60'000;
/// What a pair of leaky ReLUs passes of a signal and its negative: s(a) - s(-a) = 1.2 a.
constexpr double kPairGain = 1.2;

/// Rows of 2x2 patches: [N · H/2 · W/2, C · 4] of [N, C, H, W].
Tensor patches_of(const Tensor& signal) {
    const std::int64_t channels = signal.size(1);
    return signal.unfold(2, 2, 2)
        .unfold(3, 2, 2)
        .permute({0, 2, 3, 1, 4, 5})
        .reshape({-1, channels * 4});
}

/// The first `count` eigenvectors of the second moment, widest first: [C · 4, count]; zeros where there are no more.
Tensor components_of(const Tensor& patches, std::int64_t count) {
    const std::int64_t every = (patches.size(0) + kMostPatches - 1) / kMostPatches;
    const Tensor rows =
        patches.slice(0, 0, patches.size(0), every).to(torch::kCPU, torch::kFloat64);
    const Tensor vectors = std::get<1>(torch::linalg_eigh(rows.t().matmul(rows)));
    const Tensor widest_first = vectors.flip(1);
    const std::int64_t there = std::min(count, widest_first.size(1));
    const Tensor components = torch::zeros({rows.size(1), count}, torch::kFloat64);
    components.narrow(1, 0, there).copy_(widest_first.narrow(1, 0, there));
    return components;
}

/// The weight's inner taps where channels of `upper` signs meet channels of `lower` signs.
void add_components(const Tensor& weight, const Tensor& components, double scale, bool is_first,
                    bool is_top) {
    const std::int64_t count = components.size(1);
    const std::int64_t channels = components.size(0) / 4;
    const Tensor taps = (components.t() * scale).to(weight.options()).view({count, channels, 2, 2});
    const Tensor inner = weight.detach().narrow(2, 1, 2).narrow(3, 1, 2);
    for (std::int64_t upper = 0; upper < (is_top ? 1 : 2); ++upper) {
        for (std::int64_t lower = 0; lower < (is_first ? 1 : 2); ++lower) {
            inner.narrow(0, upper * count, count)
                .narrow(1, lower * channels, channels)
                .add_(taps, upper == lower ? 1 : -1);
        }
    }
}

}  // namespace

void add_pca_pyramid(const Parameters& parameters, const NetworkSpec& spec, const Tensor& lowest) {
    const torch::NoGradGuard no_grad;
    const ImageShape& input = spec.input;
    Tensor signal = lowest.narrow(1, 0, static_cast<std::int64_t>(input.pixels()))
                        .reshape({-1, input.channels, input.height, input.width});
    for (std::size_t k = 1; k <= spec.layers.size(); ++k) {
        const bool is_first = k == 1;
        const bool is_top = k == spec.layers.size();
        const Tensor patches = patches_of(signal);
        const std::int64_t units = spec.layers[k - 1].units;
        const Tensor components = components_of(patches, is_top ? units : units / 2);
        const double scale = 1 / std::sqrt((is_first ? 1 : kPairGain) * (is_top ? 1 : kPairGain));
        add_components(parameters.view("link" + std::to_string(k) + ".weight"), components, scale,
                       is_first, is_top);
        const std::int64_t height = signal.size(2) / 2;
        const std::int64_t width = signal.size(3) / 2;
        signal = patches.matmul(components.to(patches.options()))
                     .view({-1, height, width, components.size(1)})
                     .permute({0, 3, 1, 2});
    }
}

}  // namespace lmser
