// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/picture_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <limits>

#include "core/files/exif.h"
#include "core/files/read_file.h"
#include "tests/support/cost.h"
#include "tests/support/expect_error.h"
#include "tests/support/sample_files.h"
#include "tests/support/sample_jpeg.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using namespace lmser::testing;

using ::testing::Each;
using ::testing::FloatNear;

constexpr float kJpegLoss = .03F;  // what compression may change in a value
constexpr ImageShape kTiny{1, 2, 3};
const KeptCode kCode{"0123456789abcdef", "mnist-gen", {1.5F, -.1F, 0}, 2};

class PictureFileTest : public ::testing::Test {
protected:
    [[nodiscard]] Result<Picture> read(const std::string& bytes) const {
        return read_picture(folder_.write("picture", bytes));
    }
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "x.png"; }
    [[nodiscard]] std::string written(const Images& picture, int scale,
                                      const std::optional<KeptCode>& code) const {
        EXPECT_TRUE(write_picture(file(), picture, scale, code).ok());
        return value_of(read_text(file(), 1 << 22));
    }

    TemporaryFolder folder_;
};

Images ramp(const ImageShape& shape) {
    Images picture{shape, {}};
    for (std::size_t i = 0; i < shape.pixels(); ++i) {
        picture.values.push_back(static_cast<float>(i * 40 % 256) / 255);
    }
    return picture;
}

TEST_F(PictureFileTest, APictureComesBackEnlargedAndWithItsCode) {
    for (const ImageShape& shape : {kTiny, ImageShape{3, 2, 3}}) {
        const Images picture = ramp(shape);
        static_cast<void>(written(picture, 1, kCode));
        const Picture same = value_of(read_picture(file()));
        EXPECT_EQ(same.image, picture);
        EXPECT_EQ(same.code, kCode);
    }
    static_cast<void>(written(ramp(kTiny), 4, {}));
    const Picture large = value_of(read_picture(file()));
    EXPECT_EQ(large.image.shape, (ImageShape{1, 8, 12}));
    EXPECT_EQ(large.image.values[3 * 12 + 7], ramp(kTiny).values[1]);
    EXPECT_EQ(large.code, std::nullopt);
}

TEST_F(PictureFileTest, TheCodeIsAnUncompressedTextThatOtherProgramsRead) {
    const std::string bytes = written(ramp(kTiny), 1, kCode);
    EXPECT_THAT(bytes, ::testing::HasSubstr("iTXtlmser:code"));
    EXPECT_THAT(bytes, ::testing::HasSubstr(to_json(kCode)));
}

TEST_F(PictureFileTest, TextsOfOtherProgramsAreNoCodes) {
    const std::string other = png_chunk("tEXt", std::string("Comment\0hello", 13));
    const Picture picture = value_of(read(png_bytes(1, 1, {}, std::string(2, '\0'), other)));
    EXPECT_EQ(picture.code, std::nullopt);
}

TEST_F(PictureFileTest, ATextThatClaimsToBeACodeAndIsNoneIsNamed) {
    const auto with_text = [](const std::string& text) {
        const std::string chunk = png_chunk("tEXt", std::string("lmser:code") + '\0' + text);
        return png_bytes(1, 1, {}, std::string(2, '\0'), chunk);
    };
    expect_error(read(with_text("hello")), ErrorCode::bad_data,
                 "picture': the code cannot be used: it is not valid JSON at byte 1");
    expect_error(read(with_text("")), ErrorCode::bad_data, "the code cannot be used");
    const std::string good = to_json(kCode);
    EXPECT_EQ(value_of(read(with_text(good))).code, kCode);
    const std::string chunk = png_chunk("tEXt", std::string("lmser:code") + '\0' + good);
    expect_error(read(png_bytes(1, 1, {}, std::string(2, '\0'), chunk + chunk)),
                 ErrorCode::bad_data, "it carries 2 codes");
}

