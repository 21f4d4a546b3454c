// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hole.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace lmser {

namespace {

/// Twice as large, bilinear, pixel centres at half: pixel i of a row (or column) is 3/4 of i / 2 of the smaller, and 1/4
/// of the one before where i is even, after where it is odd.
template <class Value>
constexpr Value kOwn = .75;
template <class Value>
constexpr Value kOther = .25;

std::size_t other_of(std::size_t i, std::size_t smaller) {
    const std::size_t own = i / 2;
    if (i % 2 == 0) {
        return own == 0 ? 0 : own - 1;
    }
    return std::min(own + 1, smaller - 1);
}

/// sums[x] += what is visible of a row.
template <class Value>
void add_visible(const Value* row, const std::uint8_t* hidden, std::vector<Value>& sums,
                 std::size_t width) {
    for (std::size_t x = 0; x < width; ++x) {
        sums[x] += hidden[x] != 0 ? Value{0} : row[x];
    }
}

/// `level` becomes the means of what is visible of the level below.
template <class Value, class Level>
void pull(const Level& below, const Level& level, const Value* fine, Value* coarse) {
    std::vector<Value> sums(2 * level.width);
    for (std::size_t y = 0; y < level.height; ++y) {
        std::fill(sums.begin(), sums.end(), Value{0});
        for (std::size_t part = 2 * y; part < std::min(2 * y + 2, below.height); ++part) {
            const std::size_t start = part * below.width;
            add_visible(fine + start, below.hidden.data() + start, sums, below.width);
        }
        Value* means = coarse + y * level.width;
        const std::uint8_t* parts = level.parts.data() + y * level.width;
        for (std::size_t x = 0; x < level.width; ++x) {
            const Value sum = sums[2 * x] + sums[2 * x + 1];
            means[x] = sum / static_cast<Value>(std::max<int>(parts[x], 1));
        }
    }
}

template <class Value, class Level>
void pull_adjoint(const Level& below, const Level& level, Value* fine, const Value* coarse) {
    std::vector<Value> shares(2 * level.width);
    for (std::size_t y = 0; y < level.height; ++y) {
        const Value* means = coarse + y * level.width;
        const std::uint8_t* parts = level.parts.data() + y * level.width;
        for (std::size_t x = 0; x < level.width; ++x) {
            const Value share = means[x] / static_cast<Value>(std::max<int>(parts[x], 1));
            shares[2 * x] = share;
            shares[2 * x + 1] = share;
        }
        for (std::size_t part = 2 * y; part < std::min(2 * y + 2, below.height); ++part) {
            Value* row = fine + part * below.width;
            const std::uint8_t* hidden = below.hidden.data() + part * below.width;
            for (std::size_t x = 0; x < below.width; ++x) {
                row[x] += hidden[x] != 0 ? Value{0} : shares[x];
            }
        }
    }
}

/// What is hidden below takes the smoother `level`.
template <class Value, class Level>
void push(const Level& below, const Level& level, Value* fine, const Value* coarse) {
    std::vector<Value> between(level.width);
    for (std::size_t y = 0; y < below.height; ++y) {
        const auto [first, last] = below.rows[y];
        if (first == last) {
            continue;
        }
        const Value* own = coarse + y / 2 * level.width;
        const Value* other = coarse + other_of(y, level.height) * level.width;
        for (std::size_t x = 0; x < level.width; ++x) {
            between[x] = kOwn<Value> * own[x] + kOther<Value> * other[x];
        }
        for (std::size_t x = first; x < last; ++x) {
            if (below.hidden[y * below.width + x] != 0) {
                fine[y * below.width + x] = kOwn<Value> * between[x / 2] +
                                            kOther<Value> * between[other_of(x, level.width)];
            }
        }
    }
}

/// What is hidden below hands its gradient up, what is visible keeps it.
template <class Value, class Level>
void push_adjoint(const Level& below, const Level& level, Value* fine, Value* coarse) {
    std::vector<Value> between(level.width);
    for (std::size_t y = 0; y < below.height; ++y) {
        const auto [first, last] = below.rows[y];
        if (first == last) {
            continue;
        }
        std::fill(between.begin(), between.end(), Value{0});
        for (std::size_t x = first; x < last; ++x) {
            if (below.hidden[y * below.width + x] != 0) {
                const Value handed = std::exchange(fine[y * below.width + x], Value{0});
                between[x / 2] += kOwn<Value> * handed;
                between[other_of(x, level.width)] += kOther<Value> * handed;
            }
        }
        Value* own = coarse + y / 2 * level.width;
        Value* other = coarse + other_of(y, level.height) * level.width;
        for (std::size_t x = 0; x < level.width; ++x) {
            own[x] += kOwn<Value> * between[x];
            other[x] += kOther<Value> * between[x];
        }
    }
}

}  // namespace

