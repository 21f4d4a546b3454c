// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lmser::ui {

// What the plot computes, for display only.

/// The running mean that TensorBoard draws: m <- s·m + (1 - s)·v, divided by 1 - s^n so that the first values
/// are not drawn towards 0. A value that is not finite passes through and is not remembered.
class DebiasedAverage {
public:
    /// smoothing: s in [0, 1); 0 gives every value back as it is.
    explicit DebiasedAverage(double smoothing) : smoothing_(smoothing) {}

    /// Takes the next value; gives the mean so far.
    double add(double value);

private:
    double smoothing_;
    double mean_ = 0;
    double weight_ = 0;  // 1 - s^n
};

/// Every value of a curve smoothed by a DebiasedAverage.
std::vector<double> smoothed(std::span<const double> values, double smoothing);

/// One curve of the plot as a table has it.
struct CurveTable {
    std::string run;    ///< "lmser-un · seed 1"
    std::string curve;  ///< training | test | validation
    std::vector<std::int64_t> iterations;
    std::vector<double> values;    ///< error per pixel, one an iteration
    std::vector<double> smoothed;  ///< the same smoothed; empty for a curve that is not smoothed
};

/// The curves as comma-separated values (RFC 4180), a point a row, columns run, curve, iteration,
/// error_per_pixel, smoothed. Numbers have a point in every language and read back to the same bits.
std::string csv(std::span<const CurveTable> curves);

/// Where the horizontal lines of a logarithmic axis from `lower` to `upper` (> 0) stand: at the decades;
/// where fewer than two are in sight at 1, 2, 5 of each; where that is too coarse, evenly.
std::vector<double> logTicks(double lower, double upper);

/// The same for a linear axis: three to seven even steps of 1, 2 or 5 times a power of ten.
std::vector<double> linearTicks(double lower, double upper);

/// Moves labels of equal height apart so that none covers another: centres in, centres out, as near to where
/// they were as they fit between `top` and `bottom`. Their order stays.
std::vector<double> spreadLabels(std::span<const double> centres, double height, double top,
                                 double bottom);

}  // namespace lmser::ui