TEST_F(PictureFileTest, ATextOfMoreThanAMebibyteIsLeftOutAndNotWritten) {
    const std::string huge(1'100'000, ' ');
    const std::string text = png_chunk("tEXt", std::string("lmser:code") + '\0' + huge);
    const std::string own = png_chunk("tEXt", std::string("lmser:code") + '\0' + to_json(kCode));
    for (const std::string& before : {text, text + own, own + text + text}) {
        const Picture picture =
            value_of(read(png_bytes(1, 1, {}, std::string("\0\x33", 2), before)));
        EXPECT_EQ(picture.image.values, std::vector{.2F});
        EXPECT_EQ(picture.code.has_value(), before.size() > text.size());
    }
    std::string png = png_bytes(1, 1, {}, std::string(2, '\0'));
    EXPECT_TRUE(read(png.insert(png.size() - 12, text))) << "after the pixels";
    const std::string palette = png_chunk("PLTE", huge);
    expect_error(read(png_bytes(1, 1, {8, 3}, std::string(2, '\0'), palette)), ErrorCode::bad_data,
                 "its PNG data is broken");
    png.resize(png.size() - 100);
    expect_error(read(png), ErrorCode::bad_data, "its PNG data is broken (it is cut off)");
    KeptCode code = kCode;
    code.code.assign(200'000, .12345678F);
    expect_error(write_picture(file(), ramp(kTiny), 1, code), ErrorCode::usage,
                 "bytes does not fit into a PNG: at most 1 MiB");
    EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(PictureFileTest, WhatCannotBeWrittenIsRefused) {
    for (const int scale : {0, 65, -1}) {
        expect_error(write_picture(file(), ramp(kTiny), scale, {}), ErrorCode::usage,
                     "a pixel cannot be enlarged " + std::to_string(scale) + " times");
    }
    expect_error(write_picture(file(), ramp({1, 300, 300}), 64, {}), ErrorCode::usage,
                 "it is 19200x19200 pixels, more than the 16384 a side allowed");
    EXPECT_THROW(static_cast<void>(write_picture(file(), {kTiny, {}}, 1, {})),
                 std::invalid_argument);
}

std::string one_pixel(const std::string& pixel) {
    return std::string(1, '\0') + pixel;
}

TEST_F(PictureFileTest, TransparencyIsWhiteBehindDarkInkAndElseBlack) {
    // Two pixels of grey and alpha: ink, and nothing.
    const auto two = [this](const std::string& ink) {
        const std::string row = one_pixel(ink + std::string("\x80\0", 2));
        return value_of(read(png_bytes(2, 1, {8, 4}, row))).image.values;
    };
    EXPECT_EQ(two("\x20\xff"), (std::vector{0x20 / 255.F, 1.F}));
    EXPECT_EQ(two("\xe0\xff"), (std::vector{0xe0 / 255.F, 0.F}));
    const std::string half = one_pixel("\x10\x10\x10\x80");
    EXPECT_THAT(value_of(read(png_bytes(1, 1, {8, 6}, half))).image.values,
                Each(FloatNear(1 - 0x80 / 255.F * (1 - 0x10 / 255.F), 1e-5F)));
    EXPECT_THAT(
        value_of(read(png_bytes(1, 1, {8, 4}, one_pixel(std::string(2, '\0'))))).image.values,
        Each(0))
        << "nothing at all";
}

TEST_F(PictureFileTest, JpegsAreReadGreyAndInColourAndProgressive) {
    const std::string pixels(std::size_t{16} * 8, '\x40');
    for (const bool progressive : {false, true}) {
        const Images grey =
            value_of(read(jpeg_bytes(16, 8, pixels, {TJPF_GRAY, progressive}))).image;
        EXPECT_EQ(grey.shape, (ImageShape{1, 8, 16}));
        EXPECT_THAT(grey.values, Each(FloatNear(0x40 / 255.F, kJpegLoss)));
        std::string reds;
        for (int i = 0; i < 16 * 8; ++i) {
            reds += "\xe0\x20\x30";
        }
        const Images red = value_of(read(jpeg_bytes(16, 8, reds, {TJPF_RGB, progressive}))).image;
        EXPECT_EQ(red.shape, (ImageShape{3, 8, 16}));
        EXPECT_NEAR(red.values[0], 0xe0 / 255.F, kJpegLoss);
        EXPECT_NEAR(red.values[128], 0x20 / 255.F, kJpegLoss);
        EXPECT_NEAR(red.values[256], 0x30 / 255.F, kJpegLoss);
    }
}

TEST_F(PictureFileTest, CmykBecomesColour) {
    std::string pixels;
    for (int i = 0; i < 64; ++i) {
        pixels += "\xff\x40\x80\xc0";  // inverted, as Adobe has it
    }
    const Images image = value_of(read(jpeg_bytes(8, 8, pixels, {TJPF_CMYK}))).image;
    ASSERT_EQ(image.shape, (ImageShape{3, 8, 8}));
    EXPECT_NEAR(image.values[0], 0xc0 / 255.F, kJpegLoss);
    EXPECT_NEAR(image.values[64], 0x40 / 255.F * 0xc0 / 255.F, kJpegLoss);
    EXPECT_NEAR(image.values[128], 0x80 / 255.F * 0xc0 / 255.F, kJpegLoss);
}

TEST_F(PictureFileTest, SixteenBitsBecomeValuesFromZeroToOne) {
    const std::string grey = one_pixel(std::string("\x80\0", 2));
    EXPECT_THAT(value_of(read(png_bytes(1, 1, {16, 0}, grey))).image.values,
                Each(FloatNear(0x8000 / 65535.F, 1e-4F)));
    const std::string colour = one_pixel(std::string("\xff\xff\x40\0\0\0", 6));
    const Images image = value_of(read(png_bytes(1, 1, {16, 2}, colour))).image;
    ASSERT_EQ(image.shape, (ImageShape{3, 1, 1}));
    EXPECT_NEAR(image.values[0], 1, 1e-4);
    EXPECT_NEAR(image.values[1], 0x4000 / 65535.F, 1e-4);
    EXPECT_NEAR(image.values[2], 0, 1e-4);
}

/// A picture of four grey blocks of 8x8 pixels, two high and two wide: 0, 80, 160 and 240.
std::string four_blocks() {
    std::string pixels;
    for (int y = 0; y < 16; ++y) {
        for (int x = 0; x < 16; ++x) {
            pixels += static_cast<char>(80 * (y / 8 * 2 + x / 8));
        }
    }
    return jpeg_bytes(16, 16, pixels, {TJPF_GRAY});
}

TEST_F(PictureFileTest, ExifsRotationIsRespected) {
    // What stands in the four blocks, row by row, for the orientations 1 to 8.
    const int expected[8][4] = {{0, 80, 160, 240}, {80, 0, 240, 160}, {240, 160, 80, 0},
                                {160, 240, 0, 80}, {0, 160, 80, 240}, {160, 0, 240, 80},
                                {240, 80, 160, 0}, {80, 240, 0, 160}};
    for (int orientation = 1; orientation <= 8; ++orientation) {
        for (const bool little : {true, false}) {
            const std::string exif = exif_segment(static_cast<char>(orientation), little);
            const Images image = value_of(read(with_segment(four_blocks(), 0xE1, exif))).image;
            for (std::size_t block = 0; block < 4; ++block) {
                const float value = image.values[(block / 2 * 8 + 4) * 16 + block % 2 * 8 + 4];
                EXPECT_NEAR(value, static_cast<float>(expected[orientation - 1][block]) / 255, .01)
                    << orientation << " " << block;
            }
        }
    }
}

/// A PNG of 2x3 pixels, 1 to 6, with a chunk that says how it is turned, before or after its pixels.
std::string turned_png(char orientation, bool little_endian, bool behind) {
    const std::string rows = one_pixel("\1\2") + one_pixel("\3\4") + one_pixel("\5\6");
    const std::string exif = png_chunk("eXIf", exif_segment(orientation, little_endian).substr(6));
    std::string png = png_bytes(2, 3, {}, rows, behind ? "" : exif);
    return behind ? png.insert(png.size() - 12, exif) : png;
}

TEST_F(PictureFileTest, APngIsTurnedAsItsExifSays) {
    const std::vector<int> expected[] = {{1, 2, 3, 4, 5, 6}, {2, 1, 4, 3, 6, 5}, {6, 5, 4, 3, 2, 1},
                                         {5, 6, 3, 4, 1, 2}, {1, 3, 5, 2, 4, 6}, {5, 3, 1, 6, 4, 2},
                                         {6, 4, 2, 5, 3, 1}, {2, 4, 6, 1, 3, 5}};
    for (int orientation = 1; orientation <= 8; ++orientation) {
        for (const bool behind : {false, true}) {
            const std::string png = turned_png(static_cast<char>(orientation), behind, behind);
            const Images image = value_of(read(png)).image;
            EXPECT_EQ(image.shape, (orientation < 5 ? ImageShape{1, 3, 2} : ImageShape{1, 2, 3}));
            std::vector<int> values;
            for (const float value : image.values) {
                values.push_back(static_cast<int>(std::lround(value * 255)));
            }
            EXPECT_EQ(values, expected[orientation - 1]) << orientation;
        }
    }
}

TEST_F(PictureFileTest, ARotatedPictureExchangesWidthAndHeight) {
    const std::string jpeg = jpeg_bytes(24, 8, std::string(std::size_t{24} * 8, 'x'), {TJPF_GRAY});
    const Picture picture = value_of(read(with_segment(jpeg, 0xE1, exif_segment(6, true))));
    EXPECT_EQ(picture.image.shape, (ImageShape{1, 24, 8}));
}

TEST_F(PictureFileTest, BrokenExifIsNoReasonToRefuseAPicture) {
    const std::string good = exif_segment(6, true);
    const auto orientation = [](const std::string& segment) {
        return exif_orientation(std::as_bytes(std::span(segment)));
    };
    ASSERT_EQ(orientation(good), 6);
    for (std::size_t length = 0; length < good.size() - 8; ++length) {
        EXPECT_EQ(orientation(good.substr(0, length)), 1) << length;
    }
    std::string far = good;
    far.replace(10, 4, "\xff\xff\xff\xff");
    EXPECT_EQ(orientation(far), 1) << "a directory beyond the segment";
    std::string many = good;
    many.replace(14, 4, "\xff\xff\x13\x01");
    EXPECT_EQ(orientation(many), 1) << "more entries than there are";
    std::string odd = good;
    odd[24] = 9;
    EXPECT_EQ(orientation(odd), 1) << "no such orientation";
    EXPECT_TRUE(read(with_segment(four_blocks(), 0xE1, far)));
}

TEST_F(PictureFileTest, AJpegThatIsCutAtAnyByteIsRefused) {
    const std::string good = four_blocks();
    ASSERT_TRUE(read(good));
    for (std::size_t length = 2; length < good.size(); ++length) {
        const auto result = read(good.substr(0, length));
        ASSERT_FALSE(result) << length;
        EXPECT_EQ(result.error().code, ErrorCode::bad_data);
    }
}

TEST_F(PictureFileTest, AJpegThatIsFilledUpWithZerosIsWhole) {
    const std::string grey(std::size_t{16} * 16, '\x40');
    for (const bool progressive : {false, true}) {
        const std::string good = jpeg_bytes(16, 16, grey, {TJPF_GRAY, progressive});
        const auto with = [&](const std::string& stray) {
            return read(std::string(good).insert(good.size() - 2, stray));
        };
        for (const std::size_t zeros : {1U, 3U, 5000U}) {
            EXPECT_EQ(value_of(with(std::string(zeros, '\0'))).image, value_of(read(good)).image);
        }
        // Of fewer the library does not tell: it has them in hand when the pixels end.
        const std::string zeros(20, '\0');
        for (const std::string& other : {zeros + 'x', zeros + 'x' + zeros}) {
            expect_error(with(other), ErrorCode::bad_data, "extraneous bytes before marker 0xd9");
        }
    }
}

/// A JPEG whose frame header claims another size.
std::string claiming(std::string jpeg, std::uint32_t width, std::uint32_t height) {
    const std::size_t baseline = jpeg.find("\xff\xc0");
    const std::size_t frame = baseline != std::string::npos ? baseline : jpeg.find("\xff\xc2");
    jpeg.replace(frame + 5, 4, big_endian(height << 16U | width));
    return jpeg;
}

TEST_F(PictureFileTest, BombsAreRefusedAtOnceAndWithoutMemory) {
    const std::string some(10'000, '\x55');
    const std::string progressive = jpeg_bytes(100, 100, some, {TJPF_GRAY, true});
    const std::pair<std::string, std::string> bombs[] = {
        {claiming(four_blocks(), 65500, 65500),
         "it is 65500x65500 pixels, more than the 16384 a side allowed"},
        {claiming(four_blocks(), 16384, 16384),
         "it is 16384x16384 pixels, more than the 64 megapixels allowed"},
        {claiming(four_blocks(), 16384, 3900), "its header promises 16384x3900 pixels but"},
        {claiming(progressive, 5000, 5000),
         "it is 5000x5000 pixels, more than the 16 megapixels allowed for one that is stored in "
         "several passes"},
        {claiming(four_blocks(), 0, 16), "it is 0x16 pixels"},
        {png_bytes(16384, 16384, {}, "few bytes"),
         "it is 16384x16384 pixels, more than the 64 megapixels allowed"},
        {png_bytes(16000, 4000, {16, 6}, "few bytes"), "bytes cannot hold them"},
    };
    for (const auto& [bomb, words] : bombs) {
        const auto cost = cost_of([&bomb = bomb, &words = words, this] {
            expect_error(read(bomb), ErrorCode::bad_data, words);
        });
        EXPECT_LT(cost.cpu_seconds, .05) << words;
        EXPECT_LT(cost.megabytes.value_or(0), 64) << words;
    }
}

TEST_F(PictureFileTest, KindsOfJpegThatAreNotReadAreNamed) {
    std::string lossless = four_blocks();
    lossless[lossless.find("\xff\xc0") + 1] = '\xc3';
    expect_error(read(lossless), ErrorCode::bad_data, "it is a JPEG of a rare kind (SOF3, 8 bits)");
    std::string deep = four_blocks();
    deep[deep.find("\xff\xc0") + 4] = 12;
    expect_error(read(deep), ErrorCode::bad_data, "it is a JPEG of a rare kind (SOF0, 12 bits)");
}

TEST_F(PictureFileTest, ALargePhotoIsReducedWhileItIsRead) {
    std::filesystem::path jpeg;
    std::filesystem::path png;
    {
        constexpr int kSide = 8000;
        std::string pixels(std::size_t{kSide} * kSide, '\x40');
        std::fill_n(pixels.begin(), pixels.size() / 2, '\xc0');
        jpeg = folder_.write("x.jpg", jpeg_bytes(kSide, kSide, pixels, {TJPF_GRAY}));
        std::string rows;
        for (std::size_t y = 0; y < kSide; ++y) {
            rows += one_pixel(pixels.substr(y * kSide, kSide));
        }
        png = folder_.write("x.png", png_bytes(kSide, kSide, {}, rows));
    }
    for (const auto& path : {jpeg, png}) {
        Images image;
        const auto cost = cost_of([&] { image = value_of(read_picture(path)).image; });
        std::cout << "[ " << path.extension() << " of 64 megapixels: " << cost.cpu_seconds << " s, "
                  << cost.megabytes.value_or(0) << " MB ]\n";
        EXPECT_EQ(image.shape, (ImageShape{1, 2000, 2000}));
        EXPECT_NEAR(image.values.front(), 0xc0 / 255.F, kJpegLoss);
        EXPECT_NEAR(image.values.back(), 0x40 / 255.F, kJpegLoss);
        EXPECT_LT(cost.cpu_seconds, 3);
        EXPECT_LT(cost.megabytes.value_or(0), 64);
    }
}

TEST_F(PictureFileTest, SmallAndNarrowPicturesAreRead) {
    EXPECT_EQ(value_of(read(png_bytes(1, 1, {}, one_pixel("\x33")))).image.values,
              std::vector{0x33 / 255.F});
    const std::string narrow = jpeg_bytes(10'000, 10, std::string(100'000, '\x77'), {TJPF_GRAY});
    EXPECT_EQ(value_of(read(narrow)).image.shape, (ImageShape{1, 10, 10'000}));
}

TEST_F(PictureFileTest, WhatIsNoPictureIsNamed) {
    expect_error(read("GIF89a"), ErrorCode::bad_data, "it is neither a PNG nor a JPEG");
    expect_error(read(""), ErrorCode::bad_data, "it is neither a PNG nor a JPEG");
    expect_error(read("\xff\xd8"), ErrorCode::bad_data, "it is no JPEG");
    expect_error(read_picture(folder_.path()), ErrorCode::bad_data, "it is a folder");
    expect_error(read_picture(folder_.path() / "none"), ErrorCode::not_found, "no such file");
}

}  // namespace
}  // namespace lmser
