// SPDX-License-Identifier: GPL-3.0-or-later
// The way between two faces in the Recall workspace.
#include "ui/recall/face_morph.h"

#include <QLabel>
#include <QMimeData>

#include "tests/ui/recall_fixture.h"
#include "tests/ui/support/wait.h"
#include "ui/bridge/qimage_conversion.h"
#include "ui/recall/compared_view.h"
#include "ui/recall/photo_handles.h"
#include "ui/recall/recalled_card.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/unit_slider.h"

namespace lmser::ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class FaceMorphTest : public RecallFixture {
protected:
    /// The first sample is kept as B, the second is A.
    void startWay() {
        start();
        click("faceMorphKeep");
        click("recallSample2");
        take(last<TakeSample>().id, facesOf(.25F));
    }
    /// The way from black to white, or back.
    void answerWay(const MorphFaces& request, bool back = false) {
        MorphedFaces morphed;
        morphed.id = request.id;
        morphed.pictures.shape = kFace;
        for (std::size_t i = 0; i < request.frames; ++i) {
            const float part = static_cast<float>(i) / static_cast<float>(request.frames - 1);
            morphed.pictures.values.insert(morphed.pictures.values.end(), kFace.pixels(),
                                           back ? 1 - part : part);
        }
        morphed.from_code = {0, 2};
        morphed.to_code = {4, 0};
        panel.showMorphed(morphed);
    }

    FaceMorph& morph() { return *find<FaceMorph>("faceMorph"); }
    UnitSlider& slider() { return *find<UnitSlider>("faceMorphSlider"); }
    RecalledCard& card() { return *find<RecalledCard>("recalledCard"); }
    bool enabled(const char* name) { return find<QAbstractButton>(name)->isEnabled(); }
    QString hint() {
        auto* label = find<QLabel>("faceMorphHint");
        return label->isVisibleTo(inspector.get()) ? label->text() : QString();
    }
    int large() { return qGray(find<ComparedView>("comparedView")->picture().pixel(0, 0)); }
    int small() { return qGray(find<ImageView>("faceMorphPicture")->image().pixel(0, 0)); }
};

TEST_F(FaceMorphTest, SaysWhatToDoUntilThereIsAWay) {
    EXPECT_TRUE(hint().contains(QStringLiteral("Choose a picture")));
    start();
    EXPECT_TRUE(hint().contains(QStringLiteral("Keep this face as B")));
    EXPECT_FALSE(enabled("faceMorphPlay"));
    click("faceMorphKeep");
    EXPECT_TRUE(hint().contains(QStringLiteral("choose another face")));
    EXPECT_THAT(all<MorphFaces>(), IsEmpty()) << "from a face to itself there is no way";
    click("recallSample2");
    take(last<TakeSample>().id, facesOf(.25F));
    EXPECT_EQ(hint(), QString());
    EXPECT_TRUE(enabled("faceMorphPlay"));
    EXPECT_FALSE(enabled("faceMorphExport")) << "its codes are on their way";
}

TEST_F(FaceMorphTest, TheWayGoesFromTheFaceAtHandToTheOneThatWasKept) {
    startWay();
    ASSERT_THAT(all<MorphFaces>(), SizeIs(1));
    EXPECT_EQ(last<MorphFaces>().from, facesOf(.25F));
    EXPECT_EQ(last<MorphFaces>().to, facesOf(.5F));
    EXPECT_EQ(last<MorphFaces>().frames, 25U);
    EXPECT_NEAR(small(), 64, 1) << "A, until the pictures are there";
}

TEST_F(FaceMorphTest, TheSliderShowsItsPictureAtOnceAndAsksForNothing) {
    startWay();
    answerWay(last<MorphFaces>());
    EXPECT_EQ(card().view(), RecallView::composed) << "nobody went anywhere yet";
    asked.clear();
    for (const auto& [place, grey] : {std::pair{.5, 127.5}, {0., 0.}, {1., 255.}, {.26, 63.75}}) {
        slider().edit(place);
        EXPECT_EQ(card().view(), RecallView::moved);
        EXPECT_NEAR(large(), grey, .6) << place;
        EXPECT_NEAR(small(), grey, .6) << place;
    }
    EXPECT_THAT(asked, IsEmpty());
    stroke();
    EXPECT_EQ(card().view(), RecallView::composed) << "the brush is about the recall";
}

TEST_F(FaceMorphTest, OnlyTheNewestWayIsShown) {
    startWay();
    const MorphFaces before = last<MorphFaces>();
    click("recallSample3");
    take(last<TakeSample>().id, facesOf(.75F));
    answerWay(before);
    EXPECT_FALSE(enabled("faceMorphExport"));
    answerWay(last<MorphFaces>());
    EXPECT_TRUE(enabled("faceMorphExport"));
    EXPECT_EQ(last<MorphFaces>().from, facesOf(.75F));
}

TEST_F(FaceMorphTest, AnotherNetworkMakesTheSameWayAnewAndTheOldAnswerIsRefused) {
    startWay();
    answerWay(last<MorphFaces>());
    slider().edit(.75);
    const MorphFaces before = last<MorphFaces>();
    open(2);
    ASSERT_THAT(all<MorphFaces>(), SizeIs(2));
    EXPECT_EQ(last<MorphFaces>().from, before.from);
    EXPECT_EQ(last<MorphFaces>().to, before.to);
    answerWay(before);
    EXPECT_FALSE(enabled("faceMorphExport")) << "of the network before";
    answerWay(last<MorphFaces>(), true);
    EXPECT_NEAR(small(), 64, 1) << "the slider stayed";
}

