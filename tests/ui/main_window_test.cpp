// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTest>
#include <QUrl>

#include "tests/ui/support/wait.h"
#include "tests/ui/support/window_bench.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// A window with a run that has iterations no file holds.
void train(WindowBench& bench) {
    bench.startEngine();
    bench.openRun(1);
    bench.show(WindowBench::at(1, 700, RunState::training));
}

QList<Banner*> banners(const WindowBench& bench) {
    return bench.find<BannerArea>("bannerArea")->banners();
}

TEST(MainWindow, ClosesWithoutAQuestionWhereNothingWasTrained) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    EXPECT_TRUE(bench.window->close());
    EXPECT_THAT(bench.answers->keepAsked, IsEmpty());
}

TEST(MainWindow, ClosingWhileTrainingAsksOnceAndMayBeCancelled) {
    WindowBench bench;
    train(bench);
    bench.window->close();
    EXPECT_THAT(bench.answers->keepAsked, ElementsAre(LossReason::closing));
    EXPECT_TRUE(bench.window->isVisible());
}

TEST(MainWindow, ClosesWithoutSavingWhereTheUserSaysSo) {
    WindowBench bench;
    train(bench);
    bench.answers->keep = KeepAnswer::discard;
    bench.window->close();
    EXPECT_FALSE(bench.window->isVisible());
    EXPECT_THAT(bench.commands<SaveCheckpoint>(), IsEmpty());
}

TEST(MainWindow, SaveAndCloseWaitsUntilTheFileIsWritten) {
    WindowBench bench;
    train(bench);
    bench.answers->keep = KeepAnswer::save;
    bench.answers->path = bench.folder.filePath(QStringLiteral("kept.safetensors"));
    bench.window->close();
    ASSERT_THAT(bench.commands<SaveCheckpoint>(), SizeIs(1));
    EXPECT_THAT(bench.commands<Pause>(), SizeIs(1));
    EXPECT_TRUE(bench.window->isVisible());
    bench.reply(Saved{bench.answers->path.toStdString(), 700});
    EXPECT_FALSE(bench.window->isVisible());
}

TEST(MainWindow, StaysOpenWhereSavingFails) {
    WindowBench bench;
    train(bench);
    bench.answers->keep = KeepAnswer::save;
    bench.answers->path = bench.folder.filePath(QStringLiteral("kept.safetensors"));
    bench.window->close();
    bench.reply(Failed{"save", {ErrorCode::io, "the disk is full", "Make room"}});
    EXPECT_TRUE(bench.window->isVisible());
    EXPECT_THAT(banners(bench), SizeIs(1));
}

TEST(MainWindow, ASignalLeavesTheRunForRecoveryWithoutAQuestion) {
    WindowOptions options;
    options.recovery = "/somewhere/recovery";
    WindowBench bench(options);
    train(bench);
    bench.window->closeForSignal();
    EXPECT_THAT(bench.answers->keepAsked, IsEmpty());
    ASSERT_THAT(bench.commands<SaveRun>(), SizeIs(1));
    const auto folder = bench.commands<SaveRun>()[0].folder;
    EXPECT_EQ(folder.parent_path(), options.recovery);
    bench.reply(Saved{folder.string(), 700});
    EXPECT_FALSE(bench.window->isVisible());
}

TEST(MainWindow, OffersWhatAKilledProcessLeft) {
    WindowOptions options;
    options.recoverable = {{"/recovery/a", {}, 3400}};
    WindowBench bench(options);
    bench.startEngine();
    ASSERT_THAT(banners(bench), SizeIs(1));
    EXPECT_TRUE(banners(bench)[0]->message().contains(QStringLiteral("3,400")));
    bench.find<QPushButton>("recover")->click();
    ASSERT_THAT(bench.commands<RecoverRun>(), SizeIs(1));
    EXPECT_EQ(bench.commands<RecoverRun>()[0].folder, "/recovery/a");
    EXPECT_THAT(banners(bench), IsEmpty());
}

TEST(MainWindow, RecoveryMayBeKeptOrDiscarded) {
    WindowOptions options;
    options.recoverable = {{"/recovery/a", {}, 3400}};
    WindowBench kept(options);
    kept.startEngine();
    kept.find<QPushButton>("keepRecovery")->click();
    EXPECT_THAT(kept.commands<DiscardRecovery>(), IsEmpty());
    EXPECT_THAT(kept.commands<RecoverRun>(), IsEmpty());

    WindowBench discarded(options);
    discarded.startEngine();
    discarded.find<QPushButton>("discardRecovery")->click();
    EXPECT_THAT(discarded.commands<DiscardRecovery>(), SizeIs(1));
}

