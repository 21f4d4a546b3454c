// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <QAction>
#include <QPushButton>
#include <QTest>

#include "tests/ui/support/window_bench.h"
#include "ui/run_control.h"
#include "ui/training/run_form.h"

namespace lmser::ui {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

QString primaryText(const WindowBench& bench) {
    return bench.find<QPushButton>("actionStartPauseButton")->text();
}

void pressF5(const WindowBench& bench) {
    bench.find<QAction>("actionStartPause")->trigger();
}

/// The form as if the user had typed another batch size.
Experiment editBatch(const WindowBench& bench, int batch) {
    auto* form = bench.find<RunForm>("runForm");
    Experiment edited = form->experiment();
    edited.training.batch = batch;
    form->setExperiment(edited);
    Q_EMIT form->experimentEdited(edited);
    return edited;
}

TEST(RunControl, AsksForAFreshNetworkAtTheStartSoThatSlidersAreThere) {
    WindowBench bench;
    bench.startEngine();
    ASSERT_THAT(bench.commands<NewRun>(), SizeIs(1));
    EXPECT_EQ(bench.commands<NewRun>()[0].experiment.preset, "lmser-un");
    EXPECT_EQ(bench.commands<NewRun>()[0].experiment.dataset, "mnist");
    EXPECT_THAT(bench.commands<Start>(), IsEmpty());
}

TEST(RunControl, FallsBackToStrokesWhereMnistIsNotFound) {
    WindowBench bench;
    bench.startEngine();
    bench.reply(Failed{"new", {ErrorCode::not_found, "cannot find mnist", "Choose a folder"}});
    ASSERT_THAT(bench.commands<NewRun>(), SizeIs(2));
    EXPECT_EQ(bench.commands<NewRun>()[1].experiment.dataset, "strokes");
    EXPECT_TRUE(bench.find<QPushButton>("chooseDataFolder")->isVisible());
}

TEST(RunControl, DoesNotStartAModelWhoseDatasetDidNotCome) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    EXPECT_TRUE(bench.find<QAction>("actionStartPause")->isEnabled());
    bench.reply(RunCompleted{2, false});  // of another run
    EXPECT_TRUE(bench.find<QAction>("actionStartPause")->isEnabled());
    bench.reply(RunCompleted{1, false});
    EXPECT_FALSE(bench.find<QAction>("actionStartPause")->isEnabled());
    bench.reply(RunCompleted{1, true});
    EXPECT_TRUE(bench.find<QAction>("actionStartPause")->isEnabled());
}

TEST(RunControl, F5StartsTheRunThatIsThere) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    EXPECT_EQ(primaryText(bench), QStringLiteral("Start"));
    pressF5(bench);
    EXPECT_THAT(bench.commands<Start>(), SizeIs(1));
    EXPECT_THAT(bench.commands<NewRun>(), SizeIs(1));
}

TEST(RunControl, F5BeforeTheRunIsThereStartsItOnceItIs) {
    WindowBench bench;
    bench.startEngine();
    pressF5(bench);
    EXPECT_THAT(bench.commands<Start>(), IsEmpty());
    bench.openRun(1);
    EXPECT_THAT(bench.commands<Start>(), SizeIs(1));
}

TEST(RunControl, F5WhileTheFirstDatasetIsMissingStartsTheBuiltInDigits) {
    WindowBench bench;
    bench.startEngine();
    pressF5(bench);
    bench.reply(Failed{"new", {ErrorCode::not_found, "cannot find mnist", ""}});
    ASSERT_THAT(bench.commands<NewRun>(), SizeIs(2));
    EXPECT_EQ(bench.commands<NewRun>()[1].experiment.dataset, "strokes");
    EXPECT_THAT(bench.commands<Start>(), IsEmpty());
    bench.openRun(1);
    EXPECT_THAT(bench.commands<Start>(), SizeIs(1));
}

TEST(RunControl, AnotherDatasetAndF5ChosenBeforeAnythingIsThereStartThatDataset) {
    WindowBench bench;
    bench.startEngine();
    bench.find<QAbstractButton>("dataset-strokes")->click();
    pressF5(bench);
    bench.reply(Failed{"new", {ErrorCode::not_found, "cannot find mnist", ""}});
    EXPECT_THAT(bench.commands<Start>(), IsEmpty());
    bench.openRun(1);
    EXPECT_THAT(bench.commands<Start>(), SizeIs(1));
    EXPECT_EQ(bench.find<QWidget>("banner"), nullptr);
}

