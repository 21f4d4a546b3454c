// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lmser {

/// What is done with codes by hand. A code is one value a top unit; several codes lie one after another.

/// Equal steps from `low` to `high`, both ends included; one step is the middle.
std::vector<float> steps_between(float low, float high, std::size_t count);

/// `code` with `unit` at each of `values`.
std::vector<float> sweep_codes(std::span<const float> code, std::size_t unit,
                               std::span<const float> values);

/// `code` with unit `across` at each of `columns` and unit `down` at each of `rows`, row by row.
std::vector<float> grid_codes(std::span<const float> code, std::size_t across,
                              std::span<const float> columns, std::size_t down,
                              std::span<const float> rows);

/// `code` once for every class: its first `label_units` units are 1 at the class and 0 elsewhere.
std::vector<float> class_codes(std::span<const float> code, std::size_t label_units);

/// The label units after one of them was moved to `value` in [0,1] while they stay a mixture: the others are
/// scaled so that all sum to 1 (equally where they were all 0). Throws std::out_of_range.
std::vector<float> mix_category(std::span<const float> code, std::size_t label_units,
                                std::size_t category, float value);

/// The label unit that is largest; 0 where there are none.
std::size_t category_of(std::span<const float> code, std::size_t label_units);

/// `count` codes in equal steps from one code to another, both included.
std::vector<float> morph_codes(std::span<const float> from, std::span<const float> to,
                               std::size_t count);

/// The code a part t in [0,1] of the way.
std::vector<float> morph_code(std::span<const float> from, std::span<const float> to, float t);

/// A plane through the space of codes: two orthonormal directions through an origin.
struct CodePlane {
    std::vector<float> origin;  ///< [n]
    std::vector<float> across;  ///< [n], unit length
    std::vector<float> up;      ///< [n], unit length
    bool operator==(const CodePlane&) const = default;
};

struct PlanePoint {
    float x = 0;
    float y = 0;
};

/// The plane of two units, through zero.
CodePlane plane_of_units(std::size_t code_units, std::size_t across, std::size_t up);

/// Where a code stands on a plane: its coordinates from the origin.
PlanePoint place_on(const CodePlane& plane, std::span<const float> code);

/// `code` moved within the plane until it stands at `point`; what is across the plane stays.
std::vector<float> moved_to(const CodePlane& plane, std::span<const float> code, PlanePoint point);

}  // namespace lmser
