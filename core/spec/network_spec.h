// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"

namespace lmser {

/// The transfer function s of the hidden neurons. The top code is linear.
enum class Activation { relu, leaky_relu, sigmoid, tanh };

/// How a shared neuron joins the signal from below, y, and the one from above, u.
enum class Fusion {
    sum,      ///< z = s(y + u), the paper's rule; meant for one reflection
    average,  ///< z = s((y + u) / 2); converges when reflected several times
};

/// A fully connected layer.
struct Dense {
    int units = 1;
    bool operator==(const Dense&) const = default;
};

/// Which of Lmser's two dualities hold. Neither: an autoencoder. Tied weights only: Lmser(un-n).
/// Both: Lmser(un), and Lmser(sup) with label units.
struct Wiring {
    bool tied_weights = true;    ///< W_i serves up, its transpose serves down
    bool shared_neurons = true;  ///< one neuron serves encoder and decoder: z_i = s(y_i + u_i)
    bool operator==(const Wiring&) const = default;
};

/// The network as a value: what LmserNet is built from.
struct NetworkSpec {
    ImageShape input;                                  ///< z_0, values in [0,1]
    std::vector<Dense> layers = {{300}, {100}, {10}};  ///< from the image to the top code
    Wiring wiring;
    Activation activation = Activation::relu;
    Fusion fusion = Fusion::sum;
    int reflections = 1;  ///< passes up and down before weights change; >= 1
    int label_units =
        0;  ///< the first units of the top code that carry the label; 0 = unsupervised

    [[nodiscard]] std::size_t code_units() const {
        return static_cast<std::size_t>(layers.back().units);
    }
    bool operator==(const NetworkSpec&) const = default;
};

/// Whether a network can be built from the spec: sizes in range (1 to 16,384 units a layer, 1 to 16
/// layers, at most 80 million weights, 1 to 64 reflections, label units <= top units). ErrorCode::usage
/// names what is off.
Result<void> check(const NetworkSpec& spec);

}  // namespace lmser
