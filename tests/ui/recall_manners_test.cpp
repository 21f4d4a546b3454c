// SPDX-License-Identifier: GPL-3.0-or-later
// What Recall must not do behind the user's back.
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QMimeData>
#include <QSpinBox>
#include <QUndoStack>
#include <QWheelEvent>

#include "tests/ui/recall_fixture.h"
#include "tests/ui/support/wait.h"

namespace lmser::ui {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class RecallMannersTest : public RecallFixture {
protected:
    /// Data with that many test pictures are there.
    void addTests(std::int64_t count) {
        DatasetLoaded dataset;
        dataset.title = "CelebA";
        dataset.shape = kFace;
        dataset.test_images = count;
        panel.setDataset(dataset);
    }
    void dropPhoto() {
        QImage photo(40, 40, QImage::Format_RGB32);
        photo.fill(Qt::gray);
        QMimeData what;
        what.setImageData(photo);
        panel.take(&what);
    }
};

/// Whether the wheel was left to what the widget lies in.
bool leavesWheel(QWidget* widget) {
    QWheelEvent event({5, 5}, {5, 5}, {}, {0, -120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    event.accept();
    QCoreApplication::sendEvent(widget, &event);
    return !event.isAccepted();
}

TEST_F(RecallMannersTest, TheWheelOverAFieldOfTheInspectorChangesNothing) {
    start();
    asked.clear();
    for (const char* name :
         {"recallFill", "recallRounds", "recallComposition", "membraneRounds", "recallTest"}) {
        auto* field = find<QWidget>(name);
        EXPECT_TRUE(leavesWheel(field)) << name;
        EXPECT_EQ(field->focusPolicy() & Qt::WheelFocus, Qt::StrongFocus) << name;
    }
    EXPECT_THAT(asked, IsEmpty());
}

TEST_F(RecallMannersTest, EveryTestPictureCanBeChosenAlsoTheOneOfBefore) {
    start();
    addTests(20);
    auto* number = find<QSpinBox>("recallTest");
    const auto enter = [number](const char* digits) {
        number->selectAll();
        QTest::keyClicks(number, QLatin1String(digits));
        QTest::keyClick(number, Qt::Key_Return);
    };
    EXPECT_EQ(number->text().trimmed(), QString()) << "a sample is no test picture";
    enter("0");
    ASSERT_THAT(all<TakeTestPicture>(), SizeIs(1));
    EXPECT_EQ(last<TakeTestPicture>().index, 0U);
    click("recallSample2");
    EXPECT_EQ(number->text().trimmed(), QString());
    enter("0");
    EXPECT_THAT(all<TakeTestPicture>(), SizeIs(2));
}

TEST_F(RecallMannersTest, TheNumberOfATestPictureGoesRound) {
    start();
    addTests(20);
    auto* number = find<QSpinBox>("recallTest");
    number->stepUp();
    EXPECT_EQ(last<TakeTestPicture>().index, 0U);
    number->stepDown();
    EXPECT_EQ(last<TakeTestPicture>().index, 19U);
    number->stepUp();
    EXPECT_EQ(last<TakeTestPicture>().index, 0U);
    EXPECT_THAT(all<TakeTestPicture>(), SizeIs(3));
}

TEST_F(RecallMannersTest, APhotosNameStandsAtThePhotoAndNotUnderTheTestPictures) {
    start();
    addTests(20);
    auto* origin = find<QLabel>("pictureOrigin");
    EXPECT_TRUE(origin->isHidden()) << "the samples say themselves where they come from";
    dropPhoto();
    take(last<TakePhoto>().id, facesOf(.3F),
         std::make_shared<const Images>(facesOf(.3F, 1, {3, 40, 40})));
    ASSERT_FALSE(origin->isHidden());
    const auto top = [this](QWidget* part) { return part->mapTo(inspector.get(), QPoint()).y(); };
    ASSERT_TRUE(waitUntil([&] {
        return top(origin) > top(find<QWidget>("openPhoto")) &&
               top(origin) < top(find<QWidget>("photoAlignment"));
    }));
    find<QSpinBox>("recallTest")->setValue(7);
    take(last<TakeTestPicture>().id, facesOf(.3F));
    EXPECT_TRUE(origin->isHidden());
}

TEST_F(RecallMannersTest, StrokesCanBeUndoneAfterAHandleOfThePhotoWasMoved) {
    start();
    dropPhoto();
    auto photo = std::make_shared<const Images>(facesOf(.3F, 1, {3, 40, 40}));
    take(last<TakePhoto>().id, facesOf(.3F), photo);
    stroke();
    take(last<TakePhoto>().id + 100, facesOf(.35F), photo);
    panel.undoStack()->undo();
    EXPECT_EQ(hidden_count(canvas().mask()), 0U);
}

TEST_F(RecallMannersTest, ALatePictureKeepsWhatWasHiddenWhileItWasOnItsWay) {
    start();
    stroke();
    click("recallSample2");
    canvas().editor()->applyPreset(MaskPreset::left_half, false);
    take(last<TakeSample>().id, facesOf(.6F));
    EXPECT_EQ(canvas().mask(), preset_mask(MaskPreset::left_half, 16, 16));
    click("recallSample3");
    take(last<TakeSample>().id, facesOf(.6F));
    EXPECT_EQ(hidden_count(canvas().mask()), 0U) << "nothing was painted since it was asked for";
}

TEST_F(RecallMannersTest, ThatAPictureIsLateIsTold) {
    start();
    auto* told = find<QLabel>("hiddenShare");
    const QString usual = told->text();
    click("recallSample2");
    EXPECT_EQ(told->text(), usual) << "not for a moment";
    ASSERT_TRUE(waitUntil([&] { return told->text().contains(QStringLiteral("loading")); }));
    take(last<TakeSample>().id, facesOf(.6F));
    EXPECT_EQ(told->text(), usual);
    click("recallSample3");
    ASSERT_TRUE(waitUntil([&] { return told->text() != usual; }));
    panel.showFailure({"take a picture", {ErrorCode::usage, "there is none", ""}});
    EXPECT_EQ(told->text(), usual);
}

TEST_F(RecallMannersTest, DigitsAreNotSpokenOfAsFaces) {
    start();
    EXPECT_FALSE(find<QAbstractButton>("eyesPreset")->isHidden());
    EXPECT_EQ(find<QLabel>("slidersHead")->text(), QStringLiteral("Face sliders"));
    RunOpened digits;
    digits.run = 2;
    digits.source = "/models/mnist-cnn-gen.safetensors";
    digits.experiment.preset = "cnn-lmser-gen";
    panel.openRun(digits);
    EXPECT_TRUE(find<QAbstractButton>("eyesPreset")->isHidden());
    EXPECT_TRUE(find<QAbstractButton>("mouthPreset")->isHidden());
    EXPECT_FALSE(find<QLabel>("slidersHead")->text().contains(QStringLiteral("Face")));
    EXPECT_TRUE(find<QLabel>("modelNote")->text().startsWith(QStringLiteral("mnist-cnn-gen ")))
        << "the name that Project shows";
}

TEST_F(RecallMannersTest, TheNoteOpensAModelThatWasShownHoles) {
    panel.setShippedModels({QStringLiteral("mnist-cnn-gen"), QStringLiteral("celeba-recall"),
                            QStringLiteral("celeba-recall-paper")});
    QStringList opened;
    QObject::connect(&panel, &RecallPanel::modelWanted, &panel,
                     [&](const QString& path) { opened << path; });
    RunOpened whole;
    whole.run = 1;
    whole.experiment.preset = "cnn-lmser-gen";
    panel.openRun(whole);
    EXPECT_EQ(find<QAbstractButton>("noteOpen-mnist-cnn-gen"), nullptr);
    EXPECT_EQ(find<QAbstractButton>("noteOpen-celeba-recall-paper"), nullptr) << "shown no holes";
    ASSERT_TRUE(find<QAbstractButton>("noteOpen-celeba-recall")->isVisible());
    click("noteOpen-celeba-recall");
    ASSERT_TRUE(waitUntil([&] { return !opened.isEmpty(); }));
    EXPECT_EQ(opened, QStringList{QStringLiteral("celeba-recall")});
    QApplication::setActiveWindow(&panel);
    find<QAbstractButton>("noteOpen-celeba-recall")->setFocus();
    ASSERT_TRUE(
        waitUntil([&] { return find<QAbstractButton>("noteOpen-celeba-recall")->hasFocus(); }));
    open(2);
    EXPECT_FALSE(find<QAbstractButton>("noteOpen-celeba-recall")->isVisible());
    EXPECT_TRUE(find<MaskCanvas>("maskCanvas")->hasFocus());
}

TEST_F(RecallMannersTest, AnotherModelBeginsWithItsOwnOptions) {
    start();
    find<QComboBox>("recallComposition")->setCurrentIndex(static_cast<int>(Composition::pasted));
    find<QComboBox>("recallFill")->setCurrentIndex(static_cast<int>(HoleFill::mean));
    find<QSpinBox>("recallRounds")->setValue(5);
    open(2);
    stroke();
    RecallOptions own;
    own.fill = HoleFill::smooth;
    EXPECT_EQ(last<RecallPicture>().options, own);
    EXPECT_EQ(find<QSpinBox>("recallRounds")->value(), own.rounds);
}

}  // namespace
}  // namespace lmser::ui
