// SPDX-License-Identifier: GPL-3.0-or-later
// The size of the brush, zoom and pan.
#include "tests/ui/support/mask_canvas_fixture.h"

namespace lmser::ui {
namespace {

using testing::DoubleNear;

using MaskCanvasView = MaskCanvasFixture;

TEST_F(MaskCanvasView, KeysWheelAndAltDragSizeTheBrush) {
    std::vector<int> sizes;
    QObject::connect(&canvas, &MaskCanvas::brushSizeChanged, &canvas,
                     [&sizes](int size) { sizes.push_back(size); });
    EXPECT_EQ(canvas.property("brushSize").toInt(), 16);
    key(Qt::Key_BracketRight);
    EXPECT_EQ(canvas.brushSize(), 18);
    key(Qt::Key_BracketLeft);
    EXPECT_EQ(canvas.brushSize(), 16);
    turnWheel({100, 100}, 1, Qt::ControlModifier);
    EXPECT_EQ(canvas.brushSize(), 18);
    EXPECT_THAT(sizes, testing::ElementsAre(18, 16, 18));
    const double zoom = canvas.zoom();
    press({100, 100}, Qt::LeftButton, Qt::AltModifier);
    move({100 + 3 * zoom, 140});
    release({100 + 3 * zoom, 140});
    EXPECT_EQ(canvas.brushSize(), 24) << "three pixels more on either side";
    EXPECT_EQ(hidden(), 0U);
    EXPECT_DOUBLE_EQ(canvas.zoom(), zoom);
}

TEST_F(MaskCanvasView, TheBrushStaysWithinOneAndSixtyFour) {
    canvas.setBrushSize(1000);
    EXPECT_EQ(canvas.brushSize(), 64);
    canvas.setBrushSize(-1);
    EXPECT_EQ(canvas.brushSize(), 1);
    key(Qt::Key_BracketRight);
    EXPECT_EQ(canvas.brushSize(), 2) << "small brushes grow by one";
}

TEST_F(MaskCanvasView, TheWheelZoomsAtThePointer) {
    const QPointF at(150, 120);
    const PicturePoint before = under(at);
    const double fitted = canvas.zoom();
    turnWheel(at, 2);
    EXPECT_GT(canvas.zoom(), 1.5 * fitted);
    constexpr double kSnap = .1;  // the corner lies on a device pixel
    EXPECT_THAT(under(at).x, DoubleNear(before.x, kSnap));
    EXPECT_THAT(under(at).y, DoubleNear(before.y, kSnap));
    turnWheel(at, 100);
    EXPECT_DOUBLE_EQ(canvas.zoom(), 32);
    turnWheel(at, -100);
    EXPECT_DOUBLE_EQ(canvas.zoom(), fitted);
    EXPECT_TRUE(canvas.isFitted());
}

TEST_F(MaskCanvasView, TheWheelScrollsTheWorkspaceWhereNothingIsLeftToZoomOut) {
    const auto takes = [this](int notches) {
        QWheelEvent event({150, 120}, {150, 120}, {}, {0, 120 * notches}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&canvas, &event);
        return event.isAccepted();
    };
    EXPECT_FALSE(takes(-1));
    EXPECT_TRUE(takes(1));
    EXPECT_TRUE(takes(-1)) << "back to the whole picture";
    EXPECT_TRUE(canvas.isFitted());
    EXPECT_FALSE(takes(-1));
}

TEST_F(MaskCanvasView, SpaceAndTheMiddleButtonPan) {
    canvas.setZoom(20);
    const QPointF before = canvas.pictureRect().topLeft();
    press({200, 150}, Qt::MiddleButton);
    move({230, 140}, Qt::MiddleButton);
    release({230, 140}, Qt::MiddleButton);
    EXPECT_EQ(canvas.pictureRect().topLeft(), before + QPointF(30, -10));
    QTest::keyPress(&canvas, Qt::Key_Space);
    EXPECT_EQ(canvas.cursor().shape(), Qt::OpenHandCursor);
    stroke({230, 140}, {200, 150});
    QTest::keyRelease(&canvas, Qt::Key_Space);
    EXPECT_EQ(canvas.pictureRect().topLeft(), before);
    EXPECT_EQ(hidden(), 0U);
    stroke({230, 140}, {200, 150});
    EXPECT_GT(hidden(), 0U) << "Space was let go";
}

TEST_F(MaskCanvasView, ThePictureCannotBeLost) {
    press({200, 150}, Qt::MiddleButton);
    move({9000, 9000}, Qt::MiddleButton);
    release({9000, 9000}, Qt::MiddleButton);
    EXPECT_TRUE(canvas.pictureRect().adjusted(-1, -1, 1, 1).contains(QPointF(200, 150)));
    key(Qt::Key_0);
    EXPECT_TRUE(canvas.isFitted());
}

TEST_F(MaskCanvasView, AFittedPictureStaysFittedAndAZoomedOneStays) {
    canvas.resize(800, 600);
    EXPECT_TRUE(canvas.isFitted());
    EXPECT_GT(canvas.pictureRect().width(), 700);
    canvas.setZoom(25);
    const PicturePoint middle = under({400, 300});
    canvas.resize(500, 400);
    EXPECT_DOUBLE_EQ(canvas.zoom(), 25);
    EXPECT_THAT(under({250, 200}).x, DoubleNear(middle.x, .05));
}

}  // namespace
}  // namespace lmser::ui
