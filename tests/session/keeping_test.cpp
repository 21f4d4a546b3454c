// SPDX-License-Identifier: GPL-3.0-or-later
// Saving, opening and recovering through a session.
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>

#include "core/checkpoint/run_folder.h"
#include "observed_session.h"

namespace lmser::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kChildFolder = "LMSER_TEST_CHILD_FOLDER";

class Keeping : public SessionTest {
protected:
    /// Trains the tiny experiment to its end, evaluated.
    static void train(ObservedSession& session) {
        ASSERT_TRUE(session.opens(tiny_experiment()));
        session.post(Start{});
        ASSERT_TRUE(session.until(RunState::finished));
        ASSERT_TRUE(session.until([&] {
            const auto all = session.replies<Evaluated>();
            return !all.empty() && all.back().evaluation.iteration == 40;
        }));
    }
    [[nodiscard]] std::size_t recovery_folders() const {
        std::error_code none;
        const fs::directory_iterator entries(recovery(), none);
        return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
    }
};

TEST_F(Keeping, OpensACheckpointWhereItWasSaved) {
    ObservedSession session(options());
    train(session);
    session.next<Saved>(SaveCheckpoint{path("model.safetensors")});
    const auto opened = session.next<RunOpened>(OpenModel{path("model.safetensors")});
    EXPECT_EQ(opened.run, 2U);
    EXPECT_EQ(opened.iteration, 40);
    EXPECT_EQ(opened.experiment, tiny_experiment());
    EXPECT_EQ(opened.source, path("model.safetensors"));
    EXPECT_TRUE(opened.trainable);
    EXPECT_TRUE(session.until(RunState::finished));
    ASSERT_TRUE(session.until([&] { return !session.replies<RunCompleted>().empty(); }));
    EXPECT_EQ(session.replies<RunCompleted>().back().run, 2U);
    EXPECT_TRUE(session.replies<RunCompleted>().back().trainable);
}

TEST_F(Keeping, ShowsAModelBeforeItsDatasetIsRead) {
    Experiment strokes = tiny_experiment();  // drawing them takes a while
    strokes.dataset = "strokes";
    {
        ObservedSession session(options());
        ASSERT_TRUE(session.opens(strokes));
        session.post(Step{});
        session.next<Saved>(SaveCheckpoint{path("model.safetensors")});
    }
    ObservedSession session(options());
    session.next<RunOpened>(OpenModel{path("model.safetensors")});
    session.post(Start{});  // waits for them
    session.post(Decode{1, {0, 0, 0, 0}});
    ASSERT_TRUE(session.until([&] { return !session.decoded.empty(); }));
    EXPECT_TRUE(session.replies<RunCompleted>().empty());
    EXPECT_EQ(session.snapshot.state, RunState::paused);
    ASSERT_TRUE(session.until(RunState::finished));
    EXPECT_TRUE(std::holds_alternative<RunOpened>(session.all_replies[0]));
    EXPECT_TRUE(std::holds_alternative<DatasetLoaded>(session.all_replies[1]));
    EXPECT_TRUE(std::holds_alternative<RunCompleted>(session.all_replies[2]));
    EXPECT_TRUE(session.replies<Failed>().empty());
    EXPECT_EQ(session.snapshot.run, 1U);
}

TEST_F(Keeping, AnswersWhatTakesTheDatasetOnceItIsThere) {
    {
        ObservedSession session(options());
        train(session);
        session.next<Saved>(SaveCheckpoint{path("model.safetensors")});
    }
    ObservedSession session(options());
    session.next<RunOpened>(OpenModel{path("model.safetensors")});
    session.post(MapCodes{3, {{0, 1}}});
    EXPECT_EQ(session.next<Encoded>(EncodeTestImage{2, 7}).id, 2U);
    EXPECT_TRUE(session.until([&] { return !session.maps.empty(); }));
    EXPECT_TRUE(session.replies<Failed>().empty());
}

TEST_F(Keeping, ReadsADatasetOnceAndTellsOfEveryChange) {
    ObservedSession session(options());
    Experiment strokes = tiny_experiment();
    strokes.dataset = "strokes";
    ASSERT_TRUE(session.opens(tiny_experiment()));
    ASSERT_TRUE(session.opens(strokes));
    fs::remove_all(path("data"));
    ASSERT_TRUE(session.opens(tiny_experiment()));
    std::vector<std::string> told;
    for (const auto& loaded : session.replies<DatasetLoaded>()) {
        told.push_back(loaded.name);
    }
    EXPECT_EQ(told, (std::vector<std::string>{"mnist", "strokes", "mnist"}));
}

