// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/run_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>

#include "tests/checkpoint/tiny_run.h"

namespace lmser::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

StepReport step_at(std::int64_t iteration) {
    return {iteration, 1.0 / 3, 2.0 / 7, 0, 2e-3};
}

Evaluation evaluation_at(std::int64_t iteration) {
    return {iteration, "test", 20, 1.0 / 9, iteration % 2 == 0 ? std::optional(.7) : std::nullopt,
            {.1F, .2F}};
}

/// A folder with two steps and an evaluation in its log, and a checkpoint of four bytes.
RunFolder filled(const std::filesystem::path& path) {
    auto folder = RunFolder::create(path, tiny_experiment("lmser-un"));
    EXPECT_TRUE(folder->append(step_at(10)).ok());
    EXPECT_TRUE(folder->append(evaluation_at(10)).ok());
    EXPECT_TRUE(folder->append(step_at(20)).ok());
    EXPECT_TRUE(folder->append(evaluation_at(21)).ok());
    const std::vector<std::byte> checkpoint(4, std::byte{7});
    EXPECT_TRUE(folder->save(checkpoint, tiny_experiment("lmser-un")).ok());
    return *std::move(folder);
}

TEST(RunFolder, HoldsExperimentMetricsAndCheckpoint) {
    const ScratchFolder scratch;
    const auto path = scratch / "a/b";
    const RunFolder folder = filled(path);
    EXPECT_EQ(folder.path(), path);
    EXPECT_EQ(contents_of(folder.checkpoint_file()), "\7\7\7\7");
    const auto experiment = experiment_from_json(contents_of(path / "experiment.json"));
    ASSERT_TRUE(experiment.ok());
    EXPECT_EQ(*experiment, tiny_experiment("lmser-un"));
}

TEST(RunFolder, ReadsItsMetricsBackToTheLastBit) {
    const ScratchFolder scratch;
    const RunFolder folder = filled(scratch / "run");
    const RunHistory history = read_history(scratch / "run").value();
    ASSERT_EQ(history.steps.size(), 2U);
    EXPECT_EQ(history.steps[1].iteration, 20);
    EXPECT_EQ(history.steps[1].loss, 1.0 / 3);
    EXPECT_EQ(history.steps[1].error_per_pixel, 2.0 / 7);
    EXPECT_EQ(history.steps[1].learning_rate, 2e-3);
    ASSERT_EQ(history.evaluations.size(), 2U);
    EXPECT_EQ(history.evaluations[0].accuracy, .7);
    EXPECT_EQ(history.evaluations[1].accuracy, std::nullopt);
    EXPECT_EQ(history.evaluations[1].code_std, evaluation_at(21).code_std);
    EXPECT_EQ(history.evaluations[1].images, 20);
}

TEST(RunFolder, HasNoHistoryBeforeTheFirstMeasurement) {
    const ScratchFolder scratch;
    const auto history = read_history(scratch.path());
    ASSERT_TRUE(history.ok());
    EXPECT_TRUE(history->steps.empty());
}

TEST(RunFolder, RefusesToCreateOverARun) {
    const ScratchFolder scratch;
    { const RunFolder folder = filled(scratch / "run"); }
    const std::string before = contents_of(scratch / "run/metrics.jsonl");
    const auto again = RunFolder::create(scratch / "run", tiny_experiment("ae"));
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, ErrorCode::usage);
    EXPECT_THAT(sentence(again.error()),
                AllOf(HasSubstr("already holds a run"), HasSubstr("--resume")));
    EXPECT_EQ(contents_of(scratch / "run/metrics.jsonl"), before);
}

TEST(RunFolder, BeginsAnewWhereARunDiedBeforeItsFirstCheckpoint) {
    const ScratchFolder scratch;
    {
        auto folder = RunFolder::create(scratch / "run", tiny_experiment("ae"));
        ASSERT_TRUE(folder->append(step_at(10)).ok());
    }
    ASSERT_TRUE(RunFolder::create(scratch / "run", tiny_experiment("ae")).ok());
    EXPECT_EQ(contents_of(scratch / "run/metrics.jsonl"), "");
}

