// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <numeric>
#include <stdexcept>

#include "core/data/strokes.h"
#include "tests/support/environment.h"
#include "tests/support/expect_error.h"
#include "tests/support/ordinary_user.h"
#include "tests/support/sample_files.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using namespace lmser::testing;
namespace fs = std::filesystem;

std::string image_file(std::uint32_t count, std::uint32_t side = 28) {
    return idx_bytes({count, side, side}, std::string(std::size_t{count} * side * side, '\x33'));
}

std::string label_file(std::uint32_t count, char last = 0) {
    std::string labels(count, '\x07');
    labels.back() = last;
    return idx_bytes({count}, labels);
}

/// How the four files of a dataset are called and packed.
struct Layout {
    std::string folder;
    std::string separator = "-";
    bool packed = false;
};

void write_dataset(const TemporaryFolder& root, const Layout& layout) {
    const auto write = [&](const std::string& name, const std::string& kind,
                           const std::string& bytes) {
        root.write(fs::path(layout.folder) /
                       (name + layout.separator + kind + "-ubyte" + (layout.packed ? ".gz" : "")),
                   layout.packed ? gzip(bytes) : bytes);
    };
    write("train-images", "idx3", image_file(3));
    write("train-labels", "idx1", label_file(3));
    write("t10k-images", "idx3", image_file(2));
    write("t10k-labels", "idx1", label_file(2));
}

TEST(Dataset, IsFoundInEveryLayout) {
    const std::pair<std::string, Layout> layouts[] = {
        {"mnist", {"mnist", "-", false}},
        {"mnist", {"mnist", ".", true}},
        {"mnist", {"MNIST/raw", "-", true}},
        {"mnist", {".", "-", false}},
        {"fashion-mnist", {"fashion-mnist", "-", true}},
        {"fashion-mnist", {"FashionMNIST/raw", ".", false}},
    };
    for (const auto& [name, layout] : layouts) {
        const TemporaryFolder root;
        write_dataset(root, layout);
        const auto dataset = value_of(load_dataset(name, root.path()));
        EXPECT_EQ(dataset->name, name);
        EXPECT_TRUE(fs::equivalent(dataset->folder, root.path() / layout.folder));
        EXPECT_EQ(dataset->train.count(), 3U);
        EXPECT_EQ(dataset->test.count(), 2U);
        EXPECT_EQ(dataset->train.labels, (std::vector<std::uint8_t>{7, 7, 0}));
        EXPECT_EQ(dataset->classes.size(), 10U);
    }
}

TEST(Dataset, AFolderThatBearsTheNameOfAnotherIsNotTakenForIt) {
    const TemporaryFolder root;
    write_dataset(root, {"MNIST/raw", "-", false});
    EXPECT_EQ(load_dataset("fashion-mnist", root.path() / "MNIST" / "raw").error().code,
              ErrorCode::not_found);
    EXPECT_TRUE(load_dataset("mnist", root.path() / "MNIST" / "raw/").ok());
}

TEST(Dataset, IsLookedForWhereTheEnvironmentSaysUnlessAFolderIsGiven) {
    const TemporaryFolder given;
    const TemporaryFolder variable;
    const TemporaryFolder xdg;
    const Environment data_dir("LMSER_DATA_DIR", variable.path());
    const Environment data_home("XDG_DATA_HOME", xdg.path());
    write_dataset(xdg, {"lmser-studio/mnist"});
    expect_error(load_dataset("mnist"), ErrorCode::not_found, (variable.path() / "mnist").string());
    {
        const Environment unset("LMSER_DATA_DIR", "");
        EXPECT_EQ(value_of(load_dataset("mnist"))->folder, xdg.path() / "lmser-studio/mnist");
    }
    write_dataset(variable, {"mnist"});
    EXPECT_EQ(value_of(load_dataset("mnist"))->folder, variable.path() / "mnist");
    expect_error(load_dataset("mnist", given.path()), ErrorCode::not_found,
                 "MNIST was not found in '" + (given.path() / "mnist").string() + "', '" +
                     (given.path() / "MNIST/raw").string() + "', '" + given.path().string() + "'");
}

TEST(Dataset, AMissingFileIsNamed) {
    const TemporaryFolder root;
    write_dataset(root, {"mnist"});
    fs::remove(root.path() / "mnist/t10k-labels-idx1-ubyte");
    expect_error(load_dataset("mnist", root.path()), ErrorCode::not_found,
                 "t10k-labels-idx1-ubyte");
}

TEST(Dataset, AFolderWithoutPermissionIsNotCalledMissing) {
    const TemporaryFolder root;
    write_dataset(root, {"mnist"});
    fs::permissions(root.path(), fs::perms::none);
    EXPECT_TRUE(succeeds_as_ordinary_user([&root] {
        const auto loaded = load_dataset("mnist", root.path());
        return !loaded.ok() && loaded.error().code == ErrorCode::permission &&
               loaded.error().message.find(root.path().string()) != std::string::npos;
    }));
    fs::permissions(root.path(), fs::perms::owner_all);
}

