// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hole_score.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/base/picture_quality.h"

namespace lmser {

namespace {

constexpr std::size_t kMargin = 5;  // how far the windows of the similarity reach

/// Rows or columns begin … end - 1.
struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] std::size_t length() const { return end - begin; }
};

/// Where any(i) holds for i under `count`, with the margin.
template <class Any>
Range around(std::size_t count, const Any& any) {
    Range range{count, 0};
    for (std::size_t i = 0; i < count; ++i) {
        if (any(i)) {
            range.begin = std::min(range.begin, i);
            range.end = i + 1;
        }
    }
    return {range.begin - std::min(range.begin, kMargin), std::min(range.end + kMargin, count)};
}

/// The part of planes [count, height, width] in those rows and columns.
template <class Value>
std::vector<Value> part_of(std::span<const Value> planes, const ImageShape& shape,
                           const Range& rows, const Range& columns) {
    const auto width = static_cast<std::size_t>(shape.width);
    const std::size_t plane = static_cast<std::size_t>(shape.height) * width;
    std::vector<Value> part;
    for (std::size_t first = 0; first < planes.size(); first += plane) {
        for (std::size_t y = rows.begin; y < rows.end; ++y) {
            const auto row = planes.subspan(first + y * width + columns.begin, columns.length());
            part.insert(part.end(), row.begin(), row.end());
        }
    }
    return part;
}

}  // namespace

// Pictures are mirrored at their border, and so is the part where it reaches the border; elsewhere no window of a hidden
// pixel reaches beyond the margin.
HoleScore hole_score(std::span<const float> picture, std::span<const float> truth,
                     const ImageShape& shape, std::span<const std::uint8_t> hidden) {
    const auto width = static_cast<std::size_t>(shape.width);
    const auto height = static_cast<std::size_t>(shape.height);
    const Range rows = around(height, [&](std::size_t y) {
        const auto row = hidden.subspan(y * width, width);
        return std::any_of(row.begin(), row.end(), [](std::uint8_t h) { return h != 0; });
    });
    const Range columns = around(width, [&](std::size_t x) {
        for (std::size_t y = 0; y < height; ++y) {
            if (hidden[y * width + x] != 0) {
                return true;
            }
        }
        return false;
    });
    const ImageShape part{shape.channels, static_cast<int>(rows.length()),
                          static_cast<int>(columns.length())};
    const auto seen = part_of(picture, shape, rows, columns);
    const auto real = part_of(truth, shape, rows, columns);
    const auto mask = part_of(hidden, shape, rows, columns);
    const double error = error_inside(seen, real, part, mask);
    return {error, psnr_of(error), ssim_inside(seen, real, part, mask)};
}

}  // namespace lmser
