// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/image_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/random.h"
#include "core/files/read_file.h"
#include "tests/support/cost.h"
#include "tests/support/expect_error.h"
#include "tests/support/sample_jpeg.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using namespace lmser::testing;

constexpr ImageShape kTiny{.channels = 1, .height = 3, .width = 2};
constexpr ImageShape kTinyColour{.channels = 3, .height = 3, .width = 2};

/// Pictures whose values are exact in 8 bits.
Images pictures(const ImageShape& shape, std::size_t count) {
    Random random(1, RandomPurpose::exploration, 0);
    Images images{shape, {}};
    for (std::size_t i = 0; i < count * shape.pixels(); ++i) {
        images.values.push_back(static_cast<float>(random.below(256)) / 255.0F);
    }
    return images;
}

class ImageFileTest : public ::testing::Test {
protected:
    Result<Images> read(const std::string& bytes, const ImageShape& shape = kTiny) const {
        return read_images(folder_.write("picture", bytes), shape);
    }

    TemporaryFolder folder_;
};

using PngFileTest = ImageFileTest;
using NpyFileTest = ImageFileTest;

TEST_F(ImageFileTest, PicturesSurviveTheWayThroughAFile) {
    for (const ImageShape& shape : {kTiny, kTinyColour}) {
        const Images images = pictures(shape, 6);
        for (const char* name : {"x.png", "x.npy", "x.PNG"}) {
            const auto file = folder_.path() / name;
            ASSERT_TRUE(write_images(file, images)) << name;
            EXPECT_EQ(value_of(read_images(file, shape)), images) << name;
        }
        ASSERT_TRUE(write_images(folder_.path() / "x.png", images, 2));
        EXPECT_EQ(value_of(read_images(folder_.path() / "x.png", shape)), images);
    }
}

TEST_F(ImageFileTest, AGridThatIsNotFullEndsInBlack) {
    const auto file = folder_.path() / "x.png";
    ASSERT_TRUE(write_images(file, pictures(kTiny, 3)));
    const Images read = value_of(read_images(file, kTiny));
    ASSERT_EQ(read.count(), 4U);
    for (const float value : read.at(3)) {
        EXPECT_EQ(value, 0);
    }
}

TEST_F(ImageFileTest, ValuesBeyondBlackAndWhiteAreClipped) {
    const auto file = folder_.path() / "x.png";
    ASSERT_TRUE(write_images(file, {kTiny, {-1, 2, .5F, 0, 1, -.001F}}));
    EXPECT_EQ(value_of(read_images(file, kTiny)).values,
              (std::vector<float>{0, 1, 128 / 255.0F, 0, 1, 0}));
}

TEST_F(ImageFileTest, ASheetHasWhiteGapsBetweenEnlargedPictures) {
    const auto file = folder_.path() / "sheet.png";
    const float half = 128 / 255.0F;
    const Images black{{1, 1, 1}, {0, 0}};
    const Images grey{{1, 1, 1}, {half}};
    ASSERT_TRUE(write_sheet(file, {black, grey}, 2, 1));
    const Images sheet = value_of(read_images(file, {1, 5, 5}));
    EXPECT_EQ(sheet.values, (std::vector<float>{0, 0, 1,    0,    0, 0, 0, 1,    0,    0, 1, 1, 1,
                                                1, 1, half, half, 1, 1, 1, half, half, 1, 1, 1}));
    EXPECT_THROW(static_cast<void>(write_sheet(file, {black, pictures(kTiny, 1)}, 1, 1)),
                 std::invalid_argument);
}

TEST_F(ImageFileTest, APictureIsTurnedAsItsExifSaysAndASheetIsNot) {
    const std::string exif = png_chunk("eXIf", exif_segment(6, true).substr(6));
    const std::string rows("\0\0\x33\0\x66\xff", 6);
    folder_.write("x.png", png_bytes(2, 2, {}, rows, exif));
    EXPECT_EQ(value_of(read_images(folder_.path() / "x.png", {1, 2, 2})).values,
              (std::vector<float>{.4F, 0, 1, .2F}));
    EXPECT_EQ(value_of(read_images(folder_.path() / "x.png", {1, 1, 1})).values,
              (std::vector<float>{0, .2F, .4F, 1}));
}

