// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <cmath>
#include <numbers>

namespace lmser {

namespace {

constexpr std::uint64_t kGoldenGamma = 0x9e3779b97f4a7c15ULL;

std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

}  // namespace

Random::Random(std::uint64_t seed, RandomPurpose purpose, std::uint64_t index)
    : state_(mix(mix(mix(seed + kGoldenGamma) ^ static_cast<std::uint64_t>(purpose)) +
                 kGoldenGamma * (index + 1))) {}

std::uint64_t Random::bits() {
    state_ += kGoldenGamma;
    return mix(state_);
}

double Random::uniform() {
    return static_cast<double>(bits() >> 11) * 0x1.0p-53;
}

double Random::uniform(double low, double high) {
    return low + (high - low) * uniform();
}

double Random::normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::uint64_t Random::below(std::uint64_t bound) {
    // Numbers under 2^64 mod bound would favour small results; draw again for them.
    const std::uint64_t threshold = (0 - bound) % bound;
    std::uint64_t drawn = bits();
    while (drawn < threshold) {
        drawn = bits();
    }
    return drawn % bound;
}

}  // namespace lmser
