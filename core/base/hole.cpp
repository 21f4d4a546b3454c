// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hole.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace lmser {

namespace {

struct Size {
    std::size_t height;
    std::size_t width;
};

/// Twice as large, bilinear, pixel centres at half: even pixels take 3/4 of theirs and 1/4 of the one before, odd ones
/// of the one after. Calls visit(i, a, b): pixel i of a row (or column) of `count` is 3/4 a + 1/4 b of the smaller.
template <class Visit>
void each_doubled(std::size_t count, std::size_t smaller, const Visit& visit) {
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t own = i / 2;
        const std::size_t other =
            i % 2 == 0 ? (own == 0 ? 0 : own - 1) : std::min(own + 1, smaller - 1);
        visit(i, own, other);
    }
}

template <class Value>
std::vector<Value> doubled(const std::vector<Value>& small, Size from, Size to) {
    constexpr Value kOwn = .75;
    constexpr Value kOther = .25;
    std::vector<Value> wide(from.height * to.width);
    each_doubled(to.width, from.width, [&](std::size_t x, std::size_t own, std::size_t other) {
        for (std::size_t y = 0; y < from.height; ++y) {
            const Value* row = small.data() + y * from.width;
            wide[y * to.width + x] = kOwn * row[own] + kOther * row[other];
        }
    });
    std::vector<Value> large(to.height * to.width);
    each_doubled(to.height, from.height, [&](std::size_t y, std::size_t own, std::size_t other) {
        const Value* a = wide.data() + own * to.width;
        const Value* b = wide.data() + other * to.width;
        Value* out = large.data() + y * to.width;
        for (std::size_t x = 0; x < to.width; ++x) {
            out[x] = kOwn * a[x] + kOther * b[x];
        }
    });
    return large;
}

template <class Value>
std::vector<Value> doubled_adjoint(const std::vector<Value>& large, Size from, Size to) {
    constexpr Value kOwn = .75;
    constexpr Value kOther = .25;
    std::vector<Value> wide(from.height * to.width);
    each_doubled(to.height, from.height, [&](std::size_t y, std::size_t own, std::size_t other) {
        const Value* in = large.data() + y * to.width;
        Value* a = wide.data() + own * to.width;
        Value* b = wide.data() + other * to.width;
        for (std::size_t x = 0; x < to.width; ++x) {
            a[x] += kOwn * in[x];
            b[x] += kOther * in[x];
        }
    });
    std::vector<Value> small(from.height * from.width);
    each_doubled(to.width, from.width, [&](std::size_t x, std::size_t own, std::size_t other) {
        for (std::size_t y = 0; y < from.height; ++y) {
            const Value value = wide[y * to.width + x];
            small[y * from.width + own] += kOwn * value;
            small[y * from.width + other] += kOther * value;
        }
    });
    return small;
}

/// out[y] = ¼ of the four neighbours in `plane`, at the border itself in the place of what is missing.
template <class Value, class Take>
void each_mean_of_neighbours(const std::vector<Value>& plane, Size size, std::size_t first,
                             std::size_t last, const Take& take) {
    constexpr Value kQuarter = .25;
    const std::size_t right = size.width - 1;
    for (std::size_t y = first; y < last; ++y) {
        const Value* row = plane.data() + y * size.width;
        const Value* above = y == 0 ? row : row - size.width;
        const Value* below = y + 1 == size.height ? row : row + size.width;
        const auto mean = [&](std::size_t x, std::size_t before, std::size_t after) {
            take(y * size.width + x, kQuarter * (above[x] + below[x] + row[before] + row[after]));
        };
        mean(0, 0, std::min<std::size_t>(1, right));
        for (std::size_t x = 1; x < right; ++x) {
            mean(x, x - 1, x + 1);
        }
        if (right > 0) {
            mean(right, right - 1, right);
        }
    }
}

}  // namespace

