// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QToolButton>
#include <memory>

#include "tests/ui/explore_fixture.h"
#include "ui/explore/code_text.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/sweep_strip.h"

namespace lmser::ui {
namespace {

int greyOf(const QImage& image) {
    return image.isNull() ? -1 : qGray(image.pixel(0, 0));
}

TEST_F(ExploreTest, WithoutARunItSaysWhatToDoNext) {
    panel.show();
    EXPECT_TRUE(part<QLabel>("exploreEmpty")->isVisible());
    open();
    EXPECT_FALSE(part<QLabel>("exploreEmpty")->isVisible());
    EXPECT_TRUE(slider(1)->isVisible());
}

TEST_F(ExploreTest, TheFirstStatisticsOfARunAskForThePictureOfTheMeanCode) {
    RunOpened run;
    run.run = 1;
    run.experiment.network.layers = {{8}, {static_cast<int>(kUnits)}};
    panel.openRun(run);
    EXPECT_TRUE(all<Decode>().empty());
    panel.showExploration(exploration());
    ASSERT_TRUE(last<Decode>());
    EXPECT_EQ(last<Decode>()->code, std::vector<float>(kUnits, 1));
}

TEST_F(ExploreTest, StatisticsThatComeBeforeTheirRunAreKeptForIt) {
    panel.showExploration(exploration());
    EXPECT_TRUE(commands.empty());
    RunOpened run;
    run.run = 1;
    run.experiment.network.layers = {{static_cast<int>(kUnits)}};
    panel.openRun(run);
    ASSERT_TRUE(last<Decode>());
    EXPECT_DOUBLE_EQ(slider(1)->maximum(), kHigh);
}

TEST_F(ExploreTest, OneDragIsOneUndoStep) {
    open();
    drag(*slider(2), 60);
    const double dragged = slider(2)->value();
    drag(*slider(3), 40);
    part<QAbstractButton>("undo")->click();
    EXPECT_DOUBLE_EQ(slider(3)->value(), 1);
    EXPECT_DOUBLE_EQ(slider(2)->value(), dragged);
    part<QAbstractButton>("undo")->click();
    EXPECT_DOUBLE_EQ(slider(2)->value(), 1);
    EXPECT_EQ(last<Decode>()->code, std::vector<float>(kUnits, 1));
    EXPECT_FALSE(part<QAbstractButton>("undo")->isEnabled());
    part<QAbstractButton>("redo")->click();
    EXPECT_NEAR(slider(2)->value(), dragged, 1e-6);
}

TEST_F(ExploreTest, RandomiseLeavesLockedUnitsAndStaysInTheRange) {
    open();
    part<QToolButton>("unitLock2")->click();
    part<QAbstractButton>("randomise")->click();
    const auto code = last<Decode>()->code;
    EXPECT_EQ(code[1], 1);
    for (const std::size_t unit : {0U, 2U, 3U, 4U, 5U}) {
        EXPECT_NE(code[unit], 1);
        EXPECT_GE(static_cast<double>(code[unit]), kLow);
        EXPECT_LE(static_cast<double>(code[unit]), kHigh);
    }
}

TEST_F(ExploreTest, ResetAllLeavesLockedUnits) {
    open();
    slider(1)->edit(3);
    slider(2)->edit(3);
    part<QToolButton>("unitLock2")->click();
    part<QAbstractButton>("resetAll")->click();
    EXPECT_DOUBLE_EQ(slider(1)->value(), 1);
    EXPECT_DOUBLE_EQ(slider(2)->value(), 3);
}

TEST_F(ExploreTest, TheRangeMenuTakesTheEndsFromTheDataOrFromTheUser) {
    open();
    const auto choose = [this](const char* name) { part<QAction>(name)->trigger(); };
    choose("rangeExtremes");
    EXPECT_DOUBLE_EQ(slider(1)->minimum(), -8);
    EXPECT_DOUBLE_EQ(slider(1)->maximum(), 6);
    choose("rangeDeviations");
    EXPECT_DOUBLE_EQ(slider(1)->minimum(), -2);
    EXPECT_DOUBLE_EQ(slider(1)->maximum(), 4);
    choose("rangeFixed");
    EXPECT_DOUBLE_EQ(slider(1)->minimum(), -5);
    EXPECT_DOUBLE_EQ(slider(1)->maximum(), 5);
    auto* high = part<NumberField>("fixedHigh");
    ASSERT_TRUE(high->isVisible());
    high->setFocus();
    high->selectAll();
    QTest::keyClicks(high, QStringLiteral("9"));
    QTest::keyClick(high, Qt::Key_Return);
    EXPECT_DOUBLE_EQ(slider(1)->maximum(), 9);
    choose("rangePercentiles");
    EXPECT_DOUBLE_EQ(slider(1)->maximum(), kHigh);
    EXPECT_DOUBLE_EQ(slider(1)->value(), 1) << "the value stays";
    EXPECT_TRUE(all<Decode>().empty());
}

TEST_F(ExploreTest, ACopiedCodePastesBackToTheSameFloats) {
    open();
    slider(1)->edit(1.0 / 3);
    part<QAbstractButton>("copyCode")->click();
    const auto copied = last<Decode>()->code;
    part<QAbstractButton>("resetAll")->click();
    part<QAbstractButton>("pasteCode")->click();
    EXPECT_EQ(last<Decode>()->code, copied);
    EXPECT_TRUE(errors.empty());
}

TEST_F(ExploreTest, PastingWhatIsNoCodeIsRefusedWithASentence) {
    open();
    const std::pair<const char*, const char*> refused[] = {
        {"", "no text"},
        {"hello", "not a JSON array"},
        {"{\"a\": 1}", "not a JSON array"},
        {"[1, 2, 3]", "has 3 numbers, but the code of this network has 6"},
        {"[1, 2, 3, 4, 5, \"six\"]", "entry 6"},
        {"[1, 2, 1e39, 4, 5, 6]", "entry 3"},
    };
    for (const auto& [text, reason] : refused) {
        errors.clear();
        QGuiApplication::clipboard()->setText(QLatin1String(text));
        panel.pasteCode();
        ASSERT_EQ(errors.size(), 1U) << text;
        EXPECT_EQ(errors[0].code, ErrorCode::bad_data);
        EXPECT_NE(errors[0].message.find(reason), std::string::npos) << errors[0].message;
    }
    EXPECT_TRUE(all<Decode>().empty());
}

TEST_F(ExploreTest, TheSweepOfTheSelectedUnitIsAskedForOnceTheCodeSettles) {
    open();
    slider(2)->setFocus();
    slider(3)->edit(2);
    slider(3)->edit(2.5);
    ASSERT_TRUE(waitFor<Sweep>());
    const auto sweep = *last<Sweep>();
    EXPECT_EQ(sweep.unit, 1U);
    EXPECT_EQ(sweep.code[2], 2.5F);
    EXPECT_EQ(sweep.count, 9U);
    EXPECT_EQ(sweep.low, static_cast<float>(kLow));
    EXPECT_EQ(sweep.high, static_cast<float>(kHigh));
}

TEST_F(ExploreTest, PointingAtASweepPicturePreviewsItAndAClickSetsTheUnit) {
    open();
    ASSERT_TRUE(waitFor<Sweep>());
    panel.showDecoded(decoded(1'000'000, std::vector<float>(kUnits, 1), 0));
    SweptPictures swept{.id = last<Sweep>()->id, .unit = 0, .values = {-4, 0, 4}, .pictures = {}};
    for (const float grey : {.2F, .4F, 1.0F}) {
        const Images one = picture(grey);
        swept.pictures.values.insert(swept.pictures.values.end(), one.values.begin(),
                                     one.values.end());
    }
    panel.showSwept(swept);
    EXPECT_EQ(part<SweepStrip>("sweepStrip")->presentIndex(), 1U);

    auto* third = part<QAbstractButton>("sweepPicture3");
    auto* hero = part<ImageView>("explorePicture");
    QEnterEvent enter({5, 5}, {5, 5}, {5, 5});
    QCoreApplication::sendEvent(third, &enter);
    EXPECT_EQ(greyOf(hero->image()), 255);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(third, &leave);
    EXPECT_EQ(greyOf(hero->image()), 0);

    QTest::mouseClick(third, Qt::LeftButton);
    ASSERT_TRUE(last<Decode>());
    EXPECT_EQ(last<Decode>()->code[0], 4);
    EXPECT_EQ(part<SweepStrip>("sweepStrip")->presentIndex(), 2U);
    EXPECT_EQ(panel.undoStack()->count(), 1);
}

TEST_F(ExploreTest, ClosingDuringAPreviewEndsItQuietly) {
    auto closing = std::make_unique<ExplorePanel>();
    std::optional<Sweep> asked;
    QObject::connect(closing.get(), &ExplorePanel::commandRequested, [&](const Command& command) {
        if (const auto* sweep = std::get_if<Sweep>(&command)) {
            asked = *sweep;
        }
    });
    RunOpened run;
    run.run = 1;
    run.experiment.network.layers = {{static_cast<int>(kUnits)}};
    closing->openRun(run);
    closing->showExploration(exploration());
    closing->show();
    closing->activateWindow();
    ASSERT_TRUE(QTest::qWaitFor([&] { return asked.has_value(); }, kDeadline));
    closing->showSwept({.id = asked->id, .unit = 0, .values = {0}, .pictures = picture(1)});
    closing->findChild<QAbstractButton*>(QStringLiteral("sweepPicture1"))->setFocus();
    const auto* hero = closing->findChild<ImageView*>(QStringLiteral("explorePicture"));
    ASSERT_EQ(greyOf(hero->image()), 255);
    closing.reset();  // the sanitizers see what goes wrong here
}

TEST_F(ExploreTest, APictureOlderThanTheShownOneIsDropped) {
    open();
    slider(1)->edit(2);
    const auto older = *last<Decode>();
    slider(1)->edit(3);
    const auto newer = *last<Decode>();
    auto* hero = part<ImageView>("explorePicture");
    panel.showDecoded(decoded(newer.id, newer.code, 1));
    panel.showDecoded(decoded(older.id, older.code, 0));
    EXPECT_EQ(greyOf(hero->image()), 255);
    panel.showDecoded(decoded(0, older.code, 0));
    EXPECT_EQ(greyOf(hero->image()), 255) << "moved weights, but a code that is gone";
    panel.showDecoded(decoded(0, newer.code, .2F));
    EXPECT_EQ(greyOf(hero->image()), 51);
    EXPECT_TRUE(part<QLabel>("exploreStatus")->text().startsWith(QStringLiteral("0.3 ms")));
}

TEST_F(ExploreTest, APictureOfAnEarlierRunIsDropped) {
    open();
    slider(1)->edit(2);
    const auto asked = *last<Decode>();
    open();
    panel.showDecoded(decoded(asked.id, asked.code, 1));
    EXPECT_TRUE(part<ImageView>("explorePicture")->image().isNull());
}

TEST_F(ExploreTest, ATestPictureBecomesTheStartThatAResetLeadsTo) {
    open();
    addData();
    EXPECT_EQ(last<EncodeTestImage>()->index, 0U);
    answerEncode({0, .5F, 0, 0, 0, 0});
    EXPECT_DOUBLE_EQ(slider(2)->value(), .5);
    EXPECT_FALSE(panel.undoStack()->canUndo()) << "the first start is no step";
    EXPECT_EQ(part<QLabel>("startLabel")->text(), QStringLiteral("label two"));
    EXPECT_EQ(greyOf(part<ImageView>("startReconstruction")->image()), 128);

    slider(2)->edit(3);
    part<QToolButton>("unitReset2")->click();
    EXPECT_DOUBLE_EQ(slider(2)->value(), .5);

    part<QAbstractButton>("previousTestImage")->click();
    EXPECT_EQ(last<EncodeTestImage>()->index, 49U);
    answerEncode({2, 2, 2, 2, 2, 2});
    EXPECT_DOUBLE_EQ(slider(1)->value(), 2);
    panel.undoStack()->undo();
    EXPECT_DOUBLE_EQ(slider(2)->value(), .5);
}

TEST_F(ExploreTest, WhileWeightsMoveAnUntouchedCodeFollowsItsStartAndATouchedOneStays) {
    open();
    addData();
    answerEncode(std::vector<float>(kUnits, 0));
    const std::size_t asked = all<EncodeTestImage>().size();
    panel.showExploration(exploration(200));
    ASSERT_EQ(all<EncodeTestImage>().size(), asked + 1);
    answerEncode(std::vector<float>(kUnits, .5F));
    EXPECT_DOUBLE_EQ(slider(1)->value(), .5);

    slider(1)->edit(2);
    panel.showExploration(exploration(300));
    answerEncode(std::vector<float>(kUnits, -1));
    EXPECT_DOUBLE_EQ(slider(1)->value(), 2);
    EXPECT_DOUBLE_EQ(slider(2)->value(), .5);
    part<QAbstractButton>("resetAll")->click();
    EXPECT_DOUBLE_EQ(slider(1)->value(), -1);
}

TEST_F(ExploreTest, DataOfAnotherPictureSizeGivesNoStart) {
    open();
    DatasetLoaded data;
    data.test_images = 50;
    data.shape = {3, 32, 32};
    panel.setDataset(data);
    EXPECT_FALSE(last<EncodeTestImage>());
    EXPECT_FALSE(part<QAbstractButton>("nextTestImage")->isEnabled());
}

TEST_F(ExploreTest, KeepingTheSnapshotStaysChosenUntilTheSessionConfirmsIt) {
    open();
    part<QAbstractButton>("keepSnapshot")->click();
    ASSERT_TRUE(last<FollowLive>());
    EXPECT_FALSE(last<FollowLive>()->live);
    panel.showExploration(exploration(200));  // still live: on its way when the user chose
    EXPECT_TRUE(part<QAbstractButton>("keepSnapshot")->isChecked());
    Exploration kept = exploration(200);
    kept.live = false;
    panel.showExploration(kept);
    EXPECT_TRUE(part<QAbstractButton>("keepSnapshot")->isChecked());
    EXPECT_TRUE(part<QLabel>("exploreIteration")->text().contains(QStringLiteral("200")));
}

TEST_F(ExploreTest, ShortcutsNeedAStartPictureAndGoWithEveryDecode) {
    open();
    auto* shortcuts = part<QAbstractButton>("shortcuts");
    EXPECT_FALSE(shortcuts->isEnabled());
    addData();
    answerEncode(std::vector<float>(kUnits, 0));
    ASSERT_TRUE(shortcuts->isEnabled());
    shortcuts->click();
    EXPECT_TRUE(last<Decode>()->shortcuts);
    slider(1)->edit(2);
    EXPECT_TRUE(last<Decode>()->shortcuts);
}

TEST_F(ExploreTest, TheCodeIsShownAsText) {
    open();
    slider(1)->edit(-2.5);
    auto* text = part<QLabel>("codeText");
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return text->text() == QStringLiteral("[-2.50, 1.00, 1.00, 1.00, 1.00, 1.00]"); },
        kDeadline));
}

TEST_F(ExploreTest, ThePictureGrowsWithTheWindowAndNoHeightStaysEmpty) {
    open();
    const auto* hero = panel.findChild<QWidget*>(QStringLiteral("explorePicture"));
    const auto* last = panel.findChild<QWidget*>(QStringLiteral("morphCard"));
    const int before = std::min(hero->width(), hero->height());
    panel.resize(1400, 1000);
    ASSERT_TRUE(QTest::qWaitFor([&] { return std::min(hero->width(), hero->height()) > before; },
                                kDeadline));
    constexpr int kMostBelow = 48;  // the padding of the card and of the workspace
    EXPECT_GE(last->mapTo(&panel, QPoint(0, last->height())).y(), panel.height() - kMostBelow);
}

TEST(CodeText, ReadsBackTheSameFloats) {
    const std::vector<float> code{.1F, -3.14159274F, 1e-20F, 0, 65504, 1.0F / 3};
    const auto read = codeFromText(textOfCode(code), code.size());
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value(), code);
}

}  // namespace
}  // namespace lmser::ui
