// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAccessible>
#include <QScrollArea>
#include <QScrollBar>

#include "tests/ui/explore_fixture.h"
#include "ui/explore/unit_row.h"

namespace lmser::ui {
namespace {

constexpr double kClose = 1e-4;

TEST_F(ExploreTest, DraggingASliderDecodesEveryValueOnTheWay) {
    open();
    drag(*slider(3), 40);
    const auto decodes = all<Decode>();
    ASSERT_EQ(decodes.size(), 2U);
    EXPECT_LT(decodes[0].id, decodes[1].id);
    EXPECT_LT(decodes[0].code[2], decodes[1].code[2]);
    EXPECT_NEAR(decodes[1].code[2], 1 + 40 * perPixel(*slider(3)), kClose);
    for (const std::size_t other : {0U, 1U, 3U, 4U, 5U}) {
        EXPECT_EQ(decodes[1].code[other], 1) << "unit " << other;
    }
}

TEST_F(ExploreTest, ShiftDragsAtATenthAndCtrlTenTimes) {
    open();
    UnitSlider& one = *slider(1);
    drag(one, 40, Qt::ShiftModifier);
    EXPECT_NEAR(one.value(), 1 + 4 * perPixel(one), kClose);
    one.edit(1);
    drag(one, -8, Qt::ControlModifier);
    EXPECT_NEAR(one.value(), 1 - 80 * perPixel(one), kClose);
}

TEST_F(ExploreTest, ChangingTheSpeedInADragDoesNotMakeTheValueJump) {
    open();
    UnitSlider& one = *slider(1);
    const QPoint from = pointAt(one, 1);
    QTest::mousePress(&one, Qt::LeftButton, {}, from);
    move(one, from + QPoint(30, 0), {});
    const double reached = one.value();
    move(one, from + QPoint(30, 0), Qt::ShiftModifier);
    EXPECT_DOUBLE_EQ(one.value(), reached);
    move(one, from + QPoint(40, 0), Qt::ShiftModifier);
    EXPECT_NEAR(one.value(), reached + perPixel(one), kClose);
    QTest::mouseRelease(&one, Qt::LeftButton, {}, from);
}

TEST_F(ExploreTest, PressingTheTrackJumpsThere) {
    open();
    UnitSlider& one = *slider(2);
    QTest::mouseClick(&one, Qt::LeftButton, {}, pointAt(one, -2));
    EXPECT_NEAR(one.value(), -2, perPixel(one));
    EXPECT_NEAR(last<Decode>()->code[1], one.value(), kClose);
}

TEST_F(ExploreTest, ADragCannotLeaveTheRange) {
    open();
    drag(*slider(1), 4000);
    EXPECT_DOUBLE_EQ(slider(1)->value(), kHigh);
}

TEST_F(ExploreTest, TheWheelScrollsTheListUnlessTheSliderHasTheFocus) {
    panel.resize(900, 420);
    open();
    auto* list = part<QScrollArea>("unitList");
    list->setMaximumHeight(100);
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return list->verticalScrollBar()->maximum() > 0; }, kDeadline));
    list->verticalScrollBar()->setValue(0);

    turnWheel(*slider(1), -1);
    EXPECT_TRUE(all<Decode>().empty());
    EXPECT_GT(list->verticalScrollBar()->value(), 0);

    slider(1)->setFocus();
    ASSERT_TRUE(slider(1)->hasFocus());
    const int scrolled = list->verticalScrollBar()->value();
    turnWheel(*slider(1), -1);
    EXPECT_EQ(list->verticalScrollBar()->value(), scrolled);
    EXPECT_NEAR(slider(1)->value(), 1 - (kHigh - kLow) / 100, kClose);
}

TEST_F(ExploreTest, ArrowKeysStepAndHomeAndEndGoToTheEnds) {
    open();
    UnitSlider& one = *slider(1);
    const double step = (kHigh - kLow) / 100;
    QTest::keyClick(&one, Qt::Key_Right);
    EXPECT_NEAR(one.value(), 1 + step, kClose);
    QTest::keyClick(&one, Qt::Key_Up, Qt::ShiftModifier);
    EXPECT_NEAR(one.value(), 1 + 1.1 * step, kClose);
    QTest::keyClick(&one, Qt::Key_Left, Qt::ControlModifier);
    EXPECT_NEAR(one.value(), 1 - 8.9 * step, kClose);
    QTest::keyClick(&one, Qt::Key_PageUp);
    EXPECT_NEAR(one.value(), 1 + 1.1 * step, kClose);
    QTest::keyClick(&one, Qt::Key_Home);
    EXPECT_DOUBLE_EQ(one.value(), kLow);
    QTest::keyClick(&one, Qt::Key_End);
    EXPECT_DOUBLE_EQ(one.value(), kHigh);
    EXPECT_EQ(all<Decode>().size(), 6U);
}

TEST_F(ExploreTest, ADoubleClickResetsAndLeavesNothingToUndo) {
    open();
    UnitSlider& one = *slider(1);
    const QPoint away = pointAt(one, 3);
    QTest::mouseClick(&one, Qt::LeftButton, {}, away);
    EXPECT_GT(one.value(), 2);
    QTest::mouseDClick(&one, Qt::LeftButton, {}, away);
    EXPECT_DOUBLE_EQ(one.value(), 1);
    EXPECT_EQ(last<Decode>()->code[0], 1);
    EXPECT_FALSE(panel.undoStack()->canUndo());
}

