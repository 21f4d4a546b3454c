// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says of a reset, of a preset that is open already, and of a file that was written.
#include <gmock/gmock.h>

#include <QAction>
#include <QLabel>
#include <QPushButton>

#include "tests/ui/support/window_bench.h"
#include "ui/explore/export_bar.h"
#include "ui/training/run_form.h"
#include "ui/widgets/banner.h"

namespace lmser::ui {
namespace {

using testing::SizeIs;

TEST(WindowNotices, AResetShowsThatItBeginsAndTheTargetThatItBeginsWith) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    const std::int64_t target = bench.find<RunForm>("runForm")->experiment().training.iterations;
    bench.show(WindowBench::at(1, target, RunState::finished));
    bench.find<QAction>("actionStartPause")->trigger();  // as many again
    bench.show(WindowBench::at(1, target + 159));
    bench.answers->reset = ResetAnswer::sameSeed;
    bench.find<QAction>("actionReset")->trigger();
    const auto* state = bench.find<QLabel>("statusState");
    EXPECT_TRUE(state->text().contains(QStringLiteral("beginning")));
    EXPECT_EQ(bench.find<QPushButton>("actionStartPauseButton")->text(), QStringLiteral("Start"));
    bench.openRun(2);
    EXPECT_EQ(state->text(), QStringLiteral("paused"));
    EXPECT_EQ(bench.find<RunForm>("runForm")->experiment().training.iterations, target);
}

TEST(WindowNotices, APresetThatIsOpenAlreadyIsToldAndCanBeBegunAnew) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    bench.show(WindowBench::at(1, 700));
    bench.find<QAbstractButton>("preset-lmser-un-n")->click();
    EXPECT_EQ(bench.find<QWidget>("sameRunBanner"), nullptr);
    bench.find<QAbstractButton>("preset-lmser-un")->click();
    EXPECT_EQ(bench.find<QWidget>("sameRunBanner"), nullptr) << "back to the run that goes on";
    bench.find<QAbstractButton>("preset-lmser-un")->click();
    ASSERT_NE(bench.find<Banner>("sameRunBanner"), nullptr);
    bench.answers->reset = ResetAnswer::sameSeed;
    bench.find<QPushButton>("sameRunReset")->click();
    EXPECT_THAT(bench.commands<NewRun>(), SizeIs(2));
}

TEST(WindowNotices, AFileThatIsWrittenTakesTheErrorBeforeItAway) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    bench.reply(Failed{"export", {ErrorCode::io, "cannot write '/nowhere/x.png'", ""}});
    auto* area = bench.find<BannerArea>("bannerArea");
    ASSERT_THAT(area->banners(), SizeIs(1));
    bench.reply(Exported{"/tmp/x.png"});
    EXPECT_THAT(area->banners(), SizeIs(0));
    EXPECT_FALSE(bench.find<QAbstractButton>("exportFolder")->isHidden());
}

}  // namespace
}  // namespace lmser::ui
