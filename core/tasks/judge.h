// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/base/proceed.h"
#include "core/data/dataset.h"

namespace lmser {

struct JudgeOptions {
    std::int64_t held_out = 0;  ///< the last training pictures that it does not see
    int epochs = 9;
    std::uint64_t seed = 100;
    /// Asked after every step; false stops.
    std::function<bool(std::int64_t step, std::int64_t steps)> proceed{};
};

/// An ordinary convolutional classifier that says which class a picture shows: two 5x5 convolutions (16, 32
/// channels) with 2x2 pooling, 128 hidden units, dropout .3, cross-entropy, Adam, pictures shifted by up to one
/// pixel.
/// It shares no weights and no seed with the networks whose pictures it judges, and sees real pictures alone.
class Judge {
public:
    /// Trains a judge on the training split; null where it was stopped.
    static std::unique_ptr<Judge> train(const Dataset& dataset, const JudgeOptions& options);

    /// The class of every picture.
    [[nodiscard]] std::vector<int> classify(const Images& pictures,
                                            const Proceed& proceed = {}) const;

    /// The fraction of pictures first … first + count - 1 of a split that it names rightly.
    [[nodiscard]] double accuracy(const Dataset& dataset, const LabelledImages& split,
                                  std::size_t first, std::size_t count,
                                  const Proceed& proceed = {}) const;

    Judge(const Judge&) = delete;
    Judge& operator=(const Judge&) = delete;
    ~Judge();

private:
    struct Parts;
    explicit Judge(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// What a judge says of generated pictures.
struct GenerationScore {
    double correct = 0;            ///< the fraction that shows its class
    std::vector<double> by_class;  ///< the same, class by class
    double diversity = 0;          ///< within-class variance over that of the real pictures
};

/// Scores pictures that should show `classes`; `real_variance` is within_class_variance of real pictures.
GenerationScore score(const Judge& judge, const Images& pictures, std::span<const int> classes,
                      double real_variance, const Proceed& proceed = {});

}  // namespace lmser
