// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/gif_file.h"

#include <gif_lib.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>

#include "tests/support/expect_error.h"

namespace lmser {
namespace {

using namespace lmser::testing;

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr double kPaletteLoss = 12;  // of 255: five bits a channel

constexpr double kDitherLoss = 8;  // of 255, in the mean of 8 x 8 pixels

/// What a GIF holds, as another reader of GIFs sees it.
struct ReadGif {
    int width = 0;
    int height = 0;
    std::vector<std::string> frames;  // pixels as bytes of red, green and blue
    std::vector<int> delays;          // hundredths of a second
};

struct Source {
    const std::vector<std::byte>* bytes;
    std::size_t at = 0;
};

int read_some(GifFileType* gif, GifByteType* into, int size) {
    auto* source = static_cast<Source*>(gif->UserData);
    const std::size_t left = source->bytes->size() - source->at;
    const std::size_t count = std::min(left, static_cast<std::size_t>(size));
    std::memcpy(into, source->bytes->data() + source->at, count);
    source->at += count;
    return static_cast<int>(count);
}

ReadGif read_gif(const std::vector<std::byte>& bytes) {
    Source source{&bytes};
    int error = 0;
    GifFileType* gif = DGifOpen(&source, read_some, &error);
    EXPECT_NE(gif, nullptr);
    EXPECT_EQ(DGifSlurp(gif), GIF_OK);
    ReadGif read{gif->SWidth, gif->SHeight, {}, {}};
    for (int i = 0; i < gif->ImageCount; ++i) {
        const SavedImage& image = gif->SavedImages[i];
        std::string pixels;
        for (int p = 0; p < gif->SWidth * gif->SHeight; ++p) {
            const GifColorType& colour = gif->SColorMap->Colors[image.RasterBits[p]];
            pixels += static_cast<char>(colour.Red);
            pixels += static_cast<char>(colour.Green);
            pixels += static_cast<char>(colour.Blue);
        }
        read.frames.push_back(pixels);
        GraphicsControlBlock control{};
        EXPECT_EQ(DGifSavedExtensionToGCB(gif, i, &control), GIF_OK);
        read.delays.push_back(control.DelayTime);
    }
    DGifCloseFile(gif, &error);
    return read;
}

std::string text_of(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Grey pictures of one pixel with those bytes.
Images dots(const std::vector<int>& bytes) {
    Images images{{1, 1, 1}, {}};
    for (const int byte : bytes) {
        images.values.push_back(static_cast<float>(byte) / 255);
    }
    return images;
}

std::vector<int> first_greys(const ReadGif& gif) {
    std::vector<int> greys;
    for (const std::string& frame : gif.frames) {
        greys.push_back(static_cast<unsigned char>(frame[0]));
    }
    return greys;
}

TEST(GifFile, GreyIsExact) {
    Images ramp{{1, 16, 16}, {}};
    for (int i = 0; i < 256; ++i) {
        ramp.values.push_back(static_cast<float>(i) / 255);
    }
    const ReadGif gif = read_gif(value_of(encode_gif(ramp, {.scale = 3})));
    ASSERT_EQ(gif.width, 48);
    ASSERT_EQ(gif.height, 48);
    ASSERT_EQ(gif.frames.size(), 1U);
    for (std::size_t i = 0; i < 256; ++i) {
        const std::size_t pixel = (i / 16 * 3 + 1) * 48 + i % 16 * 3 + 2;
        EXPECT_EQ(static_cast<unsigned char>(gif.frames[0][3 * pixel]), i);
        EXPECT_EQ(static_cast<unsigned char>(gif.frames[0][3 * pixel + 2]), i);
    }
}

TEST(GifFile, FramesGoThereAndBackWithoutStandingAtTheEnds) {
    EXPECT_THAT(first_greys(read_gif(value_of(encode_gif(dots({1, 2, 3, 4}), {})))),
                ElementsAre(1, 2, 3, 4, 3, 2));
    EXPECT_THAT(
        first_greys(read_gif(value_of(encode_gif(dots({1, 2, 3}), {.there_and_back = false})))),
        ElementsAre(1, 2, 3));
    EXPECT_THAT(first_greys(read_gif(value_of(encode_gif(dots({1, 2}), {})))), ElementsAre(1, 2));
}

TEST(GifFile, RunsForEver) {
    EXPECT_THAT(text_of(value_of(encode_gif(dots({1, 2}), {}))),
                HasSubstr(std::string("NETSCAPE2.0\x03\x01\0\0\0", 16)));
}

TEST(GifFile, DelaysAreInHundredthsAndNeverTooShort) {
    for (const auto& [milliseconds, delay] :
         {std::pair{60, 6}, {64, 6}, {65, 7}, {1, 2}, {-5, 2}, {1 << 30, 60'000}}) {
        const ReadGif gif =
            read_gif(value_of(encode_gif(dots({1, 2}), {.frame_milliseconds = milliseconds})));
        EXPECT_THAT(gif.delays, ElementsAre(delay, delay)) << milliseconds;
    }
}

TEST(GifFile, ColoursOfAllFramesShareAPalette) {
    // Eight frames, each of another colour and black.
    Images frames{{3, 1, 2}, {}};
    for (unsigned i = 0; i < 8; ++i) {
        for (const unsigned channel : {1U, 2U, 4U}) {
            frames.values.push_back((i & channel) != 0 ? .9F : .2F);
            frames.values.push_back(0);
        }
    }
    const ReadGif gif =
        read_gif(value_of(encode_gif(frames, {.scale = 1, .there_and_back = false})));
    ASSERT_EQ(gif.frames.size(), 8U);
    for (unsigned i = 0; i < 8; ++i) {
        for (unsigned c = 0; c < 3; ++c) {
            const double expected = (i >> c & 1U) != 0 ? 230 : 51;
            EXPECT_NEAR(static_cast<unsigned char>(gif.frames[i][c]), expected, kPaletteLoss);
            EXPECT_NEAR(static_cast<unsigned char>(gif.frames[i][3 + c]), 0, kPaletteLoss);
        }
    }
}

TEST(GifFile, SmoothColoursShowNoSteps) {
    // As many colours as a face has. What is dithered has them again in the mean of a few pixels.
    constexpr int kSide = 96;
    constexpr int kBlock = 8;
    Images ramp{{3, kSide, kSide}, std::vector<float>(std::size_t{3} * kSide * kSide)};
    const auto value = [](int channel, int x, int y) {
        const double along = channel == 0 ? x : channel == 1 ? y : (kSide - x + y) / 2.0;
        return .2 + .6 * along / kSide;
    };
    for (int i = 0; i < 3 * kSide * kSide; ++i) {
        ramp.values[static_cast<std::size_t>(i)] =
            static_cast<float>(value(i / kSide / kSide, i % kSide, i / kSide % kSide));
    }
    const ReadGif gif = read_gif(value_of(encode_gif(ramp, {.scale = 1})));
    double worst = 0;
    for (int block = 0; block < kSide / kBlock * (kSide / kBlock); ++block) {
        for (int channel = 0; channel < 3; ++channel) {
            double wanted = 0;
            double read = 0;
            for (int i = 0; i < kBlock * kBlock; ++i) {
                const int x = block % (kSide / kBlock) * kBlock + i % kBlock;
                const int y = block / (kSide / kBlock) * kBlock + i / kBlock;
                wanted += 255 * value(channel, x, y);
                read += static_cast<unsigned char>(
                    gif.frames[0][static_cast<std::size_t>(3 * (y * kSide + x) + channel)]);
            }
            worst = std::max(worst, std::abs(read - wanted) / kBlock / kBlock);
        }
    }
    EXPECT_LT(worst, kDitherLoss);
}

TEST(GifFile, TheProgressIsToldAndItCanBeStopped) {
    std::vector<std::size_t> told;
    static_cast<void>(encode_gif(dots({1, 2, 3}), {}, [&told](std::size_t done, std::size_t total) {
        EXPECT_EQ(total, 4U);
        told.push_back(done);
        return true;
    }));
    EXPECT_THAT(told, ElementsAre(1, 2, 3, 4));
    expect_error(encode_gif(dots({1, 2, 3}), {},
                            [](std::size_t done, std::size_t /*total*/) { return done < 2; }),
                 ErrorCode::usage, "it was stopped after 2 of 4 frames");
}

TEST(GifFile, WhatCannotBeMadeIsRefused) {
    expect_error(encode_gif(dots({}), {}), ErrorCode::usage, "there are no pictures");
    for (const int scale : {0, 65}) {
        expect_error(encode_gif(dots({1}), {.scale = scale}), ErrorCode::usage,
                     "a pixel cannot be enlarged " + std::to_string(scale) + " times");
    }
    const Images wide{{1, 1, 300}, std::vector<float>(300)};
    expect_error(encode_gif(wide, {.scale = 64}), ErrorCode::usage,
                 "it is 19200x64 pixels, more than the 16384 a side allowed");
}

}  // namespace
}  // namespace lmser
