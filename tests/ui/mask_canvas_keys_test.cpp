// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas by the keyboard alone, and to a screen reader.
#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QUndoStack>

#include "tests/ui/support/mask_canvas_fixture.h"
#include "tests/ui/support/wait.h"

namespace lmser::ui {
namespace {

using MaskCanvasKeys = MaskCanvasFixture;

TEST_F(MaskCanvasKeys, TabHeldShowsTheOriginalAndTabTappedGoesOn) {
    QWidget window;
    auto* held = new MaskCanvas(&window);
    auto* next = new QWidget(&window);
    next->setFocusPolicy(Qt::StrongFocus);
    held->setPicture(drawnPicture(30, 40));
    window.show();
    QApplication::setActiveWindow(&window);
    held->setFocus();
    ASSERT_TRUE(waitUntil([held] { return held->hasFocus(); }));
    QTest::keyPress(held, Qt::Key_Tab);
    EXPECT_TRUE(held->showsOriginal());
    QElapsedTimer since;
    since.start();
    ASSERT_TRUE(waitUntil([&since] { return since.elapsed() > 300; }));
    QTest::keyRelease(held, Qt::Key_Tab);
    ASSERT_TRUE(waitUntil([held] { return !held->showsOriginal(); }));
    EXPECT_TRUE(held->hasFocus());
    QTest::keyClick(held, Qt::Key_Tab);
    ASSERT_TRUE(waitUntil([next] { return next->hasFocus(); }));
    EXPECT_FALSE(held->showsOriginal());
}

TEST_F(MaskCanvasKeys, ARepeatedTabIsHeldAlsoWhereItsReleaseIsNotToldFromARealOne) {
    QTest::keyPress(&canvas, Qt::Key_Tab);
    QElapsedTimer since;
    since.start();
    ASSERT_TRUE(waitUntil([&since] { return since.elapsed() > 300; }));
    for (int i = 0; i < 5; ++i) {
        QTest::keyRelease(&canvas, Qt::Key_Tab);
        QKeyEvent again(QEvent::KeyPress, Qt::Key_Tab, {}, {}, true);
        QCoreApplication::sendEvent(&canvas, &again);
        ASSERT_TRUE(canvas.showsOriginal());
        since.restart();
        ASSERT_TRUE(waitUntil([&since] { return since.elapsed() > 60; }));
        ASSERT_TRUE(canvas.showsOriginal());
    }
    QTest::keyRelease(&canvas, Qt::Key_Tab);
    EXPECT_TRUE(waitUntil([this] { return !canvas.showsOriginal(); }));
}

TEST_F(MaskCanvasKeys, LettersAreTheCanvasesBeforeTheWindows) {
    for (const auto& [which, modifiers] : {std::pair{Qt::Key_E, Qt::KeyboardModifiers()},
                                           {Qt::Key_Z, Qt::ControlModifier},
                                           {Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier},
                                           {Qt::Key_Space, {}}}) {
        QKeyEvent override(QEvent::ShortcutOverride, which, modifiers);
        override.ignore();
        QCoreApplication::sendEvent(&canvas, &override);
        EXPECT_TRUE(override.isAccepted()) << which;
    }
    QKeyEvent foreign(QEvent::ShortcutOverride, Qt::Key_S, Qt::ControlModifier);
    foreign.ignore();
    QCoreApplication::sendEvent(&canvas, &foreign);
    EXPECT_FALSE(foreign.isAccepted());
}

TEST_F(MaskCanvasKeys, LettersChooseTheTools) {
    key(Qt::Key_E);
    EXPECT_EQ(canvas.tool(), MaskTool::eraser);
    key(Qt::Key_X);
    EXPECT_EQ(canvas.tool(), MaskTool::brush);
    key(Qt::Key_X);
    EXPECT_EQ(canvas.tool(), MaskTool::eraser);
    key(Qt::Key_B);
    EXPECT_EQ(canvas.tool(), MaskTool::brush);
}

TEST_F(MaskCanvasKeys, CanBePaintedWithTheKeyboardAlone) {
    canvas.setBrushSize(4);
    key(Qt::Key_Left);
    key(Qt::Key_Up, Qt::ShiftModifier);
    key(Qt::Key_Return);
    Mask wanted = nothing_hidden(30, 40);
    paint(wanted, {19.5, 7.5}, {19.5, 7.5}, 4, MaskChange::hide);
    EXPECT_EQ(canvas.mask(), wanted);
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_Enter, Qt::ShiftModifier);
    paint(wanted, {19.5, 7.5}, {27.5, 7.5}, 4, MaskChange::hide);
    EXPECT_EQ(canvas.mask(), wanted) << "a straight line";
    key(Qt::Key_E);
    key(Qt::Key_Return);
    paint(wanted, {27.5, 7.5}, {27.5, 7.5}, 4, MaskChange::show);
    EXPECT_EQ(canvas.mask(), wanted);
    EXPECT_EQ(canvas.undoStack()->count(), 3);
}

TEST_F(MaskCanvasKeys, TheKeyboardSetsBothCornersOfARectangle) {
    key(Qt::Key_R);
    key(Qt::Key_Left);
    key(Qt::Key_Return);
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_Down);
    EXPECT_EQ(hidden(), 18U) << "live";
    key(Qt::Key_Return);
    EXPECT_EQ(canvas.undoStack()->count(), 1);
    EXPECT_EQ(hidden(), 18U);
}

TEST_F(MaskCanvasKeys, TheKeyboardsCursorStaysInViewAndOnThePicture) {
    canvas.setZoom(32);
    for (int i = 0; i < 20; ++i) {
        key(Qt::Key_Right, Qt::ShiftModifier);
    }
    EXPECT_TRUE(QRectF(canvas.rect()).contains(over(39.5, 15)));
    canvas.setBrushSize(1);
    key(Qt::Key_Return);
    EXPECT_EQ(canvas.mask().hidden[15 * 40 + 39], 1);
}

TEST_F(MaskCanvasKeys, TellsScreenReadersWhatIsHiddenAndWhereTheCursorIs) {
    canvas.editor()->applyPreset(MaskPreset::left_half, false);
    key(Qt::Key_Left);
    auto* face = QAccessible::queryAccessibleInterface(&canvas);
    ASSERT_NE(face, nullptr);
    EXPECT_EQ(face->text(QAccessible::Value),
              QStringLiteral("50 % hidden, brush of 16 pixels, cursor at column 19, row 15"));
    EXPECT_TRUE(canvas.accessibleDescription().contains(QStringLiteral("Enter paints")));
    EXPECT_FALSE(canvas.accessibleName().isEmpty());
}

}  // namespace
}  // namespace lmser::ui
