// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

#include "core/base/image.h"

namespace lmser {

/// EXIF's orientation, 1 to 8, in the contents of a JPEG's APP1 segment or of a PNG's eXIf chunk, which goes without
/// the name in front; 1 where there is none or anything is broken. Only this tag of the first directory is looked at.
int exif_orientation(std::span<const std::byte> exif);

/// A picture as it is meant, from how it is stored and EXIF's orientation, 1 to 8: from 5 on width and height are
/// exchanged. Throws std::invalid_argument where it is not one picture.
Images turned(Images picture, int orientation);

}  // namespace lmser