TEST_F(FaceMorphTest, ANetworkOfOtherPicturesForgetsBoth) {
    startWay();
    answerWay(last<MorphFaces>());
    open(2, true, {1, 28, 28});
    EXPECT_TRUE(hint().contains(QStringLiteral("Choose a picture")));
    showSamples({1, 28, 28});
    take(last<TakeSample>().id, facesOf(.5F, 1, {1, 28, 28}));
    EXPECT_THAT(all<MorphFaces>(), SizeIs(1));
    EXPECT_TRUE(hint().contains(QStringLiteral("Keep this face as B")));
}

TEST_F(FaceMorphTest, APhotoThatIsAlignedAnewMakesTheWayAnew) {
    start();
    click("faceMorphKeep");
    auto photo = std::make_shared<const Images>(facesOf(.3F, 1, {3, 40, 40}));
    QMimeData what;
    what.setImageData(toQImage(*photo));
    panel.take(&what);
    take(last<TakePhoto>().id, facesOf(.3F), photo);
    const auto before = last<MorphFaces>();
    auto* eye = find<PhotoHandle>("leftEyeHandle");
    ASSERT_TRUE(waitUntil([&] { return eye->isVisibleTo(inspector.get()); }));
    QTest::keyClick(eye, Qt::Key_Right, Qt::ShiftModifier);
    take(last<AlignPhoto>().id, facesOf(.35F), photo);
    ASSERT_TRUE(waitUntil([this] { return all<MorphFaces>().size() == 2; }));
    EXPECT_EQ(last<MorphFaces>().from, facesOf(.35F));
    answerWay(before);
    EXPECT_FALSE(enabled("faceMorphExport")) << "the codes of the alignment before";
    answerWay(last<MorphFaces>());
    EXPECT_TRUE(enabled("faceMorphExport"));
}

TEST_F(FaceMorphTest, WeightsThatMoveRenewTheWay) {
    startWay();
    answerWay(last<MorphFaces>());
    slider().edit(.5);
    Exploration moved;
    moved.run = 1;
    moved.iteration = 100;
    panel.showExploration(moved);
    ASSERT_TRUE(waitUntil([this] { return all<MorphFaces>().size() == 2; }));
    EXPECT_TRUE(enabled("faceMorphExport")) << "the old way stands until the new one is there";
    answerWay(last<MorphFaces>(), true);
    slider().edit(1);
    EXPECT_EQ(large(), 0);
}

TEST_F(FaceMorphTest, TheLoopGoesOnUntilSomethingElseIsLookedAt) {
    startWay();
    click("faceMorphPlay");
    ASSERT_TRUE(morph().isPlaying());
    answerWay(last<MorphFaces>());
    ASSERT_TRUE(waitUntil([this] { return slider().value() > .05; }));
    EXPECT_EQ(card().view(), RecallView::moved);
    stroke();
    EXPECT_FALSE(morph().isPlaying());
    EXPECT_EQ(card().view(), RecallView::composed);
    click("faceMorphPlay");
    ASSERT_TRUE(waitUntil([this] { return card().view() == RecallView::moved; }));
    click("originalView");
    EXPECT_FALSE(morph().isPlaying());
    click("faceMorphPlay");
    inspector->hide();
    EXPECT_FALSE(morph().isPlaying()) << "nobody looks";
}

TEST_F(FaceMorphTest, ItsGifIsMadeOfBothCodes) {
    startWay();
    answerWay(last<MorphFaces>());
    answers->path = QStringLiteral("/tmp/faces.gif");
    click("faceMorphExport");
    ASSERT_TRUE(waitUntil([this] { return !all<ExportMorph>().empty(); }));
    const auto posted = last<ExportMorph>();
    EXPECT_EQ(posted.path, "/tmp/faces.gif");
    EXPECT_EQ(posted.format, MorphFormat::gif);
    EXPECT_THAT(posted.from, ElementsAre(0, 2));
    EXPECT_THAT(posted.to, ElementsAre(4, 0));
    EXPECT_EQ(posted.frames, 25U);
    EXPECT_EQ(posted.frame_milliseconds, 83) << "there and back in four seconds";
    EXPECT_EQ(answers->suggestion, QStringLiteral("celeba-recall-morph.gif"));
}

TEST_F(FaceMorphTest, AnExportTellsHowFarItIsAndCanBeCancelled) {
    startWay();
    answerWay(last<MorphFaces>());
    panel.showExporting({"/tmp/faces.gif", 6, 25});
    EXPECT_TRUE(find<QWidget>("exportBar")->isVisible());
    EXPECT_FALSE(enabled("faceMorphExport"));
    click("exportCancel");
    EXPECT_THAT(all<CancelExport>(), SizeIs(1));
    panel.endExporting();
    EXPECT_FALSE(find<QWidget>("exportBar")->isVisible());
    EXPECT_TRUE(enabled("faceMorphExport"));
    panel.showExporting({"/tmp/faces.gif", 6, 25});
    panel.showFailure({"recall", {}});
    EXPECT_FALSE(enabled("faceMorphExport")) << "something else failed";
    panel.showFailure({"export", {}});
    EXPECT_TRUE(enabled("faceMorphExport"));
    panel.showExported({"/tmp/faces.gif"});
    EXPECT_TRUE(find<QLabel>("exportWords")->text().contains(QStringLiteral("/tmp/faces.gif")));
}

}  // namespace
}  // namespace lmser::ui
