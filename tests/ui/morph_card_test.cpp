// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/morph_card.h"

#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QDropEvent>
#include <QImage>
#include <QMimeData>
#include <QProgressBar>
#include <QTest>
#include <QUrl>

#include "tests/ui/support/wait.h"
#include "ui/bridge/qimage_conversion.h"
#include "ui/explore/morph_end.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/sweep_strip.h"
#include "ui/widgets/unit_slider.h"

namespace lmser::ui {
namespace {

using testing::ElementsAre;
using testing::FloatEq;
using testing::IsEmpty;
using testing::SizeIs;

using Code = std::vector<float>;

/// A card of its own, with what it asked for.
class MorphCardTest : public testing::Test {
protected:
    MorphCardTest() {
        QObject::connect(&card, &MorphCard::codeWanted, &card,
                         [this](const Code& code) { codes.push_back(code); });
        QObject::connect(&card, &MorphCard::stripWanted, &card,
                         [this](const Code& code) { strips.push_back(code); });
        QObject::connect(&card, &MorphCard::exportWanted, &card,
                         [this](const ExportMorph& request) { exports.push_back(request); });
        QObject::connect(&card, &MorphCard::walkStarted, &card, [this] { ++started; });
        QObject::connect(&card, &MorphCard::walkEnded, &card, [this] { ++ended; });
        card.resize(800, 240);
        card.show();
    }

    /// A way from (0, 2) to (4, 0).
    void setEnds() {
        card.setEnd(MorphCard::End::a, {0, 2}, grey(0));
        card.setEnd(MorphCard::End::b, {4, 0}, grey(255));
    }

    static QImage grey(int value) {
        QImage image(28, 28, QImage::Format_Grayscale8);
        image.fill(QColor(value, value, value));
        return image;
    }
    static DecodedPicture decoded(const Code& code, int value) {
        return {.id = 1, .code = code, .picture = toImages(grey(value)), .milliseconds = .1};
    }

