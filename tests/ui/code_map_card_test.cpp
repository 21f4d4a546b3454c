// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/code_map_card.h"

#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QMouseEvent>
#include <QProgressBar>
#include <QTest>
#include <QWheelEvent>
#include <random>

#include "tests/support/cost.h"
#include "tests/ui/support/wait.h"
#include "ui/explore/class_legend.h"
#include "ui/explore/class_marker.h"
#include "ui/explore/code_map_plot.h"
#include "ui/explore/map_popover.h"

namespace lmser::ui {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Code = std::vector<float>;
constexpr float kPixels = .05F;  // what a pixel of the plot may be worth
constexpr auto kUnits = 4;

/// A card of its own on run 1 with four units, with what it asked for.
class CodeMapCardTest : public ::testing::Test {
protected:
    CodeMapCardTest() {
        QObject::connect(&card, &CodeMapCard::mapWanted, &card,
                         [this](const CodeMapCard::Units& units) { maps.push_back(units); });
        QObject::connect(&card, &CodeMapCard::codeWanted, &card, [this](const Code& code) {
            codes.push_back(code);
            card.setCode(code);
        });
        QObject::connect(&card, &CodeMapCard::pictureWanted, &card,
                         [this](std::size_t index) { pictures.push_back(index); });
        QObject::connect(&card, &CodeMapCard::walkStarted, &card, [this] { ++started; });
        QObject::connect(&card, &CodeMapCard::walkEnded, &card, [this] { ++ended; });
        card.resize(800, 600);
        card.show();
        card.openRun(1, {QStringLiteral("unit 1"), QStringLiteral("unit 2"),
                         QStringLiteral("unit 3"), QStringLiteral("unit 4")});
    }

    /// Four points at the corners of a square, of classes 0 0 1 1.
    static CodeMap map() {
        CodeMap map;
        map.run = 1;
        map.iteration = 500;
        map.progress = 1;
        map.plane = plane_of_units(kUnits, 0, 1);
        map.x = {-1, -1, 1, 1};
        map.y = {-1, 1, -1, 1};
        map.labels = {0, 0, 1, 1};
        map.classes = {"zero", "one"};
        map.dataset = "MNIST";
        return map;
    }
    void showMap() {
        card.setDataThere(true);
        card.setIteration(500);
        card.showMap(map());
        card.setCode({0, 0, 7, 8});
        QTest::qWait(1);  // the layout of the plot
        card.plot()->replot();
    }

