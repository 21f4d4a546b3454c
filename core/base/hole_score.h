// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/base/image.h"

namespace lmser {

/// How well a hole was recalled, measured inside it alone.
struct HoleScore {
    double error = 0;  ///< mean square per pixel and channel
    double psnr = 0;   ///< in decibel, at most 100
    double ssim = 0;   ///< structural similarity; 1: the same
    bool operator==(const HoleScore&) const = default;
};

/// The measures of picture_quality.h together. Looks only at the hole and what is around it, so that a small hole
/// takes little time. `picture` and `truth` are one picture [C, H, W] each; hidden [H·W], something hidden.
HoleScore hole_score(std::span<const float> picture, std::span<const float> truth,
                     const ImageShape& shape, std::span<const std::uint8_t> hidden);

}  // namespace lmser
