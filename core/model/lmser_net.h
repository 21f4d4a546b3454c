// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include <torch/types.h>

#include "core/model/link.h"
#include "core/model/parameters.h"
#include "core/spec/network_spec.h"
#include "core/spec/recall_options.h"

namespace lmser {

/// What one perception computed. Layers are counted as in the paper: index 0 is the image, L the top code.
/// Every tensor is [B, n_k] and, while training, part of the autograd graph.
struct Perception {
    std::vector<torch::Tensor> bottom_up;  ///< y_1 … y_L of the last pass up; [0] is undefined
    std::vector<torch::Tensor> activity;  ///< z_0 … z_L after the last pass down; [0] is the image
    torch::Tensor reconstruction;         ///< x̂ = u_0 of the last reflection, not clipped
    std::vector<torch::Tensor> history;  ///< x̂ of every reflection; empty unless it was asked for

    [[nodiscard]] const torch::Tensor& code() const { return activity.back(); }  ///< z_L
    torch::Tensor label_logits;  ///< [B, label_units], the first units of y_L; undefined without
    torch::Tensor style;  ///< v [B, style_units], the normalised style units; undefined without
};

struct PerceiveOptions {
    /// m: one shortcut bit a sample, [B, 1] of 0 and 1. Undefined: every shortcut is there.
    torch::Tensor shortcut_bits;
    bool keep_history = false;  ///< fill Perception::history

    // How a network with style units is trained.
    /// One-hot [B, label_units]: the category that goes down where the shortcut bit is 0. Undefined: the softmax.
    torch::Tensor categories{};
    /// [B, style_units], added to the style that goes down; may be undefined.
    torch::Tensor style_noise{};
    bool batch_statistics = false;  ///< the batch normalises its styles itself

    // How an associative memory is asked.
    /// uint8 [B, H·W] on the CPU, 1 = hidden. Undefined: nothing is hidden.
    torch::Tensor hidden{};
    HoleFill fill = HoleFill::smooth;  ///< what stands in the hidden pixels
};

struct ImagineOptions {
    /// y_1 … y_{L-1} of a start picture as in Perception::bottom_up, [B, n_k] or [1, n_k]; shared neurons
    /// receive them. Empty: top-down only. Networks without shared neurons have no use for them.
    std::vector<torch::Tensor> bottom_up;
    int reflections = 0;  ///< perceptions of the clipped picture that follow, the code held
};

/// The network of every variant: wiring, fusion and reflections of the spec decide which one it is.
///
///   first pass up   y_k = W_k z_{k-1} + b_k,          z_k = s(y_k), z_L = y_L
///   pass down       u_k = W_{k+1}ᵀ z_{k+1} + c_k,     z_k = s(f(m y_k, u_k)) with shared neurons, else s(u_k)
///   pass up again   y_k as above, the image clamped,  z_k = s(f(m y_k, u_k)), z_L = y_L
///   image           x̂ = u_0
///   centred         z_0 = 4 (x - mean), x̂ = u_0 / 4 + mean
///   with style      z_L = [softmax(label units of y_L), 2 erf(v / √2)], v the normalised style units of y_L
///
/// Perceiving changes nothing, so several threads may share a const network whose weights stay; where BLAS is
/// not made for several threads they take turns, see core/tasks/engine_turn.h.
class LmserNet {
public:
    /// A network with uninitialised weights; options give device and type. The spec must pass check().
    explicit LmserNet(const NetworkSpec& spec, const torch::TensorOptions& options = {});

    /// A copy with weights of its own, which require no gradients.
    [[nodiscard]] LmserNet copy() const;

    /// y_L [B, n_L] of images [B, n_0]: one pass up alone. Gradients flow to the images; the weights are constants.
    [[nodiscard]] torch::Tensor recognise(const torch::Tensor& images) const;

    [[nodiscard]] const NetworkSpec& spec() const { return spec_; }
    [[nodiscard]] const Parameters& parameters() const { return parameters_; }
    Parameters& parameters() { return parameters_; }

    /// Perceives images [B, n_0] in [0,1]: up, down, and again as often as the spec says.
    [[nodiscard]] Perception perceive(const torch::Tensor& images,
                                      const PerceiveOptions& options = {}) const;

    /// The picture x̂ [B, n_0], not clipped, of top codes [B, n_L].
    [[nodiscard]] torch::Tensor imagine(const torch::Tensor& code,
                                        const ImagineOptions& options = {}) const;

    /// z_0 of pictures [B, n_0] in [0,1]: centred, with the mask channel, holes filled as the options say.
    [[nodiscard]] torch::Tensor lowest_layer(const torch::Tensor& images,
                                             const PerceiveOptions& options = {}) const;

    /// How many passes up and down perceive() makes: one without shared neurons, which repeat themselves.
    [[nodiscard]] int reflections() const;

private:
    /// y_k, z_k and u_k of every layer; index 0 is the image.
    struct Signals {
        explicit Signals(std::size_t layers)
            : y(layers + 1), z(layers + 1), u(layers + 1), m(layers + 1) {}
        std::vector<torch::Tensor> y, z, u;
        std::vector<torch::Tensor> m;  ///< what of y a shared neuron receives; undefined: all
    };

    [[nodiscard]] std::size_t top() const { return links_.size(); }
    /// The link between layers k - 1 and k.
    [[nodiscard]] const Link& link(std::size_t k) const { return *links_[k - 1]; }
    /// x̂ of u_0: [B, n_0], not clipped.
    [[nodiscard]] torch::Tensor picture_of(const torch::Tensor& u) const;
    /// What every hidden layer receives from below: the shortcut bits, and of an associative memory what is visible.
    [[nodiscard]] std::vector<torch::Tensor> gates(const PerceiveOptions& options) const;
    /// From z_0 to z_{L-1}; the top code is left to the caller.
    void pass_up(Signals& signals) const;
    /// z_L of y_L: the same, or category and style.
    [[nodiscard]] torch::Tensor top_code(const torch::Tensor& y, const PerceiveOptions& options,
                                         Perception& seen) const;
    /// From z_L to u_0.
    void pass_down(Signals& signals) const;
    /// s(f(m y, u)), where an undefined signal is one that is not there.
    [[nodiscard]] torch::Tensor join(const torch::Tensor& y, const torch::Tensor& u,
                                     const torch::Tensor& m) const;
    [[nodiscard]] torch::Tensor activate(const torch::Tensor& signal) const;

    NetworkSpec spec_;
    Parameters parameters_;
    std::vector<std::unique_ptr<Link>> links_;
    std::vector<std::unique_ptr<Link>> constant_links_;  ///< the same, over detached views
};

}  // namespace lmser
