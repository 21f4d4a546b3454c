// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace lmser {

/// What a stream of random numbers is for; two purposes never share numbers.
enum class RandomPurpose : std::uint64_t {
    weights = 1,
    order = 2,
    shortcuts = 3,
    strokes = 4,
    exploration = 5,
    styles = 6,  ///< index 0: the first memory; index t: noise and directions of step t
    generation = 7,
    judge = 8,
    dreams = 9,           ///< noise on the pictures of a step, and its imagined pictures
    masks = 10,           ///< the holes of a step's pictures
    flips = 11,           ///< which pictures of a step are mirrored
    measured_masks = 12,  ///< the holes of pictures that are measured
    splits = 13,          ///< which pictures of a folder are kept from training
};

/// Random numbers as a pure function of (seed, purpose, index): no state has to be stored to resume.
/// The generator is SplitMix64 (Steele, Lea, Flood 2014); the same on every machine.
class Random {
public:
    Random(std::uint64_t seed, RandomPurpose purpose, std::uint64_t index);

    /// 64 random bits.
    std::uint64_t bits();
    /// Uniform in [0, 1), 53 bits.
    double uniform();
    /// Uniform in [low, high).
    double uniform(double low, double high);
    /// Standard normal (Box-Muller).
    double normal();
    /// Uniform in 0 … bound - 1, every value equally likely; bound > 0.
    std::uint64_t below(std::uint64_t bound);

private:
    std::uint64_t state_;
};

}  // namespace lmser
