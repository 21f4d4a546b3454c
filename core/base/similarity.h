// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/base/image.h"

namespace lmser {

/// Pixels along a side of the window that dissimilarity() looks through.
inline constexpr int kSimilarityWindow = 7;

/// What a picture lacks in structural similarity (Wang et al. 2004) to its truth, as a loss: the sum of 1 - SSIM over
/// hidden pixels and channels, seen through square windows, which are quicker than the Gaussian ones of ssim_inside().
/// Pixels whose window leaves the picture do not count. Adds `scale` times its gradient to `gradient`.
///   picture, truth, gradient [C·H·W], one picture in [0,1]; hidden [H·W], not 0 where a pixel is hidden
/// Instantiated for float and double.
template <class Value>
double dissimilarity(std::span<const Value> picture, std::span<const Value> truth,
                     const ImageShape& shape, std::span<const std::uint8_t> hidden, Value scale,
                     std::span<Value> gradient);

}  // namespace lmser
