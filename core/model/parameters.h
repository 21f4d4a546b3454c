// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <torch/types.h>

#include "core/spec/network_spec.h"

namespace lmser {

/// How many styles of every class a network with style units remembers while it trains.
inline constexpr std::int64_t kRememberedStyles = 100;

/// The mean picture [C, H, W] of a centred network; it is measured, not learned.
inline constexpr const char* kMeanPicture = "mean_picture";

/// The name and size of one parameter tensor.
struct ParameterShape {
    /// link<i>.weight, link<i>.weight_down, link<i>.bias_up, link<i>.bias_down; with style units also style.mean,
    /// style.variance, style.recent, style.next, see StyleMemory; of a centred network also mean_picture.
    std::string name;
    std::vector<std::int64_t> sizes;
    std::int64_t fan_in =
        0;  ///< of a weight: how many lower neurons an upper one is joined to; else 0
    std::int64_t fan_out =
        0;  ///< of a weight: how many upper neurons a lower one is joined to; else 0

    [[nodiscard]] std::int64_t count() const;  ///< the product of sizes
    bool operator==(const ParameterShape&) const = default;
};

/// The parameters that a network of this spec has, in the order of core/DESIGN.md. Tied weights appear once.
std::vector<ParameterShape> parameter_shapes(const NetworkSpec& spec);

/// All parameters of a network in one flat buffer, with a named view for every tensor. Optimiser, copies and
/// checkpoints work on the buffer; the links work on the views.
class Parameters {
public:
    /// Uninitialised parameters of these shapes; options give device and type (float32, float64).
    Parameters(std::vector<ParameterShape> shapes, const torch::TensorOptions& options);

    [[nodiscard]] const std::vector<ParameterShape>& shapes() const { return shapes_; }
    [[nodiscard]] const std::vector<torch::Tensor>& views() const { return views_; }

    [[nodiscard]] bool has(std::string_view name) const;
    /// The view with that name; throws std::out_of_range where there is none.
    [[nodiscard]] const torch::Tensor& view(std::string_view name) const;

    /// Every parameter one after another, [count].
    [[nodiscard]] const torch::Tensor& flat() const { return flat_; }

    /// Makes the views leaves whose gradients are views of one flat buffer of zeros.
    void require_gradients();

    /// The gradients one after another, [count]; undefined before require_gradients().
    [[nodiscard]] const torch::Tensor& flat_gradient() const { return flat_gradient_; }

    /// Replaces every value by those of parameters with the same shapes (throws otherwise); device and type
    /// may differ.
    void copy_from(const Parameters& other);

    /// Replaces one tensor by values in row-major order; throws where the count differs.
    void set(std::string_view name, std::span<const float> values);

private:
    std::vector<ParameterShape> shapes_;
    torch::Tensor flat_;
    torch::Tensor flat_gradient_;
    std::vector<torch::Tensor> views_;
};

}  // namespace lmser
