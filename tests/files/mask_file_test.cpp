// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/mask_file.h"

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/files/image_file.h"
#include "tests/support/cost.h"
#include "tests/support/expect_error.h"
#include "tests/support/sample_files.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using namespace lmser::testing;

class MaskFileTest : public ::testing::Test {
protected:
    Result<Mask> read(const std::string& bytes, int height = 1, int width = 2) const {
        return read_mask(folder_.write("mask", bytes), height, width);
    }

    TemporaryFolder folder_;
};

std::string two_pixels(PngKind kind, const std::string& pixels) {
    return png_bytes(2, 1, kind, std::string(1, '\0') + pixels);
}

std::string array(const std::string& shape, std::initializer_list<float> values) {
    return npy_bytes("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n",
                     float_bytes(values));
}

TEST_F(MaskFileTest, AMaskSurvivesTheWayThroughAPng) {
    Random random(1, RandomPurpose::exploration, 0);
    const Mask mask = random_strokes(40, 60, random);
    const auto file = folder_.path() / "mask.png";
    ASSERT_TRUE(write_mask(file, mask));
    EXPECT_EQ(value_of(read_mask(file, 40, 60)), mask);
    const Images picture = value_of(read_images(file, {1, 40, 60}));
    for (std::size_t i = 0; i < mask.hidden.size(); ++i) {
        ASSERT_EQ(picture.values[i], mask.hidden[i]) << "white is hidden";
    }
}

TEST_F(MaskFileTest, GreyLevelsAndColoursAreCutInTheMiddle) {
    const Mask second{1, 2, {0, 1}};
    EXPECT_EQ(value_of(read(two_pixels({8, 0}, "\x7f\x80"))), second);
    EXPECT_EQ(value_of(read(two_pixels({16, 0}, "\x7f\x7f\x80\x80"))), second);
    EXPECT_EQ(value_of(read(two_pixels({1, 0}, "\x40"))), second);
    const std::string blue_and_green("\x00\x00\xff\x00\xff\x00", 6);
    EXPECT_EQ(value_of(read(two_pixels({8, 2}, blue_and_green))), second);
    EXPECT_EQ(value_of(read(two_pixels({8, 4}, "\xff\x40\xff\xc0"))), second)
        << "what is transparent hides nothing";
}

TEST_F(MaskFileTest, AMaskOfAnotherSizeIsNamedWithBothSizes) {
    expect_error(read(two_pixels({8, 0}, "\xff\xff"), 3, 5), ErrorCode::bad_data,
                 "it is 2x1 pixels, where a mask of 5x3 is needed");
    expect_error(read(two_pixels({8, 0}, "\xff\xff"), 1, 1), ErrorCode::bad_data,
                 "it is 2x1 pixels, where a mask of 1x1 is needed");
    expect_error(read(array("(1, 1, 2)", {0, 1}), 2, 2), ErrorCode::bad_data,
                 "its shape is [1, 1, 2] where [masks, 2, 2] is needed");
}

TEST_F(MaskFileTest, ASheetAndAnArrayHoldSeveralMasks) {
    const std::vector<Mask> two = {{1, 1, {1}}, {1, 1, {0}}};
    const auto sheet = folder_.write("sheet", two_pixels({8, 0}, std::string("\xff\x00", 2)));
    EXPECT_EQ(value_of(read_masks(sheet, 1, 1)), two);
    const auto file = folder_.write("masks", array("(2, 1, 1)", {1, 0}));
    EXPECT_EQ(value_of(read_masks(file, 1, 1)), two);
    expect_error(read_mask(file, 1, 1), ErrorCode::bad_data,
                 "it holds 2 masks of 1x1 pixels, where one is needed");
    EXPECT_EQ(value_of(read(array("(1, 1, 2)", {0, 1}))), (Mask{1, 2, {0, 1}}));
}

TEST_F(MaskFileTest, AnArrayMayHoldOneMaskTruthValuesOrBytes) {
    const Mask second{1, 2, {0, 1}};
    EXPECT_EQ(value_of(read(array("(1, 2)", {0, 1}))), second);
    EXPECT_EQ(value_of(read(array("(1, 1, 1, 2)", {0, 1}))), second);
    const auto bytes = [](const std::string& descr, const std::string& body) {
        return npy_bytes("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (1, 2), }\n",
                         body);
    };
    const std::string truth("\0\1", 2);
    EXPECT_EQ(value_of(read(bytes("|b1", truth))), second);
    EXPECT_EQ(value_of(read(bytes("|u1", truth))), second);
    expect_error(read(bytes("|u1", std::string("\0\xff", 2))), ErrorCode::bad_data,
                 "value 1 is 255, where a mask has 1 (hidden) or 0");
    expect_error(read(bytes("|u1", "\1")), ErrorCode::bad_data, "(2 bytes) but 1 bytes follow");
    expect_error(read(bytes("|i1", truth)), ErrorCode::bad_data, "it holds '|i1'");
}

TEST_F(MaskFileTest, MoreMasksThanWantedAreRefused) {
    const auto sheet = folder_.write("sheet", two_pixels({8, 0}, std::string("\xff\x00", 2)));
    expect_error(read_masks(sheet, 1, 1, 1), ErrorCode::usage, "2 pictures, more than the 1");
    const auto file = folder_.write("masks", array("(2, 1, 1)", {1, 0}));
    expect_error(read_masks(file, 1, 1, 1), ErrorCode::usage, "2 masks, more than the 1");
    EXPECT_TRUE(read_masks(file, 1, 1, 2));
}

TEST_F(MaskFileTest, AnArrayOfAnythingButZeroAndOneIsRefused) {
    expect_error(read(array("(1, 1, 2)", {0, .5F})), ErrorCode::bad_data,
                 "value 1 is 0.5, where a mask has 1 (hidden) or 0");
    expect_error(read(array("(1, 1, 2)", {255, 0})), ErrorCode::bad_data, "value 0 is 255");
}

TEST_F(MaskFileTest, BombsAndWhatIsNoMaskAreRefused) {
    const auto cost = cost_of([&] {
        expect_error(read(png_bytes(16000, 16000, {}, std::string(1 << 20, '\0'))),
                     ErrorCode::bad_data, "more than the 64 megapixels allowed");
    });
    EXPECT_LT(cost.cpu_seconds, .05);
    EXPECT_LT(cost.megabytes.value_or(0), 64);
    expect_error(read("GIF89a"), ErrorCode::bad_data, "neither a PNG nor a .npy file");
    expect_error(read_mask(folder_.path() / "none", 1, 1), ErrorCode::not_found, "no such file");
    const std::string good = two_pixels({8, 0}, "\xff\xff");
    for (std::size_t length = 0; length < good.size(); ++length) {
        EXPECT_FALSE(read(good.substr(0, length))) << length;
    }
}

TEST_F(MaskFileTest, WhatCannotBeWrittenIsSaid) {
    expect_error(write_mask(folder_.path() / "x.png", Mask{}), ErrorCode::usage, "0x0 pixels");
    expect_error(write_mask(folder_.path() / "none" / "x.png", Mask{1, 1, {1}}),
                 ErrorCode::not_found, "there is no such file or folder");
}

}  // namespace
}  // namespace lmser
