// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/training_options.h"

#include <array>
#include <limits>

#include "core/spec/range_check.h"

namespace lmser {

namespace {

constexpr double kSmallest = std::numeric_limits<double>::min();
constexpr double kMaxWeight = 1e9;
constexpr double kMaxNoise = 4;  // as wide as the styles themselves
// Rates far beyond any that trains are let through: that they diverge is for the trainer to tell.
constexpr double kMaxRate = 1e6;
constexpr double kAlmostOne = 1.0 - std::numeric_limits<double>::epsilon() / 2;
constexpr std::int64_t kMaxBatch = 65536;
constexpr std::int64_t kMaxSteps = 1'000'000'000;

}  // namespace

Result<void> check(const TrainingOptions& options) {
    const std::array results = {
        check_range("the batch size", std::int64_t{options.batch}, 1, kMaxBatch),
        check_range("the number of iterations", options.iterations, 1, kMaxSteps),
        check_range("the learning rate", options.learning_rate, kSmallest, kMaxRate),
        check_range("the decay of the learning rate", options.decay, kSmallest, 1.0),
        check_range("the number of warm-up steps", options.warm_up, 0, kMaxSteps),
        check_range("Adam's second decay", options.adam_beta2, 0.0, kAlmostOne),
        check_range("the largest norm of a gradient", options.clip_norm, 0.0, kMaxWeight),
        check_range("the weight of the reconstruction", options.reconstruction_weight, 0.0,
                    kMaxWeight),
        check_range("the weight of the label", options.label_weight, 0.0, kMaxWeight),
        check_range("the shortcut dropout", options.shortcut_dropout, 0.0, kAlmostOne),
        check_range("the noise on the style", options.style_noise, 0.0, kMaxNoise),
        check_range("the weight of the style", options.style_weight, 0.0, kMaxWeight),
        check_range("the noise on the pictures", options.picture_noise, 0.0, kMaxNoise),
        check_range("the weight of the dreams", options.dream_weight, 0.0, kMaxWeight),
        check_range("the weight of edges", options.edge_weight, 0.0, kMaxWeight),
        check_range("the weight of hidden pixels", options.hidden_weight, 0.0, kMaxWeight),
        check_range("the weight of the composed picture", options.composed_weight, 0.0, kMaxWeight),
        check_range("the weight of the similarity", options.similarity_weight, 0.0, kMaxWeight),
        check_range("the number of steps between evaluations", options.evaluate_every, 1,
                    kMaxSteps),
    };
    for (const auto& result : results) {
        if (!result) {
            return result;
        }
    }
    if (options.reconstruction_weight == 0 && options.label_weight == 0) {
        return Error{ErrorCode::usage,
                     "the weights of the reconstruction and of the label are both 0",
                     "Give at least one of them a weight, or there is nothing to learn."};
    }
    if (options.reconstruction_loss != ReconstructionLoss::absolute &&
        (options.edge_weight != 0 || options.hidden_weight != 1 || options.composed_weight != 0 ||
         options.similarity_weight != 0)) {
        return Error{ErrorCode::usage,
                     "edges, hidden pixels, the composed picture or its similarity have a weight "
                     "of their own, "
                     "which the loss does not know",
                     "Take the loss absolute, or hidden weight 1 and the others 0."};
    }
    return {};
}

}  // namespace lmser