TEST(MainWindow, AnErrorStaysInABannerUntilItIsDismissed) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    const Failed failure{"open", {ErrorCode::bad_data, "cannot open 'x'", "Choose another file"}};
    bench.reply(failure, failure);
    ASSERT_THAT(banners(bench), SizeIs(1)) << "the same error twice is one banner";
    EXPECT_EQ(banners(bench)[0]->message(), QStringLiteral("Cannot open 'x'."));
    EXPECT_EQ(banners(bench)[0]->hint(), QStringLiteral("Choose another file."));
    bench.show(WindowBench::at(1, 1));
    EXPECT_THAT(banners(bench), SizeIs(1));
    bench.find<QAbstractButton>("bannerDismiss")->click();
    EXPECT_THAT(banners(bench), IsEmpty());
}

/// Drags the file over the window and lets it go.
void drop(WindowBench& bench, const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(bench.window.get(), &enter);
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(bench.window.get(), &drop);
}

TEST(MainWindow, ADroppedRunFolderIsOpened) {
    WindowBench bench;
    bench.startEngine();
    QFile experiment(bench.folder.filePath(QStringLiteral("experiment.json")));
    ASSERT_TRUE(experiment.open(QIODevice::WriteOnly));
    drop(bench, bench.folder.path());
    ASSERT_THAT(bench.commands<OpenModel>(), SizeIs(1));
    EXPECT_EQ(bench.commands<OpenModel>()[0].model, bench.folder.path().toStdString());
}

TEST(MainWindow, ADroppedTextFileIsLeftAlone) {
    WindowBench bench;
    bench.startEngine();
    drop(bench, QStringLiteral("/tmp/notes.txt"));
    EXPECT_THAT(bench.commands<OpenModel>(), IsEmpty());
}

TEST(MainWindow, OpenedAndSavedFilesAreRecent) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    bench.window->openModel(QStringLiteral("/models/a.safetensors"));
    EXPECT_TRUE(bench.window->settings().recent.isEmpty()) << "it may be no model at all";
    RunOpened opened;
    opened.run = 2;
    opened.source = "/models/a.safetensors";
    bench.reply(opened);
    bench.reply(Saved{"/models/b.safetensors", 1});
    EXPECT_EQ(bench.window->settings().recent,
              (QStringList{QStringLiteral("/models/b.safetensors"),
                           QStringLiteral("/models/a.safetensors")}));
    EXPECT_EQ(bench.window->settings().lastFolder, QStringLiteral("/models"));
}

TEST(MainWindow, CommandsBeforeTheEngineIsReadyWait) {
    WindowBench bench;
    bench.window->openModel(QStringLiteral("/models/a.safetensors"));
    EXPECT_THAT(bench.record->commands, IsEmpty());
    bench.startEngine();
    EXPECT_THAT(bench.commands<OpenModel>(), SizeIs(1));
}

TEST(MainWindow, SaysWhereTheEngineIsMissing) {
    WindowBench bench;
    SessionOptions session;
    bench.window->bridge().load(session, "/no/such/lmser-engine.so");
    EXPECT_TRUE(waitUntil([&] { return !banners(bench).isEmpty(); }));
    EXPECT_TRUE(banners(bench)[0]->message().contains(QStringLiteral("/no/such/lmser-engine.so")));
}

TEST(MainWindow, ChoosingDataForAnUntrainedNetworkMakesANewOne) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    bench.find<QAbstractButton>("dataset-fashion-mnist")->click();
    EXPECT_EQ(bench.commands<NewRun>().back().experiment.dataset, "fashion-mnist");
}

TEST(MainWindow, ChoosingANetworkNeverThrowsATrainedOneAway) {
    WindowBench bench;
    train(bench);
    bench.find<QAbstractButton>("preset-ae")->click();
    EXPECT_THAT(bench.commands<NewRun>(), SizeIs(1));
}

TEST(MainWindow, AChosenDataFolderIsSearchedFirst) {
    WindowBench bench;
    bench.startEngine();
    bench.reply(Failed{"new", {ErrorCode::not_found, "cannot find mnist", ""}});
    bench.answers->path = QStringLiteral("/data");
    bench.find<QPushButton>("chooseDataFolder")->click();
    EXPECT_EQ(bench.commands<NewRun>().back().experiment.dataset, "mnist");
    EXPECT_EQ(bench.commands<NewRun>().back().folder, "/data");
}

