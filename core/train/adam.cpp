// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adam.h"

#include <cmath>
#include <cstddef>
#include <cstring>

// The loops are compiled for several instruction sets, and the processor's own is taken when the program loads.
// Sanitizers start too late for that choice. core/CMakeLists.txt compiles this file without errno, which makes
// the root an instruction, and without contraction, so that every choice gives the same bits.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define LMSER_VECTORISED __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define LMSER_VECTORISED
#endif

namespace lmser {

namespace {

struct Coefficients {
    float beta1, rest1;     // β1, 1 - β1
    float beta2, rest2;     // β2, 1 - β2
    float rate;             // rate / (1 - β1^t)
    float root_correction;  // 1 / √(1 - β2^t)
    float epsilon;
};

LMSER_VECTORISED
void update(float* __restrict weights, const float* __restrict gradient, float* __restrict first,
            float* __restrict second, std::size_t count, const Coefficients& c) {
    const Coefficients k = c;
    for (std::size_t i = 0; i < count; ++i) {
        const float g = gradient[i];
        const float m = k.beta1 * first[i] + k.rest1 * g;
        const float v = k.beta2 * second[i] + k.rest2 * g * g;
        first[i] = m;
        second[i] = v;
        weights[i] -= k.rate * m / (std::sqrt(v) * k.root_correction + k.epsilon);
    }
}

/// The bits of the largest magnitude; those of infinities and NaNs are above those of every number.
LMSER_VECTORISED
std::uint32_t largest_magnitude_bits(const float* values, std::size_t count) {
    constexpr std::uint32_t kSign = 0x80000000U;
    std::uint32_t largest = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, values + i, sizeof bits);
        bits &= ~kSign;
        largest = bits > largest ? bits : largest;
    }
    return largest;
}

}  // namespace

void adam_step(std::span<float> weights, std::span<const float> gradient, std::span<float> first,
               std::span<float> second, double rate, std::int64_t t, double beta2) {
    const double steps = static_cast<double>(t);
    const Coefficients coefficients{
        .beta1 = static_cast<float>(kAdamBeta1),
        .rest1 = static_cast<float>(1 - kAdamBeta1),
        .beta2 = static_cast<float>(beta2),
        .rest2 = static_cast<float>(1 - beta2),
        .rate = static_cast<float>(rate / (1 - std::pow(kAdamBeta1, steps))),
        .root_correction = static_cast<float>(1 / std::sqrt(1 - std::pow(beta2, steps))),
        .epsilon = static_cast<float>(kAdamEpsilon),
    };
    update(weights.data(), gradient.data(), first.data(), second.data(), weights.size(),
           coefficients);
}

bool all_finite(std::span<const float> values) {
    constexpr std::uint32_t kInfinity = 0x7f800000U;
    return largest_magnitude_bits(values.data(), values.size()) < kInfinity;
}

}  // namespace lmser
