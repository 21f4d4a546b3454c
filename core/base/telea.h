// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/base/image.h"

namespace lmser {

/// Classical inpainting, which has learned nothing: "An Image Inpainting Technique Based on the Fast Marching Method"
/// (Telea 2004). From its border inwards, every hidden pixel becomes a weighted mean of what is known around it.
///   picture: one picture [C, H, W] in [0,1], changed in place at hidden pixels alone and within [0,1] there
///   hidden: [H·W], not 0 where a pixel is hidden;  radius >= 1: how far around a pixel it looks, in pixels
/// What stood in hidden pixels has no influence. Nothing hidden or all hidden: the picture is left as it is. Throws
/// std::invalid_argument where a size does not fit.
void inpaint_telea(std::span<float> picture, const ImageShape& shape,
                   std::span<const std::uint8_t> hidden, int radius = 3);

}  // namespace lmser