TEST_F(ImageFileTest, WhatCannotBeWrittenIsRefused) {
    expect_error(write_images(folder_.path() / "x.jpg", pictures(kTiny, 1)), ErrorCode::usage,
                 "pictures are written as .png or .npy");
    expect_error(write_images(folder_.path() / "x.png", Images{kTiny, {}}), ErrorCode::usage,
                 "there are no pictures");
    expect_error(write_images(folder_.path() / "x.png",
                              Images{{1, 1, 1}, std::vector<float>(20'000)}, 20'000),
                 ErrorCode::usage, "at most 16384 pixels a side");
    expect_error(write_images(folder_.path() / "none" / "x.png", pictures(kTiny, 1)),
                 ErrorCode::not_found, "there is no such file or folder");
}

TEST_F(ImageFileTest, WhatIsNoPictureIsNamed) {
    expect_error(read("GIF89a"), ErrorCode::bad_data, "neither a PNG nor a .npy file");
    expect_error(read(""), ErrorCode::bad_data, "neither a PNG nor a .npy file");
    expect_error(read_images(folder_.path(), kTiny), ErrorCode::bad_data, "it is a folder");
    expect_error(read_images(folder_.path() / "none", kTiny), ErrorCode::not_found, "no such file");
}

std::string two_pixels(const std::string& pixels) {
    return std::string(1, '\0') + pixels;
}

TEST_F(PngFileTest, EveryKindOfPixelBecomesGreyOrColourOverBlack) {
    const ImageShape grey{1, 1, 1};
    const ImageShape colour{3, 1, 1};
    const auto value = [](int v) { return static_cast<float>(v) / 255.0F; };
    const auto one = [](PngKind kind, const std::string& pixel, const std::string& extra = {}) {
        return png_bytes(1, 1, kind, two_pixels(pixel), extra);
    };
    EXPECT_EQ(value_of(read(one({8, 0}, "\x40"), grey)).values, std::vector{value(0x40)});
    EXPECT_EQ(value_of(read(one({8, 0}, "\x40"), colour)).values, std::vector(3, value(0x40)));
    EXPECT_EQ(value_of(read(one({1, 0}, "\x80"), grey)).values, std::vector{1.0F});
    EXPECT_EQ(value_of(read(one({16, 0}, "\x12\x34"), grey)).values,
              std::vector{0x1234 / 65535.0F});
    EXPECT_EQ(value_of(read(one({8, 2}, "\x10\x20\x30"), colour)).values,
              (std::vector{value(0x10), value(0x20), value(0x30)}));
    EXPECT_NEAR(value_of(read(one({8, 2}, "\x10\x20\x30"), grey)).values[0],
                (.299 * 0x10 + .587 * 0x20 + .114 * 0x30) / 255, 1e-6);
    EXPECT_NEAR(value_of(read(one({8, 4}, "\x40\x80"), grey)).values[0], value(0x40) * value(0x80),
                1e-6);
    EXPECT_NEAR(value_of(read(one({8, 6}, "\x10\x20\x30\x80"), colour)).values[2],
                value(0x30) * value(0x80), 1e-6);
    const std::string palette = png_chunk("PLTE", "\x10\x20\x30\x40\x50\x60");
    EXPECT_EQ(value_of(read(one({8, 3}, "\x01", palette), colour)).values,
              (std::vector{value(0x40), value(0x50), value(0x60)}));
}

TEST_F(PngFileTest, ReadsInterlacedPictures) {
    // A single pixel is in the first of the seven passes.
    EXPECT_EQ(value_of(read(png_bytes(1, 1, {8, 0, 1}, two_pixels("\x33")), {1, 1, 1})).values,
              std::vector{0x33 / 255.0F});
}

TEST_F(PngFileTest, APictureOfAnotherSizeIsNamedWithBoth) {
    expect_error(read(png_bytes(5, 3, {}, std::string(18, '\0'))), ErrorCode::bad_data,
                 "it is 5x3 pixels, which is no picture of 2x3 and no sheet of them");
}

TEST_F(PngFileTest, BombsAreRefusedAtOnceAndWithoutMemory) {
    const std::string zeros(16384L * 1000, '\0');
    const std::string bombs[] = {
        png_bytes(100'000, 100'000, {}, zeros),
        png_bytes(16384, 16384, {}, zeros),
        png_bytes(16384, 3900, {16, 6}, "few bytes"),
        png_bytes(16384, 3900, {8, 0, 1}, zeros),
        png_bytes(0x7FFFFFFF, 0x7FFFFFFF, {16, 6}, zeros),
    };
    for (const std::string& bomb : bombs) {
        const auto cost = cost_of([&] {
            const auto result = read(bomb, {1, 1, 1});
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().code, ErrorCode::bad_data);
        });
        EXPECT_LT(cost.cpu_seconds, .05);
        EXPECT_LT(cost.megabytes.value_or(0), 64);
    }
    expect_error(read(bombs[1]), ErrorCode::bad_data,
                 "it is 16384x16384 pixels, more than the 64 megapixels allowed");
    expect_error(read(bombs[2]), ErrorCode::bad_data, "bytes cannot hold them");
}

TEST_F(PngFileTest, ASheetOfMorePicturesThanWantedOrThanMemoryIsForIsRefusedBeforeItIsDecoded) {
    const auto bomb = folder_.write(
        "bomb.png", png_bytes(7936, 7936, {1, 0}, std::string(std::size_t{7936} * 993, '\0')));
    const auto cost = cost_of([&] {
        expect_error(read_images(bomb, {3, 128, 128}), ErrorCode::bad_data,
                     "its 3844 pictures would take 755.8 MB of memory");
        expect_error(read_images(bomb, {1, 128, 128}, 2), ErrorCode::usage,
                     "it holds 3844 pictures, more than the 2 wanted");
    });
    EXPECT_LT(cost.cpu_seconds, .05);
    EXPECT_LT(cost.megabytes.value_or(0), 8);
}

TEST_F(ImageFileTest, WhatIsForPicturesOfAShapeIsSeenByItsStart) {
    const auto holds = [&](const std::string& bytes) {
        return value_of(holds_images(folder_.write("any", bytes), kTiny));
    };
    const std::string row(1, '\0');
    EXPECT_EQ(holds(png_bytes(2, 3, {}, row)), HeldImages::sheet) << "whole or not";
    EXPECT_EQ(holds(png_bytes(4, 9, {}, row)), HeldImages::sheet);
    EXPECT_EQ(holds(png_bytes(3, 3, {}, row)), HeldImages::none);
    EXPECT_EQ(holds(png_bytes(2, 4, {}, row)), HeldImages::none);
    EXPECT_EQ(holds("\x93NUMPY"), HeldImages::array);
    EXPECT_EQ(holds("\xff\xd8\xff"), HeldImages::none);
    EXPECT_EQ(holds(""), HeldImages::none);
    expect_error(holds_images(folder_.path() / "none", kTiny), ErrorCode::not_found, "no such");
}

TEST_F(PngFileTest, ATextChunkThatUnpacksToGigabytesIsNotUnpacked) {
    const std::string bomb =
        std::string("x\0\0", 3) + deflated(std::string(30'000'000, '\0'), false);
    const auto cost = cost_of([&] {
        static_cast<void>(
            read(png_bytes(1, 1, {}, two_pixels("\x01"), png_chunk("zTXt", bomb)), {1, 1, 1}));
    });
    EXPECT_LT(cost.megabytes.value_or(0), 8);
}

TEST_F(PngFileTest, AFileThatIsCutAtAnyByteIsRefused) {
    const auto file = folder_.path() / "x.png";
    ASSERT_TRUE(write_images(file, pictures(kTiny, 4)));
    const std::string good = value_of(read_text(file, 1 << 20));
    for (std::size_t length = 0; length < good.size(); ++length) {
        const auto result = read(good.substr(0, length));
        ASSERT_FALSE(result) << length;
        EXPECT_EQ(result.error().code, ErrorCode::bad_data);
    }
}

TEST_F(PngFileTest, FlippedBitsNeverPassUnseen) {
    const auto file = folder_.path() / "x.png";
    const Images images = pictures(kTiny, 4);
    ASSERT_TRUE(write_images(file, images));
    const std::string good = value_of(read_text(file, 1 << 20));
    constexpr std::size_t kStep = 5;  // reaches every byte
    for (std::size_t bit = 0; bit < 8 * good.size(); bit += kStep) {
        std::string bytes = good;
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
        const auto result = read(bytes);
        EXPECT_TRUE(!result || *result == images) << bit;
    }
}

const char* const kGoodHeader = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3, 2), }\n";