Hole::Level Hole::half_of(const Level& level) {
    Level half{(level.height + 1) / 2, (level.width + 1) / 2, {}, {}};
    half.parts.assign(half.pixels(), 0);
    for (std::size_t y = 0; y < level.height; ++y) {
        for (std::size_t x = 0; x < level.width; ++x) {
            if (level.hidden[y * level.width + x] == 0) {
                ++half.parts[y / 2 * half.width + x / 2];
            }
        }
    }
    std::transform(half.parts.begin(), half.parts.end(), std::back_inserter(half.hidden),
                   [](std::uint8_t parts) { return std::uint8_t{parts == 0}; });
    return half;
}

Hole::Hole(int height, int width, std::span<const std::uint8_t> hidden) {
    Level picture{static_cast<std::size_t>(height), static_cast<std::size_t>(width), {}, {}};
    if (height < 1 || width < 1 || hidden.size() != picture.pixels()) {
        throw std::invalid_argument("a mask has one value a pixel");
    }
    std::transform(hidden.begin(), hidden.end(), std::back_inserter(picture.hidden),
                   [](std::uint8_t value) { return std::uint8_t{value != 0}; });
    hidden_.assign(picture.hidden.begin(), picture.hidden.end());
    const auto first = std::find(picture.hidden.begin(), picture.hidden.end(), 1);
    if (first != picture.hidden.end()) {
        const auto last = std::find(picture.hidden.rbegin(), picture.hidden.rend(), 1);
        top_ = static_cast<std::size_t>(first - picture.hidden.begin()) / picture.width;
        bottom_ = static_cast<std::size_t>(picture.hidden.rend() - last - 1) / picture.width + 1;
    }
    levels_.push_back(std::move(picture));
    while (!empty() && std::max(levels_.back().height, levels_.back().width) > 2) {
        levels_.push_back(half_of(levels_.back()));
    }
}

template <class Value>
void Hole::fill(std::span<Value> plane) const {
    if (empty()) {
        return;
    }
    // Pull: every level is the mean of what is visible of the one below.
    std::vector<std::vector<Value>> means = {{plane.begin(), plane.end()}};
    for (std::size_t l = 1; l < levels_.size(); ++l) {
        const Level& below = levels_[l - 1];
        const Level& level = levels_[l];
        std::vector<Value> mean(level.pixels());
        for (std::size_t y = 0; y < below.height; ++y) {
            for (std::size_t x = 0; x < below.width; ++x) {
                const std::size_t i = y * below.width + x;
                if (below.hidden[i] == 0) {
                    mean[y / 2 * level.width + x / 2] += means[l - 1][i];
                }
            }
        }
        for (std::size_t i = 0; i < mean.size(); ++i) {
            mean[i] /= static_cast<Value>(std::max<std::uint8_t>(level.parts[i], 1));
        }
        means.push_back(std::move(mean));
    }
    // At the top one mean of all that is visible.
    const Level& top = levels_.back();
    Value sum = 0;
    Value count = 0;
    for (std::size_t i = 0; i < top.pixels(); ++i) {
        if (top.hidden[i] == 0) {
            sum += means.back()[i];
            ++count;
        }
    }
    std::vector<Value> filled(top.pixels(), count > 0 ? sum / count : Value{0});
    // Push: what is hidden takes the smoother level above.
    for (std::size_t l = levels_.size() - 1; l-- > 0;) {
        const Level& level = levels_[l];
        std::vector<Value> smooth = doubled(filled, {levels_[l + 1].height, levels_[l + 1].width},
                                            {level.height, level.width});
        for (std::size_t i = 0; i < smooth.size(); ++i) {
            smooth[i] = level.hidden[i] != 0 ? smooth[i] : means[l][i];
        }
        filled = std::move(smooth);
    }
    std::copy(filled.begin(), filled.end(), plane.begin());
}

