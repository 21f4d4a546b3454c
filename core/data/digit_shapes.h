// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace lmser {

/// A point that the pen passes through; x to the right, y down, a digit fills about [0,1] x [0,1].
struct Knot {
    float x = 0;
    float y = 0;
    bool corner = false;  ///< the pen turns sharply here instead of rounding
};

/// One movement of the pen between touching the paper and leaving it.
using PenStroke = std::vector<Knot>;

/// One way in which people write a digit.
struct DigitShape {
    float share = 1;  ///< how many of those who write the digit write it so
    std::vector<PenStroke> strokes;
};

/// The ways of writing 0 … 9; their shares sum to 1.
const std::vector<DigitShape>& shapes_of(int digit);

}  // namespace lmser
