// SPDX-License-Identifier: GPL-3.0-or-later
// Explore on a network of category and style.
#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QMimeData>
#include <QSpinBox>
#include <QTabBar>
#include <QToolButton>
#include <QUrl>
#include <numeric>

#include "core/base/codes.h"
#include "tests/ui/explore_fixture.h"
#include "ui/explore/grid_card.h"
#include "ui/explore/style_pad.h"
#include "ui/explore/unit_list.h"
#include "ui/explore/unit_row.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/picture_sheet.h"
#include "ui/widgets/picture_thumb.h"

namespace lmser::ui {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::SizeIs;

constexpr float kClose = .03F;  // a pixel of the pad
const std::vector<float> kFirst{1, 0, 0, 0, 0, 0};

class StyleTest : public ExploreTest {
protected:
    StylePad& pad() { return *part<StylePad>("stylePad"); }

    static void move(StylePad& pad, const QPointF& to, Qt::KeyboardModifiers modifiers = {}) {
        const QPointF place = pad.toWidget(to);
        QMouseEvent event(QEvent::MouseMove, place, pad.mapToGlobal(place), Qt::NoButton,
                          Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(&pad, &event);
    }

    void drag(const QPointF& from, const QPointF& to) {
        QTest::mousePress(&pad(), Qt::LeftButton, {}, pad().toWidget(from).toPoint());
        move(pad(), (from + to) / 2);
        move(pad(), to);
        QTest::mouseRelease(&pad(), Qt::LeftButton, {}, pad().toWidget(to).toPoint());
    }

    [[nodiscard]] std::vector<float> code() const { return last<Decode>()->code; }

    static float sum(const std::vector<float>& code) {
        return std::accumulate(code.begin(), code.begin() + kClasses, 0.F);
    }
};

TEST_F(StyleTest, BeginsWithOneClearClassAndOneReflection) {
    RunOpened run;
    run.run = 1;
    run.experiment.network.layers = {{static_cast<int>(kUnits)}};
    run.experiment.network.label_units = static_cast<int>(kClasses);
    run.experiment.network.style_units = 2;
    panel.openRun(run);
    panel.showExploration(exploration());
    ASSERT_TRUE(last<Decode>());
    EXPECT_EQ(code(), kFirst);
    EXPECT_EQ(last<Decode>()->reflections, 1);
    EXPECT_FALSE(panel.undoStack()->canUndo());
}

TEST_F(StyleTest, ANetworkWithoutStylesThatFollowsShowsItsUnitsInFull) {
    openStyle();
    panel.resize(1200, 900);
    panel.show();
    RunOpened next;
    next.run = 2;
    next.experiment.network.layers = {{8}};
    panel.openRun(next);
    const auto* list = panel.findChild<UnitList*>();
    EXPECT_GE(list->maximumHeight(), 8 * 30) << "no row may be left out of the height";
}

TEST_F(StyleTest, DraggingThePadDecodesTheStylesUnderThePointer) {
    openStyle();
    drag({0, 0}, {1, -.5});
    EXPECT_THAT(code(), ElementsAre(1, 0, 0, 0, FloatNear(1, kClose), FloatNear(-.5F, kClose)));
    EXPECT_NEAR(slider(5)->value(), 1, kClose);
    EXPECT_GE(all<Decode>().size(), 2U);
}

TEST_F(StyleTest, OnePadDragIsOneUndoStep) {
    openStyle();
    drag({.2, .2}, {1.5, 1.5});
    EXPECT_EQ(panel.undoStack()->count(), 1);
    panel.undoStack()->undo();
    EXPECT_EQ(code(), kFirst);
    EXPECT_EQ(pad().point(), QPointF(0, 0));
}

TEST_F(StyleTest, ThePadEndsAtTwo) {
    openStyle();
    drag({0, 0}, {3, 9});
    EXPECT_THAT(code(), ElementsAre(1, 0, 0, 0, 2, 2));
}

TEST_F(StyleTest, ShiftDragsThePadAtATenth) {
    openStyle();
    QTest::mousePress(&pad(), Qt::LeftButton, Qt::ShiftModifier, pad().toWidget({0, 0}).toPoint());
    move(pad(), {1, 0}, Qt::ShiftModifier);
    QTest::mouseRelease(&pad(), Qt::LeftButton, Qt::ShiftModifier,
                        pad().toWidget({1, 0}).toPoint());
    EXPECT_NEAR(pad().point().x(), .1, .01);
}

TEST_F(StyleTest, ArrowKeysStepThePadFinelyWithShift) {
    openStyle();
    pad().setFocus();
    QTest::keyClick(&pad(), Qt::Key_Right);
    QTest::keyClick(&pad(), Qt::Key_Up, Qt::ShiftModifier);
    EXPECT_THAT(code(), ElementsAre(1, 0, 0, 0, FloatNear(.1F, 1e-5F), FloatNear(.01F, 1e-5F)));
    EXPECT_TRUE(pad().accessibleDescription().contains(QStringLiteral("style 1 0.10")));
}

TEST_F(StyleTest, ADoubleClickOnThePadIsOneStepBackToTheMiddle) {
    openStyle();
    drag({0, 0}, {1, 1});
    const QPoint elsewhere = pad().toWidget({-1, 0}).toPoint();
    QTest::mouseClick(&pad(), Qt::LeftButton, {}, elsewhere);
    QTest::mouseDClick(&pad(), Qt::LeftButton, {}, elsewhere);
    EXPECT_EQ(code(), kFirst);
    panel.undoStack()->undo();
    EXPECT_THAT(code(), ElementsAre(1, 0, 0, 0, FloatNear(1, kClose), FloatNear(1, kClose)));
}

TEST_F(StyleTest, ALockedStyleStaysUnderThePad) {
    openStyle();
    part<QToolButton>("unitLock6")->click();
    drag({0, 0}, {1, 1});
    EXPECT_THAT(code(), ElementsAre(1, 0, 0, 0, FloatNear(1, kClose), 0));
    EXPECT_EQ(pad().point().y(), 0) << "the pad shows what is";
}

TEST_F(StyleTest, RandomiseLeavesTheCategoryAndLockedStyles) {
    openStyle();
    part<QToolButton>("unitLock5")->click();
    part<QAbstractButton>("randomise")->click();
    const std::vector<float> now = code();
    EXPECT_EQ(std::vector<float>(now.begin(), now.begin() + 5),
              (std::vector<float>{1, 0, 0, 0, 0}));
    EXPECT_NE(now[5], 0);
    EXPECT_LE(std::abs(now[5]), 2);
}

TEST_F(StyleTest, AClassIsChosenByButtonStripAndNumberKey) {
    openStyle();
    part<QAbstractButton>("class2")->click();
    EXPECT_THAT(code(), ElementsAre(0, 0, 1, 0, 0, 0));
    QTest::keyClick(&pad(), Qt::Key_3);
    EXPECT_THAT(code(), ElementsAre(0, 0, 0, 1, 0, 0));
    QTest::keyClick(&pad(), Qt::Key_7);
    EXPECT_THAT(code(), ElementsAre(0, 0, 0, 1, 0, 0)) << "there are four classes";
    slider(5)->edit(.5);
    panel.showSheet(answer(*lastSheet(SheetKind::classes), kClasses, .1F));
    QTest::mouseClick(part<QWidget>("classPicture2"), Qt::LeftButton);
    EXPECT_THAT(code(), ElementsAre(0, 1, 0, 0, .5F, 0));
    EXPECT_TRUE(part<PictureThumb>("classPicture2")->isPresent());
    EXPECT_TRUE(part<QAbstractButton>("class1")->isChecked());
    EXPECT_EQ(panel.undoStack()->count(), 4);
}

TEST_F(StyleTest, EveryClassIsAskedForInThePresentStyleAndNotAgainForAnotherClass) {
    openStyle();
    slider(5)->edit(1.5);
    const auto asked = *lastSheet(SheetKind::classes);
    EXPECT_EQ(asked.codes, class_codes(std::vector<float>{1, 0, 0, 0, 1.5F, 0}, kClasses));
    EXPECT_EQ(asked.reflections, 1);
    part<QAbstractButton>("class2")->click();
    EXPECT_EQ(lastSheet(SheetKind::classes)->id, asked.id);
}

TEST_F(StyleTest, AStaleSheetIsIgnored) {
    openStyle();
    slider(5)->edit(1);
    const auto older = *lastSheet(SheetKind::classes);
    slider(5)->edit(2);
    const auto newer = *lastSheet(SheetKind::classes);
    const auto grey = [&] {
        return qGray(part<PictureThumb>("classPicture1")->picture().pixel(0, 0));
    };
    panel.showSheet(answer(newer, kClasses, 1));
    EXPECT_EQ(grey(), 255);
    panel.showSheet(answer(older, kClasses, 0));
    EXPECT_EQ(grey(), 255);
    DecodedSheet moved = answer(older, kClasses, 0);
    moved.id = 0;  // of moved weights, but of codes that are gone
    panel.showSheet(moved);
    EXPECT_EQ(grey(), 255);
    moved.codes = newer.codes;
    panel.showSheet(moved);
    EXPECT_EQ(grey(), 0);
    openStyle();
    panel.showSheet(answer(newer, kClasses, 1));
    EXPECT_THAT(part<PictureSheet>("classStrip")->pictures(), SizeIs(0)) << "of an earlier run";
}

TEST_F(StyleTest, PointingAtAClassPreviewsIt) {
    openStyle();
    slider(5)->edit(.5);
    panel.showSheet(answer(*lastSheet(SheetKind::classes), kClasses, .2F));
    auto* thumb = part<PictureThumb>("classPicture1");
    QEnterEvent enter({5, 5}, {5, 5}, {5, 5});
    QCoreApplication::sendEvent(thumb, &enter);
    EXPECT_EQ(qGray(part<ImageView>("explorePicture")->image().pixel(0, 0)), 51);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(thumb, &leave);
    EXPECT_TRUE(part<ImageView>("explorePicture")->image().isNull());
}

TEST_F(StyleTest, CategorySlidersAreThereOnlyWhereClassesAreMixed) {
    openStyle();
    EXPECT_FALSE(slider(1)->isVisible());
    part<QAbstractButton>("mixingMixture")->click();
    EXPECT_TRUE(slider(1)->isVisible());
    EXPECT_FALSE(part<QToolButton>("unitLock1")->isVisible());
    EXPECT_DOUBLE_EQ(slider(1)->minimum(), 0);
    EXPECT_DOUBLE_EQ(slider(1)->maximum(), 1);
    part<QAbstractButton>("mixingOneClass")->click();
    EXPECT_FALSE(slider(1)->isVisible());
}

TEST_F(StyleTest, AMixtureSumsToOneWhateverIsMoved) {
    openStyle();
    part<QAbstractButton>("mixingMixture")->click();
    for (const auto& [unit, value] : {std::pair{1, .6}, std::pair{3, .9}, std::pair{2, .3}}) {
        slider(unit)->edit(value);
        EXPECT_NEAR(sum(code()), 1, 1e-5) << unit;
        EXPECT_FLOAT_EQ(code()[static_cast<std::size_t>(unit - 1)], static_cast<float>(value));
    }
    part<QAbstractButton>("mixingOneClass")->click();
    EXPECT_FLOAT_EQ(sum(code()), 1);
    EXPECT_EQ(code()[category_of(code(), kClasses)], 1);
}

TEST_F(StyleTest, ACategoryDragIsOneUndoStepForAllThatItMoved) {
    openStyle();
    part<QAbstractButton>("mixingMixture")->click();
    ExploreTest::drag(*slider(2), 40);
    ASSERT_GT(code()[1], 0);
    EXPECT_LT(code()[0], 1);
    panel.undoStack()->undo();
    EXPECT_EQ(code(), kFirst);
}

TEST_F(StyleTest, FreeCategoriesMoveByThemselves) {
    openStyle();
    part<QAbstractButton>("mixingFree")->click();
    slider(2)->edit(.8);
    EXPECT_THAT(code(), ElementsAre(1, .8F, 0, 0, 0, 0));
    part<QAbstractButton>("mixingMixture")->click();
    EXPECT_NEAR(sum(code()), 1, 1e-5);
}

TEST_F(StyleTest, AMixedCodeFromElsewhereShowsItsSliders) {
    openStyle();
    CodeOpened opened;
    part<QAbstractButton>("openCode")->click();  // nobody to ask: nothing is asked for
    EXPECT_FALSE(last<OpenCode>());
    QMimeData file;
    file.setUrls({QUrl::fromLocalFile(QStringLiteral("/kept/four.json"))});
    ASSERT_TRUE(panel.canTake(&file));
    panel.take(&file);
    opened.id = last<OpenCode>()->id;
    opened.file = "/kept/four.json";
    opened.code = {.5F, .5F, 0, 0, 1, -1};
    opened.reflections = 2;
    panel.showCodeOpened(opened);
    EXPECT_EQ(code(), opened.code);
    EXPECT_EQ(last<Decode>()->reflections, 2);
    EXPECT_TRUE(part<QAbstractButton>("mixingMixture")->isChecked());
    EXPECT_TRUE(slider(1)->isVisible());
    EXPECT_EQ(part<QSpinBox>("reflections")->value(), 2);
    panel.undoStack()->undo();
    EXPECT_EQ(code(), kFirst);
    EXPECT_EQ(last<Decode>()->reflections, 1) << "code and reflections are one step";
}

TEST_F(StyleTest, ACodeOfAnotherLengthIsRefusedAndChangesNothing) {
    openStyle();
    QMimeData file;
    file.setUrls({QUrl::fromLocalFile(QStringLiteral("/kept/other.json"))});
    panel.take(&file);
    CodeOpened opened{last<OpenCode>()->id, "/kept/other.json", {1, 2, 3}, 1};
    panel.showCodeOpened(opened);
    ASSERT_THAT(errors, SizeIs(1));
    EXPECT_EQ(errors[0].code, ErrorCode::bad_data);
    EXPECT_FALSE(panel.undoStack()->canUndo());
    EXPECT_EQ(pad().point(), QPointF(0, 0));
}

TEST_F(StyleTest, TheReflectionSwitchShowsThePictureWithoutAndWithIt) {
    openStyle();
    part<QAbstractButton>("class1")->click();
    const auto compared = *lastSheet(SheetKind::comparison);
    EXPECT_EQ(compared.reflections, 0);
    EXPECT_EQ(compared.codes, code());
    panel.showDecoded(decoded(last<Decode>()->id, code(), 1));
    panel.showSheet(answer(compared, 1, 0));
    const auto grey = [this](const char* name) {
        return qGray(part<PictureThumb>(name)->picture().pixel(0, 0));
    };
    EXPECT_EQ(grey("withReflection"), 255);
    EXPECT_EQ(grey("withoutReflection"), 0);
    part<QAbstractButton>("oneMoreReflection")->click();
    EXPECT_EQ(last<Decode>()->reflections, 0);
    EXPECT_EQ(lastSheet(SheetKind::comparison)->reflections, 1);
    EXPECT_EQ(lastSheet(SheetKind::classes)->reflections, 0);
    part<QSpinBox>("reflections")->setValue(3);
    EXPECT_EQ(last<Decode>()->reflections, 3);
    EXPECT_TRUE(part<QAbstractButton>("oneMoreReflection")->isChecked());
}

TEST_F(StyleTest, MoreThanTwoStylesChooseTheAxesOfThePad) {
    open(2, 4);
    auto* across = part<QComboBox>("padAcross");
    ASSERT_TRUE(across->isVisible());
    across->setCurrentIndex(3);
    Q_EMIT across->activated(3);
    drag({0, 0}, {1, 0});
    EXPECT_NEAR(code()[5], 1, kClose);
    EXPECT_EQ(code()[2], 0);
    auto* up = part<QComboBox>("padUp");
    up->setCurrentIndex(3);
    Q_EMIT up->activated(3);
    EXPECT_EQ(across->currentIndex(), 1) << "the axes change places";
}

TEST_F(StyleTest, ClassesAndUnitsAreNamedAfterTheData) {
    openStyle();
    DatasetLoaded data;
    data.test_images = 50;
    data.shape = {1, 28, 28};
    data.classes = {"bag", "coat", "ankle boot", "shirt"};
    panel.setDataset(data);
    EXPECT_EQ(part<UnitRow>("unitRow3")->name(), QStringLiteral("ankle boot"));
    EXPECT_EQ(part<UnitRow>("unitRow5")->name(), QStringLiteral("style 1"));
    EXPECT_EQ(part<QAbstractButton>("class2")->text(), QStringLiteral("ankle boot"));
    EXPECT_FALSE(last<EncodeTestImage>()) << "the code is clear from the beginning";
}

TEST_F(StyleTest, TheGridIsAskedForWhenItIsLookedAtAndAClickSetsBothUnits) {
    openStyle();
    EXPECT_FALSE(lastSheet(SheetKind::grid));
    part<QTabBar>("exploreTabs")->setCurrentIndex(2);
    ASSERT_TRUE(lastSheet(SheetKind::grid));
    part<QSpinBox>("gridSteps")->setValue(3);
    const auto asked = *lastSheet(SheetKind::grid);
    const std::vector<float> across = steps_between(-4, 4, 3);
    EXPECT_EQ(asked.codes, grid_codes(kFirst, 4, across, 5, std::vector<float>{4, 0, -4}));
    panel.showSheet(answer(asked, 9, 0));
    EXPECT_EQ(part<PictureSheet>("gridSheet")->present(), 4U);
    QTest::mouseClick(part<QWidget>("gridPicture3"), Qt::LeftButton);
    EXPECT_THAT(code(), ElementsAre(1, 0, 0, 0, 4, 4));
    EXPECT_EQ(panel.undoStack()->count(), 1);
}

TEST_F(StyleTest, AGridOfOneUnitIsARow) {
    openStyle();
    part<QTabBar>("exploreTabs")->setCurrentIndex(2);
    auto* up = part<QComboBox>("gridUp");
    up->setCurrentIndex(up->count() - 1);
    Q_EMIT up->activated(up->count() - 1);
    EXPECT_EQ(lastSheet(SheetKind::grid)->codes.size(), 7 * kUnits);
}

TEST_F(StyleTest, TheCodeIsShownAsCategoryAndStyle) {
    openStyle();
    slider(5)->edit(1.08);
    auto* text = part<QLabel>("codeText");
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return text->text() == QStringLiteral("1 0 0 0 | 1.08 0.00"); }, kDeadline));
}

TEST_F(StyleTest, ANetworkWithoutStyleHasNoPadAndNoClassStrip) {
    open(4);
    EXPECT_FALSE(pad().isVisible());
    EXPECT_FALSE(part<QWidget>("classStrip")->isVisible());
    EXPECT_FALSE(lastSheet(SheetKind::classes));
    EXPECT_TRUE(slider(1)->isVisible());
    EXPECT_EQ(last<Decode>(), std::nullopt);
}

}  // namespace
}  // namespace lmser::ui
