// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/celeba.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <vector>

#include "core/data/picture_store.h"
#include "core/files/checksum.h"
#include "core/files/read_file.h"
#include "tests/support/cost.h"
#include "tests/support/environment.h"
#include "tests/support/expect_error.h"
#include "tests/support/ordinary_user.h"
#include "tests/support/other_process.h"
#include "tests/support/sample_jpeg.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using namespace lmser::testing;
namespace fs = std::filesystem;

/// A picture of one colour.
std::string plain_jpeg(char brightness, int width = 178, int height = 218) {
    return jpeg_bytes(
        width, height,
        std::string(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3,
                    brightness));
}

/// A CelebA of a few drawn pictures, with a cache of its own.
class Celeba : public ::testing::Test {
protected:
    Celeba() : cache_home_("XDG_CACHE_HOME", cache_.path()) {
        list("1.jpg 0\n2.jpg 0\n3.jpg 1\n4.jpg 2\n5.jpg 0\n");
        for (const int number : {1, 2, 3, 4, 5}) {
            picture(number, plain_jpeg(static_cast<char>(number * 20)));
        }
    }

    void list(const std::string& lines) const {
        root_.write("celeba/list_eval_partition.txt", lines);
    }

    void picture(int number, const std::string& bytes) const {
        root_.write("celeba/img_align_celeba/" + std::to_string(number) + ".jpg", bytes);
    }

    void remove(int number) const {
        fs::remove(root_.path() / "celeba/img_align_celeba" / (std::to_string(number) + ".jpg"));
    }

    /// Loads it and counts how often it told that it decodes.
    Result<std::shared_ptr<const Dataset>> load(const std::string& name = "celeba-64") {
        told_ = 0;
        return load_dataset(name, LoadOptions{.data_dir = root_.path(),
                                              .progress = [this](std::size_t, std::size_t) {
                                                  ++told_;
                                                  return true;
                                              }});
    }

    [[nodiscard]] std::vector<fs::path> cached() const {
        std::vector<fs::path> files;
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(cache_.path() / "lmser-studio", none)) {
            files.push_back(entry.path());
        }
        return files;
    }

    TemporaryFolder root_;
    TemporaryFolder cache_;
    Environment cache_home_;
    int told_ = 0;
};

/// The mean of picture i, 0 … 255.
double mean_of(const LabelledImages& split, std::size_t i, std::size_t pixels) {
    std::vector<std::uint8_t> picture(pixels);
    split.copy(i, picture);
    double sum = 0;
    for (const std::uint8_t pixel : picture) {
        sum += pixel;
    }
    return sum / static_cast<double>(pixels);
}

TEST_F(Celeba, SplitsAreThoseOfTheListing) {
    const auto dataset = value_of(load());
    EXPECT_EQ(dataset->name, "celeba-64");
    EXPECT_EQ(dataset->title, "CelebA 64x64");
    EXPECT_EQ(dataset->shape, (ImageShape{3, 64, 64}));
    EXPECT_EQ(dataset->classes, std::vector<std::string>{"face"});
    EXPECT_EQ(dataset->folder, root_.path() / "celeba");
    ASSERT_EQ(dataset->train.count(), 3U);
    ASSERT_EQ(dataset->validation.count(), 1U);
    ASSERT_EQ(dataset->test.count(), 1U);
    const std::size_t pixels = dataset->shape.pixels();
    EXPECT_NEAR(mean_of(dataset->train, 0, pixels), 20, 1);
    EXPECT_NEAR(mean_of(dataset->train, 1, pixels), 40, 1);
    EXPECT_NEAR(mean_of(dataset->train, 2, pixels), 100, 1);
    EXPECT_NEAR(mean_of(dataset->validation, 0, pixels), 60, 1);
    EXPECT_NEAR(mean_of(dataset->test, 0, pixels), 80, 1);
    EXPECT_THROW(mean_of(dataset->test, 1, pixels), std::out_of_range);
    EXPECT_TRUE(dataset->notes.empty());
    const Images images = images_of(*dataset, dataset->train, 1, 2);
    EXPECT_NEAR(images.at(1)[0], 100 / 255.0, .01);
}

