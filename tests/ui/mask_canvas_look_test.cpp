// SPDX-License-Identifier: GPL-3.0-or-later
// The cursor and the tint of the canvas.
#include "tests/ui/support/mask_canvas_fixture.h"
#include "ui/recall/brush_outline.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

using MaskCanvasLook = MaskCanvasFixture;

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

TEST_F(MaskCanvasLook, TheCursorIsDrawnInTwoTonesWhereThePointerIs) {
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

TEST_F(MaskCanvasLook, FollowsTheThemeWithItsTint) {
    canvas.clearFocus();
    canvas.editor()->invert();
    canvas.setPalette(paletteOf(lightTokens()));
    const QImage light = canvas.grab().toImage();
    canvas.setPalette(paletteOf(darkTokens()));
    EXPECT_NE(canvas.grab().toImage().pixel(200, 150), light.pixel(200, 150));
}

}  // namespace
}  // namespace lmser::ui
