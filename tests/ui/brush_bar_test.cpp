// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/brush_bar.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QSlider>
#include <QSpinBox>
#include <QUndoStack>

#include "tests/ui/support/mask_canvas_fixture.h"

namespace lmser::ui {
namespace {

class BrushBarTest : public MaskCanvasFixture {
protected:
    QAbstractButton* button(const char* name) {
        return bar.findChild<QAbstractButton*>(QLatin1String(name));
    }
    void click(const char* name, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(button(name), Qt::LeftButton, modifiers);
    }

    BrushBar bar{&canvas};
};

TEST_F(BrushBarTest, ChoosesTheToolAndShowsTheOneChosen) {
    EXPECT_TRUE(button("brushTool")->isChecked());
    click("eraserTool");
    EXPECT_EQ(canvas.tool(), MaskTool::eraser);
    key(Qt::Key_R);
    EXPECT_TRUE(button("rectangleTool")->isChecked());
    EXPECT_FALSE(button("eraserTool")->isChecked());
    click("rectangleTool");
    EXPECT_TRUE(button("rectangleTool")->isChecked()) << "a tool stays chosen";
}

TEST_F(BrushBarTest, SliderAndNumberAreTheBrushesSize) {
    auto* slider = bar.findChild<QSlider*>(QStringLiteral("brushSizeSlider"));
    auto* number = bar.findChild<QSpinBox*>(QStringLiteral("brushSizeNumber"));
    EXPECT_EQ(number->value(), 16);
    slider->setValue(40);
    EXPECT_EQ(canvas.brushSize(), 40);
    EXPECT_EQ(number->value(), 40);
    number->setValue(7);
    EXPECT_EQ(canvas.brushSize(), 7);
    key(Qt::Key_BracketRight);
    EXPECT_EQ(slider->value(), 8);
    EXPECT_EQ(number->value(), 8);
    EXPECT_EQ(number->minimum(), 1);
    EXPECT_EQ(slider->maximum(), 64);
}

TEST_F(BrushBarTest, TheWheelOverTheSliderIsTheLists) {
    auto* slider = bar.findChild<QSlider*>(QStringLiteral("brushSizeSlider"));
    QWheelEvent event({5, 5}, {5, 5}, {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(slider, &event);
    EXPECT_EQ(canvas.brushSize(), 16);
}

TEST_F(BrushBarTest, PresetsHideTheirPartsAndShiftAdds) {
    click("leftHalfPreset");
    EXPECT_EQ(canvas.mask(), preset_mask(MaskPreset::left_half, 30, 40));
    click("eyesPreset");
    EXPECT_EQ(canvas.mask(), preset_mask(MaskPreset::eyes, 30, 40));
    click("mouthPreset");
    EXPECT_EQ(canvas.mask(), preset_mask(MaskPreset::mouth, 30, 40));
    click("rightHalfPreset");
    EXPECT_EQ(canvas.mask(), preset_mask(MaskPreset::right_half, 30, 40));
    click("leftHalfPreset", Qt::ShiftModifier);
    EXPECT_EQ(hidden(), 1200U);
    click("randomStrokes");
    EXPECT_GT(hidden(), 0U);
    EXPECT_LT(hidden(), 1200U);
}

TEST_F(BrushBarTest, InvertClearUndoAndRedo) {
    EXPECT_FALSE(button("undoMask")->isEnabled());
    click("invertMask");
    EXPECT_EQ(hidden(), 1200U);
    click("clearMask");
    EXPECT_EQ(hidden(), 0U);
    click("undoMask");
    EXPECT_EQ(hidden(), 1200U);
    EXPECT_TRUE(button("redoMask")->isEnabled());
    click("redoMask");
    EXPECT_EQ(hidden(), 0U);
    EXPECT_FALSE(button("redoMask")->isEnabled());
}

TEST_F(BrushBarTest, ShowsAndChoosesTheZoom) {
    EXPECT_EQ(button("zoomChip")->text(), QStringLiteral("900 %"));
    bar.findChild<QAction*>(QStringLiteral("zoomTo1600"))->trigger();
    EXPECT_DOUBLE_EQ(canvas.zoom(), 16);
    EXPECT_EQ(button("zoomChip")->text(), QStringLiteral("1600 %"));
    click("fitChip");
    EXPECT_TRUE(canvas.isFitted());
    EXPECT_EQ(button("zoomChip")->text(), QStringLiteral("900 %"));
    bar.findChild<QAction*>(QStringLiteral("zoomTo100"))->trigger();
    EXPECT_DOUBLE_EQ(canvas.zoom(), 1) << "smaller than fitted";
}

TEST_F(BrushBarTest, TheCanvasesLettersWorkAfterAClickOnATool) {
    QTest::keyClick(button("brushTool"), Qt::Key_E);
    EXPECT_EQ(canvas.tool(), MaskTool::eraser);
    QTest::keyClick(button("brushTool"), Qt::Key_Return);
    EXPECT_EQ(hidden(), 0U) << "Enter on a tool paints nothing";
}

TEST_F(BrushBarTest, AClickOnAToolLeavesTheKeysToTheCanvas) {
    QWidget window;
    canvas.setParent(&window);
    bar.setParent(&window);
    window.show();
    QApplication::setActiveWindow(&window);
    button("undoMask")->setFocus();
    click("eyesPreset");
    EXPECT_EQ(QApplication::focusWidget(), &canvas);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete);
    EXPECT_EQ(hidden(), 0U);
    canvas.setParent(nullptr);
    bar.setParent(nullptr);
}

TEST_F(BrushBarTest, AToolChosenByKeyboardKeepsTheFocusAndClears) {
    QApplication::setActiveWindow(&bar);
    bar.show();
    button("eyesPreset")->setFocus(Qt::TabFocusReason);
    QTest::keyClick(button("eyesPreset"), Qt::Key_Space);
    EXPECT_GT(hidden(), 0U);
    QTest::keyClick(button("eyesPreset"), Qt::Key_Delete);
    EXPECT_EQ(hidden(), 0U);
}

TEST_F(BrushBarTest, WrapsWhereItIsNarrow) {
    const int wide = bar.heightForWidth(2000);
    EXPECT_GT(bar.heightForWidth(300), 2 * wide);
    EXPECT_LE(bar.minimumSizeHint().width(), 300);
}

TEST_F(BrushBarTest, EveryControlHasANameAndSaysWhatItDoes) {
    for (const QWidget* control : bar.findChildren<QAbstractButton*>()) {
        EXPECT_FALSE(control->objectName().isEmpty());
        EXPECT_FALSE(control->accessibleName().isEmpty()) << control->objectName().toStdString();
        EXPECT_FALSE(control->toolTip().isEmpty()) << control->objectName().toStdString();
    }
}

}  // namespace
}  // namespace lmser::ui
