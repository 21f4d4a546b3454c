// SPDX-License-Identifier: GPL-3.0-or-later
// Run control through a session, on a tiny dataset.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>

#include "core/checkpoint/run.h"
#include "core/data/dataset.h"
#include "core/files/read_file.h"
#include "observed_session.h"

namespace lmser::test {
namespace {

constexpr std::uint64_t kLimit = 1U << 24U;

class Training : public SessionTest {};

TEST_F(Training, TellsOfTheDatasetBeforeTheRun) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    ASSERT_EQ(session.all_replies.size(), 2U);
    const auto& dataset = std::get<DatasetLoaded>(session.all_replies[0]);
    EXPECT_EQ(dataset.train_images, kTrainPictures);
    EXPECT_EQ(dataset.test_images, kTestPictures);
    const auto& run = std::get<RunOpened>(session.all_replies[1]);
    EXPECT_EQ(run.experiment, tiny_experiment());
    EXPECT_TRUE(run.trainable);
    EXPECT_TRUE(session.until(RunState::paused));
}

TEST_F(Training, GivesTheSameBytesAsARunThatNobodyLooksAt) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(Start{});
    for (std::uint64_t id = 1; id <= 20; ++id) {
        session.post(Decode{id, {1, 2, 3, 4}});
        session.post(EncodeTestImage{id, id});
    }
    ASSERT_TRUE(session.until(RunState::finished));
    session.next<Saved>(SaveCheckpoint{path("looked-at.safetensors")});

    auto run = Run::create(tiny_experiment(), *load_dataset("mnist", path("data")));
    ASSERT_TRUE(run.ok());
    while (run->iteration() < tiny_experiment().training.iterations) {
        ASSERT_TRUE(run->step().ok());
    }
    EXPECT_EQ(*read_file(path("looked-at.safetensors"), kLimit), *run->checkpoint_bytes());
}

TEST_F(Training, TellsEveryLossOnceAndInOrder) {
    Experiment experiment = tiny_experiment();
    experiment.training.iterations = 3000;
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(experiment));
    session.post(Start{});
    ASSERT_TRUE(session.until(RunState::finished));
    ASSERT_EQ(session.steps.size(), 3000U);
    for (std::size_t i = 0; i < session.steps.size(); ++i) {
        ASSERT_EQ(session.steps[i].iteration, static_cast<std::int64_t>(i + 1));
    }
}

TEST_F(Training, MakesNoStepBetweenAStartAndAPauseThatWaitTogether) {
    ObservedSession session(options());
    session.post(NewRun{endless_experiment()});
    session.post(Start{});
    session.post(Pause{});
    session.post(SaveCheckpoint{path("paused.safetensors")});
    ASSERT_TRUE(session.until([&] { return !session.replies<Saved>().empty(); }));
    EXPECT_EQ(session.replies<Saved>().front().iteration, 0);
}

TEST_F(Training, StandsStillAfterAPause) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(endless_experiment()));
    session.post(Start{});
    ASSERT_TRUE(session.until([&] { return session.steps.size() > 10; }));
    session.post(Pause{});
    ASSERT_TRUE(session.until(RunState::paused));
    const std::int64_t paused_at = session.snapshot.iteration;
    EXPECT_EQ(session.steps.back().iteration, paused_at);
    session.post(Step{});
    ASSERT_TRUE(session.until([&] { return session.steps.back().iteration > paused_at; }));
    EXPECT_EQ(session.steps.back().iteration, paused_at + 1);
}

TEST_F(Training, MakesOneStepForEveryStep) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(Step{});
    session.post(Step{});
    session.post(SaveCheckpoint{path("two.safetensors")});
    ASSERT_TRUE(session.until([&] { return !session.replies<Saved>().empty(); }));
    EXPECT_EQ(session.replies<Saved>().front().iteration, 2);
    EXPECT_EQ(session.steps.size(), 2U);
    EXPECT_EQ(session.snapshot.state, RunState::paused);
}

TEST_F(Training, MakesAnEpochForAStepOfAnEpoch) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(StepEpoch{});
    constexpr std::int64_t kSteps = kTrainPictures / 10;
    ASSERT_TRUE(session.until([&] { return session.snapshot.iteration >= kSteps; }));
    EXPECT_EQ(session.snapshot.iteration, kSteps);
    EXPECT_EQ(session.snapshot.state, RunState::paused);
}

TEST_F(Training, EvaluatesAtTheEndOnTheWholeTestSplit) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(Start{});
    const auto evaluated_at = [&](std::int64_t iteration) {
        const auto all = session.replies<Evaluated>();
        return !all.empty() && all.back().evaluation.iteration == iteration;
    };
    ASSERT_TRUE(session.until([&] { return evaluated_at(40); }));
    const Evaluation last = session.replies<Evaluated>().back().evaluation;
    EXPECT_EQ(last.images, kTestPictures);
    EXPECT_EQ(last.split, "test");
    EXPECT_EQ(last.code_std.size(), 4U);
}

TEST_F(Training, GoesOnWhenTheTargetIsRaised) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(Start{});
    ASSERT_TRUE(session.until(RunState::finished));
    session.post(Start{});
    ASSERT_TRUE(session.until([&] { return !session.replies<Failed>().empty(); }));
    session.post(SetTarget{60});
    ASSERT_TRUE(session.until(RunState::paused));
    session.post(Start{});
    ASSERT_TRUE(session.until(RunState::finished));
    EXPECT_EQ(session.snapshot.iteration, 60);
}

