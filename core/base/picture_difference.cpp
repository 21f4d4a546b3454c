// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/picture_difference.h"

#include <algorithm>

namespace lmser {

Images difference_picture(const Images& picture, const Images& truth) {
    constexpr float kSame = .5F;
    Images difference{picture.shape, std::vector<float>(picture.values.size(), kSame)};
    std::ranges::transform(picture.values, truth.values, difference.values.begin(),
                           [](float a, float b) { return std::clamp(kSame + a - b, 0.F, 1.F); });
    return difference;
}

}  // namespace lmser