    QPoint pixel(double x, double y) {
        return QPointF(card.plot()->xAxis->coordToPixel(x), card.plot()->yAxis->coordToPixel(y))
            .toPoint();
    }
    void send(QEvent::Type type, const QPoint& at, Qt::MouseButton button, Qt::MouseButtons held,
              Qt::KeyboardModifiers modifiers = {}) {
        QMouseEvent event(type, QPointF(at), card.plot()->mapToGlobal(QPointF(at)), button, held,
                          modifiers);
        QCoreApplication::sendEvent(card.plot(), &event);
    }
    void drag(const QPoint& from, const QPoint& to, Qt::MouseButton button,
              Qt::KeyboardModifiers modifiers = {}) {
        send(QEvent::MouseButtonPress, from, button, button, modifiers);
        send(QEvent::MouseMove, (from + to) / 2, Qt::NoButton, button, modifiers);
        send(QEvent::MouseMove, to, Qt::NoButton, button, modifiers);
        send(QEvent::MouseButtonRelease, to, button, {}, modifiers);
    }
    void point(const QPoint& at) { send(QEvent::MouseMove, at, Qt::NoButton, {}); }
    void zoomAt(const QPoint& at) {
        QWheelEvent event(QPointF(at), card.plot()->mapToGlobal(QPointF(at)), {}, {0, 240},
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(card.plot(), &event);
    }

    template <class Widget>
    Widget* part(const char* name) {
        return card.findChild<Widget*>(QLatin1String(name));
    }

    CodeMapCard card;
    std::vector<CodeMapCard::Units> maps;
    std::vector<Code> codes;
    std::vector<std::size_t> pictures;
    int started = 0;
    int ended = 0;
};

TEST_F(CodeMapCardTest, SaysInWordsWhatIsMissingWithoutData) {
    EXPECT_TRUE(part<QWidget>("mapEmpty")->isVisible());
    EXPECT_TRUE(card.summary().contains(QStringLiteral("Choose data")));
    EXPECT_THAT(maps, IsEmpty());
}

TEST_F(CodeMapCardTest, AsksForAMapWhenItIsSeenAndThereIsData) {
    card.hide();
    card.setDataThere(true);
    EXPECT_THAT(maps, IsEmpty()) << "nobody looks";
    card.show();
    EXPECT_THAT(maps, ElementsAre(std::nullopt));
    card.hide();
    card.show();
    EXPECT_THAT(maps, SizeIs(1)) << "once is enough";
}

TEST_F(CodeMapCardTest, ShowsHowFarTheEncodingIs) {
    card.setDataThere(true);
    CodeMap half = map();
    half.progress = .5;
    card.showMap(half);
    EXPECT_TRUE(part<QProgressBar>("mapProgress")->isVisible());
    EXPECT_EQ(part<QProgressBar>("mapProgress")->value(), 50);
    EXPECT_EQ(card.plot()->count(), 4U);
    card.showMap(map());
    EXPECT_FALSE(part<QProgressBar>("mapProgress")->isVisible());
}

TEST_F(CodeMapCardTest, AMapOfAnotherRunIsNotShown) {
    card.setDataThere(true);
    CodeMap other = map();
    other.run = 2;
    card.showMap(other);
    EXPECT_EQ(card.plot()->count(), 0U);
}

TEST_F(CodeMapCardTest, AnotherNetworkForgetsTheMapAndAsksAgain) {
    showMap();
    card.openRun(2, {QStringLiteral("unit 1"), QStringLiteral("unit 2")});
    EXPECT_EQ(card.plot()->count(), 0U);
    EXPECT_THAT(maps, SizeIs(2));
}

TEST_F(CodeMapCardTest, AClickDecodesThereAndKeepsWhatIsAcrossThePlane) {
    showMap();
    QTest::mouseClick(card.plot(), Qt::LeftButton, {}, pixel(.5, -.25));
    EXPECT_THAT(codes,
                ElementsAre(ElementsAre(FloatNear(.5F, kPixels), FloatNear(-.25F, kPixels), 7, 8)));
    EXPECT_EQ(started, 1);
    EXPECT_EQ(ended, 1);
}

TEST_F(CodeMapCardTest, ADragWalksAsOneStep) {
    showMap();
    drag(pixel(0, 0), pixel(.8, 0), Qt::LeftButton);
    ASSERT_THAT(codes, SizeIs(2));
    EXPECT_NEAR(codes[0][0], .4F, kPixels);
    EXPECT_NEAR(codes[1][0], .8F, kPixels);
    EXPECT_EQ(started, 1);
    EXPECT_EQ(ended, 1);
}

TEST_F(CodeMapCardTest, TheMiddleButtonAndShiftPan) {
    showMap();
    const double before = card.plot()->xAxis->range().center();
    drag(pixel(0, 0), pixel(.5, 0), Qt::MiddleButton);
    EXPECT_NEAR(card.plot()->xAxis->range().center(), before - .5, kPixels);
    drag(pixel(0, 0), pixel(.5, 0), Qt::LeftButton, Qt::ShiftModifier);
    EXPECT_NEAR(card.plot()->xAxis->range().center(), before - 1, 2 * kPixels);
    EXPECT_THAT(codes, IsEmpty());
    EXPECT_EQ(started, 0);
}

TEST_F(CodeMapCardTest, TheWheelZoomsAtThePointer) {
    showMap();
    const QPoint at = pixel(.7, .3);
    const double width = card.plot()->xAxis->range().size();
    zoomAt(at);
    EXPECT_LT(card.plot()->xAxis->range().size(), width);
    EXPECT_NEAR(card.plot()->xAxis->pixelToCoord(at.x()), .7, kPixels);
    EXPECT_NEAR(card.plot()->yAxis->pixelToCoord(at.y()), .3, kPixels);
}

TEST_F(CodeMapCardTest, ADoubleClickFitsAndTakesItsFirstClickBack) {
    showMap();
    const QCPRange all = card.plot()->xAxis->range();
    zoomAt(pixel(0, 0));
    const QPoint at = pixel(.3, .3);
    QTest::mouseClick(card.plot(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(card.plot(), Qt::LeftButton, {}, at);
    EXPECT_EQ(card.plot()->xAxis->range(), all);
    EXPECT_EQ(codes.back(), (Code{0, 0, 7, 8}));
    EXPECT_EQ(started, ended);
}

TEST_F(CodeMapCardTest, AViewThatTheUserMovedStaysWhenPointsArrive) {
    showMap();
    zoomAt(pixel(0, 0));
    const QCPRange view = card.plot()->xAxis->range();
    card.showMap(map());
    EXPECT_EQ(card.plot()->xAxis->range(), view);
}

TEST_F(CodeMapCardTest, PointingAtAPointShowsItsPictureAndClass) {
    showMap();
    point(pixel(1, -1) + QPoint(3, 2));
    EXPECT_THAT(pictures, ElementsAre(2U));
    auto* popover = card.findChild<MapPopover*>();
    EXPECT_TRUE(popover->isVisible());
    EXPECT_EQ(popover->words(), QStringLiteral("one"));
    EXPECT_TRUE(card.plot()->rect().contains(popover->geometry()));
    point(pixel(1, -1) + QPoint(2, 2));
    EXPECT_THAT(pictures, SizeIs(1)) << "the same point";
    point(pixel(0, 0));
    EXPECT_FALSE(popover->isVisible());
}

TEST_F(CodeMapCardTest, TheLegendHidesAClass) {
    showMap();
    part<QAbstractButton>("class1")->click();
    point(pixel(1, -1));
    EXPECT_THAT(pictures, IsEmpty()) << "a hidden point is not found";
    point(pixel(-1, -1));
    EXPECT_THAT(pictures, ElementsAre(0U));
    card.showMap(map());
    EXPECT_THAT(card.findChild<ClassLegend*>()->shown(), ElementsAre(true, false))
        << "new points of the same classes change nothing";
}

TEST_F(CodeMapCardTest, TwoUnitsMakeAPlaneAndAreNeverTheSame) {
    showMap();
    auto* kind = part<QComboBox>("mapPlane");
    kind->setCurrentIndex(1);
    Q_EMIT kind->activated(1);
    EXPECT_EQ(maps.back(), CodeMapCard::Units(std::pair<std::size_t, std::size_t>(0, 1)));
    auto* up = part<QComboBox>("mapUp");
    EXPECT_TRUE(up->isVisible());
    up->setCurrentIndex(0);
    Q_EMIT up->activated(0);
    EXPECT_EQ(maps.back(), CodeMapCard::Units(std::pair<std::size_t, std::size_t>(1, 0)));
    EXPECT_EQ(card.plot()->count(), 0U) << "the old plane's points are gone";
}

TEST_F(CodeMapCardTest, WhereTheWeightsMovedOnTheMapCanBeDrawnAnew) {
    showMap();
    EXPECT_FALSE(part<QWidget>("refreshMap")->isVisible());
    card.setIteration(900);
    EXPECT_TRUE(part<QWidget>("refreshMap")->isVisible());
    part<QAbstractButton>("refreshMap")->click();
    EXPECT_THAT(maps, SizeIs(2));
    EXPECT_EQ(card.plot()->count(), 4U) << "the old one stays until the new one is there";
}

TEST_F(CodeMapCardTest, TheSummaryTellsWhereTheCodeStands) {
    showMap();
    card.setCode({.9F, -.8F, 0, 0});
    const QString words = card.summary();
    EXPECT_TRUE(words.contains(QStringLiteral("4 codes of MNIST"))) << words.toStdString();
    EXPECT_TRUE(words.contains(QStringLiteral("0.90, -0.80"))) << words.toStdString();
    EXPECT_TRUE(words.contains(QStringLiteral("class one"))) << words.toStdString();
    EXPECT_TRUE(waitUntil([&] { return card.plot()->accessibleDescription() == words; }));
}

TEST_F(CodeMapCardTest, CtrlAndArrowsWalk) {
    showMap();
    QTest::keyClick(card.plot(), Qt::Key_Right, Qt::ControlModifier);
    ASSERT_THAT(codes, SizeIs(1));
    EXPECT_GT(codes[0][0], 0);
    EXPECT_EQ(codes[0][1], 0);
    EXPECT_EQ(started, 1);
}

TEST_F(CodeMapCardTest, AProblemIsToldInPlaceOfTheMap) {
    card.setDataThere(true);
    card.showProblem(QStringLiteral("The pictures are 32x32."));
    EXPECT_EQ(part<QLabel>("mapEmpty")->text(), QStringLiteral("The pictures are 32x32."));
    EXPECT_FALSE(part<QProgressBar>("mapProgress")->isVisible());
}

TEST(ClassMarker, TenClassesDifferWithoutTheirColours) {
    constexpr double kLarge = 40;
    const auto shape = [&](std::size_t index) {
        return classMarker(index, lightTokens(), kLarge, 1).createAlphaMask();
    };
    // Where the eight colours begin again, the shapes are others.
    EXPECT_NE(shape(8), shape(0));
    EXPECT_NE(shape(9), shape(1));
    for (std::size_t i = 0; i < 7; ++i) {
        EXPECT_NE(shape(i), shape(i + 1)) << "neighbours in the legend";
    }
}

/// What an action takes of the processor on average, in milliseconds.
template <class Action>
double millisecondsOf(Action action) {
    constexpr int kRounds = 30;
    const auto cost = lmser::testing::cost_of([&] {
        for (int i = 0; i < kRounds; ++i) {
            action(i);
        }
    });
    return cost.cpu_seconds * 1000 / kRounds;
}

TEST_F(CodeMapCardTest, TenThousandPointsAreMovedWithoutStutter) {
    constexpr double kFrame = 8;  // milliseconds
    CodeMap large = map();
    large.x.clear();
    large.y.clear();
    large.labels.clear();
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    for (int i = 0; i < 10'000; ++i) {
        large.x.push_back(normal(random));
        large.y.push_back(normal(random));
        large.labels.push_back(static_cast<std::uint8_t>(i % 10));
    }
    card.setDataThere(true);
    card.showMap(large);
    card.setCode({0, 0, 0, 0});
    card.plot()->replot();
    EXPECT_LT(millisecondsOf([this](int /*i*/) {
                  card.plot()->xAxis->moveRange(.01);
                  card.plot()->replot();
              }),
              kFrame);
    constexpr double kMark = 1;  // the points are not painted again
    EXPECT_LT(millisecondsOf([this](int i) {
                  card.setCode({static_cast<float>(i) * .01F, 0, 0, 0});
              }),
              kMark);
}

}  // namespace
}  // namespace lmser::ui
