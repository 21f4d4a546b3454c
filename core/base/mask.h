// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lmser {

class Random;

/// Which pixels of a picture are hidden: [height, width], row by row, 1 hidden and 0 visible.
struct Mask {
    int height = 0;
    int width = 0;
    std::vector<std::uint8_t> hidden;

    bool operator==(const Mask&) const = default;
};

/// A mask that hides nothing.
Mask nothing_hidden(int height, int width);
/// How many pixels are hidden.
std::size_t hidden_count(const Mask& mask);
/// Hidden where `mask` is visible, and the other way round.
Mask inverted(Mask mask);

/// A place on a picture, in pixels from its left upper corner: the centre of pixel (column 3, row 5) is (3.5, 5.5).
/// It may lie beyond the picture.
struct PicturePoint {
    double x = 0;
    double y = 0;

    bool operator==(const PicturePoint&) const = default;
};

/// What is done to the pixels under a brush or in a rectangle.
enum class MaskChange : std::uint8_t {
    show = 0,
    hide = 1,
};

/// Draws a straight stroke of a round brush `diameter` pixels wide: changes every pixel whose centre lies at most
/// diameter / 2 from the segment, and those that `from` and `to` lie in, so that the finest brush never misses.
/// A stroke from a point to itself is a dab. Nothing where a number is not finite.
void paint(Mask& mask, PicturePoint from, PicturePoint to, double diameter, MaskChange change);

/// Changes every pixel whose centre lies in the rectangle between two opposite corners. Nothing where a number is not
/// finite.
void fill_rectangle(Mask& mask, PicturePoint corner, PicturePoint opposite, MaskChange change);

/// Masks with a name. The eyes and the mouth are where they are on aligned faces.
enum class MaskPreset { eyes, mouth, left_half, right_half };

/// The preset for pictures of that size; its box is defined on 128 x 128 pixels and grows with the picture.
Mask preset_mask(MaskPreset preset, int height, int width);

// Random masks, to train on and to try: each a pure function of its arguments and the numbers drawn. Lengths below
// are for 128 x 128 pixels and grow with the picture.

/// The preset with every side of its box moved by up to 8 pixels.
Mask random_preset(MaskPreset preset, int height, int width, Random& random);
/// One to four thick strokes, 8 to 24 wide, that turn as they wander; mostly 10 to 30 % of the picture.
Mask random_strokes(int height, int width, Random& random);
/// One to three rectangles, their sides .12 to .45 of the picture's.
Mask random_rectangles(int height, int width, Random& random);
/// All that lies on one side (left, right, above or below) of a straight cut at .35 to .65 of the picture.
Mask random_half_plane(int height, int width, Random& random);

/// The holes that recalls are measured with and shown on.
enum class MeasuredHole { eyes, mouth, left_half, strokes, rectangles };

/// What is hidden of picture `index`: with a preset the same of every picture, else a pure function of (seed, index).
Mask measured_mask(MeasuredHole hole, int height, int width, std::uint64_t seed,
                   std::uint64_t index);

}  // namespace lmser