template <class Value>
void Hole::fill_adjoint(std::span<Value> plane) const {
    if (empty()) {
        return;
    }
    // Back through the push: what is hidden hands its gradient up, what is visible keeps it.
    std::vector<std::vector<Value>> kept = {{plane.begin(), plane.end()}};
    for (std::size_t l = 0; l + 1 < levels_.size(); ++l) {
        const Level& level = levels_[l];
        std::vector<Value> handed(level.pixels());
        for (std::size_t i = 0; i < handed.size(); ++i) {
            if (level.hidden[i] != 0) {
                std::swap(handed[i], kept[l][i]);
            }
        }
        kept.push_back(doubled_adjoint(handed, {levels_[l + 1].height, levels_[l + 1].width},
                                       {level.height, level.width}));
    }
    const Level& top = levels_.back();
    const auto visible = static_cast<Value>(std::count(top.hidden.begin(), top.hidden.end(), 0));
    const Value sum = std::accumulate(kept.back().begin(), kept.back().end(), Value{0});
    for (std::size_t i = 0; i < top.pixels(); ++i) {
        kept.back()[i] = top.hidden[i] == 0 ? sum / visible : Value{0};
    }
    // Back through the pull.
    for (std::size_t l = levels_.size() - 1; l > 0; --l) {
        const Level& below = levels_[l - 1];
        const Level& level = levels_[l];
        for (std::size_t y = 0; y < below.height; ++y) {
            for (std::size_t x = 0; x < below.width; ++x) {
                const std::size_t i = y * below.width + x;
                const std::size_t parent = y / 2 * level.width + x / 2;
                if (below.hidden[i] == 0) {
                    kept[l - 1][i] += kept[l][parent] / static_cast<Value>(level.parts[parent]);
                }
            }
        }
    }
    std::copy(kept.front().begin(), kept.front().end(), plane.begin());
}

template <class Value>
void Hole::span_membrane(std::span<Value> plane, int rounds) const {
    if (empty()) {
        return;
    }
    fill(plane);
    const Size size{levels_.front().height, levels_.front().width};
    std::vector<Value> surface(plane.begin(), plane.end());
    std::vector<Value> next = surface;
    for (int round = 0; round < rounds; ++round) {
        each_mean_of_neighbours(surface, size, top_, bottom_, [&](std::size_t i, Value mean) {
            next[i] = surface[i] + static_cast<Value>(hidden_[i]) * (mean - surface[i]);
        });
        surface.swap(next);
    }
    std::copy(surface.begin(), surface.end(), plane.begin());
}

template <class Value>
void Hole::span_membrane_adjoint(std::span<Value> plane, int rounds) const {
    if (empty()) {
        return;
    }
    const Size size{levels_.front().height, levels_.front().width};
    const std::size_t first = top_ == 0 ? 0 : top_ - 1;
    const std::size_t last = std::min(bottom_ + 1, size.height);
    std::vector<Value> gradient(plane.begin(), plane.end());
    std::vector<Value> handed(plane.size());
    for (int round = 0; round < rounds; ++round) {
        // The mean of neighbours is its own adjoint, the reflecting border included.
        for (std::size_t i = first * size.width; i < last * size.width; ++i) {
            handed[i] = static_cast<Value>(hidden_[i]) * gradient[i];
        }
        each_mean_of_neighbours(handed, size, first, last, [&](std::size_t i, Value mean) {
            gradient[i] += mean - handed[i];
        });
    }
    std::copy(gradient.begin(), gradient.end(), plane.begin());
    fill_adjoint(plane);
}

template void Hole::fill(std::span<float>) const;
template void Hole::fill(std::span<double>) const;
template void Hole::fill_adjoint(std::span<float>) const;
template void Hole::fill_adjoint(std::span<double>) const;
template void Hole::span_membrane(std::span<float>, int) const;
template void Hole::span_membrane(std::span<double>, int) const;
template void Hole::span_membrane_adjoint(std::span<float>, int) const;
template void Hole::span_membrane_adjoint(std::span<double>, int) const;

}  // namespace lmser
