// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/base/result.h"

namespace lmser {

/// How far the reconstruction is from the image.
enum class ReconstructionLoss {
    mean_square,  ///< mean over pixels and batch of (x̂ - x)²
    half_sum,  ///< the paper's Eq. (1): half the squared error summed over pixels, mean over batch
    absolute,  ///< mean of |x̂ - x|, which also knows edges and hidden pixels, see recall_error()
    hinge,  ///< mean square in which an error beyond black or white, which clipping removes, weighs .02
};

/// How far the label units are from the label.
enum class LabelLoss { cross_entropy, mean_square };

/// How the weights start.
enum class Initialization {
    orthogonal,
    xavier,
    kaiming,
    torch_default,
    pca_pyramid,  ///< principal components of patches, layer by layer; convolutions that halve alone
};

/// How the learning rate goes from step to step.
enum class Schedule {
    exponential,  ///< multiplied by `decay` after every step
    cosine,  ///< half a cosine from the learning rate down to a fiftieth of it at the last iteration
};

/// What a trainer needs beside network and data.
struct TrainingOptions {
    int batch = 50;                  ///< pictures a step
    std::int64_t iterations = 5000;  ///< the step at which training ends
    double learning_rate = 2e-3;     ///< Adam's, before the first step
    Schedule schedule = Schedule::exponential;
    double decay = .9997;      ///< of the exponential schedule; (0, 1]
    std::int64_t warm_up = 0;  ///< first steps in which the learning rate grows from 0
    double adam_beta2 = .999;  ///< how long Adam remembers squared gradients; [0, 1)
    double clip_norm = 0;      ///< a longer gradient is shortened to it; 0: none is
    Initialization initialization = Initialization::orthogonal;
    ReconstructionLoss reconstruction_loss = ReconstructionLoss::hinge;
    double reconstruction_weight = 1;
    LabelLoss label_loss = LabelLoss::cross_entropy;
    double label_weight = 0;  ///< 0 without label units
    double shortcut_dropout =
        0;  ///< probability that a sample trains without its y_i -> z_i shortcuts; [0, 1)
    double style_noise = 0;   ///< standard deviation of what is added to the style that goes down
    double style_weight = 0;  ///< of style_error(); 0 without style units
    double picture_noise =
        0;  ///< largest standard deviation of the noise on pictures that train without shortcuts
    double dream_weight = 0;  ///< of dream_error(); 0 without style units

    // How an associative memory is trained.
    bool random_masks = false;  ///< every picture has a hole; the whole picture is to come back
    bool flips = false;         ///< every second picture is mirrored
    double edge_weight = 0;  ///< of the differences between neighbouring pixels, in recall_error()
    double hidden_weight = 1;      ///< of hidden pixels, in recall_error()
    double composed_weight = 0;    ///< of what is seen of the recall when it is set into the hole
    double similarity_weight = 0;  ///< of what the composed picture lacks in structural similarity
    std::int64_t evaluate_every = 250;  ///< steps between two evaluations on the test split

    bool operator==(const TrainingOptions&) const = default;
};

/// Whether every option is in range. ErrorCode::usage names the one that is not, with its value.
Result<void> check(const TrainingOptions& options);

}  // namespace lmser
