// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/picture_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "tests/support/environment.h"
#include "tests/support/expect_error.h"
#include "tests/support/sample_jpeg.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using namespace lmser::testing;
namespace fs = std::filesystem;

constexpr int kSide = 16;
constexpr ImageShape kGrey{1, kSide, kSide};
constexpr ImageShape kColour{3, kSide, kSide};

/// A grey PNG from the brightness of its pixels, [height, width].
std::string grey_png(std::uint32_t width, std::uint32_t height, const std::string& pixels) {
    std::string rows;
    for (std::size_t y = 0; y < height; ++y) {
        rows += '\0' + pixels.substr(y * width, width);
    }
    return png_bytes(width, height, {}, rows);
}

std::string plain_png(int brightness, std::uint32_t width = 20, std::uint32_t height = 20) {
    return grey_png(width, height,
                    std::string(std::size_t{width} * height, static_cast<char>(brightness)));
}

/// A folder of pictures with a cache of its own.
class PictureFolder : public ::testing::Test {
protected:
    PictureFolder() : cache_home_("XDG_CACHE_HOME", cache_.path()) {}

    /// Ten pictures that are of no interest.
    void fill(const std::string& prefix = {}) const {
        for (int i = 0; i < 10; ++i) {
            root_.write(prefix + "filling" + std::to_string(i) + ".png", plain_png(0));
        }
    }

    /// Loads it and counts how often it told that it decodes.
    Result<std::shared_ptr<const Dataset>> load(const ImageShape& shape = kGrey) {
        told_ = 0;
        return load_dataset("folder", LoadOptions{.data_dir = root_.path(),
                                                  .shape = shape,
                                                  .progress = [this](std::size_t, std::size_t) {
                                                      ++told_;
                                                      return true;
                                                  }});
    }

    /// What becomes of a picture among others, which are black.
    std::vector<std::uint8_t> fitted(const std::string& name, const std::string& bytes,
                                     const ImageShape& shape) {
        fill();
        const fs::path file = root_.write(name, bytes);
        const auto dataset = value_of(load(shape));
        EXPECT_EQ(dataset->notes, std::vector<std::string>{});
        fs::remove(file);
        std::vector<std::uint8_t> picture(shape.pixels());
        for (const LabelledImages* split :
             {&dataset->train, &dataset->validation, &dataset->test}) {
            for (std::size_t i = 0; i < split->count(); ++i) {
                split->copy(i, picture);
                if (*std::max_element(picture.begin(), picture.end()) > 0) {
                    return picture;
                }
            }
        }
        ADD_FAILURE() << "it is not there";
        return picture;
    }

    [[nodiscard]] std::size_t cached() const {
        std::error_code none;
        const fs::directory_iterator files(cache_.path() / "lmser-studio", none);
        return static_cast<std::size_t>(std::distance(begin(files), end(files)));
    }

    TemporaryFolder root_;
    TemporaryFolder cache_;
    Environment cache_home_;
    int told_ = 0;
};

/// The first value of every picture of a split.
std::vector<int> firsts(const Dataset& dataset, const LabelledImages& split) {
    std::vector<int> values;
    std::vector<std::uint8_t> picture(dataset.shape.pixels());
    for (std::size_t i = 0; i < split.count(); ++i) {
        split.copy(i, picture);
        values.push_back(picture[0]);
    }
    return values;
}

TEST_F(PictureFolder, PicturesAreSharedOutByTheirNames) {
    std::vector<int> expected;
    for (int i = 0; i < 25; ++i) {
        root_.write("photo" + std::to_string(10 + i) + (i % 2 == 0 ? ".png" : ".JPEG"),
                    i % 2 == 0 ? plain_png(10 * i)
                               : jpeg_bytes(20, 20, std::string(400, static_cast<char>(10 * i)),
                                            {.format = TJPF_GRAY}));
        expected.push_back(10 * i);
    }
    const auto dataset = value_of(load());
    EXPECT_EQ(dataset->name, "folder");
    EXPECT_EQ(dataset->title, "Folder of pictures");
    EXPECT_EQ(dataset->folder, root_.path());
    EXPECT_EQ(dataset->classes, std::vector<std::string>{"picture"});
    EXPECT_EQ(dataset->train.labels, std::vector<std::uint8_t>(23, 0));
    EXPECT_EQ(dataset->validation.count(), 1U);
    EXPECT_EQ(dataset->test.count(), 1U);
    EXPECT_TRUE(dataset->notes.empty());
    const std::vector<int> trained = firsts(*dataset, dataset->train);
    EXPECT_FALSE(std::is_sorted(trained.begin(), trained.end())) << "they are shuffled";
    std::vector<int> all = trained;
    for (const LabelledImages* split : {&dataset->validation, &dataset->test}) {
        const std::vector<int> some = firsts(*dataset, *split);
        all.insert(all.end(), some.begin(), some.end());
    }
    std::sort(all.begin(), all.end());
    EXPECT_EQ(all, expected);
    const auto size = value_of(size_of_dataset("folder", root_.path()));
    EXPECT_EQ(size.train, 23U);
    EXPECT_EQ(size.validation, 1U);
    EXPECT_EQ(size.test, 1U);
    const fs::path moved = root_.path().native() + "-moved";
    fs::rename(root_.path(), moved);
    const auto again =
        value_of(load_dataset("folder", LoadOptions{.data_dir = moved, .shape = kGrey}));
    EXPECT_EQ(firsts(*again, again->train), trained) << "the split is that of the names";
    fs::rename(moved, root_.path());
}