std::vector<Hole::Row> Hole::rows_of(const Level& level) {
    std::vector<Row> rows(level.height);
    for (std::size_t y = 0; y < level.height; ++y) {
        const auto start = level.hidden.begin() + static_cast<std::ptrdiff_t>(y * level.width);
        const auto end = start + static_cast<std::ptrdiff_t>(level.width);
        const auto first = std::find(start, end, 1);
        if (first != end) {
            const auto last =
                std::find(std::make_reverse_iterator(end), std::make_reverse_iterator(first), 1);
            rows[y] = {static_cast<std::size_t>(first - start),
                       static_cast<std::size_t>(last.base() - start)};
        }
    }
    return rows;
}

Hole::Level Hole::half_of(const Level& level) {
    Level half{(level.height + 1) / 2, (level.width + 1) / 2, {}, {}, {}};
    half.parts.assign(half.pixels(), 0);
    for (std::size_t y = 0; y < level.height; ++y) {
        const std::uint8_t* hidden = level.hidden.data() + y * level.width;
        std::uint8_t* parts = half.parts.data() + y / 2 * half.width;
        for (std::size_t x = 0; x < level.width / 2; ++x) {
            parts[x] = static_cast<std::uint8_t>(parts[x] + 2 - hidden[2 * x] - hidden[2 * x + 1]);
        }
        if (level.width % 2 != 0 && hidden[level.width - 1] == 0) {
            ++parts[half.width - 1];
        }
    }
    half.hidden.resize(half.pixels());
    std::transform(half.parts.begin(), half.parts.end(), half.hidden.begin(),
                   [](std::uint8_t parts) { return std::uint8_t{parts == 0}; });
    half.rows = rows_of(half);
    return half;
}

Hole::Hole(int height, int width, std::span<const std::uint8_t> hidden) {
    Level picture{static_cast<std::size_t>(height), static_cast<std::size_t>(width), {}, {}, {}};
    if (height < 1 || width < 1 || hidden.size() != picture.pixels()) {
        throw std::invalid_argument("a mask has one value a pixel");
    }
    picture.hidden.resize(hidden.size());
    std::transform(hidden.begin(), hidden.end(), picture.hidden.begin(),
                   [](std::uint8_t value) { return std::uint8_t{value != 0}; });
    picture.rows = rows_of(picture);
    hidden_.assign(picture.hidden.begin(), picture.hidden.end());
    const bool any = std::any_of(picture.rows.begin(), picture.rows.end(),
                                 [](const Row& row) { return row.first < row.last; });
    levels_.push_back(std::move(picture));
    // At least one level above the picture: the top is one mean of all that is visible.
    while (any &&
           (levels_.size() < 2 || std::max(levels_.back().height, levels_.back().width) > 2)) {
        levels_.push_back(half_of(levels_.back()));
    }
}

std::size_t Hole::pixels_above() const {
    return std::accumulate(
        levels_.begin() + 1, levels_.end(), std::size_t{0},
        [](std::size_t pixels, const Level& level) { return pixels + level.pixels(); });
}

template <class Value, class Visit>
void Hole::each_upwards(Value* plane, std::vector<Value>& pyramid, const Visit& visit) const {
    Value* fine = plane;
    Value* coarse = pyramid.data();
    for (std::size_t l = 1; l < levels_.size(); ++l) {
        visit(levels_[l - 1], levels_[l], fine, coarse);
        fine = coarse;
        coarse += levels_[l].pixels();
    }
}

template <class Value, class Visit>
void Hole::each_downwards(Value* plane, std::vector<Value>& pyramid, const Visit& visit) const {
    Value* coarse = pyramid.data() + pyramid.size();
    for (std::size_t l = levels_.size() - 1; l > 0; --l) {
        coarse -= levels_[l].pixels();
        Value* fine = l == 1 ? plane : coarse - levels_[l - 1].pixels();
        visit(levels_[l - 1], levels_[l], fine, coarse);
    }
}

template <class Value>
void Hole::fill(std::span<Value> plane) const {
    if (empty()) {
        return;
    }
    std::vector<Value> pyramid(pixels_above());
    each_upwards(plane.data(), pyramid, [](const auto&... of) { pull<Value>(of...); });
    const Level& top = levels_.back();
    const auto visible = std::count(top.hidden.begin(), top.hidden.end(), 0);
    const auto start = pyramid.end() - static_cast<std::ptrdiff_t>(top.pixels());
    const Value sum = std::accumulate(start, pyramid.end(), Value{0});
    std::fill(start, pyramid.end(), visible > 0 ? sum / static_cast<Value>(visible) : Value{0});
    each_downwards(plane.data(), pyramid, [](const auto&... of) { push<Value>(of...); });
}

