// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace lmser {

inline constexpr double kAdamBeta1 = .9;
inline constexpr double kAdamBeta2 = .999;
inline constexpr double kAdamEpsilon = 1e-8;

/// One Adam step number t over a flat buffer, one pass over memory, the same bits on every run:
///   m ← β1 m + (1-β1) g,  v ← β2 v + (1-β2) g²,  w ← w - rate · (m / (1-β1^t)) / (√(v / (1-β2^t)) + ε)
/// weights, gradient, first (m) and second (v) have one length; t counts from 1.
void adam_step(std::span<float> weights, std::span<const float> gradient, std::span<float> first,
               std::span<float> second, double rate, std::int64_t t, double beta2 = kAdamBeta2);

/// Whether every value is finite.
bool all_finite(std::span<const float> values);

}  // namespace lmser