TEST_F(PictureFolder, AboutATenthIsTestAndAnotherValidation) {
    const fs::path one = root_.write("0.png", plain_png(1));
    for (int i = 1; i < 2000; ++i) {
        fs::create_symlink(one, root_.path() / (std::to_string(i) + ".png"));
    }
    const auto size = value_of(size_of_dataset("folder", root_.path()));
    EXPECT_EQ(size.train + size.validation + size.test, 2000U);
    EXPECT_NEAR(static_cast<double>(size.test), 200, 40);
    EXPECT_NEAR(static_cast<double>(size.validation), 200, 40);
}

TEST_F(PictureFolder, APictureMoreMovesNoOtherToAnotherSplit) {
    // Each of another brightness, so that it is known again.
    for (int i = 0; i < 120; ++i) {
        root_.write(std::to_string(i) + ".png", plain_png(2 * i));
    }
    const auto before = value_of(load());
    ASSERT_GT(before->test.count(), 1U);
    ASSERT_GT(before->validation.count(), 1U);
    root_.write("1more.png", plain_png(251));
    const auto after = value_of(load());
    const auto kept = [&](const LabelledImages& split, bool old) {
        std::vector<int> values = firsts(old ? *before : *after, split);
        std::erase(values, 251);
        return values;
    };
    EXPECT_EQ(kept(after->train, false), kept(before->train, true));
    EXPECT_EQ(kept(after->validation, false), kept(before->validation, true));
    EXPECT_EQ(kept(after->test, false), kept(before->test, true));
}

TEST_F(PictureFolder, SubfoldersAreClassesInTheOrderOfTheirNames) {
    for (int i = 0; i < 10; ++i) {
        root_.write("b/" + std::to_string(i) + ".png", plain_png(200));
        root_.write("a/" + std::to_string(i) + ".png", plain_png(100));
        root_.write(".hidden/" + std::to_string(i) + ".png", plain_png(50));
    }
    const TemporaryFolder elsewhere;
    fs::rename(root_.path() / "b", elsewhere.path() / "b");
    fs::create_directory_symlink(elsewhere.path() / "b", root_.path() / "b");
    root_.write("no pictures/text.txt", "x");
    root_.write("text.txt", "x");
    for (int time = 0; time < 2; ++time) {  // also where it comes from the cache
        const auto dataset = value_of(load());
        EXPECT_EQ(dataset->classes, (std::vector<std::string>{"a", "b"}));
        const std::vector<int> values = firsts(*dataset, dataset->train);
        EXPECT_EQ(values.size(), 18U);
        for (std::size_t i = 0; i < values.size(); ++i) {
            EXPECT_EQ(values[i], dataset->train.labels[i] == 0 ? 100 : 200);
        }
    }
    EXPECT_EQ(told_, 0);
}

TEST_F(PictureFolder, ThereCanBe256Classes) {
    const auto add = [this](int number) {
        root_.write(std::to_string(1000 + number) + "/x.png", plain_png(number % 256));
    };
    for (int i = 0; i < 256; ++i) {
        add(i);
    }
    const auto dataset = value_of(load());
    EXPECT_EQ(dataset->classes.size(), 256U);
    const std::vector<int> values = firsts(*dataset, dataset->train);
    EXPECT_EQ(std::vector<int>(dataset->train.labels.begin(), dataset->train.labels.end()), values);
    add(256);
    expect_error(load(), ErrorCode::bad_data,
                 "257 of its subfolders have pictures, but there can be at most 256 classes");
}

TEST_F(PictureFolder, FewerThanTenPicturesAreTooFew) {
    expect_error(load(), ErrorCode::bad_data, "it has 0 pictures (.png, .jpg or .jpeg), but 10");
    fill();
    fs::remove(root_.path() / "filling0.png");
    expect_error(load(), ErrorCode::bad_data, "it has 9 pictures");
    root_.write("class/x.png", plain_png(1));
    expect_error(load(), ErrorCode::bad_data,
                 "its 1 subfolder is not looked into, as pictures stand beside it");
    root_.write("broken1.png", "x");
    root_.write("broken2.png", "x");
    expect_error(load(), ErrorCode::bad_data, "of its 11 pictures only 9 can be read, not 'broken");
    root_.write("filling0.png", plain_png(0));
    root_.write("filling1.png", "x");  // the only one of test
    root_.write("broken1.png", plain_png(0));
    root_.write("broken2.png", plain_png(0));
    expect_error(
        load(), ErrorCode::bad_data,
        "of its 12 pictures only 11 can be read, none of them for test, not 'filling1.png'");
}

