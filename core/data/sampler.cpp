// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sampler.h"

#include <numeric>
#include <stdexcept>
#include <utility>

#include "core/base/random.h"

namespace lmser {

Sampler::Sampler(std::int64_t count, int batch, std::uint64_t seed)
    : count_(count), batch_(batch), seed_(seed) {
    if (count < 1 || batch < 1) {
        throw std::invalid_argument("a sampler needs at least one picture and one a batch");
    }
}

std::vector<std::int64_t> Sampler::indices(std::int64_t step) {
    std::vector<std::int64_t> drawn;
    drawn.reserve(static_cast<std::size_t>(batch_));
    const std::int64_t first = step * batch_;
    for (std::int64_t place = first; place < first + batch_; ++place) {
        drawn.push_back(order(place / count_)[static_cast<std::size_t>(place % count_)]);
    }
    return drawn;
}

std::int64_t Sampler::steps_per_epoch() const {
    return (count_ + batch_ - 1) / batch_;
}

const std::vector<std::int64_t>& Sampler::order(std::int64_t epoch) {
    if (epoch == cached_epoch_) {
        return cached_order_;
    }
    cached_order_.resize(static_cast<std::size_t>(count_));
    std::iota(cached_order_.begin(), cached_order_.end(), 0);
    // Fisher-Yates, from the end.
    Random random(seed_, RandomPurpose::order, static_cast<std::uint64_t>(epoch));
    for (std::size_t last = cached_order_.size() - 1; last > 0; --last) {
        std::swap(cached_order_[last], cached_order_[random.below(last + 1)]);
    }
    cached_epoch_ = epoch;
    return cached_order_;
}

}  // namespace lmser
