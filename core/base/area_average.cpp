// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/area_average.h"

#include <algorithm>
#include <cmath>

namespace lmser {

namespace {

/// The pixels first … last of a row or column that a stretch of it covers, with the parts of the two at the ends.
struct Cover {
    std::size_t first = 0;
    std::size_t last = 0;
    float first_part = 0;
    float last_part = 0;  ///< of the last pixel where it is another one than the first
    float whole = 0;      ///< their length; 0: nothing is covered

    [[nodiscard]] float part(std::size_t i) const {
        return i == first ? first_part : i == last ? last_part : 1;
    }
};

/// What each of `count` stretches of length `step` covers of `length` pixels, the first of which begins at `start`.
std::vector<Cover> covers(std::size_t length, double start, double step, std::size_t count) {
    std::vector<Cover> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double from = std::max(start + static_cast<double>(i) * step, 0.0);
        const double to =
            std::min(start + static_cast<double>(i + 1) * step, static_cast<double>(length));
        if (to <= from) {
            continue;
        }
        Cover& cover = all[i];
        cover.first = static_cast<std::size_t>(from);
        cover.last = static_cast<std::size_t>(std::ceil(to)) - 1;
        const bool one = cover.first == cover.last;
        cover.first_part =
            static_cast<float>(one ? to - from : static_cast<double>(cover.first + 1) - from);
        cover.last_part = static_cast<float>(to - static_cast<double>(cover.last));
        cover.whole = static_cast<float>(to - from);
    }
    return all;
}

float covered_sum(std::span<const float> row, const Cover& cover) {
    float sum = row[cover.first] * cover.first_part;
    if (cover.last > cover.first) {
        for (std::size_t x = cover.first + 1; x < cover.last; ++x) {
            sum += row[x];
        }
        sum += row[cover.last] * cover.last_part;
    }
    return sum;
}

}  // namespace

std::vector<float> area_averages(const Plane& plane, const PixelGrid& grid, float outside) {
    const auto columns = covers(plane.width, grid.left, grid.step, grid.width);
    const auto rows = covers(plane.height, grid.top, grid.step, grid.height);
    const auto area = static_cast<float>(grid.step * grid.step);
    std::vector<float> averages(grid.width * grid.height, outside);
    for (std::size_t y = 0; y < grid.height; ++y) {
        if (rows[y].whole <= 0) {
            continue;
        }
        float* into = averages.data() + y * grid.width;
        // The plane counts by how much it differs from the outside, which may share a pixel with it.
        for (std::size_t from = rows[y].first; from <= rows[y].last; ++from) {
            const auto row = plane.values.subspan(from * plane.width, plane.width);
            const float height = rows[y].part(from);
            for (std::size_t x = 0; x < grid.width; ++x) {
                if (columns[x].whole > 0) {
                    into[x] +=
                        height * (covered_sum(row, columns[x]) - columns[x].whole * outside) / area;
                }
            }
        }
    }
    return averages;
}

}  // namespace lmser