TEST_F(PictureFolder, OnlyAFolderThatIsNamedCounts) {
    fill();
    const Environment variable("LMSER_DATA_DIR", root_.path());
    const auto loaded = load_dataset("folder");
    expect_error(loaded, ErrorCode::usage, "no folder of pictures is named");
    EXPECT_THAT(loaded.error().hint, ::testing::HasSubstr("--data-dir"));
    expect_error(load_dataset("folder", root_.path() / "none"), ErrorCode::not_found, "none");
    EXPECT_EQ(value_of(load_dataset("folder", root_.path()))->shape, (ImageShape{3, 64, 64}));
}

TEST_F(PictureFolder, PicturesBesideSubfoldersAreTheDatasetAndThatIsTold) {
    fill();
    root_.write("a/x.png", plain_png(1));
    root_.write("b/x.png", plain_png(1));
    const auto dataset = value_of(load());
    EXPECT_EQ(dataset->train.count(), 8U);
    EXPECT_EQ(dataset->notes, std::vector<std::string>{"its 2 subfolders are not looked into, as "
                                                       "pictures stand beside them"});
}

TEST_F(PictureFolder, LinksAreFollowedAndHiddenAndOtherFilesLeftAlone) {
    const TemporaryFolder elsewhere;
    elsewhere.write("x.png", plain_png(7));
    fill();
    fs::create_symlink(elsewhere.path() / "x.png", root_.path() / "link.png");
    fs::create_symlink("nowhere.png", root_.path() / "lost.png");
    root_.write(".hidden.png", plain_png(9));
    root_.write("text.txt", "x");
    root_.write(".png", plain_png(9));
    const auto dataset = value_of(load());
    EXPECT_EQ(dataset->train.count() + dataset->validation.count() + dataset->test.count(), 11U);
    EXPECT_EQ(dataset->notes, std::vector<std::string>{"1 file is left out, as no picture can be "
                                                       "read from 'lost.png'"});
    const auto through_link = elsewhere.path() / "folder";
    fs::create_directory_symlink(root_.path(), through_link);
    EXPECT_TRUE(load_dataset("folder", through_link));
}

TEST_F(PictureFolder, NamesMayBeAnyBytes) {
    for (int i = 0; i < 10; ++i) {
        root_.write("\xe9t\xe9/" + std::to_string(i) + "\xff.png", plain_png(5));
    }
    root_.write("\xe9t\xe9/\xfd.png", "no picture");
    const auto dataset = value_of(load());
    EXPECT_EQ(dataset->classes, std::vector<std::string>{"\\xe9t\\xe9"});
    EXPECT_EQ(firsts(*dataset, dataset->test).front(), 5);
    EXPECT_EQ(dataset->notes, std::vector<std::string>{"1 file is left out, as no picture can be "
                                                       "read from '\\xe9t\\xe9/\\xfd.png'"});
}

TEST_F(PictureFolder, BrokenPicturesAndBombsAreCountedAndNamed) {
    fill();
    const std::string jpeg = jpeg_bytes(20, 20, std::string(400, 'x'), {.format = TJPF_GRAY});
    root_.write("cut.jpg", jpeg.substr(0, jpeg.size() / 2));
    root_.write("bomb.png", png_bytes(16384, 16384, {}, "few bytes"));
    const auto dataset = value_of(load());
    ASSERT_EQ(dataset->notes.size(), 1U);
    EXPECT_THAT(dataset->notes[0],
                ::testing::StartsWith("2 files are left out, as no picture can be read from "));
    EXPECT_THAT(dataset->notes[0], ::testing::HasSubstr("'cut.jpg'"));
    EXPECT_THAT(dataset->notes[0], ::testing::HasSubstr("'bomb.png'"));
}

/// Three bands: dark, of that brightness, dark.
std::string bands(std::size_t length, char brightness) {
    return std::string(length, '\x20') + std::string(length, brightness) +
           std::string(length, '\x20');
}

