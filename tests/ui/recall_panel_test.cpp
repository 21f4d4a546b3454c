// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/recall_panel.h"

#include <QAction>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QSpinBox>

#include "tests/ui/recall_fixture.h"
#include "tests/ui/support/wait.h"
#include "ui/recall/compared_view.h"
#include "ui/recall/hole_numbers.h"
#include "ui/recall/photo_handles.h"
#include "ui/recall/recalled_card.h"
#include "ui/recall/trail_card.h"
#include "ui/widgets/picture_sheet.h"
#include "ui/widgets/unit_slider.h"

namespace lmser::ui {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

class RecallPanelTest : public RecallFixture {
protected:
    int shownGrey() { return qGray(find<ComparedView>("comparedView")->picture().pixel(0, 0)); }
    RecalledCard& card() { return *find<RecalledCard>("recalledCard"); }
    HoleNumbers& numbers() { return *find<HoleNumbers>("holeNumbers"); }
};

TEST_F(RecallPanelTest, AsksForSamplesAndTakesTheFirstWithoutAnyData) {
    start();
    EXPECT_EQ(last<TakeSample>().index, 0U);
    EXPECT_TRUE(canvas().hasPicture());
    EXPECT_EQ(find<QLabel>("samplesNote")->text(),
              QStringLiteral("12 samples, made by the model itself"));
    EXPECT_EQ(find<PictureSheet>("recallSamples")->present(), 0U);
}

TEST_F(RecallPanelTest, WithoutSamplesTheFirstTestPictureIsTakenWhenItsDataAreThere) {
    open(1, false);
    Samples none;
    none.id = last<ShowSamples>().id;
    none.note = "its file holds no statistics";
    panel.showSamples(none);
    EXPECT_THAT(all<TakeTestPicture>(), IsEmpty());
    DatasetLoaded dataset;
    dataset.shape = kFace;
    dataset.test_images = 20;
    panel.setDataset(dataset);
    EXPECT_EQ(last<TakeTestPicture>().index, 0U);
}

TEST_F(RecallPanelTest, AsksForNothingWhileItIsNotLookedAt) {
    panel.hide();
    open();
    EXPECT_THAT(asked, IsEmpty());
    panel.show();
    EXPECT_THAT(all<ShowSamples>(), SizeIs(1));
}

TEST_F(RecallPanelTest, EveryMoveOfAStrokeIsRecalledAndItsEndIsComparedAndTrailed) {
    start();
    asked.clear();
    stroke(3);
    const auto recalls = all<RecallPicture>();
    ASSERT_THAT(recalls, SizeIs(testing::Ge(4U)));  // the dab, three moves, the end
    EXPECT_FALSE(recalls.front().settle);
    EXPECT_TRUE(recalls.back().settle);
    EXPECT_EQ(recalls.back().hidden, canvas().mask());
    EXPECT_GT(hidden_count(recalls.back().hidden), hidden_count(recalls.front().hidden));
    ASSERT_THAT(all<TrailPicture>(), SizeIs(1));
    EXPECT_EQ(last<TrailPicture>().options.rounds, 10);
}

TEST_F(RecallPanelTest, ShowsTheNewestRecallAndNoOlderOne) {
    start();
    stroke(2);
    const auto recalls = all<RecallPicture>();
    answer(recalls.back(), 1);
    answer(recalls[recalls.size() - 2], 0);
    EXPECT_EQ(shownGrey(), 255);
}

TEST_F(RecallPanelTest, ARecallOfThePictureBeforeIsNotShown) {
    start();
    stroke();
    const auto recalls = all<RecallPicture>();
    answer(recalls[recalls.size() - 2], 0);
    click("recallSample2");
    take(last<TakeSample>().id, facesOf(.5F));
    answer(recalls.back(), 1);
    EXPECT_EQ(shownGrey(), 0);
}

TEST_F(RecallPanelTest, NumbersCompareWithWhatNeedsNoNetworkWhenTheStrokeEnds) {
    start();
    stroke();
    const auto recalls = all<RecallPicture>();
    answer(recalls[recalls.size() - 2], .4F);
    EXPECT_EQ(numbers().text(0), QStringLiteral("20.3 dB .01"));
    EXPECT_EQ(numbers().text(1), QStringLiteral("… "));
    answer(recalls.back(), .4F);
    EXPECT_EQ(numbers().text(1), QStringLiteral("18.0 dB .016"));
    EXPECT_EQ(numbers().text(2), QStringLiteral("14.7 dB .034"));
}

TEST_F(RecallPanelTest, TellsHowLongAStrokeWaitedForItsPixels) {
    start();
    std::vector<double> told;
    QObject::connect(&panel, &RecallPanel::strokeMeasured, &panel,
                     [&](double milliseconds) { told.push_back(milliseconds); });
    stroke();
    const auto recalls = all<RecallPicture>();
    answer(recalls[recalls.size() - 2], .4F);
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_GE(told.front(), 0);
    answer(recalls.back(), .4F);
    EXPECT_THAT(told, SizeIs(1)) << "what is compared at the end is no stroke";
}

TEST_F(RecallPanelTest, AClickedRoundBecomesTheNumberOfRounds) {
    start();
    stroke();
    RecalledTrail trail;
    trail.id = last<TrailPicture>().id;
    trail.rounds = facesOf(.5F, 10);
    trail.change = {.1, .05, .02, .01, .009, .008, .007, .006, .005, .004};
    panel.showTrail(trail);
    click("trailRound5");
    EXPECT_EQ(find<QSpinBox>("recallRounds")->value(), 5);
    EXPECT_EQ(last<RecallPicture>().options.rounds, 5);
    EXPECT_EQ(find<PictureSheet>("trailRounds")->present(), 4U);
}

TEST_F(RecallPanelTest, AnotherPictureKeepsTheMaskOnlyWhereThatIsAskedFor) {
    start();
    stroke();
    ASSERT_GT(hidden_count(canvas().mask()), 0U);
    click("keepMask");
    click("recallSample2");
    EXPECT_EQ(last<TakeSample>().index, 1U);
    take(last<TakeSample>().id, facesOf(.6F));
    EXPECT_GT(hidden_count(canvas().mask()), 0U);
    click("keepMask");
    click("recallSample3");
    take(last<TakeSample>().id, facesOf(.6F));
    EXPECT_EQ(hidden_count(canvas().mask()), 0U);
}

TEST_F(RecallPanelTest, AnotherNetworkRecallsTheSamePictureUnderTheSameMask) {
    start();
    stroke();
    const Mask mask = canvas().mask();
    asked.clear();
    open(2);
    ASSERT_THAT(all<RecallPicture>(), SizeIs(testing::Ge(1U)));
    EXPECT_EQ(last<RecallPicture>().hidden, mask);
    open(3, true, {1, 28, 28});
    EXPECT_FALSE(canvas().hasPicture());
}

TEST_F(RecallPanelTest, HandlesAlignThePhotoLiveAndKeepTheMask) {
    start();
    auto photo = std::make_shared<const Images>(facesOf(.3F, 1, {3, 40, 40}));
    QImage pasted(40, 40, QImage::Format_RGB32);
    pasted.fill(kWhitePixels);
    QMimeData what;
    what.setImageData(pasted);
    panel.take(&what);
    take(last<TakePhoto>().id, facesOf(.3F), photo);
    stroke();
    const std::size_t hidden = hidden_count(canvas().mask());
    auto* eye = find<PhotoHandle>("leftEyeHandle");
    ASSERT_TRUE(waitUntil([&] { return eye->isVisibleTo(inspector.get()); }));
    const double before = find<PhotoHandles>("photoHandles")->points().left_eye.x;
    QTest::keyClick(eye, Qt::Key_Right, Qt::ShiftModifier);
    ASSERT_THAT(all<AlignPhoto>(), SizeIs(1));
    EXPECT_GT(last<AlignPhoto>().points.left_eye.x, before);
    take(last<AlignPhoto>().id, facesOf(.35F), photo);
    EXPECT_EQ(hidden_count(canvas().mask()), hidden);
    EXPECT_EQ(last<RecallPicture>().picture, facesOf(.35F));
}

TEST_F(RecallPanelTest, SlidersMoveTheFaceFromWhereItStands) {
    start();
    MovedFace place;
    place.id = last<MoveFace>().id;
    place.picture = facesOf(.5F);
    place.axis_std = {2, 1};
    place.place = {.5F, -1};
    panel.showMoved(place);
    auto* slider = find<UnitSlider>("faceSlider1");
    EXPECT_DOUBLE_EQ(slider->value(), .5);
    EXPECT_FALSE(find<UnitSlider>("faceSlider3")->isVisibleTo(inspector.get()));
    slider->edit(2);
    EXPECT_THAT(last<MoveFace>().steps, ElementsAre(1.5F, 0.F));
    place.id = last<MoveFace>().id;
    place.picture = facesOf(1);
    panel.showMoved(place);
    EXPECT_EQ(card().view(), RecallView::moved);
    EXPECT_EQ(shownGrey(), 255);
    stroke();
    EXPECT_EQ(card().view(), RecallView::composed) << "the brush is about the recall";
}

TEST_F(RecallPanelTest, WithoutStatisticsThereAreNoSlidersAndItSaysSo) {
    open(1, false);
    EXPECT_FALSE(find<UnitSlider>("faceSlider1")->isVisibleTo(inspector.get()));
    EXPECT_THAT(all<MoveFace>(), IsEmpty());
}

TEST_F(RecallPanelTest, ADifferenceIsGreyWhereNothingDiffers) {
    start();
    stroke();
    click("differenceView");
    answer(last<RecallPicture>(), .5F);
    EXPECT_NEAR(shownGrey(), 128, 1);
    stroke(2);
    answer(last<RecallPicture>(), .75F);
    EXPECT_NEAR(shownGrey(), 191, 1);
}

TEST_F(RecallPanelTest, ExportsWithTheFineMembrane) {
    start();
    stroke();
    answers->path = QStringLiteral("/tmp/face.png");
    for (QAction* action : panel.exportActions()) {
        EXPECT_TRUE(action->isEnabled());
        action->trigger();
    }
    ASSERT_TRUE(waitUntil([this] { return all<ExportRecall>().size() == 3; }));
    EXPECT_THAT(all<ExportRecall>(),
                Each(Field(&ExportRecall::options,
                           Field(&RecallOptions::membrane_rounds, kFineMembraneRounds))));
    EXPECT_EQ(last<SaveMask>().mask, canvas().mask());
    EXPECT_EQ(answers->suggestion, QStringLiteral("celeba-recall-mask.png"));
}

TEST_F(RecallPanelTest, AnOpenedMaskIsOneStepToUndo) {
    start();
    answers->path = QStringLiteral("/tmp/mask.png");
    click("openMask");
    ASSERT_TRUE(waitUntil([this] { return !all<OpenMask>().empty(); }));
    panel.showOpenedMask({last<OpenMask>().id, preset_mask(MaskPreset::left_half, 16, 16)});
    EXPECT_EQ(hidden_count(canvas().mask()), 128U);
    panel.undoStack()->undo();
    EXPECT_EQ(hidden_count(canvas().mask()), 0U);
}

TEST_F(RecallPanelTest, ANetworkOfWholePicturesFillsWithTheMeanAndSaysWhy) {
    RunOpened run;
    run.run = 1;
    run.experiment.preset = "lmser-un";
    panel.openRun(run);
    EXPECT_EQ(find<QComboBox>("recallFill")->currentIndex(), static_cast<int>(HoleFill::mean));
    EXPECT_TRUE(find<QLabel>("modelNote")->isVisibleTo(&panel));
}

TEST_F(RecallPanelTest, EveryControlHasAnAccessibleName) {
    start();
    for (QWidget* root : {static_cast<QWidget*>(&panel), inspector.get()}) {
        for (const QWidget* widget : root->findChildren<QWidget*>()) {
            if ((widget->focusPolicy() & Qt::TabFocus) == 0 ||
                widget->objectName().startsWith("qt_")) {
                continue;
            }
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool named = !widget->accessibleName().isEmpty() ||
                               (button != nullptr && !button->text().isEmpty());
            EXPECT_TRUE(named) << widget->objectName().toStdString() << " "
                               << widget->metaObject()->className();
        }
    }
}

}  // namespace
}  // namespace lmser::ui
