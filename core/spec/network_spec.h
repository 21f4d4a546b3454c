// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
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

/// A layer: fully connected, or convolutional where it has a kernel. The link below a convolutional layer is a
/// convolution on the way up and a transposed convolution with the same weight on the way down.
struct Layer {
    int units = 1;    ///< neurons; of a convolutional layer channels
    int kernel = 0;   ///< side of the square kernel; 0: fully connected
    int stride = 1;   ///< of a convolution, in pixels of the layer below
    int padding = 0;  ///< zeros around the layer below

    [[nodiscard]] bool is_convolution() const { return kernel > 0; }
    bool operator==(const Layer&) const = default;
};

/// "300", or "16k4s2p1" for 16 channels, kernel 4, stride 2, padding 1.
std::string text_of(const Layer& layer);
/// The layers one after another with a separator: "300,100,10".
std::string text_of(const std::vector<Layer>& layers, std::string_view separator);
/// Reads text_of(layer); nothing where the text is anything else.
std::optional<Layer> layer_from_text(std::string_view whole);

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
    std::vector<Layer> layers = {{300}, {100}, {10}};  ///< from the image to the top code
    Wiring wiring;
    Activation activation = Activation::relu;
    Fusion fusion = Fusion::sum;
    int reflections = 1;  ///< passes up and down before weights change; >= 1
    int label_units =
        0;  ///< the first units of the top code that carry the label; 0 = unsupervised
    /// The units after the label units that carry the style; with them the top code is category and style (Figure 4
    /// of the paper): softmax of the label units, then style units spread evenly over [-2, 2]. 0 = a linear top code.
    int style_units = 0;
    /// The network sees 4 (x - mean picture of the training data) and its image is u_0 / 4 + mean picture.
    bool centred = false;
    /// z_0 has one channel more, which says what is hidden (1): an associative memory that is shown pictures with holes.
    /// Shared neurons receive from below only what is visible there. Only with `centred`.
    bool mask_channel = false;

    /// The number of top units.
    [[nodiscard]] std::size_t code_units() const;
    bool operator==(const NetworkSpec&) const = default;
};

/// The size of every layer z_0 … z_L, the mask channel included; fully connected layers are [units, 1, 1]. The spec must
/// pass check().
std::vector<ImageShape> layer_shapes(const NetworkSpec& spec);

/// The number of weights and biases of a network. The spec must pass check().
std::size_t parameter_count(const NetworkSpec& spec);

/// Whether a network can be built from the spec: sizes in range (1 to 16,384 units a layer, 1 to 16
/// layers, at most 80 million weights, 1 to 64 reflections, label and style units <= top units), convolutions that
/// see every pixel below them, so that they fold back to its size, and none above a fully connected layer.
/// ErrorCode::usage names what is off.
Result<void> check(const NetworkSpec& spec);

/// Whether the layers are those of a PCA pyramid: tied, centred, leaky ReLU, convolutions 4x4 that halve (k4 s2 p1) with
/// an even number of channels (the top layer with any). usage says what is not.
Result<void> check_pca_pyramid(const NetworkSpec& spec);

}  // namespace lmser
