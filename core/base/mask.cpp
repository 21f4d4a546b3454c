// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/mask.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace lmser {

namespace {

/// The pixels first … last - 1 of a row or column.
struct Run {
    int first = 0;
    int last = 0;
};

/// The pixels of `count` whose centres lie in [low, high].
Run centres_between(double low, double high, int count) {
    const auto whole = static_cast<double>(count);
    return {static_cast<int>(std::clamp(std::ceil(low - .5), 0.0, whole)),
            static_cast<int>(std::clamp(std::floor(high - .5) + 1, 0.0, whole))};
}

/// Where a row crosses a convex figure.
struct Reach {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void take(double x) {
        low = std::min(low, x);
        high = std::max(high, x);
    }
};

/// All points at most `radius` from the segment from one point to another.
class Capsule {
public:
    Capsule(PicturePoint from, PicturePoint to, double radius)
        : from_(from),
          to_(to),
          radius_(radius),
          along_{to.x - from.x, to.y - from.y},
          squared_length_(along_.x * along_.x + along_.y * along_.y) {
        const double length = std::sqrt(squared_length_);
        aside_ = length > 0 ? PicturePoint{-along_.y / length * radius, along_.x / length * radius}
                            : PicturePoint{};
    }

    [[nodiscard]] bool contains(double x, double y) const {
        const double dx = x - from_.x;
        const double dy = y - from_.y;
        const double product = dx * along_.x + dy * along_.y;
        const double part =
            squared_length_ > 0 ? std::clamp(product / squared_length_, 0.0, 1.0) : 0;
        const double away_x = dx - part * along_.x;
        const double away_y = dy - part * along_.y;
        return away_x * away_x + away_y * away_y <= radius_ * radius_;
    }

    /// The stretch of the horizontal line at y that lies inside. Its border is two half circles and two straight
    /// sides, so the line ends on a circle or on a side.
    [[nodiscard]] Reach across(double y) const {
        Reach reach;
        take_circle(reach, from_, y);
        take_circle(reach, to_, y);
        take_side(reach, {from_.x + aside_.x, from_.y + aside_.y}, y);
        take_side(reach, {from_.x - aside_.x, from_.y - aside_.y}, y);
        return reach;
    }

private:
    void take_circle(Reach& reach, PicturePoint centre, double y) const {
        const double below = y - centre.y;
        const double square = radius_ * radius_ - below * below;
        if (square >= 0) {
            const double half = std::sqrt(square);
            reach.take(centre.x - half);
            reach.take(centre.x + half);
        }
    }

    void take_side(Reach& reach, PicturePoint start, double y) const {
        const double part =
            (y - start.y) / along_.y;  // not a number where the side is level with y
        if (part >= 0 && part <= 1) {
            reach.take(start.x + part * along_.x);
        }
    }

    PicturePoint from_;
    PicturePoint to_;
    double radius_;
    PicturePoint along_;
    double squared_length_;
    PicturePoint aside_;
};

bool finite(PicturePoint point) {
    return std::isfinite(point.x) && std::isfinite(point.y);
}

void change_row(Mask& mask, int y, Run run, MaskChange change) {
    if (run.first < run.last) {
        const auto row = mask.hidden.begin() + std::ptrdiff_t{y} * mask.width;
        std::fill(row + run.first, row + run.last, static_cast<std::uint8_t>(change));
    }
}

/// Rounding may put an end of the computed run one pixel off; what `contains` says counts.
Run settled(Run run, int width, double y, const Capsule& capsule) {
    const auto inside = [&](int x) { return capsule.contains(x + .5, y); };
    while (run.first < run.last && !inside(run.first)) {
        ++run.first;
    }
    while (run.last > run.first && !inside(run.last - 1)) {
        --run.last;
    }
    while (run.first > 0 && inside(run.first - 1)) {
        --run.first;
    }
    while (run.last < width && inside(run.last)) {
        ++run.last;
    }
    return run;
}

void change_pixel_under(Mask& mask, PicturePoint point, MaskChange change) {
    if (point.x >= 0 && point.x < mask.width && point.y >= 0 && point.y < mask.height) {
        const int x = static_cast<int>(point.x);
        change_row(mask, static_cast<int>(point.y), {x, x + 1}, change);
    }
}

}  // namespace

Mask nothing_hidden(int height, int width) {
    return {height, width,
            std::vector<std::uint8_t>(static_cast<std::size_t>(height) *
                                      static_cast<std::size_t>(width))};
}

std::size_t hidden_count(const Mask& mask) {
    return std::accumulate(mask.hidden.begin(), mask.hidden.end(), std::size_t{0});
}

Mask inverted(Mask mask) {
    for (std::uint8_t& pixel : mask.hidden) {
        pixel = pixel == 0 ? 1 : 0;
    }
    return mask;
}

void paint(Mask& mask, PicturePoint from, PicturePoint to, double diameter, MaskChange change) {
    if (!finite(from) || !finite(to) || !std::isfinite(diameter) || diameter <= 0) {
        return;
    }
    const double radius = diameter / 2;
    const Capsule capsule(from, to, radius);
    const Run rows = centres_between(std::min(from.y, to.y) - radius,
                                     std::max(from.y, to.y) + radius, mask.height);
    for (int y = rows.first; y < rows.last; ++y) {
        const Reach reach = capsule.across(y + .5);
        const Run run = centres_between(reach.low, reach.high, mask.width);
        change_row(mask, y, settled(run, mask.width, y + .5, capsule), change);
    }
    change_pixel_under(mask, from, change);
    change_pixel_under(mask, to, change);
}

void fill_rectangle(Mask& mask, PicturePoint corner, PicturePoint opposite, MaskChange change) {
    if (!finite(corner) || !finite(opposite)) {
        return;
    }
    const Run columns =
        centres_between(std::min(corner.x, opposite.x), std::max(corner.x, opposite.x), mask.width);
    const Run rows = centres_between(std::min(corner.y, opposite.y), std::max(corner.y, opposite.y),
                                     mask.height);
    for (int y = rows.first; y < rows.last; ++y) {
        change_row(mask, y, columns, change);
    }
}

}  // namespace lmser
