// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/base/image.h"

namespace lmser {

/// How well a hole was recalled: measured on hidden pixels alone. `picture` and `truth` are one picture [C, H, W] each,
/// values in [0,1]; hidden [H·W], not 0 where a pixel is hidden. Nothing hidden: 0.

/// Mean squared error over hidden pixels and channels.
double error_inside(std::span<const float> picture, std::span<const float> truth,
                    const ImageShape& shape, std::span<const std::uint8_t> hidden);

/// The error as a peak signal-to-noise ratio in decibel: -10 log10(error); at most 100,
/// and no number where the error is none.
double psnr_of(double error);

/// Structural similarity (Wang et al. 2004): Gaussian windows of deviation 1.5 cut at 11x11, constants .01² and .03²,
/// pictures mirrored at the border, the mean over hidden pixels and channels.
double ssim_inside(std::span<const float> picture, std::span<const float> truth,
                   const ImageShape& shape, std::span<const std::uint8_t> hidden);

/// Mean length of the gradient (differences to the next pixel to the right and below) at hidden pixels, over all channels:
/// the ratio of a picture's to its truth's says how sharp it is.
double sharpness_inside(std::span<const float> picture, const ImageShape& shape,
                        std::span<const std::uint8_t> hidden);

}  // namespace lmser
