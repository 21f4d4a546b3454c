// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_masks.h"

#include <algorithm>

#include "core/base/mask.h"
#include "core/base/random.h"

namespace lmser {

namespace {

Mask drawn_hole(const ImageShape& shape, Random& random) {
    constexpr double kStrokes = .4;
    constexpr double kRectangles = kStrokes + .25;
    constexpr double kEyes = kRectangles + .15;
    constexpr double kMouth = kEyes + .1;
    const double kind = random.uniform();
    const int height = shape.height;
    const int width = shape.width;
    if (kind < kStrokes) {
        return random_strokes(height, width, random);
    }
    if (kind < kRectangles) {
        return random_rectangles(height, width, random);
    }
    if (kind < kMouth) {
        return random_preset(kind < kEyes ? MaskPreset::eyes : MaskPreset::mouth, height, width,
                             random);
    }
    return random_half_plane(height, width, random);
}

}  // namespace

torch::Tensor training_masks(std::int64_t batch, const ImageShape& shape, std::uint64_t seed,
                             std::int64_t step) {
    Random random(seed, RandomPurpose::masks, static_cast<std::uint64_t>(step));
    const torch::Tensor masks = torch::empty(
        {batch, std::int64_t{shape.height} * std::int64_t{shape.width}}, torch::kUInt8);
    auto* next = masks.data_ptr<std::uint8_t>();
    for (std::int64_t i = 0; i < batch; ++i) {
        const Mask hole = drawn_hole(shape, random);
        next = std::copy(hole.hidden.begin(), hole.hidden.end(), next);
    }
    return masks;
}

}  // namespace lmser
