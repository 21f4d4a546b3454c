// SPDX-License-Identifier: GPL-3.0-or-later
// Explore in the window: menus, what is dropped, what the session tells.
#include <gmock/gmock.h>

#include <QAction>
#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QUrl>

#include "tests/ui/support/wait.h"
#include "tests/ui/support/window_bench.h"
#include "ui/explore/explore_panel.h"
#include "ui/widgets/picture_sheet.h"

namespace lmser::ui {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int kExplore = 1;  // the tab

void explore(WindowBench& bench) {
    bench.startEngine();
    RunOpened run;
    run.run = 1;
    run.experiment.network.layers = {{6}};
    run.experiment.network.label_units = 4;
    run.experiment.network.style_units = 2;
    bench.reply(run);
    bench.find<QTabBar>("workspaceTabs")->setCurrentIndex(kExplore);
}

void drop(QWidget& target, const QMimeData& data) {
    const QPointF middle = QRectF(target.rect()).center();
    QDragEnterEvent enter(middle.toPoint(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &enter);
    QDropEvent event(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &event);
}

TEST(ExploreWindow, APictureDroppedOnTheWindowIsTheStartWhereExploreIsShown) {
    WindowBench bench;
    explore(bench);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/pictures/three.png"))});
    drop(*bench.window, data);
    ASSERT_THAT(bench.commands<EncodeFile>(), SizeIs(1));
    bench.find<QTabBar>("workspaceTabs")->setCurrentIndex(0);
    drop(*bench.window, data);
    EXPECT_THAT(bench.commands<EncodeFile>(), SizeIs(1));
}

TEST(ExploreWindow, ACheckpointDroppedOnTheWindowIsStillOpened) {
    WindowBench bench;
    explore(bench);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/runs/net.safetensors"))});
    drop(*bench.window, data);
    EXPECT_THAT(bench.commands<OpenModel>(), SizeIs(1));
    EXPECT_THAT(bench.commands<EncodeFile>(), IsEmpty());
}

TEST(ExploreWindow, ExportIsOfferedWhereExploreIsShown) {
    WindowBench bench;
    explore(bench);
    auto* button = bench.find<QPushButton>("exportButton");
    EXPECT_TRUE(button->isVisible());
    auto* menu = bench.find<QMenu>("exportMenu");
    EXPECT_EQ(menu->actions(), bench.find<ExplorePanel>("explorePanel")->exportActions());
    bench.find<QTabBar>("workspaceTabs")->setCurrentIndex(0);
    EXPECT_FALSE(button->isVisible());
}

TEST(ExploreWindow, PastingAPictureGoesToExplore) {
    WindowBench bench;
    explore(bench);
    bench.find<QTabBar>("workspaceTabs")->setCurrentIndex(0);
    QImage image(28, 28, QImage::Format_Grayscale8);
    image.fill(Qt::black);
    QGuiApplication::clipboard()->setImage(image);
    bench.find<QAction>("actionPastePicture")->trigger();
    EXPECT_TRUE(waitUntil([&] { return bench.commands<FitPicture>().size() == 1; }));
    EXPECT_EQ(bench.find<QTabBar>("workspaceTabs")->currentIndex(), kExplore);
}

TEST(ExploreWindow, SheetsOfTheSessionReachThePanel) {
    WindowBench bench;
    explore(bench);
    Exploration exploration;
    exploration.run = 1;
    bench.record->news.exploration = exploration;
    bench.show(WindowBench::at(1, 100));
    const auto asked = bench.commands<DecodeSheet>();
    ASSERT_FALSE(asked.empty());
    ASSERT_EQ(asked.front().kind, SheetKind::classes);
    DecodedSheet sheet;
    sheet.id = asked.front().id;
    sheet.codes = asked.front().codes;
    sheet.pictures.values.assign(4 * sheet.pictures.shape.pixels(), 1);
    bench.record->news.sheets = {sheet};
    bench.show(WindowBench::at(1, 100));
    EXPECT_THAT(bench.find<PictureSheet>("classStrip")->pictures(), SizeIs(4));
}

}  // namespace
}  // namespace lmser::ui
