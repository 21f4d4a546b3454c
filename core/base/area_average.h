// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lmser {

/// One channel of a picture, row by row.
struct Plane {
    std::span<const float> values;  ///< [height, width]
    std::size_t width = 0;
    std::size_t height = 0;
};

/// Where the pixels of a smaller or larger picture lie on a plane: pixel (x, y) is the square of side `step` whose
/// corner is (left + x·step, top + y·step), in pixels of the plane. It may reach beyond the plane.
struct PixelGrid {
    std::size_t width = 0;
    std::size_t height = 0;
    double left = 0;
    double top = 0;
    double step = 1;
};

/// The mean of the plane in every pixel of the grid (antialiased: each pixel of the plane counts by the part of it
/// that is covered); what lies beyond the plane counts as `outside`. One pass over what is covered.
std::vector<float> area_averages(const Plane& plane, const PixelGrid& grid, float outside);

}  // namespace lmser