    template <class Widget>
    Widget* part(const char* name) {
        return card.findChild<Widget*>(QLatin1String(name));
    }
    void click(const char* name) { part<QAbstractButton>(name)->click(); }
    void drop(const QMimeData& data, const char* name) {
        auto* end = part<MorphEnd>(name);
        QDragEnterEvent enter(QPoint(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(end, &enter);
        QDropEvent dropped(QPointF(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(end, &dropped);
    }
    int shown() { return qRed(part<ImageView>("morphPicture")->image().pixel(14, 14)); }

    MorphCard card;
    std::vector<Code> codes;
    std::vector<Code> strips;
    std::vector<ExportMorph> exports;
    int started = 0;
    int ended = 0;
};

TEST_F(MorphCardTest, SaysWhatToDoUntilBothEndsAreThere) {
    EXPECT_TRUE(part<QWidget>("morphHint")->isVisible());
    EXPECT_FALSE(part<QAbstractButton>("morphPlay")->isEnabled());
    card.setEnd(MorphCard::End::a, {0, 2}, grey(0));
    EXPECT_TRUE(part<QWidget>("morphHint")->isVisible());
    EXPECT_THAT(strips, IsEmpty());
    card.setEnd(MorphCard::End::b, {4, 0}, grey(255));
    EXPECT_FALSE(part<QWidget>("morphHint")->isVisible());
    EXPECT_TRUE(part<QAbstractButton>("morphPlay")->isEnabled());
}

TEST_F(MorphCardTest, AnEndIsSetToThePresentCodeOnRequest) {
    std::vector<MorphCard::End> wanted;
    QObject::connect(&card, &MorphCard::presentWanted, &card,
                     [&](MorphCard::End end) { wanted.push_back(end); });
    click("morphSetB");
    click("morphSetA");
    EXPECT_THAT(wanted, ElementsAre(MorphCard::End::b, MorphCard::End::a));
}

TEST_F(MorphCardTest, SettingTheEndsMovesNoCode) {
    setEnds();
    EXPECT_THAT(codes, IsEmpty());
    EXPECT_EQ(started, 0);
}

TEST_F(MorphCardTest, TheStripAsksForNineCodesFromAToB) {
    setEnds();
    ASSERT_THAT(strips, SizeIs(1));
    EXPECT_EQ(strips[0], morph_codes(Code{0, 2}, Code{4, 0}, 9));
}

TEST_F(MorphCardTest, TheSliderAsksForTheCodeOnTheWay) {
    setEnds();
    part<UnitSlider>("morphSlider")->edit(.25);
    EXPECT_THAT(codes, ElementsAre(ElementsAre(FloatEq(1), FloatEq(1.5F))));
    card.showDecoded(decoded({9, 9}, 100));
    EXPECT_NE(shown(), 100) << "of another code";
    card.showDecoded(decoded(codes[0], 90));
    EXPECT_EQ(shown(), 90);
}

TEST_F(MorphCardTest, AClickOnThePicturesOfTheStripIsOneStep) {
    setEnds();
    DecodedSheet sheet;
    sheet.kind = SheetKind::morph;
    sheet.codes = strips[0];
    for (int i = 0; i < 9; ++i) {
        const Images one = toImages(grey(10 * i));
        sheet.pictures.values.insert(sheet.pictures.values.end(), one.values.begin(),
                                     one.values.end());
    }
    card.showSheet(sheet);
    click("sweepPicture5");
    EXPECT_THAT(codes, ElementsAre(ElementsAre(FloatEq(2), FloatEq(1))));
    EXPECT_DOUBLE_EQ(card.part(), .5);
    EXPECT_EQ(started, 1);
    EXPECT_EQ(ended, 1);
}

TEST_F(MorphCardTest, ASheetOfAnotherWayIsLeftOut) {
    setEnds();
    DecodedSheet sheet;
    sheet.kind = SheetKind::morph;
    sheet.codes = morph_codes(Code{1, 1}, Code{2, 2}, 9);
    sheet.pictures.values.assign(9 * sheet.pictures.shape.pixels(), .5F);
    card.showSheet(sheet);
    EXPECT_THAT(part<SweepStrip>("morphStrip")->values(), IsEmpty());
}

TEST_F(MorphCardTest, SwappingKeepsTheCodeWhereItIs) {
    setEnds();
    part<UnitSlider>("morphSlider")->edit(.25);
    codes.clear();
    click("morphSwap");
    EXPECT_EQ(card.end(MorphCard::End::a), (Code{4, 0}));
    EXPECT_EQ(card.end(MorphCard::End::b), (Code{0, 2}));
    EXPECT_DOUBLE_EQ(card.part(), .75);
    EXPECT_THAT(codes, IsEmpty());
}

TEST_F(MorphCardTest, TheLoopGoesThereAndBackAsOneStep) {
    setEnds();
    part<UnitSlider>("morphSlider")->setValue(.95);
    part<QAction>("morphLoop8")->trigger();
    click("morphPlay");
    EXPECT_TRUE(card.isPlaying());
    double most = 0;
    const auto turned = [&] {
        most = std::max(most, card.part());
        return card.part() < most - .1;
    };
    EXPECT_TRUE(waitUntil(turned));
    EXPECT_GT(card.part(), .5) << "it turns, and does not begin again";
    click("morphPlay");
    EXPECT_FALSE(card.isPlaying());
    EXPECT_EQ(started, 1);
    EXPECT_EQ(ended, 1);
    EXPECT_GT(codes.size(), 2U);
}

TEST_F(MorphCardTest, TheLoopStopsWhereItIsNotSeen) {
    setEnds();
    card.setPlaying(true);
    card.hide();
    EXPECT_FALSE(card.isPlaying());
    EXPECT_EQ(ended, 1);
}

TEST_F(MorphCardTest, WhileTheLoopRunsEveryPictureIsShown) {
    setEnds();
    card.setPlaying(true);
    ASSERT_TRUE(waitUntil([this] { return codes.size() > 2; }));
    card.showDecoded(decoded(codes[0], 77));
    EXPECT_EQ(shown(), 77) << "though the slider is ahead of it";
}

TEST_F(MorphCardTest, AGifTakesAsLongAsTheLoop) {
    setEnds();
    card.setReflections(2);
    part<QAction>("morphLoop8")->trigger();
    click("morphExportGif");
    ASSERT_THAT(exports, SizeIs(1));
    EXPECT_EQ(exports[0].format, MorphFormat::gif);
    EXPECT_TRUE(exports[0].path.empty());
    EXPECT_EQ(exports[0].from, (Code{0, 2}));
    EXPECT_EQ(exports[0].to, (Code{4, 0}));
    EXPECT_EQ(exports[0].reflections, 2);
    const auto steps = 2 * (static_cast<int>(exports[0].frames) - 1);
    EXPECT_NEAR(exports[0].frame_milliseconds * steps, 8000, steps);
}

TEST_F(MorphCardTest, AnExportShowsItsProgressAndCanBeCancelled) {
    setEnds();
    int cancelled = 0;
    QObject::connect(&card, &MorphCard::cancelWanted, &card, [&] { ++cancelled; });
    card.showExporting({"/tmp/way.gif", 6, 24});
    EXPECT_EQ(part<QProgressBar>("morphProgress")->value(), 6);
    EXPECT_FALSE(part<QWidget>("morphExportGif")->isVisible());
    click("morphCancel");
    EXPECT_EQ(cancelled, 1);
    card.endExporting();
    EXPECT_FALSE(part<QWidget>("morphProgress")->isVisible());
    EXPECT_TRUE(part<QWidget>("morphExportGif")->isVisible());
}

TEST_F(MorphCardTest, PicturesAndFilesAreDroppedOnAnEnd) {
    QStringList files;
    std::vector<Images> pictures;
    QObject::connect(&card, &MorphCard::fileDropped, &card,
                     [&](MorphCard::End end, const QString& path) {
                         EXPECT_EQ(end, MorphCard::End::b);
                         files << path;
                     });
    QObject::connect(
        &card, &MorphCard::pictureDropped, &card,
        [&](MorphCard::End /*end*/, const Images& picture) { pictures.push_back(picture); });
    QMimeData file;
    file.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/seven.png"))});
    drop(file, "morphEndB");
    QMimeData pixels;
    pixels.setImageData(grey(255));
    drop(pixels, "morphEndB");
    QMimeData words;
    words.setText(QStringLiteral("seven"));
    drop(words, "morphEndB");
    EXPECT_EQ(files, QStringList{QStringLiteral("/tmp/seven.png")});
    ASSERT_THAT(pictures, SizeIs(1));
    EXPECT_EQ(pictures[0].shape, (ImageShape{1, 28, 28}));
}

TEST_F(MorphCardTest, AnotherNetworkHasNoEnds) {
    setEnds();
    card.setPlaying(true);
    card.clear();
    EXPECT_FALSE(card.isPlaying());
    EXPECT_THAT(card.end(MorphCard::End::a), IsEmpty());
    EXPECT_TRUE(part<QWidget>("morphHint")->isVisible());
}

TEST_F(MorphCardTest, FitsAWindowOf1280Pixels) {
    setEnds();
    constexpr int kRoom = 640;  // between the docks
    card.resize(kRoom, 240);
    QCoreApplication::sendPostedEvents();  // the layout follows
    EXPECT_LE(card.minimumSizeHint().width(), kRoom);
}

}  // namespace
}  // namespace lmser::ui