TEST_F(PictureFolder, TheMiddleIsCutOutInTheShapesProportions) {
    std::string wide;
    for (int y = 0; y < 40; ++y) {
        wide += bands(40, '\x60');
    }
    const std::vector<std::uint8_t> grey(kGrey.pixels(), 0x60);
    EXPECT_EQ(fitted("x.png", grey_png(120, 40, wide), kGrey), grey);
    EXPECT_EQ(fitted("x.png", grey_png(40, 120, bands(1600, '\x60')), kGrey), grey);
    const auto whole = fitted("x.png", grey_png(120, 40, wide), {1, 16, 48});
    EXPECT_EQ(whole[0], 0x20);
    EXPECT_EQ(whole[24], 0x60);
    EXPECT_EQ(whole[47], 0x20);
}

TEST_F(PictureFolder, FineStripesBecomeGreyInsteadOfAPattern) {
    std::string stripes;
    for (int i = 0; i < 160 * 160; ++i) {
        stripes += static_cast<char>(i % 2 * 200);
    }
    for (const std::uint8_t value : fitted("x.png", grey_png(160, 160, stripes), kGrey)) {
        EXPECT_NEAR(value, 100, 4);
    }
}

TEST_F(PictureFolder, SmallPicturesAreEnlarged) {
    EXPECT_EQ(fitted("x.png", plain_png(0x33, 1, 1), kColour),
              std::vector<std::uint8_t>(kColour.pixels(), 0x33));
}

std::string repeated(const std::string& pixel, int count) {
    std::string pixels;
    for (int i = 0; i < count; ++i) {
        pixels += pixel;
    }
    return pixels;
}

TEST_F(PictureFolder, GreyNetworksGetTheLuminanceAndColourNetworksGreyInAllColours) {
    const std::string red = jpeg_bytes(8, 8, repeated("\xe0\x20\x30", 64));
    const double luminance = .299 * 0xe0 + .587 * 0x20 + .114 * 0x30;
    EXPECT_NEAR(fitted("x.jpg", red, kGrey)[0], luminance, 4);
    const auto colour = fitted("x.jpg", red, kColour);
    EXPECT_NEAR(colour[0], 0xe0, 4);
    EXPECT_NEAR(colour[kSide * kSide], 0x20, 4);
    EXPECT_NEAR(colour[2 * kSide * kSide], 0x30, 4);
}

TEST_F(PictureFolder, CmykAnd16BitsAndTurnedPicturesAreReadAsTheyAreMeant) {
    const auto cmyk =
        fitted("x.jpg", jpeg_bytes(8, 8, repeated("\xff\x40\x80\xc0", 64), {.format = TJPF_CMYK}),
               kColour);
    EXPECT_NEAR(cmyk[0], 0xc0, 4);
    EXPECT_NEAR(cmyk[kSide * kSide], 0x40 * 0xc0 / 255, 4);
    const std::string deep = '\0' + std::string("\x80\x00", 2);
    EXPECT_EQ(fitted("x.png", png_bytes(1, 1, {16, 0}, deep), kGrey)[0], 0x80);
    std::string left_dark;
    for (int y = 0; y < kSide; ++y) {
        left_dark += std::string(kSide / 2, '\x10') + std::string(kSide / 2, '\xe0');
    }
    const std::string jpeg = jpeg_bytes(kSide, kSide, left_dark, {.format = TJPF_GRAY});
    const auto turned = fitted("x.jpg", with_segment(jpeg, 0xE1, exif_segment(6, true)), kGrey);
    EXPECT_NEAR(turned[kSide - 1], 0x10, 4) << "what was left is above";
    EXPECT_NEAR(turned[(kSide - 1) * kSide], 0xe0, 4);
}

TEST_F(PictureFolder, IsDecodedAgainOnlyWhereAFileOrTheShapeChanged) {
    fill();
    value_of(load());
    EXPECT_GT(told_, 0);
    value_of(load());
    EXPECT_EQ(told_, 0);
    const fs::path file = root_.path() / "filling3.png";
    fs::last_write_time(file, fs::last_write_time(file) - std::chrono::hours(1));
    value_of(load());
    EXPECT_GT(told_, 0) << "another time";
    fs::permissions(file, fs::perms::owner_read);
    value_of(load());
    EXPECT_GT(told_, 0) << "other rights";
    fs::rename(root_.path() / "filling9.png", root_.path() / "other.png");
    value_of(load());
    EXPECT_GT(told_, 0) << "another name";
    EXPECT_EQ(cached(), 1U) << "the old ones are replaced";
    value_of(load(kColour));
    EXPECT_GT(told_, 0) << "another shape";
    value_of(load());
    EXPECT_EQ(told_, 0) << "each shape has its own";
}

TEST_F(PictureFolder, ACancelledLoadLeavesNoFile) {
    fill();
    const auto loaded = load_dataset(
        "folder", LoadOptions{.data_dir = root_.path(),
                              .progress = [](std::size_t, std::size_t) { return false; }});
    expect_error(loaded, ErrorCode::io, "loading was cancelled");
    EXPECT_EQ(cached(), 0U);
}

}  // namespace
}  // namespace lmser