TEST_F(Celeba, IsFoundUnderItsOtherNamesToo) {
    fs::rename(root_.path() / "celeba", root_.path() / "CelebA");
    EXPECT_EQ(value_of(load())->folder, root_.path() / "CelebA");
    EXPECT_EQ(value_of(load_dataset("celeba-64", root_.path() / "CelebA"))->folder,
              root_.path() / "CelebA");
    fs::remove_all(root_.path() / "CelebA");
    expect_error(load(), ErrorCode::not_found, "CelebA was not found in '");
}

TEST_F(Celeba, WhatIsListedButNotThereIsCounted) {
    remove(2);
    remove(3);
    const auto dataset = value_of(load());
    EXPECT_EQ(dataset->train.count(), 2U);
    EXPECT_EQ(dataset->validation.count(), 0U);
    EXPECT_EQ(dataset->notes,
              std::vector<std::string>{"2 of the 5 faces listed are not there; 3 are used"});
    remove(4);
    expect_error(load(), ErrorCode::not_found,
                 "of the 5 faces listed, 2 of training and 0 of test");
    fs::remove_all(root_.path() / "celeba/img_align_celeba");
    expect_error(load(), ErrorCode::not_found, "img_align_celeba");
}

TEST_F(Celeba, ACutPictureIsLeftOutAndNamed) {
    const std::string whole = plain_jpeg(1);
    picture(2, whole.substr(0, whole.size() / 2));
    picture(3, "no picture");
    for (int time = 0; time < 2; ++time) {  // also where it comes from the cache
        const auto dataset = value_of(load());
        EXPECT_EQ(dataset->train.count(), 2U);
        EXPECT_NEAR(mean_of(dataset->train, 1, dataset->shape.pixels()), 100, 1);
        EXPECT_EQ(dataset->validation.count(), 0U);
        EXPECT_EQ(dataset->notes,
                  std::vector<std::string>{"2 faces are left out, as no picture can be read from "
                                           "'2.jpg', '3.jpg'"});
    }
    picture(4, "no picture");
    fs::remove_all(cache_.path() / "lmser-studio");
    expect_error(load(), ErrorCode::bad_data, "no picture can be read from");
}

TEST_F(Celeba, IsDecodedOnce) {
    value_of(load());
    EXPECT_GT(told_, 0);
    ASSERT_EQ(cached().size(), 1U);
    const auto again = value_of(load());
    EXPECT_EQ(told_, 0);
    EXPECT_NEAR(mean_of(again->test, 0, again->shape.pixels()), 80, 1);
    value_of(load("celeba"));
    EXPECT_GT(told_, 0) << "another size";
    EXPECT_EQ(cached().size(), 2U);
}

TEST_F(Celeba, ACacheThatDoesNotFitIsMadeAgain) {
    value_of(load());
    const fs::path cache = cached().front();
    fs::resize_file(cache, fs::file_size(cache) - 1);
    EXPECT_EQ(value_of(load())->train.count(), 3U);
    EXPECT_GT(told_, 0) << "a cut cache";
    fs::resize_file(cache, fs::file_size(cache) + 1);
    value_of(load());
    EXPECT_GT(told_, 0) << "a cache with more in it than it says";
    remove(5);
    EXPECT_EQ(value_of(load())->train.count(), 2U);
    EXPECT_GT(told_, 0) << "a file less";
    list("1.jpg 0\n2.jpg 1\n3.jpg 0\n4.jpg 2\n");
    const auto other = value_of(load());
    EXPECT_NEAR(mean_of(other->train, 1, other->shape.pixels()), 60, 1) << "another partition";
    std::fstream(cache, std::ios::in | std::ios::out | std::ios::binary).seekp(30).put('\x55');
    value_of(load());
    EXPECT_GT(told_, 0) << "a damaged header";
    value_of(load());
    EXPECT_EQ(told_, 0);
    EXPECT_EQ(cached().size(), 1U) << "the old ones are replaced";
}

/// Turns over a bit of the file's byte `at`.
void damage(const fs::path& file, std::uintmax_t at) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    const int byte = stream.get();
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(static_cast<char>(byte ^ 0x10));
}

TEST_F(Celeba, ACacheThatIsDamagedBesideItsPicturesIsMadeAgain) {
    value_of(load());
    const fs::path cache = cached().front();
    const auto size = fs::file_size(cache);
    for (const std::uintmax_t at : {std::uintmax_t{0}, std::uintmax_t{9}, std::uintmax_t{4000},
                                    size - 1, size - 8, size - 20, size - 5 * 9 - 8}) {
        damage(cache, at);
        EXPECT_EQ(value_of(load())->train.count(), 3U);
        EXPECT_GT(told_, 0) << "damaged at byte " << at;
    }
}

