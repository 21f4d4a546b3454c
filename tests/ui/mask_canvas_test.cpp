// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/mask_canvas.h"

#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QUndoStack>
#include <ctime>
#include <iostream>

#include "tests/ui/support/mask_canvas_fixture.h"
#include "tests/ui/support/wait.h"
#include "ui/recall/brush_outline.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

using testing::DoubleNear;
using testing::SizeIs;

constexpr double kPlaceTolerance = 1e-9;

using MaskCanvasTest = MaskCanvasFixture;

/// These run in a process of their own at every device pixel ratio.
using MaskCanvasPixels = MaskCanvasFixture;

TEST_F(MaskCanvasPixels, HidesWhatCoresBrushHidesAtThePlacesUnderThePointer) {
    for (const double zoom : {0.0, 1.0, 3.3, 12.5, 32.0}) {
        if (zoom > 0) {
            canvas.setZoom(zoom);
        }
        for (const int size : {1, 2, 7, 16}) {
            canvas.editor()->reset(nothing_hidden(30, 40));
            canvas.setBrushSize(size);
            const QPointF path[] = {{187.3, 130.8}, {203.9, 161.2}, {221.1, 149.4}};
            Mask wanted = nothing_hidden(30, 40);
            PicturePoint last = under(path[0]);
            for (const QPointF& at : path) {
                paint(wanted, last, under(at), size, MaskChange::hide);
                last = under(at);
            }
            press(path[0]);
            move(path[1]);
            move(path[2]);
            release(path[2]);
            ASSERT_EQ(canvas.mask(), wanted) << "brush " << size << ", zoom " << zoom;
            ASSERT_GT(hidden(), 0U);
        }
    }
}

/// Which pixel of the picture the centre of a device pixel lies in; -1 beyond it, or so near an edge that rounding
/// decides.
int pixelUnder(const QPointF& device, const QRectF& place, int width, int height) {
    const double x = (device.x() - place.x()) * width / place.width();
    const double y = (device.y() - place.y()) * height / place.height();
    constexpr double kEdge = 1e-6;
    const bool edge = std::abs(x - std::round(x)) < kEdge || std::abs(y - std::round(y)) < kEdge;
    const bool beyond = x < 0 || y < 0 || x >= width || y >= height;
    return edge || beyond ? -1 : static_cast<int>(y) * width + static_cast<int>(x);
}

TEST_F(MaskCanvasPixels, TheTintCoversExactlyTheHiddenPixels) {
    canvas.clearFocus();
    for (const double zoom : {0.0, 1.0, 2.7, 11.0, 32.0}) {
        if (zoom > 0) {
            canvas.setZoom(zoom);
        }
        canvas.editor()->applyRandomStrokes(false);
        canvas.setShowsOriginal(true);
        const QImage bare = canvas.grab().toImage();
        canvas.setShowsOriginal(false);
        const QImage shown = canvas.grab().toImage();
        const double ratio = bare.devicePixelRatio();
        int looked = 0;
        for (int j = 0; j < bare.height(); ++j) {
            for (int i = 0; i < bare.width(); ++i) {
                const int pixel = pixelUnder(QPointF(i + .5, j + .5) / ratio, canvas.pictureRect(),
                                             canvas.mask().width, canvas.mask().height);
                if (pixel >= 0) {
                    const bool is = shown.pixel(i, j) != bare.pixel(i, j);
                    ASSERT_EQ(is, canvas.mask().hidden[static_cast<std::size_t>(pixel)] != 0)
                        << i << ", " << j << " at zoom " << zoom;
                    ++looked;
                }
            }
        }
        EXPECT_GT(looked, 500);
    }
}

TEST_F(MaskCanvasPixels, EveryPixelOfThePictureIsAPlainSquare) {
    canvas.clearFocus();
    const Images picture = drawnPicture(30, 40);
    for (const double zoom : {0.0, 5.9, 32.0}) {
        if (zoom > 0) {
            canvas.setZoom(zoom);
        }
        const QImage shown = canvas.grab().toImage();
        for (int j = 0; j < shown.height(); ++j) {
            for (int i = 0; i < shown.width(); ++i) {
                const int pixel =
                    pixelUnder(QPointF(i + .5, j + .5) / shown.devicePixelRatio(),
                               canvas.pictureRect(), canvas.mask().width, canvas.mask().height);
                if (pixel >= 0) {
                    ASSERT_EQ(qRed(shown.pixel(i, j)),
                              std::lround(picture.values[static_cast<std::size_t>(pixel)] * 255));
                }
            }
        }
    }
}

