// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/data/dataset.h"

namespace lmser {

/// Handwritten-looking digits drawn by the program: ten classes of strokes with random slant, rotation,
/// scale, curvature and thickness, anti-aliased, 28x28, centred by mass as MNIST is. Picture i is a pure
/// function of (seed, i) and of class i % 10. 20,000 take under 2 s.
LabelledImages draw_strokes(std::size_t count, std::uint64_t seed);

}  // namespace lmser
