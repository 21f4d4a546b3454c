// SPDX-License-Identifier: GPL-3.0-or-later
// Recall in the window: its tab, menus, what is dropped, what another workspace does not hear.
#include <gmock/gmock.h>

#include <QAction>
#include <QDropEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QUndoStack>
#include <QUrl>

#include "tests/ui/recall_fixture.h"
#include "tests/ui/support/wait.h"
#include "tests/ui/support/window_bench.h"
#include "ui/explore/explore_panel.h"

namespace lmser::ui {
namespace {

using testing::SizeIs;

constexpr int kRecall = 2;  // the tab

RunOpened faceRun() {
    RunOpened run;
    run.run = 1;
    run.experiment = *preset("celeba-recall");
    run.experiment.network.input = kFace;
    return run;
}

void openFaces(WindowBench& bench) {
    bench.startEngine();
    bench.reply(faceRun());
    bench.find<QTabBar>("workspaceTabs")->setCurrentIndex(kRecall);
    bench.record->news.exploration = Exploration{};
    bench.record->news.exploration->run = 1;
    bench.reply();
    TakenPicture taken;
    taken.id = 1;
    taken.picture = facesOf(.5F);
    bench.reply(taken);
}

TEST(RecallWindow, RecallIsTheThirdTabWithItsInspector) {
    WindowBench bench;
    openFaces(bench);
    EXPECT_EQ(bench.find<QStackedWidget>("workspaces")->currentIndex(), kRecall);
    EXPECT_TRUE(bench.find<QWidget>("recallInspector")->isVisible());
    EXPECT_TRUE(bench.find<QPushButton>("exportButton")->isVisible());
    EXPECT_THAT(bench.commands<ShowSamples>(), SizeIs(1));
}

TEST(RecallWindow, TheStatusBarSaysWhatTheWeightsMayBeUsedFor) {
    WindowBench bench;
    openFaces(bench);
    EXPECT_EQ(bench.find<QLabel>("statusWeights")->text(),
              QStringLiteral("weights: CelebA, non-commercial research"));
    RunOpened digits;
    digits.run = 2;
    digits.experiment = *preset("lmser-un");
    bench.reply(digits);
    EXPECT_FALSE(bench.find<QLabel>("statusWeights")->isVisible());
}

TEST(RecallWindow, UndoIsTheMasksWhereRecallIsShown) {
    WindowBench bench;
    openFaces(bench);
    auto* canvas = bench.find<MaskCanvas>("maskCanvas");
    ASSERT_TRUE(canvas->hasPicture());
    auto* undo = bench.find<QAction>("actionUndo");
    EXPECT_FALSE(undo->isEnabled());
    canvas->editor()->applyPreset(MaskPreset::eyes, false);
    ASSERT_TRUE(undo->isEnabled());
    undo->trigger();
    EXPECT_EQ(hidden_count(canvas->mask()), 0U);
    canvas->undoStack()->redo();
    bench.find<QTabBar>("workspaceTabs")->setCurrentIndex(1);
    EXPECT_FALSE(undo->isEnabled());
}

TEST(RecallWindow, TheExportMenuIsThatOfTheWorkspace) {
    WindowBench bench;
    openFaces(bench);
    auto* menu = bench.find<QMenu>("exportMenu");
    EXPECT_EQ(menu->actions(), bench.find<RecallPanel>("recallPanel")->exportActions());
    bench.find<QTabBar>("workspaceTabs")->setCurrentIndex(1);
    EXPECT_EQ(menu->actions(), bench.find<ExplorePanel>("explorePanel")->exportActions());
}

TEST(RecallWindow, ADroppedPhotoIsRecalledWhereRecallIsShown) {
    WindowBench bench;
    openFaces(bench);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/pictures/me.jpg"))});
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(bench.window.get(), &enter);
    QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(bench.window.get(), &event);
    ASSERT_THAT(bench.commands<TakePhotoFile>(), SizeIs(1));
    EXPECT_EQ(bench.commands<TakePhotoFile>().front().file, "/pictures/me.jpg");
}

TEST(RecallWindow, AWayThatIsNotThereBeginsToTrainOnItsOwnData) {
    WindowBench bench;
    openFaces(bench);
    bench.find<QAbstractButton>("use-mnist-recall")->click();
    ASSERT_TRUE(waitUntil([&] { return bench.commands<NewRun>().size() >= 2; }));
    const Experiment asked = bench.commands<NewRun>().back().experiment;
    EXPECT_EQ(asked.preset, "mnist-recall");
    EXPECT_EQ(asked.dataset, "mnist");
    EXPECT_EQ(bench.find<QStackedWidget>("workspaces")->currentIndex(), 0);
}

TEST(RecallWindow, AWayThatComesWithTheProgramRecallsTheSameHole) {
    WindowOptions options;
    for (const char* name : {"celeba-recall", "celeba-recall-paper", "celeba-recall-shared"}) {
        options.shipped.append({QLatin1String(name), QStringLiteral("conv"), {}});
    }
    WindowBench bench(options);
    openFaces(bench);
    bench.find<MaskCanvas>("maskCanvas")->editor()->applyPreset(MaskPreset::eyes, false);
    const RecallPicture before = bench.commands<RecallPicture>().back();
    bench.find<QAbstractButton>("use-celeba-recall-paper")->click();
    ASSERT_TRUE(waitUntil([&] { return !bench.commands<OpenModel>().empty(); }));
    EXPECT_EQ(bench.commands<OpenModel>().back().model, "celeba-recall-paper");
    RunOpened paper = faceRun();
    paper.run = 2;
    paper.experiment.preset = "celeba-recall-paper";
    paper.source = "/somewhere/models/celeba-recall-paper.safetensors";
    bench.record->news.exploration = Exploration{};
    bench.record->news.exploration->run = 2;
    bench.reply(paper);
    EXPECT_EQ(bench.commands<RecallPicture>().back().hidden, before.hidden);
    EXPECT_EQ(bench.commands<RecallPicture>().back().picture, before.picture);
    EXPECT_GT(hidden_count(before.hidden), 0U);
    EXPECT_EQ(bench.find<QStackedWidget>("workspaces")->currentIndex(), kRecall);
    bench.find<QAbstractButton>("use-celeba-recall-shared")->click();
    ASSERT_TRUE(waitUntil([&] { return bench.commands<OpenModel>().size() == 2; }));
    EXPECT_EQ(bench.commands<OpenModel>().back().model, "celeba-recall-shared");
}

TEST(RecallWindow, TheWayBetweenTwoFacesArrivesAndSoDoesItsExport) {
    WindowBench bench;
    openFaces(bench);
    bench.find<QAbstractButton>("faceMorphKeep")->click();
    TakenPicture other;
    other.id = 3;
    other.picture = facesOf(.25F);
    bench.reply(other);
    ASSERT_THAT(bench.commands<MorphFaces>(), SizeIs(1));
    MorphedFaces morphed;
    morphed.id = bench.commands<MorphFaces>().back().id;
    morphed.pictures = facesOf(1, 3);
    bench.record->news.morphed = morphed;
    bench.reply();
    auto* gif = bench.find<QAbstractButton>("faceMorphExport");
    EXPECT_TRUE(gif->isEnabled());
    bench.record->news.exporting = ExportProgress{"/tmp/faces.gif", 1, 3};
    bench.reply();
    EXPECT_FALSE(gif->isEnabled());
    bench.reply(ExportCancelled{"/tmp/faces.gif"});
    EXPECT_TRUE(gif->isEnabled());
}

TEST(RecallWindow, FacesChosenAsDataBringANetworkThatTakesThem) {
    WindowBench bench;
    bench.startEngine();
    bench.find<QAbstractButton>("dataset-celeba")->click();
    EXPECT_EQ(bench.commands<NewRun>().back().experiment.preset, "celeba-recall");
    EXPECT_EQ(bench.commands<NewRun>().back().experiment.dataset, "celeba");
    bench.find<QAbstractButton>("dataset-celeba-64")->click();
    const Experiment small = bench.commands<NewRun>().back().experiment;
    EXPECT_EQ(small.preset, "celeba-recall-64");
    EXPECT_EQ(small.network.input, (ImageShape{3, 64, 64}));
    bench.find<QAbstractButton>("preset-lmser-un")->click();
    EXPECT_EQ(bench.commands<NewRun>().back().experiment.dataset, "mnist");
}

}  // namespace
}  // namespace lmser::ui
