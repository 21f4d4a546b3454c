// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "core/base/mask.h"
#include "core/base/random.h"

namespace lmser {

namespace {

constexpr double kBoxSide = 128;  // of the picture that lengths are defined on

/// A box on a picture of 128 x 128 pixels.
struct Box {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
};

Box box_of(MaskPreset preset) {
    switch (preset) {
        case MaskPreset::eyes:
            return {28, 52, 100, 80};
        case MaskPreset::mouth:
            return {40, 88, 88, 114};
        case MaskPreset::left_half:
            return {0, 0, kBoxSide / 2, kBoxSide};
        case MaskPreset::right_half:
            return {kBoxSide / 2, 0, kBoxSide, kBoxSide};
    }
    throw std::invalid_argument("there is no such preset of a mask");
}

Mask mask_of(const Box& box, int height, int width) {
    Mask mask = nothing_hidden(height, width);
    const double across = width / kBoxSide;
    const double down = height / kBoxSide;
    fill_rectangle(mask, {box.left * across, box.top * down},
                   {box.right * across, box.bottom * down}, MaskChange::hide);
    return mask;
}

/// A walk of thick segments from anywhere on the picture. `unit` is the length of a pixel of 128 x 128.
void add_stroke(Mask& mask, double unit, Random& random) {
    constexpr std::uint64_t kLeastSegments = 4;
    constexpr std::uint64_t kMostSegments = 12;
    constexpr double kSharpestTurn = 1.2;  // radians
    const double diameter = unit * random.uniform(8, 24);
    const std::uint64_t segments =
        kLeastSegments + random.below(kMostSegments - kLeastSegments + 1);
    PicturePoint at{random.uniform(0, mask.width), random.uniform(0, mask.height)};
    double heading = random.uniform(0, 2 * std::numbers::pi);
    for (std::uint64_t i = 0; i < segments; ++i) {
        heading += random.uniform(-kSharpestTurn, kSharpestTurn);
        const double length = unit * random.uniform(6, 20);
        const PicturePoint on{at.x + length * std::cos(heading), at.y + length * std::sin(heading)};
        const PicturePoint next{std::clamp(on.x, 0.0, static_cast<double>(mask.width)),
                                std::clamp(on.y, 0.0, static_cast<double>(mask.height))};
        heading += next == on ? 0 : std::numbers::pi;  // at the border the walk turns back
        paint(mask, at, next, diameter, MaskChange::hide);
        at = next;
    }
}

void add_rectangle(Mask& mask, Random& random) {
    const auto side = [&random](int whole) { return std::round(whole * random.uniform(.12, .45)); };
    const double width = side(mask.width);
    const double height = side(mask.height);
    const auto start = [&random](int whole, double part) {
        return static_cast<double>(random.below(static_cast<std::uint64_t>(whole - part) + 1));
    };
    const PicturePoint corner{start(mask.width, width), start(mask.height, height)};
    fill_rectangle(mask, corner, {corner.x + width, corner.y + height}, MaskChange::hide);
}

}  // namespace

Mask preset_mask(MaskPreset preset, int height, int width) {
    return mask_of(box_of(preset), height, width);
}

Mask random_preset(MaskPreset preset, int height, int width, Random& random) {
    constexpr double kFarthest = 8;
    Box box = box_of(preset);
    for (double* side : {&box.left, &box.top, &box.right, &box.bottom}) {
        *side += random.uniform(-kFarthest, kFarthest);
    }
    return mask_of(box, height, width);
}

Mask random_strokes(int height, int width, Random& random) {
    constexpr std::uint64_t kMostStrokes = 4;
    Mask mask = nothing_hidden(height, width);
    const double unit = std::min(height, width) / kBoxSide;
    const std::uint64_t strokes = 1 + random.below(kMostStrokes);
    for (std::uint64_t i = 0; i < strokes; ++i) {
        add_stroke(mask, unit, random);
    }
    return mask;
}

Mask random_rectangles(int height, int width, Random& random) {
    constexpr std::uint64_t kMostRectangles = 3;
    Mask mask = nothing_hidden(height, width);
    const std::uint64_t rectangles = 1 + random.below(kMostRectangles);
    for (std::uint64_t i = 0; i < rectangles; ++i) {
        add_rectangle(mask, random);
    }
    return mask;
}

Mask random_half_plane(int height, int width, Random& random) {
    Mask mask = nothing_hidden(height, width);
    const bool level = random.below(2) == 0;
    const bool beyond = random.below(2) == 0;
    const double cut = random.uniform(.35, .65);
    const auto right = static_cast<double>(width);
    const auto bottom = static_cast<double>(height);
    const PicturePoint corner = beyond ? PicturePoint{right, bottom} : PicturePoint{0, 0};
    const PicturePoint opposite = level ? PicturePoint{beyond ? 0 : right, cut * bottom}
                                        : PicturePoint{cut * right, beyond ? 0 : bottom};
    fill_rectangle(mask, corner, opposite, MaskChange::hide);
    return mask;
}

Mask measured_mask(MeasuredHole hole, int height, int width, std::uint64_t seed,
                   std::uint64_t index) {
    Random random(seed, RandomPurpose::measured_masks, index);
    switch (hole) {
        case MeasuredHole::eyes:
            return preset_mask(MaskPreset::eyes, height, width);
        case MeasuredHole::mouth:
            return preset_mask(MaskPreset::mouth, height, width);
        case MeasuredHole::left_half:
            return preset_mask(MaskPreset::left_half, height, width);
        case MeasuredHole::strokes:
            return random_strokes(height, width, random);
        case MeasuredHole::rectangles:
            return random_rectangles(height, width, random);
    }
    throw std::invalid_argument("there is no such hole");
}

}  // namespace lmser
