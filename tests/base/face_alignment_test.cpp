// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/face_alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace lmser {
namespace {

constexpr ImageShape kFrame{3, 128, 128};
constexpr float kExact = 1e-5F;

/// A photo whose value at a place is known everywhere: it rises to the right and down, another way in every channel.
float slope(double x, double y, std::size_t channel) {
    return static_cast<float>(.1 + .002 * x + .001 * y + .05 * static_cast<double>(channel));
}

Images slopes(const ImageShape& shape) {
    Images photo{shape, {}};
    for (int c = 0; c < shape.channels; ++c) {
        for (int y = 0; y < shape.height; ++y) {
            for (int x = 0; x < shape.width; ++x) {
                photo.values.push_back(slope(x + .5, y + .5, static_cast<std::size_t>(c)));
            }
        }
    }
    return photo;
}

float value_at(const Images& picture, std::size_t channel, std::size_t y, std::size_t x) {
    const auto width = static_cast<std::size_t>(picture.shape.width);
    return picture
        .values[(channel * static_cast<std::size_t>(picture.shape.height) + y) * width + x];
}

TEST(FaceAlignment, LeavesAPictureOfTheFrameAsItIs) {
    const Images photo = slopes(kFrame);
    const Images same = aligned(photo, guessed_points(kFrame), kFrame);
    ASSERT_EQ(same.shape, kFrame);
    for (std::size_t i = 0; i < photo.values.size(); ++i) {
        ASSERT_NEAR(same.values[i], photo.values[i], kExact) << i;
    }
}

TEST(FaceAlignment, BringsTurnedScaledAndMovedPointsToThoseOfTheFrame) {
    const Images photo = slopes({3, 200, 260});
    constexpr double kTurn = .3;
    constexpr double kScale = 1.2;
    const auto moved = [](PicturePoint point) {
        return PicturePoint{kScale * (std::cos(kTurn) * point.x - std::sin(kTurn) * point.y) + 70,
                            kScale * (std::sin(kTurn) * point.x + std::cos(kTurn) * point.y) + 10};
    };
    const FacePoints frame = points_of_frame(128, 128);
    const Images face =
        aligned(photo, {moved(frame.left_eye), moved(frame.right_eye), moved(frame.mouth)}, kFrame);
    for (const auto& [x, y] : {std::pair(47, 66), std::pair(80, 66), std::pair(64, 101)}) {
        const PicturePoint from = moved({x + .5, y + .5});
        for (std::size_t channel = 0; channel < 3; ++channel) {
            EXPECT_NEAR(
                value_at(face, channel, static_cast<std::size_t>(y), static_cast<std::size_t>(x)),
                slope(from.x, from.y, channel), 1e-4F);
        }
    }
}

TEST(FaceAlignment, FindsTheLeastSquaresWherePointsAreNoSimilarityOfTheFrame) {
    // The mouth is pulled down: eyes and mouth share the error, and the face stays upright and in the middle.
    FacePoints points = points_of_frame(128, 128);
    points.mouth.y += 9;
    const Images face = aligned(slopes(kFrame), points, kFrame);
    const float middle = value_at(face, 0, 64, 64);
    EXPECT_NEAR(value_at(face, 0, 64, 65) - middle, .002, .0006);
    EXPECT_GT(value_at(face, 0, 64, 65) - middle, .002F);  // it shrinks a little
    EXPECT_NEAR(value_at(face, 0, 65, 64) - middle, .001, .0004);
}

TEST(FaceAlignment, MeansWhatItShrinks) {
    // Stripes of one pixel are grey from afar, not a pattern.
    Images photo{{3, 1024, 1024}, std::vector<float>(3U * 1024 * 1024)};
    for (std::size_t i = 0; i < photo.values.size(); ++i) {
        photo.values[i] = static_cast<float>(i % 2);
    }
    const Images face = aligned(photo, guessed_points(photo.shape), kFrame);
    const auto [low, high] = std::minmax_element(face.values.begin(), face.values.end());
    EXPECT_NEAR(*low, .5F, .02F);
    EXPECT_NEAR(*high, .5F, .02F);
}

TEST(FaceAlignment, GoesOnWithTheBorderBeyondThePhoto) {
    const Images photo{{3, 40, 40}, std::vector<float>(4800, .7F)};
    FacePoints points = guessed_points(photo.shape);
    points.left_eye.x -= 300;  // far beyond it
    points.mouth.x -= 150;
    const Images face = aligned(photo, points, kFrame);
    for (const float value : face.values) {
        ASSERT_NEAR(value, .7F, kExact);
    }
}

TEST(FaceAlignment, MakesGreyOfColoursAndColoursOfGrey) {
    Images red{{3, 10, 30}, std::vector<float>(900)};
    std::fill_n(red.values.begin(), 300, 1.F);
    const Images grey = aligned(red, guessed_points(red.shape), {1, 64, 64});
    EXPECT_EQ(grey.values.size(), 64U * 64);
    EXPECT_NEAR(grey.values[100], .299F, kExact);
    const Images pale{{1, 30, 10}, std::vector<float>(300, .25F)};
    const Images colour = aligned(pale, guessed_points(pale.shape), kFrame);
    EXPECT_NEAR(colour.values.front(), .25F, kExact);
    EXPECT_NEAR(colour.values.back(), .25F, kExact);
}

TEST(FaceAlignment, RefusesPointsThatAreNoFace) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    const FacePoints good = points_of_frame(128, 128);
    EXPECT_TRUE(usable(good, kFrame));
    EXPECT_FALSE(usable({good.left_eye, good.left_eye, good.mouth}, kFrame));
    EXPECT_FALSE(usable({{kNan, 0}, good.right_eye, good.mouth}, kFrame));
    EXPECT_FALSE(usable({{1e30, 0}, good.right_eye, good.mouth}, kFrame));
    const auto left = [](PicturePoint point) { return PicturePoint{point.x - 100, point.y}; };
    EXPECT_FALSE(usable({left(good.left_eye), left(good.right_eye), left(good.mouth)}, kFrame))
        << "nothing of the face is in the photo";
    EXPECT_TRUE(usable({good.left_eye, left(good.right_eye), left(good.mouth)}, kFrame));
    EXPECT_THROW((void)aligned(slopes(kFrame), {}, kFrame), std::invalid_argument);
    EXPECT_THROW((void)aligned({kFrame, {}}, good, kFrame), std::invalid_argument);
}

TEST(FaceAlignment, TakesAPhotoOf64MegapixelsInNoTimeWithItsFaceAnySize) {
    const Images photo{{1, 8000, 8000}, std::vector<float>(64'000'000, .5F)};
    const auto begin = std::chrono::steady_clock::now();
    const Images whole = aligned(photo, guessed_points(photo.shape), kFrame);
    const Images part = aligned(photo, points_of_frame(300, 300), kFrame);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    EXPECT_NEAR(whole.values[5000], .5F, kExact);
    EXPECT_NEAR(part.values[5000], .5F, kExact);
    EXPECT_LT(spent.count(), 5);
}

TEST(FaceAlignment, ShrinksAPhotoByAWholeNumberToWhatIsKept) {
    const Images photo = slopes({3, 101, 203});
    const Images small = shrunk(photo, 6000);
    EXPECT_EQ(small.shape, (ImageShape{3, 51, 102}));
    EXPECT_NEAR(value_at(small, 1, 10, 20), slope(41, 21, 1), kExact);
    EXPECT_EQ(shrunk(photo, 101 * 203), photo);
}

}  // namespace
}  // namespace lmser