TEST(MainWindow, TheThemeChangesAtOnceAndIsRemembered) {
    WindowBench bench;
    bench.find<QAction>("actionTheme2")->trigger();
    EXPECT_TRUE(waitUntil([&] { return &tokensOf(bench.window.get()) == &darkTokens(); }));
    EXPECT_EQ(bench.window->settings().theme, ThemeChoice::dark);
    bench.find<QAction>("actionTheme1")->trigger();
    EXPECT_TRUE(waitUntil([&] { return &tokensOf(bench.window.get()) == &lightTokens(); }));
}

TEST(MainWindow, ResetLayoutBringsTheDocksBack) {
    WindowBench bench;
    auto* project = bench.find<QDockWidget>("projectDock");
    project->hide();
    bench.find<QAction>("actionResetLayout")->trigger();
    EXPECT_TRUE(waitUntil([&] { return project->isVisible(); }));
    EXPECT_FALSE(bench.find<QDockWidget>("logDock")->isVisible());
}

TEST(MainWindow, TellsTheIterationAndTheRate) {
    WindowBench bench;
    train(bench);
    Snapshot snapshot = WindowBench::at(1, 3420, RunState::training);
    snapshot.iterations_per_second = 412;
    snapshot.seconds_left = 3.9;
    bench.show(snapshot);
    EXPECT_EQ(bench.find<QLabel>("statusIteration")->text(), QStringLiteral("3,420 of 5,000"));
    EXPECT_TRUE(bench.find<QLabel>("statusFigures")
                    ->text()
                    .startsWith(QStringLiteral("412 it/s · 4 s left")));
}

TEST(MainWindow, TabsShowWorkspaceAndInspectorTogether) {
    WindowBench bench;
    bench.find<QAction>("actionWorkspace1")->trigger();
    const auto* workspaces = bench.find<QStackedWidget>("workspaces");
    EXPECT_TRUE(waitUntil([&] { return workspaces->currentIndex() == 1; }));
    EXPECT_EQ(bench.find<QStackedWidget>("inspectors")->currentIndex(), 1);
}

bool isControl(const QWidget* widget) {
    return qobject_cast<const QAbstractButton*>(widget) != nullptr ||
           qobject_cast<const QAbstractSpinBox*>(widget) != nullptr ||
           qobject_cast<const QComboBox*>(widget) != nullptr ||
           qobject_cast<const QLineEdit*>(widget) != nullptr ||
           (qobject_cast<const QAbstractSlider*>(widget) != nullptr &&
            qobject_cast<const QScrollBar*>(widget) == nullptr) ||
           ((widget->focusPolicy() & Qt::TabFocus) != 0 &&
            qobject_cast<const QLabel*>(widget) == nullptr);
}

/// Parts that Qt makes inside of a control, which is itself named.
bool isPartOfAControl(const QWidget* widget) {
    const QWidget* parent = widget->parentWidget();
    return widget->objectName().startsWith(QLatin1String("qt_")) ||
           (parent != nullptr && (qobject_cast<const QAbstractSpinBox*>(parent) != nullptr ||
                                  qobject_cast<const QComboBox*>(parent) != nullptr));
}

TEST(MainWindow, EveryControlHasAnAccessibleName) {
    WindowBench bench;
    train(bench);
    QStringList unnamed;
    for (QWidget* widget : bench.window->findChildren<QWidget*>()) {
        if (!isControl(widget) || isPartOfAControl(widget)) {
            continue;
        }
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
        if (face == nullptr || face->text(QAccessible::Name).isEmpty()) {
            unnamed << QStringLiteral("%1 '%2' in '%3'")
                           .arg(QString::fromLatin1(widget->metaObject()->className()),
                                widget->objectName(), widget->parentWidget()->objectName());
        }
    }
    EXPECT_TRUE(unnamed.isEmpty()) << unnamed.join(QLatin1Char('\n')).toStdString();
}

TEST(MainWindow, ForgetsARunThatWasReplacedBeforeItWasTrained) {
    WindowBench bench;
    bench.startEngine();
    bench.openRun(1);
    EXPECT_NE(bench.find<QAbstractButton>("run-1"), nullptr);
    bench.openRun(2);
    bench.show(WindowBench::at(2, 10, RunState::training));
    bench.openRun(3);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(bench.find<QAbstractButton>("run-1"), nullptr);
    EXPECT_NE(bench.find<QAbstractButton>("run-2"), nullptr);  // it has iterations
    EXPECT_NE(bench.find<QAbstractButton>("run-3"), nullptr);
}

}  // namespace
}  // namespace lmser::ui
