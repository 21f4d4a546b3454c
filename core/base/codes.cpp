// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/codes.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace lmser {

namespace {

void append(std::vector<float>& codes, std::span<const float> code) {
    codes.insert(codes.end(), code.begin(), code.end());
}

/// The place of `unit` in the code that was appended last.
float& last_unit(std::vector<float>& codes, std::size_t units, std::size_t unit) {
    return codes[codes.size() - units + unit];
}

void check_unit(std::span<const float> code, std::size_t unit) {
    if (unit >= code.size()) {
        throw std::out_of_range("there is no such unit in the code");
    }
}

void check_length(std::span<const float> a, std::span<const float> b) {
    if (a.size() != b.size()) {
        throw std::invalid_argument("the codes are of different lengths");
    }
}

}  // namespace

std::vector<float> steps_between(float low, float high, std::size_t count) {
    std::vector<float> steps;
    steps.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const float part = count == 1 ? .5F : static_cast<float>(i) / static_cast<float>(count - 1);
        steps.push_back(std::lerp(low, high, part));
    }
    return steps;
}

std::vector<float> sweep_codes(std::span<const float> code, std::size_t unit,
                               std::span<const float> values) {
    check_unit(code, unit);
    std::vector<float> codes;
    codes.reserve(code.size() * values.size());
    for (const float value : values) {
        append(codes, code);
        last_unit(codes, code.size(), unit) = value;
    }
    return codes;
}

std::vector<float> grid_codes(std::span<const float> code, std::size_t across,
                              std::span<const float> columns, std::size_t down,
                              std::span<const float> rows) {
    check_unit(code, across);
    check_unit(code, down);
    std::vector<float> codes;
    codes.reserve(code.size() * columns.size() * rows.size());
    for (const float row : rows) {
        for (const float column : columns) {
            append(codes, code);
            last_unit(codes, code.size(), across) = column;
            last_unit(codes, code.size(), down) = row;
        }
    }
    return codes;
}

std::vector<float> class_codes(std::span<const float> code, std::size_t label_units) {
    if (label_units > code.size()) {
        throw std::out_of_range("the code has fewer units than there are classes");
    }
    std::vector<float> codes;
    codes.reserve(code.size() * label_units);
    for (std::size_t label = 0; label < label_units; ++label) {
        append(codes, code);
        const auto first = codes.end() - static_cast<std::ptrdiff_t>(code.size());
        std::fill_n(first, label_units, 0.F);
        last_unit(codes, code.size(), label) = 1;
    }
    return codes;
}

std::vector<float> mix_category(std::span<const float> code, std::size_t label_units,
                                std::size_t category, float value) {
    if (label_units > code.size() || category >= label_units) {
        throw std::out_of_range("there is no such category in the code");
    }
    std::vector<float> mixed(code.begin(), code.end());
    const float share = std::clamp(value, 0.F, 1.F);
    float others = 0;
    for (std::size_t i = 0; i < label_units; ++i) {
        mixed[i] = std::max(mixed[i], 0.F);
        others += i == category ? 0 : mixed[i];
    }
    for (std::size_t i = 0; i < label_units; ++i) {
        if (i == category) {
            mixed[i] = share;
        } else if (others > 0) {
            mixed[i] *= (1 - share) / others;
        } else {
            mixed[i] = (1 - share) / static_cast<float>(label_units - 1);
        }
    }
    return mixed;
}

std::size_t category_of(std::span<const float> code, std::size_t label_units) {
    const auto labels = code.first(std::min(label_units, code.size()));
    const auto largest = std::max_element(labels.begin(), labels.end());
    return labels.empty() ? 0 : static_cast<std::size_t>(largest - labels.begin());
}

std::vector<float> morph_code(std::span<const float> from, std::span<const float> to, float t) {
    check_length(from, to);
    std::vector<float> code(from.size());
    std::transform(from.begin(), from.end(), to.begin(), code.begin(),
                   [t](float a, float b) { return std::lerp(a, b, t); });
    return code;
}

std::vector<float> morph_codes(std::span<const float> from, std::span<const float> to,
                               std::size_t count) {
    std::vector<float> codes;
    codes.reserve(from.size() * count);
    for (const float t : steps_between(0, 1, count)) {
        append(codes, morph_code(from, to, t));
    }
    return codes;
}

CodePlane plane_of_units(std::size_t code_units, std::size_t across, std::size_t up) {
    if (across >= code_units || up >= code_units || across == up) {
        throw std::out_of_range("a plane takes two different units of the code");
    }
    CodePlane plane{std::vector<float>(code_units), std::vector<float>(code_units),
                    std::vector<float>(code_units)};
    plane.across[across] = 1;
    plane.up[up] = 1;
    return plane;
}

PlanePoint place_on(const CodePlane& plane, std::span<const float> code) {
    check_length(plane.origin, code);
    PlanePoint point;
    for (std::size_t i = 0; i < code.size(); ++i) {
        point.x += (code[i] - plane.origin[i]) * plane.across[i];
        point.y += (code[i] - plane.origin[i]) * plane.up[i];
    }
    return point;
}

std::vector<float> moved_to(const CodePlane& plane, std::span<const float> code, PlanePoint point) {
    const PlanePoint now = place_on(plane, code);
    std::vector<float> moved(code.begin(), code.end());
    for (std::size_t i = 0; i < moved.size(); ++i) {
        moved[i] += (point.x - now.x) * plane.across[i] + (point.y - now.y) * plane.up[i];
    }
    return moved;
}

}  // namespace lmser
