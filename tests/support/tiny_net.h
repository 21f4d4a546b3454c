// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <torch/types.h>

#include "core/base/random.h"
#include "core/model/parameters.h"
#include "core/spec/network_spec.h"

namespace lmser::test {

inline constexpr Wiring kAe{false, false};
inline constexpr Wiring kUnN{true, false};
inline constexpr Wiring kUn{true, true};

/// A network [6, 5, 4, 3] over pictures of 2x3 pixels.
inline NetworkSpec tiny_spec(Wiring wiring = kUn) {
    NetworkSpec spec;
    spec.input = {1, 2, 3};
    spec.layers = {{5}, {4}, {3}};
    spec.wiring = wiring;
    return spec;
}

/// A network [6, 5, 4] over pictures of 2x3 pixels whose code is two classes and two styles.
inline NetworkSpec style_spec() {
    NetworkSpec spec = tiny_spec();
    spec.layers = {{5}, {4}};
    spec.label_units = 2;
    spec.style_units = 2;
    return spec;
}

/// A convolutional network over pictures of 4x6 pixels: 2x4x6, 3x2x3, 3 top units.
inline NetworkSpec convolutional_spec(Wiring wiring = kUn) {
    NetworkSpec spec;
    spec.input = {1, 4, 6};
    spec.layers = {{2, 3, 1, 1}, {3, 4, 2, 1}, {3}};
    spec.wiring = wiring;
    return spec;
}

/// Uniform numbers in [low, high), the same for the same seed.
inline torch::Tensor uniform_tensor(std::vector<std::int64_t> sizes, std::uint64_t seed,
                                    double low = 0, double high = 1,
                                    torch::Dtype type = torch::kFloat32) {
    Random random(seed, RandomPurpose::exploration, 0);
    const torch::Tensor tensor = torch::empty(sizes, torch::kFloat64);
    double* values = tensor.data_ptr<double>();
    std::generate_n(values, tensor.numel(), [&] { return random.uniform(low, high); });
    return tensor.to(type);
}

/// Gives every parameter, biases too, a number in [-.5, .7): high enough that ReLUs live.
inline void randomize(Parameters& parameters, std::uint64_t seed) {
    const torch::Tensor& flat = parameters.flat();
    flat.copy_(uniform_tensor({flat.numel()}, seed, -.5, .7));
}

}  // namespace lmser::test
