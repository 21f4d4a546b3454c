// SPDX-License-Identifier: GPL-3.0-or-later
// Datasets whose pictures have to be decoded: how far it is, and how it ends early.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <string>
#include <vector>

#include "observed_session.h"
#include "tests/support/environment.h"
#include "tests/support/sample_files.h"

namespace lmser::test {
namespace {

namespace fs = std::filesystem;

/// A grey PNG of one brightness.
std::string plain_png(std::uint32_t side) {
    const std::string row = '\0' + std::string(side, '\x50');
    std::string rows;
    for (std::uint32_t y = 0; y < side; ++y) {
        rows += row;
    }
    return testing::png_bytes(side, side, {}, rows);
}

void write(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

/// Folders of pictures, and a cache of their own.
class Loading : public SessionTest {
protected:
    Loading() : cache_home_("XDG_CACHE_HOME", path("cache")) {}

    /// Forty small pictures, decoded in no time.
    [[nodiscard]] fs::path quick_folder() const {
        const fs::path folder = path("quick");
        fs::create_directories(folder);
        for (int i = 0; i < 40; ++i) {
            write(folder / (std::to_string(i) + ".png"), plain_png(16));
        }
        return folder;
    }
    /// The same large picture three hundred times, which takes many seconds.
    [[nodiscard]] fs::path slow_folder() const {
        const fs::path folder = path("slow");
        fs::create_directories(folder);
        write(folder / "0.png", plain_png(2000));
        for (int i = 1; i < 300; ++i) {
            fs::create_symlink("0.png", folder / (std::to_string(i) + ".png"));
        }
        return folder;
    }
    [[nodiscard]] std::size_t cached() const {
        std::error_code none;
        const fs::directory_iterator files(path("cache") / "lmser-studio", none);
        return static_cast<std::size_t>(std::distance(begin(files), end(files)));
    }

    /// Waits until some of the slow folder's pictures are decoded.
    [[nodiscard]] static bool is_loading(ObservedSession& session) {
        return session.until(
            [&] { return !session.loading.empty() && session.loading.back().done > 0; });
    }

    testing::Environment cache_home_;
};

Experiment on_pictures() {
    Experiment experiment = tiny_experiment();
    experiment.dataset = "folder";
    experiment.network.input = {1, 16, 16};
    return experiment;
}

TEST_F(Loading, TellsHowManyPicturesAreDecoded) {
    ObservedSession session(options());
    session.post(NewRun{on_pictures(), slow_folder()});
    ASSERT_TRUE(is_loading(session));
    const LoadProgress& progress = session.loading.back();
    EXPECT_EQ(progress.name, "folder");
    EXPECT_EQ(progress.title, "Folder of pictures");
    EXPECT_EQ(progress.total, 300U);
    EXPECT_LT(progress.done, 300U);
}

TEST_F(Loading, ACancelledNewRunLeavesTheOldOneAndNoFile) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(Step{});
    ASSERT_TRUE(session.until([&] { return session.snapshot.iteration == 1; }));
    session.post(NewRun{on_pictures(), slow_folder()});
    session.post(Start{});  // of the run that does not come
    ASSERT_TRUE(is_loading(session));
    const auto cancelled = session.next<LoadCancelled>(CancelLoad{});
    EXPECT_EQ(cancelled.what, "new");
    EXPECT_EQ(cancelled.name, "folder");
    EXPECT_EQ(cancelled.title, "Folder of pictures");
    EXPECT_EQ(cached(), 0U);
    session.post(Step{});
    ASSERT_TRUE(session.until([&] { return session.snapshot.iteration == 2; }));
    EXPECT_EQ(session.snapshot.run, 1U);
    EXPECT_TRUE(session.replies<Failed>().empty());
    EXPECT_EQ(session.replies<DatasetLoaded>().size(), 1U);
}

TEST_F(Loading, ACancelWhileNothingLoadsIsHarmless) {
    ObservedSession session(options());
    session.post(CancelLoad{});
    session.next<RunOpened>(NewRun{on_pictures(), quick_folder()});
    EXPECT_TRUE(session.replies<LoadCancelled>().empty());
    EXPECT_EQ(cached(), 1U);
}

TEST_F(Loading, AfterACancelTheNextLoadIsWhole) {
    ObservedSession session(options());
    session.post(LoadDataset{"folder", slow_folder()});
    ASSERT_TRUE(is_loading(session));
    EXPECT_EQ(session.next<LoadCancelled>(CancelLoad{}).what, "load");
    EXPECT_EQ(session.next<DatasetLoaded>(LoadDataset{"folder", quick_folder()}).folder,
              path("quick"));
}

TEST_F(Loading, AModelWhoseDataAreCancelledIsExploredAsIfTheyWereAbsent) {
    {
        ObservedSession session(options());
        session.next<RunOpened>(NewRun{on_pictures(), quick_folder()});
        session.next<Saved>(SaveCheckpoint{path("model.safetensors")});
    }
    SessionOptions elsewhere = options();
    elsewhere.data_dir = slow_folder();
    ObservedSession session(elsewhere);
    session.next<RunOpened>(OpenModel{path("model.safetensors")});
    ASSERT_TRUE(is_loading(session));
    session.next<LoadCancelled>(CancelLoad{});
    ASSERT_TRUE(session.until([&] { return !session.replies<RunCompleted>().empty(); }));
    EXPECT_FALSE(session.replies<RunCompleted>().back().trainable);
    session.post(Decode{1, {0, 0, 0, 0}});
    EXPECT_TRUE(session.until([&] { return !session.decoded.empty(); }));
    EXPECT_TRUE(session.replies<Failed>().empty());
    EXPECT_EQ(cached(), 1U) << "that of the quick folder";
}

TEST_F(Loading, AModelOfAnUnknownFolderIsExploredWithoutAWord) {
    {
        ObservedSession session(options());
        session.next<RunOpened>(NewRun{on_pictures(), quick_folder()});
        session.next<Saved>(SaveCheckpoint{path("model.safetensors")});
    }
    SessionOptions usual = options();
    usual.data_dir.clear();
    ObservedSession session(usual);
    session.next<RunOpened>(OpenModel{path("model.safetensors")});
    ASSERT_TRUE(session.until([&] { return !session.replies<RunCompleted>().empty(); }));
    EXPECT_FALSE(session.replies<RunCompleted>().back().trainable);
    EXPECT_TRUE(session.replies<Failed>().empty());
}

TEST_F(Loading, NothingThatIsSavedWaitsForIt) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(LoadDataset{"folder", slow_folder()});
    ASSERT_TRUE(is_loading(session));
    session.next<Saved>(SaveCheckpoint{path("meanwhile.safetensors")});
    EXPECT_EQ(session.replies<DatasetLoaded>().size(), 1U);
    session.next<LoadCancelled>(CancelLoad{});
}

TEST_F(Loading, TheEndOfTheSessionEndsIt) {
    std::chrono::steady_clock::time_point begin;
    {
        ObservedSession session(options());
        session.post(LoadDataset{"folder", slow_folder()});
        ASSERT_TRUE(is_loading(session));
        begin = std::chrono::steady_clock::now();
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
    EXPECT_EQ(cached(), 0U);
}

TEST_F(Loading, WhatTheUserShouldKnowOfADatasetComesWithIt) {
    const fs::path folder = quick_folder();
    write(folder / "cut.png", plain_png(16).substr(0, 40));
    ObservedSession session(options());
    const auto loaded = session.next<DatasetLoaded>(LoadDataset{"folder", folder});
    ASSERT_EQ(loaded.notes.size(), 1U);
    EXPECT_NE(loaded.notes[0].find("'cut.png'"), std::string::npos) << loaded.notes[0];
}

TEST_F(Loading, PicturesBecomeTheShapeThatIsAskedFor) {
    ObservedSession session(options());
    const ImageShape shape{3, 8, 8};
    EXPECT_EQ(session.next<DatasetLoaded>(LoadDataset{"folder", quick_folder(), shape}).shape,
              shape);
}

TEST_F(Loading, AFolderWithoutPicturesIsRefused) {
    fs::create_directories(path("empty"));
    ObservedSession session(options());
    const auto failed = session.next<Failed>(NewRun{on_pictures(), path("empty")});
    EXPECT_EQ(failed.what, "new");
    EXPECT_EQ(failed.error.code, ErrorCode::bad_data);
    EXPECT_NE(failed.error.message.find("0 pictures"), std::string::npos);
}

TEST_F(Loading, ADatasetIsLookedForInTheNamedFolderAndThenInTheUsualOnes) {
    fs::create_directories(path("empty"));
    ObservedSession session(options());
    EXPECT_EQ(session.next<RunOpened>(NewRun{tiny_experiment(), path("empty")}).run, 1U);
    EXPECT_EQ(session.replies<DatasetLoaded>().back().folder, path("data"));
    write_tiny_mnist(path("other"));
    EXPECT_EQ(session.next<RunOpened>(NewRun{tiny_experiment(), path("other")}).run, 2U);
    EXPECT_EQ(session.replies<DatasetLoaded>().back().folder, path("other"));
    EXPECT_TRUE(session.replies<Failed>().empty());
}

}  // namespace
}  // namespace lmser::test