TEST_F(Celeba, ACacheWhoseCountsAreRightOnlyInSumIsMadeAgain) {
    value_of(load());
    const fs::path cache = cached().front();
    std::string bytes = value_of(read_text(cache, 1 << 22));
    // 2^63 more of training and of validation: their sum is what it was.
    bytes[55] = static_cast<char>(bytes[55] ^ '\x80');
    bytes[63] = static_cast<char>(bytes[63] ^ '\x80');
    bytes.replace(4088, 8, checksum(std::as_bytes(std::span(bytes).first(4088))));
    std::ofstream(cache, std::ios::binary) << bytes;
    EXPECT_EQ(value_of(load())->train.count(), 3U);
    EXPECT_GT(told_, 0);
}

TEST_F(Celeba, ADamagedPictureIsNeverGivenOutAndMadeAgain) {
    const auto dataset = value_of(load());
    damage(cached().front(), 4096 + dataset->shape.pixels() + 100);
    EXPECT_NEAR(mean_of(dataset->train, 0, dataset->shape.pixels()), 20, 1);
    try {
        mean_of(dataset->train, 1, dataset->shape.pixels());
        FAIL() << "gave a damaged picture";
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr("picture 1 was damaged"));
    }
    EXPECT_NEAR(mean_of(value_of(load())->train, 1, dataset->shape.pixels()), 40, 1);
    EXPECT_GT(told_, 0);
}

TEST_F(Celeba, ARepairedPictureIsTakenInAndADamagedOneLeftOut) {
    const std::string whole = plain_jpeg(40);
    picture(2, whole.substr(0, whole.size() / 2));
    EXPECT_EQ(value_of(load())->train.count(), 2U);
    picture(2, whole);
    const auto repaired = value_of(load());
    EXPECT_EQ(repaired->train.count(), 3U);
    EXPECT_EQ(repaired->notes, std::vector<std::string>{});
    picture(5, "garbage");
    EXPECT_THAT(value_of(load())->notes,
                ::testing::ElementsAre(::testing::HasSubstr("1 face is left out")));
}

TEST_F(Celeba, ACacheOfAnotherCropIsMadeAgain) {
    value_of(load());
    const fs::path cache = cached().front();
    StoreHeader header = value_of(PictureStore::open(cache))->header();
    header.crop = {0, 0, 178, 178};
    {
        auto other = value_of(PictureStoreWriter::create(cache, header.shape, header.count()));
        const std::vector<std::uint8_t> black(header.shape.pixels());
        for (std::uint64_t i = 0; i < header.count(); ++i) {
            ASSERT_TRUE(other.add(black, 0));
        }
        ASSERT_TRUE(other.finish(header));
    }
    const auto dataset = value_of(load());
    EXPECT_GT(told_, 0);
    EXPECT_NEAR(mean_of(dataset->train, 0, dataset->shape.pixels()), 20, 1);
}

TEST_F(Celeba, ASecondProcessThatDecodesTheSameIsToldToWait) {
    std::string said;
    const auto loaded = load_dataset(
        "celeba-64",
        LoadOptions{.data_dir = root_.path(), .progress = [&](std::size_t done, std::size_t) {
                        if (done == 0) {
                            said = said_by_other_process([this] {
                                const auto second = load();
                                return second ? "it was loaded" : sentence(second.error());
                            });
                        }
                        return true;
                    }});
    EXPECT_THAT(said, ::testing::HasSubstr("the pictures are being decoded already"));
    EXPECT_EQ(value_of(loaded)->train.count(), 3U);
    EXPECT_EQ(value_of(load())->train.count(), 3U);
    EXPECT_EQ(told_, 0) << "the file of the first serves both";
    EXPECT_EQ(cached().size(), 1U);
}

TEST_F(Celeba, AFullDiskIsToldOfWithWhatIsNeededAndFreeAndLeavesNothing) {
    const std::string said = said_by_other_process([this]() -> std::string {
        // A disk of its own that no one else sees; what it needs is not everywhere allowed.
        if ((::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) ||
            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            ::mount("none", cache_.path().c_str(), "tmpfs", 0, "size=40k") != 0) {
            return "no disk";
        }
        const auto loaded = load();
        return (loaded ? "it was loaded" : sentence(loaded.error())) + " [" +
               std::to_string(cached().size()) + " left]";
    });
    if (said == "no disk") {
        GTEST_SKIP() << "no small disk can be mounted here";
    }
    EXPECT_THAT(said, ::testing::HasSubstr("the disk is full (needs 65.6 KB, "));
    EXPECT_THAT(said, ::testing::HasSubstr(" KB free). Make room"));
    EXPECT_THAT(said, ::testing::HasSubstr(" [0 left]"));
}

