// SPDX-License-Identifier: GPL-3.0-or-later
// What Explore starts from, and what leaves it.
#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QTemporaryDir>
#include <QUrl>

#include "tests/ui/explore_fixture.h"
#include "tests/ui/support/fake_prompter.h"
#include "ui/explore/draw_pad.h"
#include "ui/explore/morph_card.h"
#include "ui/explore/picture_source.h"
#include "ui/widgets/image_view.h"

namespace lmser::ui {
namespace {

using testing::SizeIs;

class StartTest : public ExploreTest {
protected:
    StartTest() : answers(std::make_shared<FakePrompter::Answers>()), prompter(answers) {
        panel.setPrompter(&prompter);
    }

    static QMimeData* fileAt(QMimeData& data, const char* path) {
        data.setUrls({QUrl::fromLocalFile(QLatin1String(path))});
        return &data;
    }

    Encoded encodedFor(std::uint64_t id, float value) const {
        Encoded encoded;
        encoded.id = id;
        encoded.picture = picture(0);
        encoded.reconstruction = picture(.5F);
        encoded.note = "inverted, centred as MNIST is";
        encoded.code.assign(kUnits, value);
        return encoded;
    }

    void trigger(const char* name) {
        panel.refreshExports();
        for (QAction* action : panel.exportActions()) {
            if (action->objectName() == QLatin1String(name)) {
                ASSERT_TRUE(action->isEnabled()) << name;
                action->trigger();
            }
        }
        QCoreApplication::processEvents();
    }