TEST_F(Keeping, GivesTheCurveOfARunFolderBack) {
    ObservedSession session(options());
    train(session);
    session.next<Saved>(SaveRun{path("run")});
    const auto opened = session.next<RunOpened>(OpenModel{path("run")});
    ASSERT_EQ(opened.steps.size(), 40U / kStepsPerRecord);
    EXPECT_EQ(opened.steps.back().iteration, 40);
    ASSERT_FALSE(opened.evaluations.empty());
    EXPECT_EQ(opened.evaluations.back().iteration, 40);
}

TEST_F(Keeping, SavesAgainToTheFolderThatItSavedTo) {
    ObservedSession session(options());
    train(session);
    session.next<Saved>(SaveRun{path("run")});
    session.post(SetTarget{60});
    session.post(Start{});
    ASSERT_TRUE(session.until([&] { return session.snapshot.iteration == 60; }));
    EXPECT_EQ(session.next<Saved>(SaveRun{path("run")}).iteration, 60);
    const auto history = read_history(path("run"));
    ASSERT_TRUE(history.ok());
    ASSERT_EQ(history->steps.size(), 60U / kStepsPerRecord);
    EXPECT_EQ(history->steps.back().iteration, 60);
}

TEST_F(Keeping, DoesNotWriteOverAnotherRun) {
    ObservedSession session(options());
    train(session);
    session.next<Saved>(SaveRun{path("run")});
    ASSERT_TRUE(session.opens(tiny_experiment()));
    EXPECT_EQ(session.next<Failed>(SaveRun{path("run")}).error.code, ErrorCode::usage);
    EXPECT_EQ(session.next<RunOpened>(OpenModel{path("run")}).iteration, 40);
}

TEST_F(Keeping, RefusesHostileFilesAndLivesOn) {
    std::ofstream(path("cut.safetensors")) << "\x10";
    std::ofstream(path("pickle.pt")) << "\x80\x02}q\x01.and more bytes";
    fs::create_directories(path("empty"));
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    for (const char* name : {"cut.safetensors", "pickle.pt", "empty", "missing"}) {
        const Failed failed = session.next<Failed>(OpenModel{path(name)});
        EXPECT_EQ(failed.what, "open");
        EXPECT_NE(failed.error.code, ErrorCode::bug) << failed.error.message;
    }
    session.post(Step{});
    EXPECT_TRUE(session.until([&] { return session.steps.size() == 1; }));
}

TEST_F(Keeping, ExploresAModelWhoseDatasetIsNotThere) {
    {
        ObservedSession session(options());
        train(session);
        session.next<Saved>(SaveCheckpoint{path("model.safetensors")});
    }
    SessionOptions elsewhere = options();
    elsewhere.data_dir = path("nowhere");
    ObservedSession session(elsewhere);
    const auto opened = session.next<RunOpened>(OpenModel{path("model.safetensors")});
    ASSERT_TRUE(session.until([&] { return !session.replies<RunCompleted>().empty(); }));
    EXPECT_EQ(session.replies<RunCompleted>().front().run, opened.run);
    EXPECT_FALSE(session.replies<RunCompleted>().front().trainable);
    EXPECT_EQ(session.replies<DatasetLoaded>().back().name, "strokes");
    session.post(Decode{1, {0, 0, 0, 0}});
    EXPECT_TRUE(session.until([&] { return !session.decoded.empty(); }));
    EXPECT_EQ(session.next<Failed>(Start{}).error.code, ErrorCode::usage);
}

TEST_F(Keeping, LeavesNoRecoveryFolderBehindACleanEnd) {
    {
        ObservedSession session(options());
        ASSERT_TRUE(session.opens(endless_experiment()));
        EXPECT_EQ(recovery_folders(), 0U);
        session.post(Start{});
        ASSERT_TRUE(session.until([&] { return session.steps.size() > 10; }));
        session.post(Stop{});
        ASSERT_TRUE(session.until(RunState::paused));
        session.next<Saved>(SaveCheckpoint{path("x.safetensors")});  // written after the autosave
        EXPECT_EQ(recovery_folders(), 1U);
        EXPECT_TRUE(find_recoverable(recovery()).empty());  // it is in use
    }
    EXPECT_EQ(recovery_folders(), 0U);
}

TEST_F(Keeping, SavesWhatWasAskedForBeforeTheSessionEnds) {
    {
        ObservedSession session(options());
        ASSERT_TRUE(session.opens(tiny_experiment()));
        session.post(SaveCheckpoint{path("last.safetensors")});
    }
    EXPECT_TRUE(fs::exists(path("last.safetensors")));
}

TEST_F(Keeping, TellsOnceThatTheRecoveryFolderCannotBeMade) {
    std::ofstream(path("a file")) << "in the way";
    SessionOptions blocked = options();
    blocked.recovery = path("a file");
    ObservedSession session(blocked);
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(Start{});
    ASSERT_TRUE(session.until(RunState::finished));
    session.next<Saved>(SaveCheckpoint{path("x.safetensors")});
    const auto failed = session.replies<Failed>();
    ASSERT_EQ(failed.size(), 1U);
    EXPECT_EQ(failed.front().what, "autosave");
}

