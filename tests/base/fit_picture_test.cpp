// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/fit_picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <stdexcept>

#include "core/base/area_average.h"
#include "core/data/dataset.h"
#include "tests/support/cost.h"
#include "tests/support/expect_error.h"

namespace lmser {
namespace {

using namespace lmser::testing;

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::Pointwise;

constexpr ImageShape kDigit{1, 28, 28};
constexpr float kTolerance = 1e-5F;
/// The mean difference per pixel of two drawings of one figure: as if one had been rounded to the next pixel.
constexpr double kAlike = .06;

/// A pad on which a pen draws with round ink.
class Pad {
public:
    explicit Pad(int width, int height) : width_(width), picture_{{1, height, width}, {}} {
        picture_.values.resize(picture_.shape.pixels());
    }

    void line(double x0, double y0, double x1, double y1, double pen) {
        for (int i = 0; i < static_cast<int>(picture_.values.size()); ++i) {
            const double x = i % width_ - x0;
            const double y = i / width_ - y0;
            const double dx = x1 - x0;
            const double dy = y1 - y0;
            const double t = std::clamp((x * dx + y * dy) / (dx * dx + dy * dy), 0.0, 1.0);
            const double ink = pen / 2 + .5 - std::hypot(x - t * dx, y - t * dy);
            float& pixel = picture_.values[static_cast<std::size_t>(i)];
            pixel = std::max(pixel, static_cast<float>(std::clamp(ink, 0.0, 1.0)));
        }
    }

