// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hole_score.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/base/mask.h"
#include "core/base/picture_quality.h"
#include "core/base/random.h"

namespace lmser {
namespace {

constexpr double kSame = 1e-12;

Images noise(const ImageShape& shape, std::uint64_t seed) {
    Random random(seed, RandomPurpose::exploration, 0);
    Images picture{shape, std::vector<float>(shape.pixels())};
    std::generate(picture.values.begin(), picture.values.end(),
                  [&random] { return static_cast<float>(random.uniform()); });
    return picture;
}

TEST(HoleScore, IsThatOfTheWholePictureWhereverTheHoleLies) {
    const ImageShape shape{3, 40, 50};
    const Images truth = noise(shape, 1);
    const Images answer = noise(shape, 2);
    for (const PicturePoint corner : {PicturePoint{0, 0}, {20, 12}, {44, 33}, {0, 20}}) {
        Mask mask = nothing_hidden(shape.height, shape.width);
        fill_rectangle(mask, corner, {corner.x + 6, corner.y + 7}, MaskChange::hide);
        const HoleScore score = hole_score(answer.values, truth.values, shape, mask.hidden);
        EXPECT_NEAR(score.ssim, ssim_inside(answer.values, truth.values, shape, mask.hidden),
                    kSame);
        EXPECT_NEAR(score.error, error_inside(answer.values, truth.values, shape, mask.hidden),
                    kSame);
        EXPECT_EQ(score.psnr, psnr_of(score.error));
    }
}

}  // namespace
}  // namespace lmser