    std::shared_ptr<FakePrompter::Answers> answers;
    FakePrompter prompter;
};

TEST_F(StartTest, ADroppedPictureBecomesTheStartAndItsNoteIsTold) {
    open();
    QMimeData data;
    panel.take(fileAt(data, "/pictures/three.PNG"));
    ASSERT_TRUE(last<EncodeFile>());
    EXPECT_EQ(last<EncodeFile>()->file, "/pictures/three.PNG");
    panel.showEncoded(encodedFor(last<EncodeFile>()->id, 2));
    EXPECT_EQ(last<Decode>()->code, std::vector<float>(kUnits, 2));
    EXPECT_EQ(part<QLabel>("startLabel")->text(), QStringLiteral("inverted, centred as MNIST is"));
    EXPECT_EQ(panel.undoStack()->undoText(), QStringLiteral("start from three.PNG"));
    slider(1)->edit(0);
    part<QAbstractButton>("resetAll")->click();
    EXPECT_DOUBLE_EQ(slider(1)->value(), 2);
}

TEST_F(StartTest, TheStartIsFollowedWhereTheWeightsMove) {
    open();
    QMimeData data;
    panel.take(fileAt(data, "/pictures/three.png"));
    panel.showEncoded(encodedFor(last<EncodeFile>()->id, 2));
    panel.showExploration(exploration(200));
    ASSERT_TRUE(last<EncodePicture>());
    EXPECT_EQ(last<EncodePicture>()->picture, picture(0));
    panel.showEncoded(encodedFor(last<EncodePicture>()->id, 3));
    EXPECT_DOUBLE_EQ(slider(1)->value(), 3);
    EXPECT_EQ(panel.undoStack()->count(), 1);
}

TEST_F(StartTest, OnlyPicturesAndCodesAreTaken) {
    open();
    QMimeData data;
    EXPECT_FALSE(panel.canTake(&data));
    EXPECT_FALSE(panel.canTake(fileAt(data, "/runs/net.safetensors")));
    EXPECT_FALSE(panel.canTake(fileAt(data, "/runs/one/experiment.json")));
    EXPECT_TRUE(panel.canTake(fileAt(data, "/kept/code.json")));
    EXPECT_TRUE(panel.canTake(fileAt(data, "/pictures/a.jpeg")));
    data.setUrls({QUrl(QStringLiteral("https://example.org/a.png"))});
    EXPECT_FALSE(panel.canTake(&data)) << "nothing is fetched";
}

TEST_F(StartTest, WithoutANetworkNothingIsTaken) {
    QMimeData data;
    EXPECT_FALSE(panel.canTake(fileAt(data, "/pictures/a.png")));
    panel.take(&data);
    EXPECT_TRUE(commands.empty());
}

TEST_F(StartTest, APastedPictureIsFitted) {
    open();
    QImage image(60, 40, QImage::Format_RGB32);
    image.fill(Qt::white);
    QGuiApplication::clipboard()->setImage(image);
    panel.pastePicture();
    ASSERT_TRUE(last<FitPicture>());
    EXPECT_EQ(last<FitPicture>()->picture.shape, (ImageShape{1, 40, 60}));
    panel.showEncoded(encodedFor(last<FitPicture>()->id, 1.5F));
    EXPECT_DOUBLE_EQ(slider(1)->value(), 1.5);
}

TEST_F(StartTest, PastingWithoutAPictureIsRefusedWithASentence) {
    open();
    QGuiApplication::clipboard()->setText(QStringLiteral("[1, 2]"));
    panel.pastePicture();
    ASSERT_THAT(errors, SizeIs(1));
    EXPECT_EQ(errors[0].message, "the clipboard holds no picture to start from");
}

TEST_F(StartTest, InkOnNothingLiesOnWhiteAndLightOnBlack) {
    QImage image(8, 8, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    image.setPixelColor(3, 3, Qt::black);
    EXPECT_FLOAT_EQ(pictureOf(image).values[0], 1);
    image.setPixelColor(3, 3, Qt::white);
    EXPECT_FLOAT_EQ(pictureOf(image).values[0], 0);
}

TEST_F(StartTest, AHugePastedPictureIsMadeSmallerFirst) {
    const QImage image = QImage(4000, 1000, QImage::Format_Grayscale8);
    EXPECT_EQ(pictureOf(image).shape, (ImageShape{1, 256, 1024}));
}

TEST_F(StartTest, ADrawingBecomesTheStartAndIsOneStep) {
    open();
    auto* pad = part<DrawPad>("drawPad");
    for (const float value : {1.1F, 1.2F, 1.3F}) {
        Q_EMIT pad->drawn(picture(value / 2));
        panel.showEncoded(encodedFor(last<FitPicture>()->id, value));
    }
    EXPECT_EQ(last<Decode>()->code, std::vector<float>(kUnits, 1.3F));
    EXPECT_EQ(panel.undoStack()->count(), 1);
    panel.undoStack()->undo();
    EXPECT_EQ(last<Decode>()->code, std::vector<float>(kUnits, 1));
}

TEST_F(StartTest, AnAnswerToAnOlderDrawingIsDropped) {
    open();
    auto* pad = part<DrawPad>("drawPad");
    Q_EMIT pad->drawn(picture(.1F));
    const auto older = last<FitPicture>()->id;
    Q_EMIT pad->drawn(picture(.2F));
    panel.showEncoded(encodedFor(older, 2));
    EXPECT_FALSE(panel.undoStack()->canUndo());
}

TEST_F(StartTest, APictureThatCannotBeReadChangesNothing) {
    open();
    QMimeData data;
    panel.take(fileAt(data, "/pictures/bad.png"));
    panel.showFailure({"encode", {ErrorCode::bad_data, "no PNG", "Choose another"}});
    EXPECT_FALSE(panel.undoStack()->canUndo());
    EXPECT_TRUE(all<Decode>().empty());
}

TEST_F(StartTest, ADroppedPictureCanBeAnEndOfTheMorph) {
    open();
    auto* morph = part<MorphCard>("morphCard");
    Q_EMIT morph->fileDropped(MorphCard::End::b, QStringLiteral("/pictures/nine.png"));
    panel.showEncoded(encodedFor(last<EncodeFile>()->id, 2));
    EXPECT_EQ(morph->end(MorphCard::End::b), std::vector<float>(kUnits, 2));
    EXPECT_FALSE(panel.undoStack()->canUndo()) << "the present code stays";
    Q_EMIT morph->presentWanted(MorphCard::End::a);
    EXPECT_EQ(morph->end(MorphCard::End::a), std::vector<float>(kUnits, 1));
    ASSERT_TRUE(lastSheet(SheetKind::morph));
}

TEST_F(StartTest, AWalkAlongTheMorphIsOneStep) {
    open();
    auto* morph = part<MorphCard>("morphCard");
    Q_EMIT morph->walkStarted();
    Q_EMIT morph->codeWanted(std::vector<float>(kUnits, 2));
    Q_EMIT morph->codeWanted(std::vector<float>(kUnits, 3));
    Q_EMIT morph->walkEnded();
    EXPECT_EQ(last<Decode>()->code, std::vector<float>(kUnits, 3));
    EXPECT_EQ(panel.undoStack()->count(), 1);
}

TEST_F(StartTest, TheCodeIsSavedWithItsReflectionsWhereTheUserSays) {
    open(4, 2);
    answers->path = QStringLiteral("/kept/mine.json");
    part<QAbstractButton>("saveCode")->click();
    ASSERT_TRUE(last<SaveCode>());
    EXPECT_EQ(last<SaveCode>()->file, "/kept/mine.json");
    EXPECT_EQ(last<SaveCode>()->reflections, 1);
    EXPECT_EQ(last<SaveCode>()->code.size(), kUnits);
    answers->path.clear();
    commands.clear();
    part<QAbstractButton>("openCode")->click();
    EXPECT_FALSE(last<OpenCode>()) << "cancelled";
    answers->path = QStringLiteral("/kept/mine.json");
    part<QAbstractButton>("openCode")->click();
    EXPECT_EQ(last<OpenCode>()->file, "/kept/mine.json");
}

TEST_F(StartTest, ThePictureIsExportedWithItsCode) {
    open(4, 2);
    part<QAbstractButton>("class2")->click();
    panel.showDecoded(decoded(last<Decode>()->id, last<Decode>()->code, 1));
    answers->path = QStringLiteral("/out/two.png");
    trigger("exportPicture");
    ASSERT_TRUE(last<ExportPicture>());
    EXPECT_EQ(last<ExportPicture>()->code, last<Decode>()->code);
    EXPECT_EQ(last<ExportPicture>()->reflections, 1);
    EXPECT_TRUE(answers->suggestion.endsWith(QStringLiteral("-2.png")));
}

TEST_F(StartTest, TheClassesAreExportedAsOneSheet) {
    open(4, 2);
    part<QAbstractButton>("class2")->click();
    slider(5)->edit(1);
    panel.showSheet(answer(*lastSheet(SheetKind::classes), kClasses, .1F));
    const QTemporaryDir folder;
    answers->path = folder.filePath(QStringLiteral("classes.png"));
    trigger("exportClasses");
    const QImage sheet(answers->path);
    constexpr int kScale = 8;
    EXPECT_EQ(sheet.size(), QSize((4 * 29 - 1) * kScale, 28 * kScale));
    EXPECT_TRUE(part<QLabel>("exportWords")->text().contains(answers->path));
}

TEST_F(StartTest, ASheetThatCannotBeWrittenIsTold) {
    open(4, 2);
    slider(5)->edit(1);
    panel.showSheet(answer(*lastSheet(SheetKind::classes), kClasses, .1F));
    answers->path = QStringLiteral("/nowhere/at/all.png");
    trigger("exportClasses");
    ASSERT_THAT(errors, SizeIs(1));
    EXPECT_EQ(errors[0].code, ErrorCode::not_found);
}

TEST_F(StartTest, AnExportTellsHowFarItIsAndCanBeCancelled) {
    open();
    part<QWidget>("morphCard")->hide();
    panel.showExporting({"/out/morph.gif", 5, 24});
    auto* words = part<QLabel>("exportWords");
    EXPECT_TRUE(words->isVisible());
    EXPECT_EQ(words->text(), QStringLiteral("Writing morph.gif: picture 5 of 24"));
    part<QAbstractButton>("exportCancel")->click();
    EXPECT_TRUE(last<CancelExport>());
    panel.endExporting();
    EXPECT_FALSE(words->isVisible());
    panel.showExported({"/out/morph.gif"});
    EXPECT_TRUE(words->isVisible());
    EXPECT_FALSE(part<QAbstractButton>("exportCancel")->isVisible());
}

}  // namespace
}  // namespace lmser::ui
