// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/model/lmser_net.h"
#include "core/spec/training_options.h"

namespace lmser {

/// How much an error weighs in the hinge loss where clipping removes it.
inline constexpr double kBeyondWeight = .02;

/// How far a reconstruction is from the image, differentiable in the reconstruction.
///   input [B, n_0] in [0,1], reconstruction [B, n_0] not clipped -> scalar >= 0
///   half_sum, Eq. (1):  ½ Σ (x̂ - x)², summed over pixels, averaged over the batch
///   mean_square:        mean over pixels and batch of (x̂ - x)²
///   absolute:           mean over pixels and batch of |x̂ - x|, see recall_error() for more
///   hinge:              the same with weight .02 where x <= 0 and x̂ < 0 or x >= 1 and x̂ > 1
torch::Tensor reconstruction_error(ReconstructionLoss kind, const torch::Tensor& input,
                                   const torch::Tensor& reconstruction);

/// How far the label units are from the label, differentiable in the logits.
///   logits [B, classes], labels int64 [B] -> scalar >= 0
///   cross_entropy: -mean log softmax(logits)[label]; mean_square: mean of (logit - one-hot)²
torch::Tensor label_error(LabelLoss kind, const torch::Tensor& logits, const torch::Tensor& labels);

/// Whether pictures that the network imagines are recognised by its own way up, whose weights are constants here:
/// cross-entropy of its label units. As in the sleep phase of wake-sleep (Hinton et al. 1995), turned round: it is the
/// way down that learns.
///   codes [B, n_L] with one-hot categories, noise [B, n_0] on the clipped pictures (may be undefined) -> scalar >= 0
torch::Tensor dream_error(const LmserNet& net, const torch::Tensor& codes,
                          const torch::Tensor& noise);

/// A loss and what it is made of, scalars.
struct JointLoss {
    torch::Tensor joint;           ///< w_r · reconstruction + w_l · label + w_s · style
    torch::Tensor reconstruction;  ///< reconstruction_error
    torch::Tensor label;           ///< label_error; undefined without label units
    torch::Tensor style;           ///< style_error; undefined without style units
};

/// What styles are compared with: the remembered ones, along unit vectors. Undefined without style units.
struct StyleTarget {
    torch::Tensor recent;      ///< [classes, n, k]
    torch::Tensor directions;  ///< [D, k]
};

/// The joint loss of a perception of `input`; labels may be undefined without label units. Where the loss is absolute it
/// is recall_error() of the pictures of the shape, hidden as there.
JointLoss joint_loss(const TrainingOptions& options, const Perception& perception,
                     const torch::Tensor& input, const torch::Tensor& labels,
                     const StyleTarget& styles = {}, const ImageShape& shape = {},
                     const torch::Tensor& hidden = {});

/// The mean squared error of the clipped reconstruction, the figure of the paper's Table 1; >= 0, and not
/// finite where the reconstruction is not.
double error_per_pixel(const torch::Tensor& input, const torch::Tensor& reconstruction);

}  // namespace lmser
