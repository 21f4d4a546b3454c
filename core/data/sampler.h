// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace lmser {

/// Which pictures a training step sees: epochs of a shuffled order, each a pure function of (seed, epoch),
/// cut into batches. A last, incomplete batch of an epoch is filled from the next epoch's order.
class Sampler {
public:
    /// count: pictures to draw from, >= 1; batch: pictures a step, >= 1.
    Sampler(std::int64_t count, int batch, std::uint64_t seed);

    /// The indices of step `step` (0 is the first), `batch` of them in 0 … count - 1.
    std::vector<std::int64_t> indices(std::int64_t step);

    /// Steps until every picture was seen once.
    [[nodiscard]] std::int64_t steps_per_epoch() const;

private:
    const std::vector<std::int64_t>& order(std::int64_t epoch);

    std::int64_t count_;
    int batch_;
    std::uint64_t seed_;
    std::int64_t cached_epoch_ = -1;
    std::vector<std::int64_t> cached_order_;
};

}  // namespace lmser
