// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/base/image.h"
#include "core/base/mask.h"

namespace lmser {

/// Where a face is in a picture; left is what the picture shows on the left.
struct FacePoints {
    PicturePoint left_eye;
    PicturePoint right_eye;
    PicturePoint mouth;

    bool operator==(const FacePoints&) const = default;
};

/// Where they are on aligned faces of that size: (47, 66), (80, 66) and (64, 101) of 128 x 128 pixels, as CelebA's
/// are after its crop.
FacePoints points_of_frame(int height, int width);

/// The points of a face that fills the largest square in the middle of a photo, before anybody drags them. Of a photo
/// of the frame's size they are those of the frame.
FacePoints guessed_points(const ImageShape& photo);

/// Whether a face could have such points: numbers, at least one of them in the photo and none more than sixteen of its
/// sides away, no two in one place, and not so mirrored that no turn fits better than another.
bool usable(const FacePoints& points, const ImageShape& photo);

/// One photo of any size, 1 or 3 channels, turned, scaled and moved (the similarity of least squares) so that its
/// points come to lie on those of the frame, cut out in the frame's size and channels. Antialiased where it shrinks,
/// bilinear where it grows; beyond the photo its nearest border pixel goes on. Throws std::invalid_argument where
/// `photo` does not hold exactly one picture or the points are not usable().
Images aligned(const Images& photo, const FacePoints& points, const ImageShape& frame);

/// The photo shrunk by a whole number (means of squares) until it has at most `most` pixels; as it is where it has no
/// more.
Images shrunk(Images photo, std::size_t most);

}  // namespace lmser
