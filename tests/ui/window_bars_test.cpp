// SPDX-License-Identifier: GPL-3.0-or-later
// The bars at the window's top and bottom where they are narrow, and the window on a smaller screen.
#include <gmock/gmock.h>

#include <QAction>
#include <QCoreApplication>
#include <QLabel>
#include <QTabBar>

#include "tests/ui/support/wait.h"
#include "ui/status_line.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/tool_row.h"
#include "ui/window_layout.h"

namespace lmser::ui {
namespace {

class ToolRowTest : public testing::Test {
protected:
    ToolRowTest() {
        for (const char* name : {"Train", "Explore", "Recall"}) {
            tabs->addTab(QLatin1String(name));
        }
        row = new ToolRow(tabs, &window);
        for (ActionButton** made : {&reset, &primary}) {
            *made = new ActionButton(&action);
            row->addButton(*made);
        }
        primary->setPrimary(true);
        row->resize(row->sizeHint());
        window.show();
    }
    void narrow(int by) { row->resize(row->width() - by, row->height()); }

    QAction action{QStringLiteral("Train 27,000 more")};
    QTabBar* tabs = new QTabBar;
    QWidget window;  // which lets its child be narrower than it wants
    ToolRow* row = nullptr;
    ActionButton* reset = nullptr;
    ActionButton* primary = nullptr;
};

TEST_F(ToolRowTest, ButtonsShowTheirIconsAloneBeforeATabIsCut) {
    EXPECT_FALSE(reset->isCompact());
    narrow(20);
    EXPECT_TRUE(reset->isCompact());
    EXPECT_FALSE(primary->isCompact()) << "the primary one is the last";
    const auto whole = [this] { return tabs->width() >= tabs->sizeHint().width(); };
    EXPECT_TRUE(waitUntil(whole));
    row->resize(row->minimumSizeHint());
    EXPECT_TRUE(primary->isCompact());
    EXPECT_TRUE(waitUntil(whole));
}

TEST_F(ToolRowTest, LongerWordsTakeTheRoomOfTheOthers) {
    action.setText(QStringLiteral("Train 1,027,000 more"));
    EXPECT_TRUE(waitUntil([this] { return reset->isCompact(); }));
}

class StatusLineTest : public testing::Test {
protected:
    StatusLineTest() {
        line.showWeights(QStringLiteral("weights: CelebA, non-commercial research"));
        line.showEngine({});
        line.showStroke(23);
        line.setStrokeVisible(true);
        Snapshot snapshot;
        snapshot.state = RunState::finished;
        snapshot.iteration = snapshot.target = 27000;
        line.showSnapshot(snapshot, 0);
        window.show();
    }
    QLabel& label(const char* name) { return *line.findChild<QLabel*>(QLatin1String(name)); }
    int wordsOf(const char* name) {
        return label(name).fontMetrics().horizontalAdvance(label(name).text());
    }

    QWidget window;
    StatusLine& line = *new StatusLine(&window);
};

TEST_F(StatusLineTest, LeavesOutWholePartsAndTheLeastNeededFirst) {
    line.resize(4000, 30);
    EXPECT_TRUE(
        waitUntil([this] { return label("statusEngine").width() >= wordsOf("statusEngine"); }));
    const int fixed = wordsOf("statusWeights") + wordsOf("statusStroke") +
                      wordsOf("statusIteration") + wordsOf("statusState");
    line.resize(fixed + 250, 30);
    EXPECT_TRUE(waitUntil([this] { return label("statusEngine").width() == 0; }));
    EXPECT_GE(label("statusStroke").width(), wordsOf("statusStroke"));
    constexpr int kStep = 10;
    for (int width = fixed + 250; label("statusStroke").width() > 0; width -= kStep) {
        ASSERT_GT(width, 0);
        line.resize(width, 30);
        QCoreApplication::processEvents();
    }
    EXPECT_GE(label("statusWeights").width(), wordsOf("statusWeights"));
}

TEST(WindowLayout, FitsAWindowIntoASmallerScreen) {
    const QRect screen(0, 20, 1280, 700);
    EXPECT_EQ(within(screen, {0, 20, 1440, 900}), screen);
    EXPECT_EQ(within(screen, {1000, 600, 640, 480}), QRect(640, 240, 640, 480));
    EXPECT_EQ(within(screen, {-50, 0, 640, 480}), QRect(0, 20, 640, 480));
    EXPECT_EQ(within(screen, {100, 100, 640, 480}), QRect(100, 100, 640, 480));
}

}  // namespace
}  // namespace lmser::ui