TEST_F(Celeba, ALimitOnTheSizeOfFilesIsToldOfAndLeavesNothing) {
    const std::string said = said_by_other_process([this] {
        const rlimit limit{10'000, 10'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        std::signal(SIGXFSZ, SIG_IGN);
        const auto loaded = load();
        return (loaded ? "it was loaded" : sentence(loaded.error())) + " [" +
               std::to_string(cached().size()) + " left]";
    });
    EXPECT_THAT(said, ::testing::HasSubstr("its 65.6 KB are more than a file may have here"));
    EXPECT_THAT(said, ::testing::HasSubstr(" [0 left]"));
}

TEST_F(Celeba, NamesMayBeAnyBytes) {
    list("\xff\xfe.jpg 0\n2.jpg 0\n\xe9.jpg 0\n4.jpg 2\n");
    root_.write("celeba/img_align_celeba/\xff\xfe.jpg", plain_jpeg(100));
    root_.write("celeba/img_align_celeba/\xe9.jpg", "no picture");
    const auto dataset = value_of(load());
    EXPECT_EQ(dataset->train.count(), 2U);
    EXPECT_NEAR(mean_of(dataset->train, 0, dataset->shape.pixels()), 100, 1);
    EXPECT_EQ(dataset->notes, std::vector<std::string>{"1 face is left out, as no picture can be "
                                                       "read from '\\xe9.jpg'"});
}

TEST_F(Celeba, AllOfItsFacesAreIndexedInSecondsAndLittleMemory) {
    constexpr int kFaces = 200'000;
    const fs::path pictures = root_.path() / "celeba/img_align_celeba";
    std::string lines;
    for (int i = 0; i < kFaces; ++i) {
        const std::string name = "face" + std::to_string(i) + ".jpg";
        lines += name + (i % 10 == 0 ? " 2\r\n" : " 0\r\n");
        fs::create_symlink(std::to_string(1 + i % 5) + ".jpg", pictures / name);
    }
    list(lines);
    for (const auto& [name, folder] :
         {std::pair<std::string, fs::path>("celeba", root_.path()), {"folder", pictures}}) {
        DatasetSize size;
        const auto start = std::chrono::steady_clock::now();
        const auto cost = cost_of([&] { size = value_of(size_of_dataset(name, folder)); });
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        std::cout << "[ " << name << ": " << took.count() << " s, " << cost.cpu_seconds
                  << " s of CPU, " << cost.megabytes.value_or(0) << " MB ]\n";
        EXPECT_EQ(size.train + size.validation + size.test, kFaces + (name == "folder" ? 5U : 0U));
        EXPECT_LT(cost.cpu_seconds, 30);
        EXPECT_LT(cost.megabytes.value_or(0), 200);
    }
}

TEST_F(Celeba, ACancelledLoadLeavesNoFile) {
    std::size_t total = 0;
    const auto loaded = load_dataset(
        "celeba-64", LoadOptions{.data_dir = root_.path(),
                                 .progress = [&total](std::size_t done, std::size_t all) {
                                     total = all;
                                     return done < all;
                                 }});
    expect_error(loaded, ErrorCode::io, "loading was cancelled");
    EXPECT_EQ(total, 5U);
    EXPECT_TRUE(cached().empty());
}

TEST_F(Celeba, WhatAKilledProcessLeftIsWrittenOver) {
    value_of(load());
    const fs::path cache = cached().front();
    fs::rename(cache, cache.native() + ".part");
    value_of(load());
    EXPECT_EQ(cached(), std::vector<fs::path>{cache});
}

TEST_F(Celeba, AFileThatIsCutUnderUsIsToldOf) {
    const auto dataset = value_of(load());
    fs::resize_file(cached().front(), 5000);
    try {
        mean_of(dataset->test, 0, dataset->shape.pixels());
        FAIL() << "read what is not there";
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr("it was cut while it was in use"));
    }
}

