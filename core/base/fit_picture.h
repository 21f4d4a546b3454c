// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/image.h"

namespace lmser {

/// How a picture of any size becomes one of a network.
enum class PictureFit {
    automatic,  ///< as it is where it has the network's shape, else as `whole`, or as `handwritten` for digits
    handwritten,  ///< as MNIST was made: ink white on black, fitted into 20 of 28 pixels, centre of mass in the middle
    whole,        ///< scaled to fit, the rest filled with the border's colour
};

/// A picture that fits, and what was done to it: "inverted, centred as MNIST is"; empty where nothing was.
struct FittedPicture {
    Images picture;
    std::string note;
};

/// Makes one picture of `shape` from a picture of any size and 1 or 3 channels. Grey is the luminance. `digits` says
/// whether the network's data are handwritten digits, for PictureFit::automatic. Never fails: an empty page stays
/// empty. Throws std::invalid_argument where `picture` does not hold exactly one picture.
FittedPicture fit_picture(const Images& picture, const ImageShape& shape, PictureFit fit,
                          bool digits);

}  // namespace lmser
