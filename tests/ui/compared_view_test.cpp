// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/compared_view.h"

#include <gtest/gtest.h>

#include <QTest>

#include "ui/widgets/tokens.h"

namespace lmser::ui {
namespace {

class ComparedViewTest : public testing::Test {
protected:
    ComparedViewTest() {
        QImage white(8, 8, QImage::Format_RGB32);
        white.fill(kWhitePixels);
        QImage black(8, 8, QImage::Format_RGB32);
        black.fill(kBlackPixels);
        view.setPictures(white, black);
        view.resize(200, 200);
        view.show();
    }
    int greyAt(int x) { return qGray(view.grab().toImage().pixel(x, 60)); }

    ComparedView view;
};

TEST_F(ComparedViewTest, ShowsOnePictureUntilItIsDivided) {
    EXPECT_EQ(greyAt(50), 255);
    view.setDivided(true);
    EXPECT_EQ(greyAt(50), 0);
    EXPECT_EQ(greyAt(150), 255);
}

TEST_F(ComparedViewTest, TheLineFollowsTheMouse) {
    view.setDivided(true);
    QTest::mousePress(&view, Qt::LeftButton, {}, {100, 60});
    QTest::mouseMove(&view, {40, 60});
    EXPECT_NEAR(view.divider(), .2, .01);
    EXPECT_EQ(greyAt(60), 255);
    EXPECT_EQ(greyAt(20), 0);
}

TEST_F(ComparedViewTest, KeysMoveTheLine) {
    view.setDivided(true);
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_NEAR(view.divider(), .51, 1e-9);
    QTest::keyClick(&view, Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_NEAR(view.divider(), .41, 1e-9);
    QTest::keyClick(&view, Qt::Key_Home);
    EXPECT_EQ(view.divider(), 0);
}

}  // namespace
}  // namespace lmser::ui