/// Nothing by itself: what a test below starts as another process and kills.
TEST(KilledProcess, DISABLED_TrainsUntilItIsKilled) {
    const char* folder = std::getenv(kChildFolder);
    ASSERT_NE(folder, nullptr);
    SessionOptions options;
    options.recovery = fs::path(folder) / "recovery";
    options.data_dir = fs::path(folder) / "data";
    options.autosave_seconds = 0;
    ObservedSession session(options);
    ASSERT_TRUE(session.opens(endless_experiment()));
    session.post(Start{});
    EXPECT_FALSE(session.until([] { return false; }));  // killed long before the deadline
}

/// Starts this test program anew, so that no thread of the engine is forked.
pid_t start_child(const fs::path& folder) {
    ::setenv(kChildFolder, folder.c_str(), 1);
    std::string program = "/proc/self/exe";
    std::string filter = "--gtest_filter=KilledProcess.*";
    std::string disabled = "--gtest_also_run_disabled_tests";
    char* const arguments[] = {program.data(), filter.data(), disabled.data(), nullptr};
    pid_t child = -1;
    if (::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ) != 0) {
        child = -1;
    }
    ::unsetenv(kChildFolder);
    return child;
}

TEST_F(Keeping, RecoversWhatAKilledProcessLeft) {
    const pid_t child = start_child(path("data").parent_path());
    ASSERT_GT(child, 0);
    const auto checkpoint = [&] {
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(recovery(), none)) {
            if (fs::exists(entry.path() / "checkpoint.safetensors", none)) {
                return true;
            }
        }
        return false;
    };
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!checkpoint() && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    EXPECT_TRUE(find_recoverable(recovery()).empty()) << "the child still trains in it";
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);

    const auto left = find_recoverable(recovery());
    ASSERT_EQ(left.size(), 1U);
    EXPECT_GE(left[0].iteration, 1);
    EXPECT_EQ(left[0].experiment, endless_experiment());

    ObservedSession session(options());
    const auto opened = session.next<RunOpened>(RecoverRun{left[0].folder});
    EXPECT_EQ(opened.iteration, left[0].iteration);
    EXPECT_TRUE(find_recoverable(recovery()).empty()) << "this session holds it now";
    session.post(Step{});
    ASSERT_TRUE(session.until([&] { return !session.steps.empty(); }));
    EXPECT_EQ(session.steps[0].iteration, left[0].iteration + 1);
}

TEST_F(Keeping, FindsTheNewestFirstAndDiscards) {
    {
        ObservedSession session(options());
        train(session);
        session.next<Saved>(SaveRun{recovery() / "older"});
        session.next<Saved>(SaveRun{recovery() / "newer"});
    }
    const auto stamp = fs::last_write_time(recovery() / "newer" / "checkpoint.safetensors");
    fs::last_write_time(recovery() / "older" / "checkpoint.safetensors",
                        stamp - std::chrono::hours(1));
    fs::create_directories(recovery() / "not a run");
    const auto found = find_recoverable(recovery());
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].folder.filename(), "newer");
    EXPECT_EQ(found[0].iteration, 40);

    ObservedSession session(options());
    session.post(DiscardRecovery{found[0].folder});
    // Written after the discard.
    session.next<Exported>(SaveMask{path("mask.png"), nothing_hidden(2, 2)});
    ASSERT_EQ(find_recoverable(recovery()).size(), 1U);
    EXPECT_EQ(find_recoverable(recovery())[0].folder.filename(), "older");
}

TEST_F(Keeping, FindsARunAmongWhatIsHostile) {
    const auto hostile = [this](const std::string& name) {
        const fs::path folder = recovery() / name;
        fs::create_directories(folder);
        return folder / "checkpoint.safetensors";
    };
    ASSERT_EQ(::mkfifo(hostile("pipe").c_str(), 0600), 0);
    std::ofstream(hostile("garbage")) << "garbage";
    fs::create_directory(hostile("folder"));
    fs::create_symlink("/dev/zero", hostile("device"));
    fs::create_symlink("nowhere", recovery() / "link");
    {
        ObservedSession session(options());
        train(session);
        session.next<Saved>(SaveRun{recovery() / "run"});
    }
    const auto found = find_recoverable(recovery());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].folder.filename(), "run");

    for (int i = 0; i < 40; ++i) {
        fs::copy(recovery() / "run", recovery() / ("copy" + std::to_string(i)));
    }
    EXPECT_LT(find_recoverable(recovery()).size(), 40U) << "the window waits for it";
}

TEST(FindRecoverable, IsEmptyWhereThereIsNoFolder) {
    EXPECT_TRUE(find_recoverable("/no such folder").empty());
}

}  // namespace
}  // namespace lmser::test