TEST_F(NpyFileTest, ReadsVersionsOneAndTwoWithOrWithoutChannels) {
    const std::string body = float_bytes({0, .5F, 1, .25F, .75F, 0});
    const std::vector<float> values = {0, .5F, 1, .25F, .75F, 0};
    EXPECT_EQ(value_of(read(npy_bytes(kGoodHeader, body))).values, values);
    EXPECT_EQ(value_of(read(npy_bytes(kGoodHeader, body, 2))).values, values);
    const char* four = "{\"shape\":(1,1,3,2),\"fortran_order\":False,\"descr\":\"<f4\"}";
    EXPECT_EQ(value_of(read(npy_bytes(four, body))).values, values);
}

TEST_F(NpyFileTest, HeadersThatLieAreRefused) {
    const std::string body = float_bytes({0, 0, 0, 0, 0, 0});
    const std::pair<std::string, std::string> lies[] = {
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 2), }",
         "its header promises 2x3x2 values (48 bytes) but 24 bytes follow"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1, 3, 2), }", "it holds '<f8'"},
        {"{'descr': '>f4', 'fortran_order': False, 'shape': (1, 3, 2), }", "it holds '>f4'"},
        {"{'descr': '|O', 'fortran_order': False, 'shape': (1, 3, 2), }", "it holds '|O'"},
        {"{'descr': '<f4', 'fortran_order': True, 'shape': (1, 3, 2), }", "column by column"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }",
         "its shape is [1, 2, 3]"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }", "its shape is [6]"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3, 2), }",
         "its shape is [0, 3, 2]"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387905, 3, 2), }",
         "but 24 bytes follow"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 3, 2), }", "its header is not"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 3, 2), }",
         "its header is not"},
        {"{'descr': '<f4', 'fortran_order': False}", "its header is not"},
        {"{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1, 3, 2)}",
         "its header is not"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3, 2)} and more",
         "its header is not"},
        {"{'x': '<f4', 'fortran_order': False, 'shape': (1, 3, 2)}", "its header is not"},
        {"{'descr': '<f4' 'fortran_order': False, 'shape': (1, 3, 2)}", "its header is not"},
        {"", "its header is not"},
    };
    for (const auto& [header, words] : lies) {
        expect_error(read(npy_bytes(header, body)), ErrorCode::bad_data, words);
    }
    expect_error(read(npy_bytes(kGoodHeader, body, 3)), ErrorCode::bad_data, "version 3");
    expect_error(read(npy_bytes(kGoodHeader, body) + "x"), ErrorCode::bad_data,
                 "but 25 bytes follow");
    expect_error(read("\x93NUMPY\x02" + std::string(1, '\0') + "\xff\xff\xff\xff"),
                 ErrorCode::bad_data, "its header would have 4294967295 bytes but 0 follow");
}

TEST_F(NpyFileTest, ValuesOutsideOfZeroToOneAreRefused) {
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    const std::pair<float, std::string> bad[] = {
        {1.5F, "Divide by the largest value"},
        {-.5F, "Map the values to 0 to 1"},
        {std::numeric_limits<float>::quiet_NaN(), "Give every pixel a number"},
        {kInfinity, "Give every pixel a number"},
        {-kInfinity, "Give every pixel a number"},
    };
    for (const auto& [value, hint] : bad) {
        const auto refused = read(npy_bytes(kGoodHeader, float_bytes({0, 0, 0, value, 0, 0})));
        expect_error(refused, ErrorCode::bad_data, "value 3 is ");
        EXPECT_EQ(refused.error().hint.find(hint), 0U) << refused.error().hint;
    }
}

TEST_F(NpyFileTest, AFileThatIsCutAtAnyByteIsRefused) {
    const std::string good = npy_bytes(kGoodHeader, float_bytes({0, 0, 0, 0, 0, 0}));
    ASSERT_TRUE(read(good));
    for (std::size_t length = 0; length < good.size(); ++length) {
        EXPECT_FALSE(read(good.substr(0, length))) << length;
    }
}

}  // namespace
}  // namespace lmser
