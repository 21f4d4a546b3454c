// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/category_mixing.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/codes.h"

namespace lmser::ui {
namespace {

constexpr float kSeen = .005F;  // what two decimals do not show

float sumOf(std::span<const float> code, std::size_t labels) {
    const auto units = code.first(labels);
    return std::accumulate(units.begin(), units.end(), 0.F);
}

bool isMixture(std::span<const float> code, std::size_t labels) {
    const auto units = code.first(labels);
    return std::abs(sumOf(code, labels) - 1) <= kSeen &&
           std::ranges::all_of(units, [](float unit) { return unit >= 0; });
}

}  // namespace

std::vector<float> withClass(std::span<const float> code, std::size_t labels,
                             std::size_t category) {
    std::vector<float> next(code.begin(), code.end());
    std::fill_n(next.begin(), labels, 0.F);
    next.at(category) = 1;
    return next;
}

std::vector<float> withCategory(std::span<const float> code, std::size_t labels,
                                std::size_t category, float value, Mixing mixing) {
    switch (mixing) {
        case Mixing::oneClass:
            return withClass(code, labels, category);
        case Mixing::mixture:
            return mix_category(code, labels, category, value);
        case Mixing::free:
            break;
    }
    std::vector<float> next(code.begin(), code.end());
    next.at(category) = value;
    return next;
}

std::vector<float> settled(std::span<const float> code, std::size_t labels, Mixing mixing) {
    const std::size_t largest = category_of(code, labels);
    if (allows(mixing, code, labels)) {
        return {code.begin(), code.end()};
    }
    std::vector<float> positive(code.begin(), code.end());
    for (std::size_t i = 0; i < labels; ++i) {
        positive[i] = std::max(positive[i], 0.F);
    }
    const float sum = sumOf(positive, labels);
    if (mixing == Mixing::oneClass || sum <= 0) {
        return withClass(code, labels, largest);
    }
    return mix_category(positive, labels, largest, positive[largest] / sum);
}

bool allows(Mixing mixing, std::span<const float> code, std::size_t labels) {
    switch (mixing) {
        case Mixing::oneClass:
            return isMixture(code, labels) && code[category_of(code, labels)] >= 1 - kSeen;
        case Mixing::mixture:
            return isMixture(code, labels);
        case Mixing::free:
            break;
    }
    return true;
}

Mixing mixingOf(std::span<const float> code, std::size_t labels, Mixing preferred) {
    for (const Mixing mixing : {preferred, Mixing::mixture}) {
        if (allows(mixing, code, labels)) {
            return mixing;
        }
    }
    return Mixing::free;
}

}  // namespace lmser::ui