    [[nodiscard]] const Images& picture() const { return picture_; }

private:
    int width_;
    Images picture_;
};

/// A seven, `size` pixels high, with its left upper corner at (x, y). The pen's width is added to its size.
Images seven(double x, double y, double size, double pen, int side = 280) {
    Pad pad(side, side);
    const double inner = size - pen;
    const double left = x + pen / 2;
    const double top = y + pen / 2;
    pad.line(left, top, left + .6 * inner, top, pen);
    pad.line(left + .6 * inner, top, left + .2 * inner, top + inner, pen);
    return pad.picture();
}

Images inverted(Images picture) {
    for (float& value : picture.values) {
        value = 1 - value;
    }
    return picture;
}

Images as_digit(const Images& picture) {
    return fit_picture(picture, kDigit, PictureFit::handwritten, true).picture;
}

double mean_difference(const Images& a, const Images& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        sum += std::abs(a.values[i] - b.values[i]);
    }
    return sum / static_cast<double>(a.values.size());
}

/// A picture of one value everywhere.
Images plain(const ImageShape& shape, float value) {
    return {shape, std::vector<float>(shape.pixels(), value)};
}

TEST(AreaAverages, OfTheSamePixelsAreTheSame) {
    const std::vector<float> values = {.1F, .2F, .3F, .4F, .5F, .6F};
    EXPECT_EQ(area_averages({values, 3, 2}, {3, 2}, 0), values);
}

TEST(AreaAverages, CountPixelsByThePartThatIsCovered) {
    const std::vector<float> values = {1, 0, 0, 0};
    EXPECT_THAT(area_averages({values, 4, 1}, {2, 1, .5, 0, 1.5}, 0),
                ElementsAre(FloatNear(.5F / 1.5F / 1.5F, kTolerance), 0));
    const std::vector<float> two = {0, 1};
    EXPECT_THAT(area_averages({two, 2, 1}, {4, 2, 0, 0, .5}, 0),
                ElementsAre(0, 0, 1, 1, 0, 0, 1, 1));
}

TEST(AreaAverages, TakeWhatLiesBeyondThePlaneForTheOutside) {
    const std::vector<float> white = {1, 1};
    EXPECT_THAT(area_averages({white, 2, 1}, {4, 1, -1.5, 0, 1}, .5F),
                Pointwise(FloatNear(kTolerance), std::vector{.5F, .75F, 1.F, .75F}));
}

TEST(Handwritten, TheInkFillsTwentyPixelsAndItsCentreIsInTheMiddle) {
    const Images digit = as_digit(seven(12, 90, 120, 12));
    int top = 28;
    int bottom = 0;
    double x = 0;
    double y = 0;
    double mass = 0;
    for (int i = 0; i < 28 * 28; ++i) {
        const float value = digit.values[static_cast<std::size_t>(i)];
        if (value > 0) {
            top = std::min(top, i / 28);
            bottom = std::max(bottom, i / 28);
        }
        x += value * static_cast<float>(i % 28);
        y += value * static_cast<float>(i / 28);
        mass += value;
    }
    EXPECT_EQ(bottom - top + 1, 20);
    EXPECT_NEAR(x / mass, 14, .5);
    EXPECT_NEAR(y / mass, 14, .5);
    EXPECT_EQ(*std::max_element(digit.values.begin(), digit.values.end()), 1);
}

TEST(Handwritten, WhereADigitIsDrawnDoesNotMatter) {
    const Images digit = as_digit(seven(80, 80, 120, 12));
    EXPECT_EQ(as_digit(seven(3, 140, 120, 12)), digit);
    EXPECT_EQ(as_digit(seven(200, 0, 120, 12)), digit);
}

TEST(Handwritten, HowLargeADigitIsDrawnHardlyMatters) {
    const Images digit = as_digit(seven(20, 20, 200, 20));
    EXPECT_LT(mean_difference(as_digit(seven(20, 20, 100, 10)), digit), kAlike);
    EXPECT_LT(mean_difference(as_digit(seven(20, 20, 40, 4)), digit), kAlike);
    Images upside_down = digit;
    std::reverse(upside_down.values.begin(), upside_down.values.end());
    EXPECT_GT(mean_difference(upside_down, digit), 2 * kAlike) << "other figures differ by more";
}

TEST(Handwritten, InkMayBeWhiteOnBlackOrBlackOnWhiteOrGreyOnGrey) {
    const Images drawn = seven(40, 30, 150, 15);
    const Images digit = as_digit(drawn);
    EXPECT_LT(mean_difference(as_digit(inverted(drawn)), digit), kTolerance);
    Images faint = inverted(drawn);
    for (float& value : faint.values) {
        value = .4F + .3F * value;
    }
    EXPECT_LT(mean_difference(as_digit(faint), digit), kTolerance);
}

TEST(Handwritten, AThinOrThickPenChangesTheStrokeAndNotThePlace) {
    const Images digit = as_digit(seven(40, 30, 200, 20));
    for (const double pen : {3.0, 10.0, 30.0}) {
        const Images other = as_digit(seven(40, 30, 200, pen));
        EXPECT_LT(mean_difference(other, digit), kAlike) << pen;
        EXPECT_EQ(*std::max_element(other.values.begin(), other.values.end()), 1)
            << "a thin pen does not fade";
    }
}

TEST(Handwritten, DirtOnThePaperIsNoInk) {
    Images dirty = inverted(seven(100, 100, 100, 10));
    for (std::size_t i = 0; i < dirty.values.size(); i += 3) {
        dirty.values[i] *= .92F;
    }
    EXPECT_LT(mean_difference(as_digit(dirty), as_digit(seven(100, 100, 100, 10))), kAlike);
}

TEST(Handwritten, SaysWhatWasDone) {
    const auto note = [](const Images& picture) {
        return fit_picture(picture, kDigit, PictureFit::handwritten, true).note;
    };
    EXPECT_EQ(note(seven(40, 30, 150, 15)), "centred as MNIST is");
    EXPECT_EQ(note(inverted(seven(40, 30, 150, 15))), "inverted, centred as MNIST is");
    EXPECT_EQ(note(plain({1, 9, 9}, .5F)), "nothing is drawn on it");
}

TEST(Handwritten, AnEmptyPageStaysEmpty) {
    for (const float value : {0.F, .5F, 1.F}) {
        for (const ImageShape& shape : {ImageShape{1, 1, 1}, ImageShape{3, 280, 280}}) {
            EXPECT_THAT(as_digit(plain(shape, value)).values, Each(0)) << value;
        }
    }
}

TEST(Handwritten, TheProportionHoldsForOtherShapesAndColours) {
    const ImageShape wide{3, 32, 64};
    const Images drawn = seven(40, 30, 150, 15);
    const Images fitted = fit_picture(drawn, wide, PictureFit::handwritten, true).picture;
    ASSERT_EQ(fitted.shape, wide);
    const auto channel = [&fitted](std::size_t c) {
        const auto first = fitted.values.begin() + static_cast<std::ptrdiff_t>(c * 32 * 64);
        return std::vector<float>(first, first + 32 * 64);
    };
    EXPECT_EQ(channel(0), channel(1));
    EXPECT_EQ(channel(0), channel(2));
    int rows = 0;
    for (std::size_t y = 0; y < 32; ++y) {
        const auto row = fitted.at(0).subspan(y * 64, 64);
        rows += std::any_of(row.begin(), row.end(), [](float v) { return v > 0; }) ? 1 : 0;
    }
    EXPECT_EQ(rows, 23) << "20 of 28 rows are 22.9 of 32";
}

TEST(Whole, APictureIsScaledToFitBetweenItsBordersColour) {
    Images picture = plain({1, 2, 4}, .25F);
    const FittedPicture fitted = fit_picture(picture, {1, 4, 4}, PictureFit::whole, false);
    EXPECT_THAT(fitted.picture.values, Each(FloatNear(.25F, kTolerance)));
    EXPECT_EQ(fitted.note, "scaled from 4x2 to 4x4");
    // A white stripe through the middle row: it stays in the middle, and the border is a third white.
    Images flag = plain({1, 3, 3}, 0);
    flag.values[4] = 1;
    const Images large = fit_picture(flag, {1, 6, 12}, PictureFit::whole, false).picture;
    EXPECT_EQ(large.values[2 * 12 + 5], 1);
    EXPECT_EQ(large.values[3 * 12 + 6], 1);
    EXPECT_EQ(std::count(large.values.begin(), large.values.end(), 1.F), 4);
}

TEST(Whole, ColourBecomesLuminanceAndGreyBecomesColour) {
    const Images colour{{3, 1, 1}, {1, .5F, 0}};
    const FittedPicture grey = fit_picture(colour, {1, 1, 1}, PictureFit::whole, false);
    EXPECT_THAT(grey.picture.values, ElementsAre(FloatNear(.299F + .5F * .587F, kTolerance)));
    EXPECT_EQ(grey.note, "without its colours");
    const Images half = plain({1, 1, 1}, .5F);
    EXPECT_THAT(fit_picture(half, {3, 2, 2}, PictureFit::whole, false).picture.values, Each(.5F));
}

TEST(Automatic, APictureOfTheNetworksSizeStaysAsItIs) {
    Images picture = plain(kDigit, .5F);
    picture.values[0] = 1;
    for (const bool digits : {true, false}) {
        const FittedPicture fitted = fit_picture(picture, kDigit, PictureFit::automatic, digits);
        EXPECT_EQ(fitted.picture, picture);
        EXPECT_EQ(fitted.note, "");
    }
}

TEST(Automatic, OtherPicturesAreDigitsWhereTheDataAre) {
    const Images drawn = inverted(seven(40, 30, 150, 15));
    EXPECT_EQ(fit_picture(drawn, kDigit, PictureFit::automatic, true).picture, as_digit(drawn));
    EXPECT_EQ(fit_picture(drawn, kDigit, PictureFit::automatic, false).picture,
              fit_picture(drawn, kDigit, PictureFit::whole, false).picture);
}

TEST(FitPicture, AnythingGoesIn) {
    for (const ImageShape& from :
         {ImageShape{1, 1, 1}, ImageShape{3, 1, 1}, ImageShape{1, 10, 10'000},
          ImageShape{3, 10'000, 10}, ImageShape{1, 2, 1}}) {
        Images picture = plain(from, 0);
        for (std::size_t i = 0; i < picture.values.size(); ++i) {
            picture.values[i] = static_cast<float>(i * 7919 % 256) / 255;
        }
        for (const ImageShape& shape : {kDigit, ImageShape{3, 64, 64}, ImageShape{1, 1, 1}}) {
            for (const PictureFit fit : {PictureFit::handwritten, PictureFit::whole}) {
                const Images fitted = fit_picture(picture, shape, fit, true).picture;
                ASSERT_EQ(fitted.shape, shape);
                ASSERT_EQ(fitted.values.size(), shape.pixels());
                EXPECT_THAT(fitted.values,
                            Each(::testing::AllOf(::testing::Ge(0), ::testing::Le(1))));
            }
        }
    }
    EXPECT_THROW(static_cast<void>(fit_picture({kDigit, {}}, kDigit, PictureFit::whole, true)),
                 std::invalid_argument);
    EXPECT_THROW(
        static_cast<void>(fit_picture(plain({2, 1, 1}, 0), kDigit, PictureFit::whole, true)),
        std::invalid_argument);
}

TEST(FitPicture, APadIsFittedWhileOneDraws) {
    const Images drawn = seven(40, 30, 150, 15);
    constexpr int kTimes = 20;
    const auto cost = cost_of([&] {
        for (int i = 0; i < kTimes; ++i) {
            static_cast<void>(as_digit(drawn));
        }
    });
    std::cout << "[ pad 280x280: " << cost.cpu_seconds / kTimes * 1e3 << " ms ]\n";
    EXPECT_LT(cost.cpu_seconds / kTimes, .002);
}

TEST(FitPicture, TheLargestPictureTakesASecond) {
    Images photo = plain({3, 8000, 8000}, .9F);
    std::fill_n(photo.values.begin() + 4000 * 8000, 500 * 8000, .1F);
    for (const PictureFit fit : {PictureFit::handwritten, PictureFit::whole}) {
        const auto cost =
            cost_of([&] { static_cast<void>(fit_picture(photo, kDigit, fit, true)); });
        std::cout << "[ 64 megapixels in colour: " << cost.cpu_seconds << " s ]\n";
        EXPECT_LT(cost.cpu_seconds, 2);
    }
}

/// A picture enlarged and shifted on a larger page, as a screenshot of it would be.
Images enlarged(std::span<const float> digit, std::size_t scale, std::size_t left,
                std::size_t top) {
    const std::size_t side = 28 * scale + left + top;
    Images page = plain({1, static_cast<int>(side), static_cast<int>(side)}, 0);
    for (std::size_t y = 0; y < 28 * scale; ++y) {
        for (std::size_t x = 0; x < 28 * scale; ++x) {
            page.values[(top + y) * side + left + x] = digit[y / scale * 28 + x / scale];
        }
    }
    return page;
}

TEST(FitPicture, ARealDigitThatWasEnlargedAndShiftedComesBack) {
    if (std::getenv("LMSER_DATA_DIR") == nullptr) {
        GTEST_SKIP() << "LMSER_DATA_DIR does not name a folder with MNIST";
    }
    const auto mnist = value_of(load_dataset("mnist"));
    constexpr std::size_t kDigits = 200;
    const Images digits = images_of(*mnist, mnist->test, 0, kDigits);
    double difference = 0;
    double worst = 0;
    for (std::size_t i = 0; i < kDigits; ++i) {
        const Images original{kDigit, {digits.at(i).begin(), digits.at(i).end()}};
        const Images page = enlarged(digits.at(i), 3 + i % 9, i % 50, i * 7 % 50);
        const double one = mean_difference(as_digit(i % 2 == 0 ? page : inverted(page)), original);
        difference += one / kDigits;
        worst = std::max(worst, one);
    }
    std::cout << "[ mean difference " << difference << ", worst " << worst << " ]\n";
    EXPECT_LT(difference, .002);
}

}  // namespace
}  // namespace lmser
