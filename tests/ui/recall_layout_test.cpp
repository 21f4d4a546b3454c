// SPDX-License-Identifier: GPL-3.0-or-later
// Where the parts of Recall stand: nothing over anything else, nothing cut, nothing that jumps.
#include <QLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

#include "tests/ui/recall_fixture.h"
#include "tests/ui/support/large_text.h"
#include "tests/ui/support/wait.h"
#include "ui/recall/change_plot.h"
#include "ui/recall/compared_view.h"
#include "ui/recall/photo_handles.h"
#include "ui/training/custom_plot.h"
#include "ui/widgets/picture_sheet.h"
#include "ui/widgets/unit_slider.h"

namespace lmser::ui {
namespace {

using testing::IsEmpty;

constexpr QSize kSmallest(743, 617);  // of the workspace, in a window of 1280 x 720

std::string nameOf(const QWidget& widget) {
    return widget.metaObject()->className() + (" " + widget.objectName().toStdString());
}

int heightWanted(const QWidget& widget) {
    const int least = std::max(widget.minimumSizeHint().height(), widget.minimumHeight());
    return widget.hasHeightForWidth() ? std::max(least, widget.heightForWidth(widget.width()))
                                      : least;
}

/// The widgets that a layout put over a sibling, outside of their parent, or into too little room.
std::vector<std::string> misplaced(const QWidget& root) {
    std::vector<std::string> found;
    QList<const QWidget*> parents{&root};
    for (const QWidget* inner : root.findChildren<QWidget*>()) {
        parents << inner;
    }
    for (const QWidget* parent : parents) {
        if (parent->layout() == nullptr || !parent->isVisibleTo(&root)) {
            continue;
        }
        QList<const QWidget*> seen;
        for (const QWidget* child :
             parent->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (child->isHidden() || child->size().isEmpty()) {
                continue;
            }
            if (!parent->rect().contains(child->geometry())) {
                found.push_back(nameOf(*child) + " leaves " + nameOf(*parent));
            }
            const bool squeezes = qobject_cast<const QCustomPlot*>(child) != nullptr;
            const int wanted = std::min(heightWanted(*child), child->maximumHeight());
            if (!squeezes && child->height() < wanted) {
                found.push_back(nameOf(*child) + " is cut");
            }
            for (const QWidget* other : seen) {
                if (other->geometry().intersects(child->geometry())) {
                    found.push_back(nameOf(*child) + " lies over " + nameOf(*other));
                }
            }
            seen << child;
        }
    }
    return found;
}

class RecallLayoutTest : public RecallFixture {
protected:
    /// Something is hidden, and all that is told about it is there.
    void fill() {
        start();
        stroke();
        answer(last<RecallPicture>(), .4F);
        RecalledTrail trail;
        trail.id = last<TrailPicture>().id;
        trail.rounds = facesOf(.5F, 10);
        trail.change = {.1, .05, .02, .01, .009, .008, .007, .006, .005, .004};
        trail.scores.assign(10, HoleScore{.01, 20.3, .66});
        panel.showTrail(trail);
    }
    void expectAllInPlace(const QWidget& root) {
        waitUntil([&] { return misplaced(root).empty(); });
        EXPECT_THAT(misplaced(root), IsEmpty());
    }
    QScrollArea& area() { return *find<QScrollArea>("recallScroll"); }
    QRect placeOf(const char* name) {
        auto* widget = find<QWidget>(name);
        return {widget->mapTo(&panel, QPoint()), widget->size()};
    }
};

/// The same with the text size of a desktop at 200 %.
class LargeRecallLayoutTest : private LargeText, public RecallLayoutTest {};

TEST_F(RecallLayoutTest, InTheSmallestWindowAllHasItsRoomWithoutScrolling) {
    panel.resize(kSmallest);
    fill();
    expectAllInPlace(panel);
    EXPECT_EQ(area().verticalScrollBar()->maximum(), 0);
}

TEST_F(LargeRecallLayoutTest, TextTwiceAsLargeScrollsAndNothingIsCut) {
    panel.resize(900, 700);
    fill();
    expectAllInPlace(panel);
    EXPECT_GT(area().verticalScrollBar()->maximum(), 0);
    EXPECT_EQ(area().horizontalScrollBar()->maximum(), 0);
}

TEST_F(LargeRecallLayoutTest, ANarrowWorkspaceStacksAndNothingIsCut) {
    panel.resize(620, 500);
    fill();
    expectAllInPlace(panel);
}

TEST_F(RecallLayoutTest, TheFirstStrokeMovesNothing) {
    panel.resize(kSmallest);
    start();
    expectAllInPlace(panel);
    const QRect picture = placeOf("comparedView");
    const QRect chip = placeOf("composedView");
    const QRect canvas = placeOf("maskCanvas");
    fill();
    expectAllInPlace(panel);
    EXPECT_EQ(placeOf("comparedView"), picture);
    EXPECT_EQ(placeOf("composedView"), chip);
    EXPECT_EQ(placeOf("maskCanvas"), canvas);
}

TEST_F(RecallLayoutTest, SlidersBeginBelowOneAnotherLevelWithTheirNumbers) {
    start();
    MovedFace place;
    place.id = last<MoveFace>().id;
    place.picture = facesOf(.5F);
    place.place = {.5F, -1, 0, 0, 0, 0, 0, 0};
    panel.showMoved(place);
    const int left = find<UnitSlider>("faceSlider1")->x();
    for (int axis = 2; axis <= 8; ++axis) {
        const std::string name = "faceSlider" + std::to_string(axis);
        EXPECT_EQ(find<UnitSlider>(name.c_str())->x(), left) << name;
    }
}

TEST_F(RecallLayoutTest, EveryRoundTellsWhatItReaches) {
    fill();
    const auto* rounds = find<PictureSheet>("trailRounds");
    EXPECT_THAT(rounds->captions(),
                testing::Each(testing::ResultOf(
                    [](const QString& words) { return words.endsWith("20.3"); }, true)));
}

TEST(ChangePlot, NumbersOfTheAxisStandApartAndEveryPointIsWhole) {
    ChangePlot change;
    change.resize(240, 84);
    change.show();
    change.setChange({.3, .05, .02, .001, .0001});
    auto* plot = change.findChild<QCustomPlot*>();
    plot->replot();
    const auto ticker = plot->yAxis->ticker().dynamicCast<QCPAxisTickerText>();
    ASSERT_NE(ticker, nullptr);
    const QList<double> ticks = ticker->ticks().keys();
    ASSERT_GE(ticks.size(), 2);
    const int line = QFontMetrics(plot->yAxis->tickLabelFont()).ascent();
    for (qsizetype i = 1; i < ticks.size(); ++i) {
        EXPECT_GT(plot->yAxis->coordToPixel(ticks[i - 1]) - plot->yAxis->coordToPixel(ticks[i]),
                  line);
    }
    constexpr double kHalfPoint = 2.5;
    EXPECT_LT(plot->yAxis->coordToPixel(.0001) + kHalfPoint, plot->axisRect()->bottom());
}

TEST(PhotoHandles, AreNamedBesideAndMovedFinerWhereThePhotoIsZoomed) {
    PhotoHandles handles;
    handles.resize(240, 240);
    QImage photo(1200, 1200, QImage::Format_RGB32);
    photo.fill(kWhitePixels);
    handles.setPhoto(photo);
    handles.setPoints({{580, 600}, {620, 600}, {600, 640}});
    auto* eye = handles.findChild<PhotoHandle*>(QStringLiteral("leftEyeHandle"));
    const auto stepped = [&] {
        const double before = handles.points().left_eye.x;
        QTest::keyClick(eye, Qt::Key_Right);
        return handles.points().left_eye.x - before;
    };
    EXPECT_GT(stepped(), 4);
    handles.setZoomed(true);
    EXPECT_LT(handles.seen().width(), 200);
    EXPECT_TRUE(handles.rect().contains(eye->geometry()));
    EXPECT_LT(stepped(), 1);
    handles.setZoomed(false);
    EXPECT_EQ(handles.seen(), photo.rect());
}

}  // namespace
}  // namespace lmser::ui
