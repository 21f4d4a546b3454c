// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"

namespace lmser {

/// Where two pictures differ, to be looked at: middle grey where they are the same, brighter or darker by as much as
/// the first is; kept within [0,1]. Both hold pictures of one shape and are equally many.
Images difference_picture(const Images& picture, const Images& truth);

}  // namespace lmser