TEST(RunFolder, CannotBeMadeWhereAFileIsInTheWay) {
    const ScratchFolder scratch;
    write(scratch / "file", "x");
    for (const char* path : {"file", "file/run"}) {
        const auto folder = RunFolder::create(scratch / path, tiny_experiment("ae"));
        ASSERT_FALSE(folder.ok());
        EXPECT_EQ(folder.error().code, ErrorCode::cannot_create) << folder.error().message;
        EXPECT_THAT(folder.error().message, HasSubstr(scratch / path));
    }
}

TEST(RunFolder, TellsASecondProcessWhoHoldsIt) {
    const ScratchFolder scratch;
    const RunFolder folder = filled(scratch / "run");
    const pid_t child = ::fork();
    if (child == 0) {
        const auto opened = RunFolder::open(scratch / "run", 20);
        const auto created = RunFolder::create(scratch / "run", tiny_experiment("ae"));
        const std::string holder = "process " + std::to_string(::getppid());
        const bool told = !opened.ok() && opened.error().code == ErrorCode::in_use &&
                          opened.error().message.find(holder) != std::string::npos &&
                          !created.ok() && created.error().code == ErrorCode::in_use &&
                          is_in_use(scratch / "run");
        ::_exit(told ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

TEST(RunFolder, IsFreeAgainAfterwards) {
    const ScratchFolder scratch;
    { const RunFolder folder = filled(scratch / "run"); }
    EXPECT_FALSE(is_in_use(scratch / "run"));
    EXPECT_FALSE(is_in_use(scratch / "nothing"));
    auto folder = RunFolder::open(scratch / "run", 100);
    ASSERT_TRUE(folder.ok());
    EXPECT_TRUE(is_in_use(scratch / "run"));
    const RunFolder moved = *std::move(folder);
    EXPECT_TRUE(is_in_use(scratch / "run"));
}

TEST(RunFolder, RemovesWhatKilledProcessesHadNotFinished) {
    const ScratchFolder scratch;
    { const RunFolder folder = filled(scratch / "run"); }
    const pid_t ended = ::fork();
    if (ended == 0) {
        ::_exit(0);
    }
    ::waitpid(ended, nullptr, 0);
    const auto left = scratch / "run" / (".lmser-" + std::to_string(ended) + "-0.part");
    const auto alive = scratch / "run" / (".lmser-" + std::to_string(::getpid()) + "-0.part");
    write(left, "half");
    write(alive, "half");
    ASSERT_TRUE(RunFolder::open(scratch / "run", 20).ok());
    EXPECT_FALSE(std::filesystem::exists(left));
    EXPECT_TRUE(std::filesystem::exists(alive)) << "that process is still saving";
}

TEST(RunFolder, ThatIsNotThereCannotBeOpened) {
    const ScratchFolder scratch;
    const auto folder = RunFolder::open(scratch / "nothing", 0);
    ASSERT_FALSE(folder.ok());
    EXPECT_EQ(folder.error().code, ErrorCode::not_found);
}

TEST(RunFolder, CutsMetricsPastTheCheckpoint) {
    const ScratchFolder scratch;
    { const RunFolder folder = filled(scratch / "run"); }
    ASSERT_TRUE(RunFolder::open(scratch / "run", 19).ok());
    const RunHistory history = read_history(scratch / "run").value();
    EXPECT_EQ(history.steps.size(), 1U);
    EXPECT_EQ(history.evaluations.size(), 1U);
}

TEST(RunFolder, ReadsAndGoesOnWithMetricsThatAreCutAtAnyByte) {
    const ScratchFolder scratch;
    { const RunFolder folder = filled(scratch / "run"); }
    const std::string whole = contents_of(scratch / "run/metrics.jsonl");
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        write(scratch / "run/metrics.jsonl", std::string_view(whole).substr(0, size));
        const auto lines = static_cast<std::size_t>(
            std::count(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size), '\n'));
        auto history = read_history(scratch / "run");
        ASSERT_TRUE(history.ok()) << "cut after " << size << " bytes";
        EXPECT_EQ(history->steps.size() + history->evaluations.size(), lines);

        auto folder = RunFolder::open(scratch / "run", 100);
        ASSERT_TRUE(folder.ok());
        ASSERT_TRUE(folder->append(step_at(30)).ok());
        history = read_history(scratch / "run");
        ASSERT_TRUE(history.ok()) << "went on after " << size << " bytes";
        EXPECT_EQ(history->steps.size() + history->evaluations.size(), lines + 1);
        EXPECT_EQ(history->steps.back().iteration, 30);
    }
}

TEST(RunFolder, NamesTheLineOfMetricsThatIsWrong) {
    const ScratchFolder scratch;
    { const RunFolder folder = filled(scratch / "run"); }
    const auto file = scratch / "run/metrics.jsonl";
    const std::string good = contents_of(file);
    for (const char* bad : {"x", "{}", "[]", "{\"kind\":\"step\"}", "{\"kind\":\"evaluation\"}",
                            "{\"kind\":7}", "", "\xff"}) {
        write(file, good + bad + "\n" + good);
        const auto history = read_history(scratch / "run");
        ASSERT_FALSE(history.ok()) << bad;
        EXPECT_EQ(history.error().code, ErrorCode::bad_data);
        EXPECT_THAT(history.error().message, AllOf(HasSubstr("line 5"), HasSubstr(file)));
    }
}

TEST(RunFolder, RefusesMetricsThatNestWithoutEndAtOnce) {
    const ScratchFolder scratch;
    { const RunFolder folder = filled(scratch / "run"); }
    write(scratch / "run/metrics.jsonl", std::string(std::size_t{8} << 20, '[') + "\n");
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(read_history(scratch / "run").ok());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
}

TEST(RunFolder, KeepsMeasurementsThatAreNotFinite) {
    const ScratchFolder scratch;
    auto folder = RunFolder::create(scratch / "run", tiny_experiment("ae"));
    Evaluation evaluation = evaluation_at(10);
    evaluation.code_std = {NAN, 1.F};
    ASSERT_TRUE(folder->append(evaluation).ok());
    const auto history = read_history(scratch / "run");
    ASSERT_TRUE(history.ok());
    EXPECT_TRUE(std::isnan(history->evaluations[0].code_std[0]));
}

/// Until the end of the scope no file may grow beyond `bytes`: what a full disk looks like to a program.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit small{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

TEST(RunFolder, KeepsTheOldCheckpointWhereTheDiskIsFull) {
    const ScratchFolder scratch;
    RunFolder folder = filled(scratch / "run");
    const std::vector<std::byte> larger(100'000, std::byte{9});
    Result<void> saved;
    {
        const FullDisk disk(50'000);
        saved = folder.save(larger, tiny_experiment("ae"));
    }
    ASSERT_FALSE(saved.ok());
    EXPECT_EQ(saved.error().code, ErrorCode::io);
    EXPECT_EQ(contents_of(folder.checkpoint_file()), "\7\7\7\7");
    EXPECT_EQ(*experiment_from_json(contents_of(scratch / "run/experiment.json")),
              tiny_experiment("lmser-un"));
    EXPECT_TRUE(folder.save(larger, tiny_experiment("ae")).ok());
    EXPECT_EQ(contents_of(folder.checkpoint_file()).size(), larger.size());
}

TEST(RunFolder, WritesAWholeLineOrNoneWhereTheDiskIsFull) {
    const ScratchFolder scratch;
    RunFolder folder = filled(scratch / "run");
    const std::string before = contents_of(scratch / "run/metrics.jsonl");
    Result<void> written;
    {
        const FullDisk disk(before.size() + 20);
        written = folder.append(step_at(30));
    }
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().code, ErrorCode::io);
    EXPECT_EQ(contents_of(scratch / "run/metrics.jsonl"), before);
    EXPECT_TRUE(folder.append(step_at(30)).ok());
    EXPECT_EQ(read_history(scratch / "run")->steps.size(), 3U);
}

}  // namespace
}  // namespace lmser::test