TEST_F(Celeba, ACacheFolderThatCannotBeWrittenIsNamed) {
    fs::permissions(cache_.path(), fs::perms::owner_read | fs::perms::owner_exec |
                                       fs::perms::others_read | fs::perms::others_exec);
    fs::permissions(root_.path(), fs::perms::all);
    EXPECT_TRUE(succeeds_as_ordinary_user([this] {
        const auto loaded = load();
        return !loaded.ok() && loaded.error().code == ErrorCode::cannot_create &&
               loaded.error().message.find(cache_.path().string()) != std::string::npos;
    }));
    fs::permissions(cache_.path(), fs::perms::owner_all);
}

TEST_F(Celeba, ABrokenListingIsNamedWithItsLine) {
    for (const char* line : {"2.jpg 3", "2.jpg", "2.jpg 0 1", "../2.jpg 0", " 0", "2.jpg x"}) {
        list(std::string("1.jpg 0\n") + line + "\n4.jpg 2\n");
        expect_error(load(), ErrorCode::bad_data, "line 2 is '");
    }
    list("1.jpg 0\r\n\n4.jpg  2");
    EXPECT_EQ(value_of(load())->test.count(), 1U);
}

TEST_F(Celeba, AFaceThatIsListedTwiceIsRefused) {
    for (const char* again : {"1.jpg 2", "1.jpg 0"}) {
        list(std::string("1.jpg 0\n\n2.jpg 0\n4.jpg 2\n") + again + "\n");
        expect_error(load(), ErrorCode::bad_data,
                     std::string("line 5 is '") + again + "', but line 1 names the same file");
    }
}

/// A picture whose red rises to the right and whose green rises downwards.
std::string gradient_jpeg(int scale) {
    std::string pixels;
    for (int y = 0; y < 218 * scale; ++y) {
        for (int x = 0; x < 178 * scale; ++x) {
            pixels += static_cast<char>(x / scale);
            pixels += static_cast<char>(y / scale);
            pixels += '\x40';
        }
    }
    return jpeg_bytes(178 * scale, 218 * scale, pixels, {.quality = 100});
}

TEST_F(Celeba, TheCropIsThatOfTheRecipe) {
    picture(1, gradient_jpeg(1));
    picture(2, gradient_jpeg(2));
    const auto dataset = value_of(load("celeba"));
    std::vector<std::uint8_t> face(dataset->shape.pixels());
    for (const std::size_t i : {0U, 1U}) {
        dataset->train.copy(i, face);
        for (std::size_t at = 1; at < 127; ++at) {
            const double away = (static_cast<double>(at) + .5) * 148 / 128 - .5;
            EXPECT_NEAR(face[60 * 128 + at], 15 + away, 2) << "column " << at << " of " << i;
            EXPECT_NEAR(face[(128 + at) * 128 + 60], 35 + away, 2) << "row " << at << " of " << i;
        }
        EXPECT_NEAR(face[2 * 128 * 128], 64, 2);
    }
}

TEST_F(Celeba, GreyFacesBecomeColour) {
    picture(4, jpeg_bytes(178, 218, std::string(178 * 218, '\x50'), {.format = TJPF_GRAY}));
    const auto dataset = value_of(load());
    std::vector<std::uint8_t> face(dataset->shape.pixels());
    dataset->test.copy(0, face);
    EXPECT_EQ(face, std::vector<std::uint8_t>(face.size(), 0x50));
}

TEST_F(Celeba, ItsSizeIsKnownWithoutDecoding) {
    const auto size = value_of(size_of_dataset("celeba", root_.path()));
    EXPECT_EQ(size.folder, root_.path() / "celeba");
    EXPECT_EQ(size.train, 3U);
    EXPECT_EQ(size.validation, 1U);
    EXPECT_EQ(size.test, 1U);
    EXPECT_TRUE(cached().empty());
}

TEST(RealCeleba, HasTheFacesThatItsListingNames) {
    const char* data = std::getenv("LMSER_DATA_DIR");
    if (data == nullptr || !fs::exists(fs::path(data) / "celeba")) {
        GTEST_SKIP() << "CelebA is not under LMSER_DATA_DIR";
    }
    const auto size = value_of(size_of_dataset("celeba", {}));
    EXPECT_GT(size.train, 0U);
    EXPECT_GT(size.validation, 0U);
    EXPECT_GT(size.test, 0U);
}

}  // namespace
}  // namespace lmser