TEST(Dataset, FilesThatDoNotFitTogetherAreNamedWithTheirNumbers) {
    const std::tuple<std::string, std::string, std::string> wrong[] = {
        {"train-labels-idx1-ubyte", label_file(4),
         "train-images has 3 images but train-labels has 4 labels"},
        {"train-images-idx3-ubyte", image_file(2),
         "train-images has 2 images but train-labels has 3 labels"},
        {"train-images-idx3-ubyte", image_file(3, 27), "its images are 27x27, not 28x28"},
        {"t10k-labels-idx1-ubyte", label_file(2, 10), "label 1 is 10, not 0 to 9"},
        {"t10k-images-idx3-ubyte", label_file(2), "begins with 0x00000801"},
        {"t10k-images-idx3-ubyte", image_file(2) + "x", "bytes follow"},
    };
    for (const auto& [name, bytes, words] : wrong) {
        const TemporaryFolder root;
        write_dataset(root, {"mnist"});
        root.write("mnist/" + name, bytes);
        const auto loaded = load_dataset("mnist", root.path());
        expect_error(loaded, ErrorCode::bad_data, words);
        expect_error(loaded, ErrorCode::bad_data, name.substr(0, name.find("-idx")));
    }
    const TemporaryFolder empty;
    write_dataset(empty, {"mnist"});
    empty.write("mnist/t10k-images-idx3-ubyte", idx_bytes({0, 28, 28}, ""));
    empty.write("mnist/t10k-labels-idx1-ubyte", idx_bytes({0}, ""));
    expect_error(load_dataset("mnist", empty.path()), ErrorCode::bad_data,
                 "t10k-images has 0 images but t10k-labels has 0 labels");
}

TEST(Dataset, AnUnknownNameIsAnsweredWithTheNamesThereAre) {
    const auto loaded = load_dataset("minst");
    expect_error(loaded, ErrorCode::usage, "there is no dataset 'minst'");
    EXPECT_EQ(loaded.error().hint,
              "The datasets are mnist, fashion-mnist, celeba, celeba-64, folder, strokes.");
}

TEST(Dataset, StrokesNeedNoFiles) {
    const auto dataset = value_of(load_dataset("strokes", "/nowhere"));
    EXPECT_EQ(dataset->title, "Strokes (built in)");
    EXPECT_EQ(dataset->train.count(), 10'000U);
    EXPECT_EQ(dataset->test.count(), 2'000U);
    EXPECT_EQ(dataset->test.pixels, draw_strokes(2'000, 2).pixels);
    EXPECT_TRUE(dataset->folder.empty());
}

TEST(Dataset, PicturesAreValuesFromZeroToOne) {
    Dataset dataset{.name = "x",
                    .title = "x",
                    .folder = {},
                    .shape = {1, 1, 2},
                    .classes = {"0"},
                    .train = {{0, 255, 51, 102, 1, 2}, {0, 0, 0}},
                    .test = {}};
    const Images images = images_of(dataset, dataset.train, 0, 2);
    EXPECT_EQ(images.shape, dataset.shape);
    EXPECT_EQ(images.values, (std::vector<float>{0, 1, .2F, .4F}));
    EXPECT_EQ(images_of(dataset, dataset.train, 3, 0).count(), 0U);
    EXPECT_THROW(images_of(dataset, dataset.train, 2, 2), std::out_of_range);
    EXPECT_THROW(images_of(dataset, dataset.train, 4, 0), std::out_of_range);
    EXPECT_THROW(images_of(dataset, dataset.train, 1, static_cast<std::size_t>(-1)),
                 std::out_of_range);
}

double mean_of(const LabelledImages& split) {
    const auto sum = std::accumulate(split.pixels.begin(), split.pixels.end(), std::uint64_t{0});
    return static_cast<double>(sum) / static_cast<double>(split.pixels.size()) / 255;
}

TEST(Dataset, RealMnistHasItsPublishedCountsAndSums) {
    if (std::getenv("LMSER_DATA_DIR") == nullptr || !load_dataset("mnist")) {
        GTEST_SKIP() << "MNIST is not under LMSER_DATA_DIR";
    }
    const auto mnist = value_of(load_dataset("mnist"));
    EXPECT_EQ(mnist->train.count(), 60'000U);
    EXPECT_EQ(mnist->test.count(), 10'000U);
    EXPECT_NEAR(mean_of(mnist->train), .1306605, 1e-6);
    EXPECT_NEAR(mean_of(mnist->test), .1325145, 1e-6);
    const std::vector<std::uint8_t> first(mnist->train.labels.begin(),
                                          mnist->train.labels.begin() + 10);
    EXPECT_EQ(first, (std::vector<std::uint8_t>{5, 0, 4, 1, 9, 2, 1, 3, 1, 4}));
}

TEST(Dataset, RealFashionMnistHasItsPublishedCountsAndMean) {
    if (std::getenv("LMSER_DATA_DIR") == nullptr || !load_dataset("fashion-mnist")) {
        GTEST_SKIP() << "Fashion-MNIST is not under LMSER_DATA_DIR";
    }
    const auto fashion = value_of(load_dataset("fashion-mnist"));
    EXPECT_EQ(fashion->train.count(), 60'000U);
    EXPECT_EQ(fashion->test.count(), 10'000U);
    EXPECT_NEAR(mean_of(fashion->train), .2860, 1e-4);
}

}  // namespace
}  // namespace lmser