TEST_F(MaskCanvasPixels, APartThatIsPaintedAnewFitsTheRest) {
    canvas.clearFocus();
    canvas.setZoom(13.7);
    canvas.editor()->invert();
    const QImage whole = canvas.grab().toImage();
    QImage patched = whole.copy();
    patched.setDevicePixelRatio(whole.devicePixelRatio());
    const QRect part(53, 71, 90, 60);
    canvas.render(&patched, part.topLeft(), part);
    EXPECT_EQ(patched, whole) << "the hatch and the squares go on";
}

TEST_F(MaskCanvasPixels, TheyAreExactWhereTheCanvasBeginsWithinADevicePixel) {
    QWidget window;
    auto* inner = new MaskCanvas(&window);
    inner->setPicture(drawnPicture(30, 40));
    const QPoint corner(13, 7);
    inner->setGeometry(QRect(corner, QSize(211, 173)));
    window.resize(260, 200);
    inner->editor()->applyRandomStrokes(false);
    inner->setShowsOriginal(true);
    const QImage bare = window.grab().toImage();
    inner->setShowsOriginal(false);
    const QImage shown = window.grab().toImage();
    int looked = 0;
    for (int j = 0; j < bare.height(); ++j) {
        for (int i = 0; i < bare.width(); ++i) {
            const QPointF at = QPointF(i + .5, j + .5) / bare.devicePixelRatio() - corner;
            const int pixel = pixelUnder(at, inner->pictureRect(), 40, 30);
            if (pixel >= 0) {
                const bool is = shown.pixel(i, j) != bare.pixel(i, j);
                ASSERT_EQ(is, inner->mask().hidden[static_cast<std::size_t>(pixel)] != 0)
                    << i << ", " << j;
                ++looked;
            }
        }
    }
    EXPECT_GT(looked, 10'000);
}

TEST(MaskCanvasRatios, PixelsAreExactAtEveryDevicePixelRatio) {
    for (const char* ratio : {"1", "1.25", "1.5", "2"}) {
        QProcess run;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QLatin1String(ratio));
        run.setProcessEnvironment(environment);
        run.setProcessChannelMode(QProcess::MergedChannels);
        run.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("--gtest_filter=MaskCanvasPixels.*")});
        ASSERT_TRUE(run.waitForFinished(60'000));
        EXPECT_EQ(run.exitCode(), 0) << ratio << "\n" << run.readAll().toStdString();
    }
}

TEST_F(MaskCanvasTest, FollowsTheStrokeWhileItIsDrawn) {
    press(over(10, 10));
    EXPECT_THAT(told, SizeIs(1));
    move(over(20, 10));
    EXPECT_THAT(told, SizeIs(2));
    EXPECT_EQ(told.back(), canvas.mask());
    EXPECT_EQ(finished, 0);
    release(over(20, 10));
    EXPECT_EQ(finished, 1);
}

