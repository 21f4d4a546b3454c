// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>
#include <cmath>
#include <fstream>

#include "ui/training/curve_plot.h"

namespace lmser::ui {
namespace {

constexpr int kPatience = 5000;  // milliseconds

std::vector<StepReport> falling(int first, int last) {
    std::vector<StepReport> steps;
    for (int i = first; i <= last; ++i) {
        StepReport step;
        step.iteration = i;
        step.error_per_pixel = .1 / i;
        steps.push_back(step);
    }
    return steps;
}

Evaluation tested(std::int64_t iteration, double error) {
    Evaluation evaluation;
    evaluation.iteration = iteration;
    evaluation.split = "test";
    evaluation.error_per_pixel = error;
    return evaluation;
}

class CurvePlotTest : public testing::Test {
protected:
    CurvePlotTest() {
        plot_.resize(600, 360);
        plot_.show();
        inner_ = plot_.findChild<QCustomPlot*>(QStringLiteral("curvePlot"));
        plot_.openRun(1, QStringLiteral("lmser-un · seed 1"), falling(1, 100), {});
        settle(100);
    }

    /// Waits until the plot shows up to the iteration.
    void settle(double last) {
        ASSERT_TRUE(
            QTest::qWaitFor([&] { return inner_->xAxis->range().upper == last; }, kPatience));
    }
    void wheel() {
        const QPointF at = inner_->axisRect()->center();
        QWheelEvent event(at, inner_->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(inner_, &event);
    }

    CurvePlot plot_;
    QCustomPlot* inner_ = nullptr;
};

TEST_F(CurvePlotTest, FollowsNewPoints) {
    plot_.addSteps(1, falling(101, 400));
    settle(400);
}

TEST_F(CurvePlotTest, StopsFollowingWhenTheUserZoomsAndNeverMovesThatView) {
    QSignalSpy following(&plot_, &CurvePlot::followingChanged);
    wheel();
    EXPECT_FALSE(plot_.isFollowing());
    EXPECT_EQ(following.count(), 1);
    const QCPRange iterations = inner_->xAxis->range();
    const QCPRange errors = inner_->yAxis->range();
    plot_.addSteps(1, falling(101, 400));
    plot_.addEvaluation(1, tested(400, .5));
    const auto isPlotted = [&] { return inner_->accessibleDescription() == plot_.summary(); };
    ASSERT_TRUE(QTest::qWaitFor(isPlotted, kPatience));
    EXPECT_EQ(inner_->xAxis->range(), iterations);
    EXPECT_EQ(inner_->yAxis->range(), errors);
}

TEST_F(CurvePlotTest, FollowsTheRunAtHandHoweverLongTheOneBeforeWas) {
    plot_.openRun(2, QStringLiteral("ae · seed 1"), falling(1, 10), {});
    settle(10);
    plot_.fit();
    settle(100);
    plot_.addSteps(2, falling(11, 20));
    settle(100);
}

TEST_F(CurvePlotTest, StopsFollowingWhenTheUserDrags) {
    const QPoint at = inner_->axisRect()->center();
    QTest::mousePress(inner_, Qt::LeftButton, Qt::NoModifier, at);
    QMouseEvent move(QEvent::MouseMove, at + QPoint(40, 10),
                     inner_->mapToGlobal(at + QPoint(40, 10)), Qt::NoButton, Qt::LeftButton,
                     Qt::NoModifier);
    QCoreApplication::sendEvent(inner_, &move);
    QTest::mouseRelease(inner_, Qt::LeftButton, Qt::NoModifier, at + QPoint(40, 10));
    EXPECT_FALSE(plot_.isFollowing());
}

TEST_F(CurvePlotTest, FitsOnADoubleClick) {
    wheel();
    ASSERT_NE(inner_->xAxis->range().upper, 100);
    QTest::mouseDClick(inner_, Qt::LeftButton, Qt::NoModifier, inner_->axisRect()->center());
    EXPECT_EQ(inner_->xAxis->range(), QCPRange(0, 100));
    EXPECT_LE(inner_->yAxis->range().lower, .001);
}

TEST_F(CurvePlotTest, IsZoomedAndFittedFromTheKeyboard) {
    QTest::keyClick(inner_, Qt::Key_Plus);
    EXPECT_FALSE(plot_.isFollowing());
    EXPECT_LT(inner_->xAxis->range().size(), 100);
    QTest::keyClick(inner_, Qt::Key_Home);
    EXPECT_EQ(inner_->xAxis->range(), QCPRange(0, 100));
}

TEST_F(CurvePlotTest, ReadsThePointUnderThePointer) {
    plot_.addEvaluation(1, tested(50, .03));
    const QPointF at(inner_->xAxis->coordToPixel(50), inner_->yAxis->coordToPixel(.03));
    QMouseEvent move(QEvent::MouseMove, at, inner_->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                     Qt::NoModifier);
    QCoreApplication::sendEvent(inner_, &move);
    EXPECT_EQ(plot_.readOut(), QStringLiteral("lmser-un · seed 1 · test\niteration 50 · .03"));
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(inner_, &leave);
    EXPECT_TRUE(plot_.readOut().isEmpty());
}

TEST_F(CurvePlotTest, KeepsTheLossesOfEachRunApart) {
    plot_.openRun(2, QStringLiteral("ae · seed 1"), {}, {});
    plot_.addSteps(1, falling(101, 150));  // late news of the older run
    plot_.addSteps(2, falling(1, 3));
    const std::string table = plot_.table();
    EXPECT_THAT(table, testing::HasSubstr("lmser-un · seed 1,training,150,"));
    EXPECT_THAT(table, testing::HasSubstr("ae · seed 1,training,3,"));
    EXPECT_THAT(table, testing::Not(testing::HasSubstr("ae · seed 1,training,4,")));
    plot_.removeEarlierRuns();
    EXPECT_THAT(plot_.table(), testing::Not(testing::HasSubstr("lmser-un")));
}

TEST_F(CurvePlotTest, KeepsLossesThatArriveBeforeTheirRunIsNamed) {
    plot_.addSteps(7, falling(4, 5));
    plot_.openRun(7, QStringLiteral("late"), falling(1, 3), {});
    EXPECT_THAT(plot_.table(), testing::HasSubstr("late,training,1,"));
    EXPECT_THAT(plot_.table(), testing::HasSubstr("late,training,5,"));
}

TEST_F(CurvePlotTest, TellsTheNewestValuesInOneLine) {
    plot_.addEvaluation(1, tested(100, .00061));
    EXPECT_THAT(plot_.summary().toStdString(), testing::HasSubstr(".00061 at iteration 100"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return inner_->accessibleDescription() == plot_.summary(); },
                                kPatience));
}

TEST_F(CurvePlotTest, ExportsPicturesAndATable) {
    const QTemporaryDir folder;
    for (const auto& [suffix, start] :
         {std::pair{"png", "\x89PNG"}, {"svg", "<?xml"}, {"pdf", "%PDF"}, {"csv", "run,"}}) {
        const QString path = folder.filePath(QStringLiteral("curve.") + QLatin1String(suffix));
        const auto saved = plot_.save(path);
        ASSERT_TRUE(saved.ok()) << sentence(saved.error());
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        EXPECT_TRUE(file.readAll().startsWith(start)) << suffix;
    }
}

TEST_F(CurvePlotTest, SaysWhyAnExportFailed) {
    const QTemporaryDir folder;
    for (const char* name : {"missing/curve.png", "missing/curve.csv"}) {
        const auto saved = plot_.save(folder.filePath(QLatin1String(name)));
        ASSERT_FALSE(saved.ok()) << name;
        EXPECT_THAT(saved.error().message, testing::HasSubstr("missing"));
    }
    const auto unknown = plot_.save(folder.filePath(QStringLiteral("curve.bmp")));
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error().code, ErrorCode::usage);
}

TEST_F(CurvePlotTest, SaysWhyATrainingErrorWithShortcutDropoutLiesAboveTheTestError) {
    const auto read = [this] {
        const QPointF at(inner_->xAxis->coordToPixel(50), inner_->yAxis->coordToPixel(.1 / 50));
        QTest::mouseMove(inner_, at.toPoint() + QPoint(1, 0));
        QTest::mouseMove(inner_, at.toPoint());
        return plot_.readOut();
    };
    plot_.setSmoothing(0);
    EXPECT_TRUE(read().contains(QStringLiteral("iteration")));
    EXPECT_FALSE(read().contains(QStringLiteral("dropout")));
    plot_.setDropsShortcuts(1, true);
    EXPECT_TRUE(read().contains(QStringLiteral("Shortcut dropout")));
}

TEST(CurvePlotRuns, ARunThatWasNeverTrainedLeavesItsPlaceToTheNext) {
    CurvePlot plot;
    plot.openRun(1, QStringLiteral("one"), {}, {});
    plot.openRun(2, QStringLiteral("two"), falling(1, 10), {});
    plot.openRun(3, QStringLiteral("three"), {}, {});
    EXPECT_EQ(plot.runCount(), 2);
}

}  // namespace
}  // namespace lmser::ui
