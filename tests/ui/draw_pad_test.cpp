// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/draw_pad.h"

#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QLabel>
#include <QMouseEvent>
#include <QTest>
#include <numeric>

#include "tests/ui/support/wait.h"
#include "ui/explore/draw_canvas.h"
#include "ui/widgets/image_view.h"

namespace lmser::ui {
namespace {

using testing::SizeIs;

/// A pad whose canvas is 280 pixels wide, with what it told.
class DrawPadTest : public testing::Test {
protected:
    DrawPadTest() {
        QObject::connect(&pad, &DrawPad::drawn, &pad,
                         [this](const Images& drawing) { drawings.push_back(drawing); });
        QObject::connect(&pad, &DrawPad::cleared, &pad, [this] { ++cleared; });
        pad.resize(280, 420);
        pad.show();
        canvas = pad.findChild<DrawCanvas*>();
        canvas->resize(280, 280);
    }

    void press(const QPoint& at, Qt::MouseButton button = Qt::LeftButton) {
        QTest::mousePress(canvas, button, {}, at);
    }
    void release(const QPoint& at, Qt::MouseButton button = Qt::LeftButton) {
        QTest::mouseRelease(canvas, button, {}, at);
    }
    void move(const QPoint& to, Qt::MouseButton button = Qt::LeftButton) {
        QMouseEvent event(QEvent::MouseMove, QPointF(to), canvas->mapToGlobal(QPointF(to)),
                          Qt::NoButton, button, {});
        QCoreApplication::sendEvent(canvas, &event);
    }
    void stroke(const QPoint& from, const QPoint& to, Qt::MouseButton button = Qt::LeftButton) {
        press(from, button);
        move(to, button);
        release(to, button);
    }

    /// The ink at a place of the canvas in the newest drawing, in [0,1].
    float ink(int x, int y) {
        const Images& drawing = drawings.back();
        const int side = drawing.shape.width;
        return drawing.values[static_cast<std::size_t>(y * side / 280 * side + x * side / 280)];
    }
    float allInk() {
        return std::accumulate(drawings.back().values.begin(), drawings.back().values.end(), 0.F);
    }
    void click(const char* name) { pad.findChild<QAbstractButton*>(QLatin1String(name))->click(); }

    DrawPad pad;
    DrawCanvas* canvas;
    std::vector<Images> drawings;
    int cleared = 0;
};

TEST_F(DrawPadTest, TellsAGreyDrawingWhiteOnBlack) {
    stroke({140, 60}, {140, 220});
    ASSERT_FALSE(drawings.empty());
    EXPECT_EQ(drawings.back().shape, (ImageShape{1, 112, 112}));
    EXPECT_GT(ink(140, 140), .95F);
    EXPECT_EQ(ink(60, 140), 0);
}

TEST_F(DrawPadTest, AStrokeIsAsThickAsMnistsAndSoftAtItsEdge) {
    stroke({140, 60}, {140, 220});
    float across = 0;
    int soft = 0;
    const int side = 112;
    for (int x = 0; x < side; ++x) {
        const float one = drawings.back().values[static_cast<std::size_t>(side / 2 * side + x)];
        across += one;
        soft += one > .1F && one < .9F ? 1 : 0;
    }
    const float mnistPixels = across * 28 / side;
    EXPECT_GT(mnistPixels, 1.8F);
    EXPECT_LT(mnistPixels, 3);
    EXPECT_GE(soft, 2);
}

TEST_F(DrawPadTest, DrawsBetweenTheEventsOfAQuickHand) {
    press({40, 140});
    move({140, 140});
    move({240, 140});
    release({240, 140});
    for (int x = 40; x <= 240; x += 10) {
        EXPECT_GT(ink(x, 140), .9F) << x;
    }
}

TEST_F(DrawPadTest, TellsAtMostEveryThirtyMillisecondsAndAtTheEnd) {
    press({40, 140});
    for (int x = 41; x < 240; ++x) {
        move({x, 140});
    }
    EXPECT_LT(drawings.size(), 20U) << "of two hundred moves";
    const std::size_t before = drawings.size();
    release({240, 140});
    EXPECT_EQ(drawings.size(), before + 1);
    EXPECT_GT(ink(239, 140), .9F);
}

TEST_F(DrawPadTest, AStrokeThatRestsIsToldToo) {
    press({40, 140});
    move({120, 140});
    move({200, 140});
    EXPECT_TRUE(waitUntil([this] { return ink(150, 140) > .9F; }));
}

TEST_F(DrawPadTest, TheRightButtonErases) {
    stroke({140, 60}, {140, 220});
    stroke({100, 140}, {180, 140}, Qt::RightButton);
    EXPECT_EQ(ink(140, 140), 0);
    EXPECT_GT(ink(140, 80), .9F);
}

TEST_F(DrawPadTest, UndoTakesOneStrokeBack) {
    stroke({140, 60}, {140, 220});
    const float one = allInk();
    stroke({60, 140}, {220, 140});
    click("undoStroke");
    EXPECT_FLOAT_EQ(allInk(), one);
    EXPECT_EQ(cleared, 0);
    click("undoStroke");
    EXPECT_EQ(cleared, 1);
    EXPECT_TRUE(pad.isEmpty());
}

TEST_F(DrawPadTest, CtrlZOnThePadIsTheStrokes) {
    stroke({140, 60}, {140, 220});
    QKeyEvent override(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
    override.ignore();
    QCoreApplication::sendEvent(canvas, &override);
    EXPECT_TRUE(override.isAccepted()) << "else the window undoes the code";
    QTest::keyClick(canvas, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(pad.isEmpty());
}

TEST_F(DrawPadTest, ClearEmptiesThePad) {
    stroke({140, 60}, {140, 220});
    click("clearDrawing");
    EXPECT_TRUE(pad.isEmpty());
    EXPECT_EQ(cleared, 1);
    const std::size_t told = drawings.size();
    QTest::qWait(50);
    EXPECT_THAT(drawings, SizeIs(told)) << "nothing of the old drawing follows";
}

TEST_F(DrawPadTest, ShowsWhatBecameOfTheDrawing) {
    const QImage fitted(28, 28, QImage::Format_RGB32);
    pad.showFitted(fitted, QStringLiteral("centred"));
    auto* view = pad.findChild<ImageView*>(QStringLiteral("fittedDrawing"));
    EXPECT_TRUE(view->image().isNull()) << "of a drawing that is gone";
    stroke({140, 60}, {140, 220});
    pad.showFitted(fitted, QStringLiteral("centred"));
    EXPECT_EQ(view->image().size(), QSize(28, 28));
    EXPECT_EQ(pad.findChild<QLabel*>(QStringLiteral("fittedNote"))->text(),
              QStringLiteral("centred"));
}

TEST_F(DrawPadTest, ErasingAnEmptyPadIsNothing) {
    stroke({140, 60}, {140, 220}, Qt::RightButton);
    EXPECT_TRUE(pad.isEmpty());
    EXPECT_THAT(drawings, SizeIs(0));
}

}  // namespace
}  // namespace lmser::ui
