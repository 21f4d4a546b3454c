// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <torch/types.h>

#include "core/base/random.h"
#include "core/model/lmser_net.h"
#include "core/spec/measurements.h"
#include "core/spec/training_options.h"

namespace lmser {

/// Training met a loss or a gradient that is not finite. Nothing was changed.
class DivergedError : public std::runtime_error {
public:
    DivergedError(std::int64_t iteration, const std::string& what_is_not_finite);
    [[nodiscard]] std::int64_t iteration() const { return iteration_; }  ///< the step not made

private:
    std::int64_t iteration_;
};

/// One parameter tensor with what Adam remembers of it, as values in row-major order.
struct ParameterState {
    std::string name;
    std::vector<std::int64_t> sizes;
    std::vector<float> value;
    std::vector<float> first_moment;   ///< empty in restore(): zeros
    std::vector<float> second_moment;  ///< empty in restore(): zeros

    bool operator==(const ParameterState&) const = default;
};

/// Where training stands: with the experiment all that is needed to go on with the same bytes.
struct TrainerState {
    std::int64_t iteration = 0;
    std::int64_t adam_steps = 0;             ///< steps since the moments were zero; <= iteration
    double learning_rate = 0;                ///< of the next step; of the cosine schedule its peak
    std::vector<ParameterState> parameters;  ///< in the order of parameter_shapes()

    bool operator==(const TrainerState&) const = default;
};

/// Trains a network step by step: no thread, no file, no clock. The same arguments and batches give the same
/// bytes on one machine with one BLAS and thread count.
class Trainer {
public:
    /// A network with initial weights at iteration 0; spec and options must pass their check(). Throws
    /// c10::Error where the device is not there.
    Trainer(const NetworkSpec& spec, const TrainingOptions& options, std::uint64_t seed,
            const torch::Device& device = torch::kCPU);

    /// What a new network takes from training pictures [N, n_0] in [0,1] before its first step: the mean picture where it
    /// is centred, and components where it starts as a PCA pyramid. A network with neither is left as it is.
    void measure(const torch::Tensor& pictures);

    /// Perceives the images [B, n_0] in [0,1], differentiates the joint loss and makes one Adam step.
    /// labels: int64 [B], may be undefined without label units; B >= 2 with style units. Throws DivergedError where the loss or its
    /// gradient is not finite; weights, moments, iteration and learning rate are then what they were.
    StepReport step(const torch::Tensor& pictures, const torch::Tensor& labels);

    [[nodiscard]] const LmserNet& net() const { return net_; }
    [[nodiscard]] const TrainingOptions& options() const { return options_; }
    [[nodiscard]] const torch::Device& device() const { return device_; }
    [[nodiscard]] std::int64_t iteration() const { return iteration_; }
    [[nodiscard]] double learning_rate() const;  ///< of the next step
    void set_learning_rate(double rate);  ///< of the next step; later ones follow the schedule
    /// Where the cosine schedule ends.
    void set_target(std::int64_t iterations) { options_.iterations = iterations; }

    [[nodiscard]] TrainerState state() const;

    /// Goes on from a state. Throws std::invalid_argument, nothing changed, where its parameters are not those
    /// of the network. A state without moments starts Adam afresh.
    void restore(const TrainerState& state);

private:
    /// What chance adds to the styles of a step.
    struct StyleDraw {
        torch::Tensor directions;  ///< [D, k], unit vectors
        torch::Tensor noise;       ///< [B, k]
    };
    [[nodiscard]] torch::Tensor draw_shortcut_bits(std::int64_t batch) const;
    [[nodiscard]] StyleDraw draw_style(std::int64_t batch) const;
    /// Noise [B, n_0] whose deviation is drawn for every picture from [0, picture_noise]; undefined without.
    [[nodiscard]] torch::Tensor draw_noise(std::int64_t batch, Random& random) const;
    /// Codes [B, n_L]: class i % classes, styles even in [-2, 2].
    [[nodiscard]] torch::Tensor draw_dreams(std::int64_t batch, Random& random) const;
    /// Every second picture mirrored, by chance.
    [[nodiscard]] torch::Tensor flipped(const torch::Tensor& images) const;
    /// What the schedule makes of the peak rate for the next step.
    [[nodiscard]] double rate_share() const;
    void update_weights();

    TrainingOptions options_;
    std::uint64_t seed_;
    torch::Device device_;
    LmserNet net_;
    torch::Tensor first_moment_;   ///< flat, as Parameters::flat()
    torch::Tensor second_moment_;  ///< flat, as Parameters::flat()
    std::int64_t iteration_ = 0;
    std::int64_t adam_steps_ = 0;
    double peak_rate_;  ///< of the exponential schedule the rate of the next step
};

}  // namespace lmser