TEST_F(MaskCanvasTest, TheRightButtonErasesAndTheEraserTurnsBothRound) {
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

TEST_F(MaskCanvasTest, ShiftClickDrawsAStraightLineFromTheLastPoint) {
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

TEST_F(MaskCanvasTest, ADragWithTheRectangleHidesWhatLiesBetweenItsCorners) {
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

TEST_F(MaskCanvasTest, OneDragIsOneStepToUndo) {
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

TEST_F(MaskCanvasTest, AStrokeThatChangesNothingIsNoStep) {
    stroke(over(5, 5), over(15, 15), Qt::RightButton);
    EXPECT_EQ(canvas.undoStack()->count(), 0);
    EXPECT_EQ(finished, 0);
}

TEST_F(MaskCanvasTest, InvertClearAndPresetsAreOneStepEach) {
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

TEST_F(MaskCanvasTest, EscapeTakesBackTheStrokeThatIsBeingDrawn) {
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

TEST_F(MaskCanvasTest, UndoInTheMiddleOfAStrokeWaits) {
    stroke(over(5, 5), over(15, 15));
    press(over(30, 20));
    key(Qt::Key_Z, Qt::ControlModifier);
    release(over(30, 20));
    EXPECT_EQ(canvas.undoStack()->count(), 2);
    EXPECT_EQ(canvas.undoStack()->index(), 2);
}

TEST_F(MaskCanvasTest, KeysWheelAndAltDragSizeTheBrush) {
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

TEST_F(MaskCanvasTest, TheBrushStaysWithinOneAndSixtyFour) {
    canvas.setBrushSize(1000);
    EXPECT_EQ(canvas.brushSize(), 64);
    canvas.setBrushSize(-1);
    EXPECT_EQ(canvas.brushSize(), 1);
    key(Qt::Key_BracketRight);
    EXPECT_EQ(canvas.brushSize(), 2) << "small brushes grow by one";
}

TEST_F(MaskCanvasTest, TheWheelZoomsAtThePointer) {
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

TEST_F(MaskCanvasTest, TheWheelScrollsTheWorkspaceWhereNothingIsLeftToZoomOut) {
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

TEST_F(MaskCanvasTest, SpaceAndTheMiddleButtonPan) {
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

TEST_F(MaskCanvasTest, ThePictureCannotBeLost) {
    press({200, 150}, Qt::MiddleButton);
    move({9000, 9000}, Qt::MiddleButton);
    release({9000, 9000}, Qt::MiddleButton);
    EXPECT_TRUE(canvas.pictureRect().adjusted(-1, -1, 1, 1).contains(QPointF(200, 150)));
    key(Qt::Key_0);
    EXPECT_TRUE(canvas.isFitted());
}

TEST_F(MaskCanvasTest, AFittedPictureStaysFittedAndAZoomedOneStays) {
    canvas.resize(800, 600);
    EXPECT_TRUE(canvas.isFitted());
    EXPECT_GT(canvas.pictureRect().width(), 700);
    canvas.setZoom(25);
    const PicturePoint middle = under({400, 300});
    canvas.resize(500, 400);
    EXPECT_DOUBLE_EQ(canvas.zoom(), 25);
    EXPECT_THAT(under({250, 200}).x, DoubleNear(middle.x, .05));
}

TEST_F(MaskCanvasTest, TabHeldShowsTheOriginalAndTabTappedGoesOn) {
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

TEST_F(MaskCanvasTest, ARepeatedTabIsHeldAlsoWhereItsReleaseIsNotToldFromARealOne) {
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

TEST_F(MaskCanvasTest, LettersAreTheCanvasesBeforeTheWindows) {
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

TEST_F(MaskCanvasTest, LettersChooseTheTools) {
    key(Qt::Key_E);
    EXPECT_EQ(canvas.tool(), MaskTool::eraser);
    key(Qt::Key_X);
    EXPECT_EQ(canvas.tool(), MaskTool::brush);
    key(Qt::Key_X);
    EXPECT_EQ(canvas.tool(), MaskTool::eraser);
    key(Qt::Key_B);
    EXPECT_EQ(canvas.tool(), MaskTool::brush);
}

TEST_F(MaskCanvasTest, CanBePaintedWithTheKeyboardAlone) {
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

TEST_F(MaskCanvasTest, TheKeyboardSetsBothCornersOfARectangle) {
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

TEST_F(MaskCanvasTest, TheKeyboardsCursorStaysInViewAndOnThePicture) {
    canvas.setZoom(32);
    for (int i = 0; i < 20; ++i) {
        key(Qt::Key_Right, Qt::ShiftModifier);
    }
    EXPECT_TRUE(QRectF(canvas.rect()).contains(over(39.5, 15)));
    canvas.setBrushSize(1);
    key(Qt::Key_Return);
    EXPECT_EQ(canvas.mask().hidden[15 * 40 + 39], 1);
}

TEST_F(MaskCanvasTest, TellsScreenReadersWhatIsHiddenAndWhereTheCursorIs) {
    canvas.editor()->applyPreset(MaskPreset::left_half, false);
    key(Qt::Key_Left);
    auto* face = QAccessible::queryAccessibleInterface(&canvas);
    ASSERT_NE(face, nullptr);
    EXPECT_EQ(face->text(QAccessible::Value),
              QStringLiteral("50 % hidden, brush of 16 pixels, cursor at column 19, row 15"));
    EXPECT_TRUE(canvas.accessibleDescription().contains(QStringLiteral("Enter paints")));
    EXPECT_FALSE(canvas.accessibleName().isEmpty());
}

TEST_F(MaskCanvasTest, ANewPictureKeepsTheMaskOnlyIfAsked) {
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

TEST_F(MaskCanvasTest, AStrokeGoesOnWhileThePictureUnderItChanges) {
    press(over(5, 5));
    canvas.setPicture(drawnPicture(30, 40), true);
    const std::size_t dab = hidden();
    move(over(25, 15));
    release(over(25, 15));
    EXPECT_GT(hidden(), dab);
    EXPECT_EQ(canvas.undoStack()->count(), 1);
}

TEST_F(MaskCanvasTest, WithoutAPictureThereIsNothingToPaint) {
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

TEST_F(MaskCanvasTest, AStrokeFarOutsideOfThePictureDoesNoHarm) {
    press(over(20, 15));
    move({-1e7, 1e7});
    move({1e7, -1e7});
    release({1e7, -1e7});
    EXPECT_GT(hidden(), 0U);
    canvas.grab();
}

TEST(BrushOutline, OfAFineBrushIsTheEdgeOfExactlyItsPixels) {
    for (const double diameter : {1.0, 2.0, 3.0, 5.0, 8.0}) {
        const QPointF at(20.3, 15.8);
        Mask dab = nothing_hidden(30, 40);
        paint(dab, {at.x(), at.y()}, {at.x(), at.y()}, diameter, MaskChange::hide);
        const QPainterPath edge = brushOutline(at, diameter);
        int expected = 0;
        for (int y = 1; y < 30; ++y) {
            for (int x = 1; x < 40; ++x) {
                const auto here = dab.hidden[static_cast<std::size_t>(y * 40 + x)];
                expected += here != dab.hidden[static_cast<std::size_t>(y * 40 + x - 1)] ? 1 : 0;
                expected += here != dab.hidden[static_cast<std::size_t>(y * 40 + x - 40)] ? 1 : 0;
            }
        }
        EXPECT_EQ(edge.elementCount(), 2 * expected) << diameter;
        EXPECT_DOUBLE_EQ(edge.length(), expected);
    }
    EXPECT_EQ(brushOutline({20, 15}, 16).boundingRect(), QRectF(12, 7, 16, 16));
}

TEST_F(MaskCanvasTest, TheCursorIsDrawnInTwoTonesWhereThePointerIs) {
    canvas.clearFocus();
    const QImage without = canvas.grab().toImage();
    move(over(20, 15), Qt::NoButton);
    EXPECT_EQ(canvas.cursor().shape(), Qt::BlankCursor);
    const QImage with = canvas.grab().toImage();
    const QPoint edge = over(28, 15).toPoint();  // eight pixels right of the middle
    int dark = 255;
    int light = 0;
    for (int x = edge.x() - 3; x <= edge.x() + 3; ++x) {
        const QRgb pixel = with.pixel(x, edge.y());
        dark = std::min(dark, qGray(pixel));
        light = std::max(light, qGray(pixel));
    }
    EXPECT_LT(dark, 60);
    EXPECT_GT(light, 230);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&canvas, &leave);
    EXPECT_EQ(canvas.grab().toImage(), without);
}

TEST_F(MaskCanvasTest, FollowsTheThemeWithItsTint) {
    canvas.clearFocus();
    canvas.editor()->invert();
    canvas.setPalette(paletteOf(lightTokens()));
    const QImage light = canvas.grab().toImage();
    canvas.setPalette(paletteOf(darkTokens()));
    EXPECT_NE(canvas.grab().toImage().pixel(200, 150), light.pixel(200, 150));
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