TEST_F(Training, AFinishedCosineGoesOnFromItsLastRate) {
    ObservedSession session(options());
    Experiment experiment = tiny_experiment();
    experiment.training.schedule = Schedule::cosine;
    ASSERT_TRUE(session.opens(experiment));
    session.post(Start{});
    ASSERT_TRUE(session.until(RunState::finished));
    const double last = session.snapshot.learning_rate;
    ASSERT_NEAR(last, experiment.training.learning_rate / 50, 1e-12);
    session.post(SetTarget{60});
    ASSERT_TRUE(session.until(RunState::paused));
    session.post(Start{});
    ASSERT_TRUE(session.until(RunState::finished));
    ASSERT_TRUE(session.until([&] { return session.steps.size() == 60; }));
    constexpr double kRounding = 1e-9;
    EXPECT_NEAR(session.steps[40].learning_rate, last, kRounding * last);
    EXPECT_LT(session.steps.back().learning_rate, last);
}

TEST_F(Training, ACosineThatIsNotFinishedIsStretched) {
    ObservedSession session(options());
    Experiment experiment = tiny_experiment();
    experiment.training.schedule = Schedule::cosine;
    ASSERT_TRUE(session.opens(experiment));
    session.post(Step{});
    ASSERT_TRUE(session.until([&] { return session.snapshot.iteration == 1; }));
    const double before = session.snapshot.learning_rate;
    session.post(SetTarget{60});
    EXPECT_TRUE(session.until([&] { return session.snapshot.learning_rate > before; }));
}

TEST_F(Training, TakesANewLearningRateAtOnce) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(endless_experiment()));
    session.post(Start{});
    ASSERT_TRUE(session.until([&] { return !session.steps.empty(); }));
    constexpr double kRate = 1e-5;
    session.post(SetLearningRate{kRate});
    ASSERT_TRUE(session.until([&] { return session.steps.back().learning_rate <= kRate; }));
    EXPECT_EQ(session.snapshot.state, RunState::training);
}

TEST_F(Training, PausesAndKeepsTheWeightsWhenItDiverges) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(endless_experiment()));
    session.post(SetLearningRate{1e6});
    session.post(Start{});
    ASSERT_TRUE(session.until(RunState::diverged));
    ASSERT_TRUE(session.until([&] { return !session.replies<Diverged>().empty(); }));
    const Diverged told = session.replies<Diverged>().front();
    EXPECT_EQ(told.iteration, session.snapshot.iteration + 1);
    EXPECT_EQ(told.error.code, ErrorCode::diverged);
    EXPECT_NE(told.error.message.find("step " + std::to_string(told.iteration)), std::string::npos);
    EXPECT_NE(told.error.hint.find("learning rate"), std::string::npos);
    const Saved saved = session.next<Saved>(SaveCheckpoint{path("last-good.safetensors")});
    EXPECT_EQ(saved.iteration, session.snapshot.iteration);
}

TEST_F(Training, LeavesTheRunAsItWasWhenACommandFails) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    Experiment wrong = tiny_experiment();
    wrong.network.layers = {{0}};
    Experiment missing = tiny_experiment();
    missing.dataset = "no such dataset";
    for (const Command& command :
         {Command(NewRun{wrong}), Command(NewRun{missing}), Command(SetTarget{0}),
          Command(SetLearningRate{-1}),
          Command(SetLearningRate{std::numeric_limits<double>::quiet_NaN()}),
          Command(OpenModel{path("nothing.safetensors")}), Command(RecoverRun{path("nothing")}),
          Command(DiscardRecovery{path("data")}), Command(LoadDataset{"celeba", path("nowhere")}),
          Command(SaveCheckpoint{path("no folder") / "x.safetensors"})}) {
        SCOPED_TRACE(command.index());
        const Failed failed = session.next<Failed>(command);
        EXPECT_FALSE(failed.error.message.empty());
        EXPECT_NE(failed.error.code, ErrorCode::bug) << failed.error.message;
    }
    session.post(Step{});
    ASSERT_TRUE(session.until([&] { return session.steps.size() == 1; }));
    EXPECT_EQ(session.snapshot.run, 1U);
    EXPECT_EQ(session.steps[0].learning_rate, tiny_experiment().training.learning_rate);
    EXPECT_EQ(session.replies<RunOpened>().size(), 1U);
}

TEST_F(Training, DoesNotStartTheOldRunForANewOneThatDidNotCome) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    Experiment missing = tiny_experiment();
    missing.dataset = "no such dataset";
    session.post(NewRun{missing});
    session.post(Start{});
    session.post(SaveCheckpoint{path("old.safetensors")});
    ASSERT_TRUE(session.until([&] { return !session.replies<Saved>().empty(); }));
    EXPECT_EQ(session.replies<Saved>().front().iteration, 0);
    EXPECT_TRUE(session.steps.empty());
}

TEST_F(Training, RefusesToTrainWithoutANetwork) {
    ObservedSession session(options());
    const Failed failed = session.next<Failed>(Start{});
    EXPECT_EQ(failed.error.code, ErrorCode::usage);
}

TEST_F(Training, EndsSoonWhenTheSessionIsDestroyed) {
    auto session = std::make_unique<ObservedSession>(options());
    ASSERT_TRUE(session->opens(endless_experiment()));
    session->post(Start{});
    ASSERT_TRUE(session->until([&] { return session->steps.size() > 10; }));
    const auto begin = std::chrono::steady_clock::now();
    session.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

}  // namespace
}  // namespace lmser::test
