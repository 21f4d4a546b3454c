// SPDX-License-Identifier: GPL-3.0-or-later
// What strokes and other steps do to the mask.
#include <QUndoStack>
#include <ctime>
#include <iostream>

#include "tests/ui/support/mask_canvas_fixture.h"

namespace lmser::ui {
namespace {

using testing::SizeIs;

using MaskCanvasStroke = MaskCanvasFixture;

TEST_F(MaskCanvasStroke, FollowsTheStrokeWhileItIsDrawn) {
    press(over(10, 10));
    EXPECT_THAT(told, SizeIs(1));
    move(over(20, 10));
    EXPECT_THAT(told, SizeIs(2));
    EXPECT_EQ(told.back(), canvas.mask());
    EXPECT_EQ(finished, 0);
    release(over(20, 10));
    EXPECT_EQ(finished, 1);
}

TEST_F(MaskCanvasStroke, TheRightButtonErasesAndTheEraserTurnsBothRound) {
    canvas.setBrushSize(8);
    stroke(over(10, 10), over(30, 10));
    const std::size_t one = hidden();
    stroke(over(15, 10), over(20, 10), Qt::RightButton);
    EXPECT_LT(hidden(), one);
    canvas.setTool(MaskTool::eraser);
    stroke(over(0, 10), over(40, 10));
    EXPECT_EQ(hidden(), 0U);
    stroke(over(10, 10), over(30, 10), Qt::RightButton);
    EXPECT_EQ(hidden(), one);
}

TEST_F(MaskCanvasStroke, ShiftClickDrawsAStraightLineFromTheLastPoint) {
    canvas.setBrushSize(4);
    press(over(5.5, 5.5));
    release(over(5.5, 5.5));
    press(over(30.5, 20.5), Qt::LeftButton, Qt::ShiftModifier);
    release(over(30.5, 20.5));
    const QPointF from = over(5.5, 5.5);
    Mask wanted = nothing_hidden(30, 40);
    paint(wanted, under(from), under(over(30.5, 20.5)), 4, MaskChange::hide);
    EXPECT_EQ(canvas.mask(), wanted);
    EXPECT_EQ(canvas.undoStack()->count(), 2);
}

TEST_F(MaskCanvasStroke, ADragWithTheRectangleHidesWhatLiesBetweenItsCorners) {
    key(Qt::Key_R);
    EXPECT_EQ(canvas.tool(), MaskTool::rectangle);
    press(over(20, 15));
    move(over(5, 3));
    move(over(10, 5));
    EXPECT_EQ(told.back(), canvas.mask()) << "live";
    release(over(10, 5));
    Mask wanted = nothing_hidden(30, 40);
    fill_rectangle(wanted, {10, 5}, {20, 15}, MaskChange::hide);
    EXPECT_EQ(canvas.mask(), wanted);
    EXPECT_EQ(canvas.undoStack()->count(), 1);
    stroke(over(0, 0), over(40, 30), Qt::RightButton);
    EXPECT_EQ(hidden(), 0U);
}

TEST_F(MaskCanvasStroke, OneDragIsOneStepToUndo) {
    stroke(over(5, 5), over(15, 15));
    const Mask first = canvas.mask();
    stroke(over(30, 5), over(25, 25));
    const Mask both = canvas.mask();
    key(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(canvas.mask(), first);
    EXPECT_EQ(told.back(), first);
    key(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(hidden(), 0U);
    key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(canvas.mask(), both);
    EXPECT_EQ(finished, 6);
}

TEST_F(MaskCanvasStroke, AStrokeThatChangesNothingIsNoStep) {
    stroke(over(5, 5), over(15, 15), Qt::RightButton);
    EXPECT_EQ(canvas.undoStack()->count(), 0);
    EXPECT_EQ(finished, 0);
}

TEST_F(MaskCanvasStroke, InvertClearAndPresetsAreOneStepEach) {
    key(Qt::Key_I);
    EXPECT_EQ(hidden(), 1200U);
    key(Qt::Key_Delete);
    EXPECT_EQ(hidden(), 0U);
    canvas.editor()->applyPreset(MaskPreset::left_half, false);
    EXPECT_EQ(canvas.mask(), preset_mask(MaskPreset::left_half, 30, 40));
    canvas.editor()->applyPreset(MaskPreset::right_half, true);
    EXPECT_EQ(hidden(), 1200U) << "added";
    canvas.editor()->applyPreset(MaskPreset::right_half, false);
    EXPECT_EQ(hidden(), 600U) << "alone";
    canvas.editor()->applyRandomStrokes(false);
    const Mask strokes = canvas.mask();
    canvas.editor()->applyRandomStrokes(false);
    EXPECT_NE(canvas.mask(), strokes) << "others each time";
    EXPECT_EQ(canvas.undoStack()->count(), 7);
}

TEST_F(MaskCanvasStroke, EscapeTakesBackTheStrokeThatIsBeingDrawn) {
    stroke(over(5, 5), over(15, 15));
    const Mask before = canvas.mask();
    press(over(30, 20));
    move(over(20, 20));
    key(Qt::Key_Escape);
    EXPECT_EQ(canvas.mask(), before);
    EXPECT_EQ(told.back(), before);
    release(over(20, 20));
    EXPECT_EQ(canvas.undoStack()->count(), 1);
}

TEST_F(MaskCanvasStroke, UndoInTheMiddleOfAStrokeWaits) {
    stroke(over(5, 5), over(15, 15));
    press(over(30, 20));
    key(Qt::Key_Z, Qt::ControlModifier);
    release(over(30, 20));
    EXPECT_EQ(canvas.undoStack()->count(), 2);
    EXPECT_EQ(canvas.undoStack()->index(), 2);
}

TEST_F(MaskCanvasStroke, ANewPictureKeepsTheMaskOnlyIfAsked) {
    stroke(over(5, 5), over(15, 15));
    const Mask drawn = canvas.mask();
    canvas.setPicture(drawnPicture(30, 40), true);
    EXPECT_EQ(canvas.mask(), drawn);
    EXPECT_EQ(canvas.undoStack()->count(), 1) << "the steps to it stay too";
    canvas.setPicture(drawnPicture(30, 40));
    EXPECT_EQ(hidden(), 0U);
    EXPECT_EQ(canvas.undoStack()->count(), 0);
    canvas.editor()->invert();
    canvas.setPicture(drawnPicture(20, 20), true);
    EXPECT_EQ(canvas.mask(), nothing_hidden(20, 20)) << "of another size";
}

TEST_F(MaskCanvasStroke, AStrokeGoesOnWhileThePictureUnderItChanges) {
    press(over(5, 5));
    canvas.setPicture(drawnPicture(30, 40), true);
    const std::size_t dab = hidden();
    move(over(25, 15));
    release(over(25, 15));
    EXPECT_GT(hidden(), dab);
    EXPECT_EQ(canvas.undoStack()->count(), 1);
}

TEST_F(MaskCanvasStroke, WithoutAPictureThereIsNothingToPaint) {
    canvas.setPicture({});
    EXPECT_FALSE(canvas.hasPicture());
    stroke({100, 100}, {200, 200});
    key(Qt::Key_Return);
    key(Qt::Key_I);
    turnWheel({100, 100}, 1);
    canvas.grab();
    EXPECT_EQ(hidden(), 0U);
    EXPECT_THAT(told, SizeIs(0));
}

TEST_F(MaskCanvasStroke, AStrokeFarOutsideOfThePictureDoesNoHarm) {
    press(over(20, 15));
    move({-1e7, 1e7});
    move({1e7, -1e7});
    release({1e7, -1e7});
    EXPECT_GT(hidden(), 0U);
    canvas.grab();
}

TEST(MaskCanvasSpeed, SixtyStrokeEventsASecondLeaveTheTimeForRecall) {
    MaskCanvas canvas;
    canvas.setPicture(drawnPicture(128, 128));
    canvas.resize(900, 900);
    canvas.show();
    constexpr int kEvents = 120;
    const std::clock_t start = std::clock();
    for (int i = 0; i < kEvents; ++i) {
        const QPointF at(200 + 4 * i, 450 + 200 * std::sin(i / 10.0));
        QMouseEvent event(i == 0 ? QEvent::MouseButtonPress : QEvent::MouseMove, at,
                          canvas.mapToGlobal(at), i == 0 ? Qt::LeftButton : Qt::NoButton,
                          Qt::LeftButton, {});
        QCoreApplication::sendEvent(&canvas, &event);
        QCoreApplication::processEvents();
    }
    const double each = 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / kEvents;
    std::cout << "[ a stroke event on 900x900: " << each << " ms ]\n";
    EXPECT_LT(each, 6);
}

}  // namespace
}  // namespace lmser::ui
