// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lmser {

/// What one training step measured on its batch, before the weights changed.
struct StepReport {
    std::int64_t iteration = 0;  ///< 1 after the first step
    double loss = 0;             ///< the joint loss that was differentiated
    double error_per_pixel = 0;  ///< mean squared error of the clipped reconstruction
    double label_loss = 0;       ///< 0 without label units
    double learning_rate = 0;    ///< the rate of this step
};

/// What a network does on a split of a dataset that is not being trained on, or on the training split.
struct Evaluation {
    std::int64_t iteration = 0;
    std::string split;               ///< train | validation | test
    std::int64_t images = 0;         ///< how many pictures were measured
    double error_per_pixel = 0;      ///< mean squared error of the clipped reconstruction
    std::optional<double> accuracy;  ///< in [0,1]; only with label units
    std::vector<float> code_std;     ///< standard deviation of every top unit over the split
};

/// A top unit that is constant over the data: its slider would do nothing.
/// Dead is a standard deviation under a thousandth, or under a hundredth of the liveliest unit's.
bool is_dead(float std, float largest_std);

/// The indices of the dead units in Evaluation::code_std.
std::vector<std::size_t> dead_units(const std::vector<float>& code_std);

/// The distribution of one top unit over a dataset.
struct UnitStatistics {
    float minimum = 0;
    float maximum = 0;
    float percentile_1 = 0;
    float percentile_99 = 0;
    float mean = 0;
    float std = 0;
    bool dead = false;
    std::array<float, 48>
        histogram{};  ///< fractions in equal bins from minimum to maximum; they sum to 1
    bool operator==(const UnitStatistics&) const = default;
};

/// Where the codes of a dataset lie. A shipped model carries it, so that sliders need no dataset.
struct CodeStatistics {
    std::string dataset;                ///< its name
    std::int64_t images = 0;            ///< how many training pictures were encoded
    std::vector<std::string> classes;   ///< names
    std::vector<UnitStatistics> units;  ///< one a top unit
    std::vector<float> mean;            ///< [n] of the codes
    std::vector<std::vector<float>>
        axes;                     ///< principal axes, orthonormal [n], at most 16, widest first
    std::vector<float> axis_std;  ///< standard deviation along every axis
    std::vector<std::vector<float>> class_mean;  ///< [classes][n]
    std::vector<std::vector<float>> class_std;   ///< [classes][n]
    bool operator==(const CodeStatistics&) const = default;
};

}  // namespace lmser