template <class Value>
void Hole::fill_adjoint(std::span<Value> plane) const {
    if (empty()) {
        return;
    }
    std::vector<Value> pyramid(pixels_above());
    each_upwards(plane.data(), pyramid, [](const auto&... of) { push_adjoint<Value>(of...); });
    const Level& top = levels_.back();
    const auto visible = std::count(top.hidden.begin(), top.hidden.end(), 0);
    const auto start = pyramid.end() - static_cast<std::ptrdiff_t>(top.pixels());
    const Value sum = std::accumulate(start, pyramid.end(), Value{0});
    std::transform(top.hidden.begin(), top.hidden.end(), start, [&](std::uint8_t hidden) {
        return hidden == 0 ? sum / static_cast<Value>(visible) : Value{0};
    });
    each_downwards(plane.data(), pyramid, [](const auto&... of) { pull_adjoint<Value>(of...); });
}

template <class Value>
void Hole::relax(const Value* from, Value* to) const {
    constexpr Value kQuarter = .25;
    const Level& picture = levels_.front();
    const std::size_t right = picture.width - 1;
    for (std::size_t y = 0; y < picture.height; ++y) {
        const auto [first, last] = picture.rows[y];
        const Value* row = from + y * picture.width;
        const Value* above = y == 0 ? row : row - picture.width;
        const Value* below = y + 1 == picture.height ? row : row + picture.width;
        const float* hidden = hidden_.data() + y * picture.width;
        Value* next = to + y * picture.width;
        const auto step = [=](std::size_t x, std::size_t before, std::size_t after) {
            const Value mean = kQuarter * (above[x] + below[x] + row[before] + row[after]);
            next[x] = row[x] + static_cast<Value>(hidden[x]) * (mean - row[x]);
        };
        // At the border a pixel stands in the place of the neighbour that it lacks.
        if (first == 0 && last > 0) {
            step(0, 0, std::min<std::size_t>(1, right));
        }
        for (std::size_t x = std::max<std::size_t>(first, 1); x < std::min(last, right); ++x) {
            step(x, x - 1, x + 1);
        }
        if (last == picture.width && right > 0) {
            step(right, right - 1, right);
        }
    }
}

template <class Value>
void Hole::hand_to_visible(const std::vector<Value>& handed, std::span<Value> plane) const {
    constexpr Value kQuarter = .25;
    const Level& picture = levels_.front();
    for (std::size_t y = 0; y < picture.height; ++y) {
        for (std::size_t x = picture.rows[y].first; x < picture.rows[y].last; ++x) {
            const std::size_t i = y * picture.width + x;
            const auto hand = [&](bool there, std::size_t neighbour) {
                if (there && picture.hidden[neighbour] == 0) {
                    plane[neighbour] += kQuarter * handed[i];
                }
            };
            hand(y > 0, i - picture.width);
            hand(y + 1 < picture.height, i + picture.width);
            hand(x > 0, i - 1);
            hand(x + 1 < picture.width, i + 1);
        }
    }
}

template <class Value>
void Hole::span_membrane(std::span<Value> plane, int rounds) const {
    if (empty()) {
        return;
    }
    fill(plane);
    std::vector<Value> surface(plane.begin(), plane.end());
    Value* from = plane.data();
    Value* to = surface.data();
    for (int round = 0; round < rounds; ++round) {
        relax(from, to);
        std::swap(from, to);
    }
    if (from != plane.data()) {
        std::copy(surface.begin(), surface.end(), plane.begin());
    }
}

template <class Value>
void Hole::span_membrane_adjoint(std::span<Value> plane, int rounds) const {
    if (empty()) {
        return;
    }
    // Among hidden pixels a step is its own adjoint, the border included. What it hands to visible ones is added up
    // over the rounds and handed over once.
    const Level& picture = levels_.front();
    std::vector<Value> gradient(plane.size());
    for (std::size_t i = 0; i < plane.size(); ++i) {
        gradient[i] = picture.hidden[i] != 0 ? plane[i] : Value{0};
    }
    std::vector<Value> next(plane.size());
    std::vector<Value> handed(plane.size());
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t y = 0; y < picture.height; ++y) {
            const std::size_t start = y * picture.width;
            for (std::size_t x = picture.rows[y].first; x < picture.rows[y].last; ++x) {
                handed[start + x] += gradient[start + x];
            }
        }
        relax<Value>(gradient.data(), next.data());
        gradient.swap(next);
    }
    hand_to_visible<Value>(handed, plane);
    for (std::size_t i = 0; i < plane.size(); ++i) {
        plane[i] = picture.hidden[i] != 0 ? gradient[i] : plane[i];
    }
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