TEST_F(ExploreTest, AScreenReaderReadsAndSetsTheValue) {
    open();
    QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(slider(3));
    ASSERT_NE(seen, nullptr);
    EXPECT_EQ(seen->role(), QAccessible::Slider);
    EXPECT_EQ(seen->text(QAccessible::Name), QStringLiteral("code unit 3"));
    QAccessibleValueInterface* value = seen->valueInterface();
    ASSERT_NE(value, nullptr);
    EXPECT_DOUBLE_EQ(value->minimumValue().toDouble(), kLow);
    EXPECT_DOUBLE_EQ(value->maximumValue().toDouble(), kHigh);
    EXPECT_DOUBLE_EQ(value->currentValue().toDouble(), 1);

    value->setCurrentValue(2.5);
    ASSERT_TRUE(last<Decode>());
    EXPECT_EQ(last<Decode>()->code[2], 2.5F);

    QAccessibleActionInterface* actions = seen->actionInterface();
    ASSERT_NE(actions, nullptr);
    ASSERT_TRUE(actions->actionNames().contains(QStringLiteral("reset")));
    actions->doAction(QStringLiteral("reset"));
    EXPECT_EQ(last<Decode>()->code[2], 1);
    actions->doAction(QAccessibleActionInterface::increaseAction());
    EXPECT_GT(last<Decode>()->code[2], 1);
}

TEST_F(ExploreTest, LiveStatisticsDuringADragMoveNeitherTheValueNorTheRange) {
    open();
    UnitSlider& one = *slider(1);
    const QPoint from = pointAt(one, 1);
    QTest::mousePress(&one, Qt::LeftButton, {}, from);
    move(one, from + QPoint(20, 0), {});
    const double held = one.value();

    panel.showExploration(exploration(200, 3));
    EXPECT_DOUBLE_EQ(one.value(), held);
    EXPECT_DOUBLE_EQ(one.maximum(), kHigh);
    EXPECT_DOUBLE_EQ(slider(2)->maximum(), kHigh + 3) << "only the dragged slider waits";

    QTest::mouseRelease(&one, Qt::LeftButton, {}, from + QPoint(20, 0));
    EXPECT_DOUBLE_EQ(one.value(), held);
    EXPECT_DOUBLE_EQ(one.maximum(), kHigh + 3);
}

TEST_F(ExploreTest, ATypedNumberIsTakenOnEnterEvenBeyondTheRange) {
    open();
    auto* field = part<NumberField>("unitNumber4");
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("-7,5"));
    EXPECT_TRUE(all<Decode>().empty());
    QTest::keyClick(field, Qt::Key_Return);
    ASSERT_TRUE(last<Decode>());
    EXPECT_EQ(last<Decode>()->code[3], -7.5F);
    EXPECT_DOUBLE_EQ(slider(4)->value(), -7.5);

    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("-"));
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(field->text(), QStringLiteral("-7.50")) << "what is no number is given back";
    EXPECT_EQ(all<Decode>().size(), 1U);
}

TEST_F(ExploreTest, AnUneditedFieldKeepsTheDecimalsThatItDoesNotShow) {
    open();
    slider(1)->edit(1.23456);
    auto* field = part<NumberField>("unitNumber1");
    EXPECT_EQ(field->text(), QStringLiteral("1.23"));
    field->setFocus();
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(last<Decode>()->code[0], 1.23456F);
}

TEST_F(ExploreTest, ADeadUnitSaysSoInPlaceOfASlider) {
    open();
    Exploration news = exploration(200);
    news.units[4].dead = true;
    news.units[4].mean = .25F;
    panel.showExploration(news);
    EXPECT_FALSE(slider(5)->isVisible());
    EXPECT_FALSE(part<NumberField>("unitNumber5")->isVisible());
    auto* note = part<QWidget>("unitDead5");
    EXPECT_TRUE(note->isVisible());
    EXPECT_EQ(note->accessibleName(), QStringLiteral("dead: constant at 0.25"));

    panel.showExploration(exploration(300));
    EXPECT_TRUE(slider(5)->isVisible());
    EXPECT_FALSE(note->isVisible());
}

TEST_F(ExploreTest, LabelUnitsAreNamedAfterTheirLabel) {
    open(4);
    EXPECT_EQ(part<UnitRow>("unitRow1")->name(), QStringLiteral("label 0"));
    EXPECT_EQ(part<UnitRow>("unitRow4")->name(), QStringLiteral("label 3"));
    EXPECT_EQ(part<UnitRow>("unitRow5")->name(), QStringLiteral("unit 5"));
    EXPECT_EQ(slider(1)->accessibleName(), QStringLiteral("code label 0"));
}

TEST_F(ExploreTest, EveryControlHasANameForScreenReaders) {
    open();
    addData();
    for (QWidget* root : {static_cast<QWidget*>(&panel), panel.inspector()}) {
        for (const QWidget* control : root->findChildren<QWidget*>()) {
            if (control->focusPolicy() != Qt::NoFocus && control->inherits("QAbstractButton")) {
                EXPECT_FALSE(control->accessibleName().isEmpty())
                    << control->objectName().toStdString();
            }
        }
    }
}

}  // namespace
}  // namespace lmser::ui