TEST(RunControl, F5PausesWhileTrainingAndContinuesAfterwards) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    bench.show(WindowBench::at(1, 10, RunState::training));
    EXPECT_EQ(primaryText(bench), QStringLiteral("Pause"));
    pressF5(bench);
    EXPECT_THAT(bench.commands<Pause>(), SizeIs(1));
    bench.show(WindowBench::at(1, 11));
    EXPECT_EQ(primaryText(bench), QStringLiteral("Continue"));
    pressF5(bench);
    EXPECT_THAT(bench.commands<Start>(), SizeIs(1));
}

TEST(RunControl, AnEditedExperimentBecomesANewRunAndThenStarts) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    bench.show(WindowBench::at(1, 700));
    bench.answers->keep = KeepAnswer::discard;
    const Experiment edited = editBatch(bench, 64);
    EXPECT_EQ(primaryText(bench), QStringLiteral("Start new run"));
    pressF5(bench);
    EXPECT_THAT(bench.answers->keepAsked, testing::ElementsAre(LossReason::newRun));
    ASSERT_THAT(bench.commands<NewRun>(), SizeIs(2));
    EXPECT_EQ(bench.commands<NewRun>()[1].experiment, edited);
    EXPECT_THAT(bench.commands<Start>(), IsEmpty());
    bench.openRun(2);
    EXPECT_THAT(bench.commands<Start>(), SizeIs(1));
}

TEST(RunControl, ANewRunThatFailsDoesNotStartTheOldOne) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    editBatch(bench, 64);
    pressF5(bench);
    bench.reply(Failed{"new", {ErrorCode::out_of_memory, "cannot make the network", ""}});
    EXPECT_THAT(bench.commands<Start>(), IsEmpty());
}

TEST(RunControl, CancellingTheQuestionKeepsTheRun) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    bench.show(WindowBench::at(1, 700));
    editBatch(bench, 64);
    pressF5(bench);
    EXPECT_THAT(bench.commands<NewRun>(), SizeIs(1));
}

TEST(RunControl, AFinishedRunIsTrainedAsFarAgain) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    Snapshot done = WindowBench::at(1, 5000, RunState::finished);
    bench.show(done);
    EXPECT_EQ(primaryText(bench), QStringLiteral("Train 5,000 more"));
    pressF5(bench);
    ASSERT_THAT(bench.commands<SetTarget>(), SizeIs(1));
    EXPECT_EQ(bench.commands<SetTarget>()[0].iterations, 10000);
    EXPECT_THAT(bench.commands<Start>(), SizeIs(1));
}

TEST(RunControl, ResetAsksAndMayTakeANewSeed) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    bench.show(WindowBench::at(1, 700));
    bench.find<QAction>("actionReset")->trigger();
    EXPECT_EQ(bench.answers->resetAsked, 1);
    EXPECT_THAT(bench.commands<NewRun>(), SizeIs(1)) << "cancelled";
    bench.answers->reset = ResetAnswer::newSeed;
    bench.find<QAction>("actionReset")->trigger();
    ASSERT_THAT(bench.commands<NewRun>(), SizeIs(2));
    EXPECT_EQ(bench.commands<NewRun>()[1].experiment.seed,
              bench.commands<NewRun>()[0].experiment.seed + 1);
}

TEST(RunControl, StepAndEpochAndStopAskForThemselves) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    bench.find<QAction>("actionStep")->trigger();
    bench.find<QAction>("actionEpoch")->trigger();
    bench.show(WindowBench::at(1, 1));
    bench.find<QAction>("actionStop")->trigger();
    EXPECT_THAT(bench.commands<Step>(), SizeIs(1));
    EXPECT_THAT(bench.commands<StepEpoch>(), SizeIs(1));
    EXPECT_THAT(bench.commands<Stop>(), SizeIs(1));
}

TEST(RunControl, KeysAreThoseOfTheManual) {
    WindowBench bench;
    const auto key = [&](const char* name) {
        return bench.find<QAction>(name)->shortcut().toString();
    };
    EXPECT_EQ(key("actionStartPause"), QStringLiteral("F5"));
    EXPECT_EQ(key("actionStep"), QStringLiteral("F10"));
    EXPECT_EQ(key("actionEpoch"), QStringLiteral("Shift+F10"));
    EXPECT_EQ(key("actionStop"), QStringLiteral("Shift+F5"));
}

TEST(NeedsNewRun, TargetAndRateBelongToATrainedRun) {
    const Experiment run;
    Experiment draft = run;
    draft.training.iterations += 1;
    draft.training.learning_rate /= 2;
    EXPECT_FALSE(needsNewRun(draft, run, 10));
    EXPECT_TRUE(needsNewRun(draft, run, 0));
    draft.seed += 1;
    EXPECT_TRUE(needsNewRun(draft, run, 10));
}

}  // namespace
}  // namespace lmser::ui
