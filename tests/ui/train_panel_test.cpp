// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <QAction>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/spec/presets.h"
#include "ui/bridge/qimage_conversion.h"
#include "ui/training/code_scale.h"
#include "ui/training/curve_controls.h"
#include "ui/training/train_panel.h"

namespace lmser::ui {
namespace {

Evaluation measured(std::int64_t iteration, double error, std::vector<float> code) {
    Evaluation evaluation;
    evaluation.iteration = iteration;
    evaluation.split = "test";
    evaluation.error_per_pixel = error;
    evaluation.code_std = std::move(code);
    return evaluation;
}

RunOpened opened(std::uint64_t run) {
    RunOpened reply;
    reply.run = run;
    reply.experiment = presets().front().experiment;
    return reply;
}

QString words(const TrainPanel& panel, const char* name) {
    return panel.findChild<QLabel*>(QLatin1String(name))->text();
}

TEST(TrainPanel, SaysWhatToDoBeforeARun) {
    TrainPanel panel;
    panel.setPlan(QStringLiteral("lmser-un"), QStringLiteral("MNIST"));
    EXPECT_EQ(words(panel, "trainInvitation"),
              QStringLiteral("Press F5 to train lmser-un on MNIST."));
}

TEST(TrainPanel, KeepsTheBestTestErrorOfThePresentRun) {
    TrainPanel panel;
    EXPECT_EQ(panel.bestError(), 0);
    panel.openRun(opened(1));
    panel.addEvaluation({1, measured(250, .02, {1, 1})});
    panel.addEvaluation({1, measured(500, .01, {1, 1})});
    panel.addEvaluation({1, measured(750, .03, {1, 1})});
    EXPECT_EQ(panel.bestError(), .01);
    EXPECT_EQ(panel.bestIteration(), 500);
    panel.openRun(opened(2));
    EXPECT_EQ(panel.bestError(), 0);
    panel.addEvaluation({1, measured(1000, .001, {1, 1})});  // late news
    EXPECT_EQ(panel.bestError(), 0);
}

TEST(TrainPanel, WarnsOfADeadUnitUntilItLives) {
    TrainPanel panel;
    panel.openRun(opened(1));
    panel.addEvaluation({1, measured(250, .02, {1, 0, 1})});
    EXPECT_TRUE(words(panel, "deadUnits").startsWith(QStringLiteral("unit 2 is dead")));
    panel.addEvaluation({1, measured(500, .02, {1, 1, 1})});
    EXPECT_TRUE(words(panel, "deadUnits").isEmpty());
}

TEST(TrainPanel, SaysWhenTheRunDiverged) {
    TrainPanel panel;
    panel.openRun(opened(1));
    Diverged news;
    news.run = 1;
    news.iteration = 812;
    news.error = {ErrorCode::diverged, "the loss of step 812 is not finite", "Lower the rate."};
    panel.showDivergence(news);
    EXPECT_EQ(words(panel, "divergence"),
              QStringLiteral("The loss of step 812 is not finite. Lower the rate."));
}

TEST(TrainPanel, ReportsAnExportThatFailed) {
    const QTemporaryDir folder;
    TrainPanel panel;
    panel.openRun(opened(1));
    panel.controls()->setPathChooser([&](const QString& name, const QString&) {
        return folder.filePath(QStringLiteral("missing/") + name);
    });
    int failures = 0;
    QObject::connect(&panel, &TrainPanel::failed, &panel, [&](const Error&) { ++failures; });
    panel.findChild<QAction*>(QStringLiteral("curveExport.png"))->trigger();
    EXPECT_EQ(failures, 1);
}

TEST(TrainPanel, ShowsTheAccuracyOfANetworkWithLabelUnits) {
    TrainPanel panel;
    panel.openRun(opened(1));
    Evaluation evaluation = measured(250, .02, {1, 1});
    evaluation.accuracy = .9834;
    panel.addEvaluation({1, evaluation});
    EXPECT_EQ(words(panel, "bestError"), QStringLiteral("best .02 at 250 · accuracy 98.3 %"));
    evaluation.iteration = 500;
    evaluation.error_per_pixel = .03;  // not the best
    evaluation.accuracy = .99;
    panel.addEvaluation({1, evaluation});
    EXPECT_EQ(words(panel, "bestError"), QStringLiteral("best .02 at 250 · accuracy 99.0 %"));
}

TEST(TrainPanel, NeedsNoSidewaysScrollingInHalfASmallWindow) {
    constexpr int kHalfOf1280 = 390;  // what 1280 pixels at 200 % text leave beside a dock
    TrainPanel panel;
    panel.openRun(opened(1));
    Evaluation evaluation = measured(123456, .000639, std::vector<float>(64, 1.0F));
    evaluation.accuracy = .9834;
    panel.addEvaluation({1, evaluation});
    panel.resize(kHalfOf1280, 260);
    panel.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&panel));
    const auto* scroll = panel.findChild<QScrollArea*>(QStringLiteral("trainScroll"));
    EXPECT_EQ(scroll->horizontalScrollBar()->maximum(), 0);
}

TEST(CodeScale, WrapsManyUnitsInsteadOfCuttingThem) {
    CodeScale scale;
    scale.add(1, std::vector<float>(64, 1.0F));
    EXPECT_GT(scale.heightForWidth(400), scale.heightForWidth(4000));
}

TEST(QImageConversion, ClipsAndRounds) {
    Images images;
    images.shape = {1, 1, 4};
    images.values = {-1, .5, 2, 0};
    const QImage image = toQImage(images);
    EXPECT_EQ(image.format(), QImage::Format_Grayscale8);
    EXPECT_EQ(qGray(image.pixel(0, 0)), 0);
    EXPECT_EQ(qGray(image.pixel(1, 0)), 128);
    EXPECT_EQ(qGray(image.pixel(2, 0)), 255);
    EXPECT_TRUE(toQImage(images, 1).isNull());
}

TEST(QImageConversion, TakesColoursFromThePlanes) {
    Images images;
    images.shape = {3, 1, 2};
    images.values = {1, 0, 0, 1, 0, 0};  // R, G, B planes of two pixels
    const QImage image = toQImage(images);
    EXPECT_EQ(image.pixelColor(0, 0), QColor(Qt::red));
    EXPECT_EQ(image.pixelColor(1, 0), QColor(Qt::green));
}

}  // namespace
}  // namespace lmser::ui
