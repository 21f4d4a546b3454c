// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/codes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace lmser {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::IsEmpty;
using ::testing::Pointwise;

using Code = std::vector<float>;

constexpr float kTolerance = 1e-6F;

TEST(Codes, StepsAreEqualAndHaveBothEnds) {
    EXPECT_THAT(steps_between(-1, 1, 5), ElementsAre(-1, -.5F, 0, .5F, 1));
    EXPECT_THAT(steps_between(-1, 3, 1), ElementsAre(1)) << "one step is the middle";
    EXPECT_THAT(steps_between(-1, 1, 0), IsEmpty());
    EXPECT_EQ(steps_between(.1F, .7F, 7).back(), .7F) << "the end is exact";
}

TEST(Codes, ASweepMovesOneUnitAndKeepsTheOthers) {
    EXPECT_THAT(sweep_codes(Code{1, 2, 3}, 1, Code{7, 8}), ElementsAre(1, 7, 3, 1, 8, 3));
    EXPECT_THROW(static_cast<void>(sweep_codes(Code{1}, 1, Code{0})), std::out_of_range);
}

TEST(Codes, AGridGoesRowByRow) {
    EXPECT_THAT(grid_codes(Code{0, 9, 0}, 0, Code{1, 2}, 2, Code{3, 4}),
                ElementsAre(1, 9, 3, 2, 9, 3, 1, 9, 4, 2, 9, 4));
    EXPECT_THROW(static_cast<void>(grid_codes(Code{0, 0}, 0, Code{1}, 2, Code{1})),
                 std::out_of_range);
}

TEST(Codes, EveryClassIsShownInThePresentStyle) {
    EXPECT_THAT(class_codes(Code{.2F, .3F, 5}, 2), ElementsAre(1, 0, 5, 0, 1, 5));
    EXPECT_THAT(class_codes(Code{5}, 0), IsEmpty());
    EXPECT_THROW(static_cast<void>(class_codes(Code{1}, 2)), std::out_of_range);
}

TEST(Codes, AMovedCategoryLeavesTheOthersTheirProportions) {
    const Code mixed = mix_category(Code{.2F, .2F, .6F, 7}, 3, 0, .6F);
    EXPECT_THAT(mixed, Pointwise(FloatNear(kTolerance), Code{.6F, .1F, .3F, 7}));
}

TEST(Codes, CategoriesAlwaysSumToOne) {
    for (const Code& code : {Code{0, 0, 0}, Code{1, 0, 0}, Code{-3, 2, 9}, Code{.3F, .3F, .4F}}) {
        for (const float value : {-1.F, 0.F, .25F, 1.F, 2.F}) {
            const Code mixed = mix_category(code, 3, 1, value);
            EXPECT_NEAR(std::accumulate(mixed.begin(), mixed.end(), 0.F), 1, kTolerance);
            EXPECT_EQ(mixed[1], std::clamp(value, 0.F, 1.F));
        }
    }
    EXPECT_THAT(mix_category(Code{0, 1, 0}, 3, 1, .5F), ElementsAre(.25F, .5F, .25F))
        << "what was not there is shared equally";
    EXPECT_THROW(static_cast<void>(mix_category(Code{1, 1}, 2, 2, 1)), std::out_of_range);
    EXPECT_THROW(static_cast<void>(mix_category(Code{1, 1}, 3, 0, 1)), std::out_of_range);
}

TEST(Codes, TheCategoryIsTheLargestLabelUnit) {
    EXPECT_EQ(category_of(Code{.1F, .7F, .2F, 9}, 3), 1U);
    EXPECT_EQ(category_of(Code{5, 6}, 0), 0U);
    EXPECT_EQ(category_of(Code{}, 10), 0U);
}

TEST(Codes, AMorphBeginsAndEndsExactly) {
    const Code from{.1F, -3};
    const Code to{.7F, 5};
    EXPECT_EQ(morph_code(from, to, 0), from);
    EXPECT_EQ(morph_code(from, to, 1), to);
    EXPECT_THAT(morph_codes(Code{0, 4}, Code{2, 0}, 3), ElementsAre(0, 4, 1, 2, 2, 0));
    EXPECT_THROW(static_cast<void>(morph_code(from, Code{1}, .5F)), std::invalid_argument);
}

TEST(Codes, ThePlaneOfTwoUnitsShowsTheirValues) {
    const CodePlane plane = plane_of_units(3, 2, 0);
    const PlanePoint point = place_on(plane, Code{5, 6, 7});
    EXPECT_EQ(point.x, 7);
    EXPECT_EQ(point.y, 5);
    EXPECT_THROW(static_cast<void>(plane_of_units(3, 1, 1)), std::out_of_range);
    EXPECT_THROW(static_cast<void>(plane_of_units(2, 0, 2)), std::out_of_range);
    EXPECT_THROW(static_cast<void>(place_on(plane, Code{1})), std::invalid_argument);
}

TEST(Codes, ACodeMovesWithinThePlaneAndStaysAcrossIt) {
    const float r = std::sqrt(.5F);
    const CodePlane plane{{1, 1, 1}, {r, r, 0}, {0, 0, 1}};
    const Code code{2, 0, 4};  // one step along (1, -1, 0), which the plane does not show
    const Code moved = moved_to(plane, code, {2 * r, -3});
    const PlanePoint there = place_on(plane, moved);
    EXPECT_NEAR(there.x, 2 * r, kTolerance);
    EXPECT_NEAR(there.y, -3, kTolerance);
    EXPECT_NEAR(moved[0] - moved[1], code[0] - code[1], kTolerance);
}

}  // namespace
}  // namespace lmser
