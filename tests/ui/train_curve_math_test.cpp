// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "core/spec/names.h"
#include "ui/training/code_scale.h"
#include "ui/training/curve_math.h"
#include "ui/training/form_fields.h"
#include "ui/training/number_text.h"

namespace lmser::ui {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;

constexpr double kRounding = 1e-12;

TEST(Smoothing, OfZeroGivesEveryValueBack) {
    const std::vector<double> values = {3, 1, 4, 1, 5};
    EXPECT_EQ(smoothed(values, 0), values);
}

TEST(Smoothing, IsNotDrawnTowardsZeroAtTheStart) {
    const std::vector<double> constant(5, 2.0);
    EXPECT_THAT(smoothed(constant, .99), Pointwise(DoubleNear(kRounding), constant));
}

TEST(Smoothing, IsTheDebiasedRunningMean) {
    // m1 = .4·1, m2 = .6·.4·1 + .4·2, each divided by 1 - .6^n
    EXPECT_THAT(smoothed(std::vector<double>{1, 2}, .6),
                ElementsAre(DoubleNear(1, kRounding), DoubleNear(1.04 / .64, kRounding)));
}

TEST(Smoothing, PassesAValueThatIsNotFiniteThroughAndForgetsIt) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto result = smoothed(std::vector<double>{2, nan, 2}, .9);
    EXPECT_TRUE(std::isnan(result[1]));
    EXPECT_NEAR(result[2], 2, kRounding);
}

TEST(CurveCsv, HasARowAPointAndQuotesNamesWithCommas) {
    const std::vector<CurveTable> curves = {{"a, \"b\"", "training", {1, 2}, {.5, .25}, {.5, .3}},
                                            {"c", "test", {2}, {1e-5}, {}}};
    EXPECT_EQ(csv(curves),
              "run,curve,iteration,error_per_pixel,smoothed\r\n"
              "\"a, \"\"b\"\"\",training,1,0.5,0.5\r\n"
              "\"a, \"\"b\"\"\",training,2,0.25,0.3\r\n"
              "c,test,2,1e-05,\r\n");
}

TEST(LogTicks, StandAtTheDecadesOfAWideView) {
    EXPECT_THAT(logTicks(2e-4, .1),
                ElementsAre(DoubleNear(.001, kRounding), DoubleNear(.01, kRounding),
                            DoubleNear(.1, kRounding)));
}

TEST(LogTicks, AreNeverFewerThanThreeHoweverNarrowTheView) {
    for (const double factor : {1.01, 1.5, 3.0, 9.0, 50.0}) {
        EXPECT_GE(logTicks(.003, .003 * factor).size(), 3U) << factor;
    }
}

TEST(SpreadLabels, MovesOverlappingLabelsApartAndKeepsThemInside) {
    const auto centres = spreadLabels(std::vector<double>{50, 50, 95}, 10, 0, 100);
    EXPECT_GE(centres[1] - centres[0], 10);
    EXPECT_LE(centres[2], 95);
}

TEST(NumberText, IsShortAndReadsBack) {
    EXPECT_EQ(shortNumber(.000612), QStringLiteral(".000612"));
    EXPECT_EQ(shortNumber(.1), QStringLiteral(".1"));
    EXPECT_EQ(exactNumber(2e-3), QStringLiteral("2e-3"));
    EXPECT_EQ(exactNumber(.9997), QStringLiteral(".9997"));
    EXPECT_EQ(grouped(60000), QStringLiteral("60,000"));
    for (const double value : {2e-3, .9997, 0.0, 1.0, 1.25e-5, 392.0, .1}) {
        EXPECT_EQ(numberFromText(exactNumber(value)), value);
    }
    EXPECT_EQ(numberFromText(QStringLiteral("60,000")), 60000);
    EXPECT_FALSE(numberFromText(QStringLiteral("ten")).has_value());
    EXPECT_FALSE(numberFromText(QStringLiteral("nan")).has_value());
}

TEST(LayersText, IsReadWithAndWithoutTheInputInFront) {
    EXPECT_THAT(layersFromText(QStringLiteral("300, 100, 10"), 784),
                ElementsAre(Layer{300}, Layer{100}, Layer{10}));
    EXPECT_THAT(layersFromText(QStringLiteral("784·300·10"), 784),
                ElementsAre(Layer{300}, Layer{10}));
    EXPECT_THAT(layersFromText(QStringLiteral("784, 10"), 784), ElementsAre(Layer{784}, Layer{10}));
    EXPECT_TRUE(layersFromText(QStringLiteral("300, many"), 784).empty());
    EXPECT_TRUE(layersFromText(QString(), 784).empty());
}

TEST(DeadUnits, AreNamedWithWhatToDo) {
    std::vector<float> code(10, 2.0F);
    EXPECT_TRUE(deadUnitSentence(code).isEmpty());
    code[8] = 0;
    EXPECT_EQ(deadUnitSentence(code),
              QStringLiteral("unit 9 is dead: its slider will not move the picture. Try shortcut "
                             "dropout or lmser-un-n."));
    code[2] = 0;
    EXPECT_TRUE(deadUnitSentence(code).startsWith(QStringLiteral("units 3 and 9 are dead")));
    EXPECT_TRUE(deadUnitSentence(std::vector<float>(10, 0.0F))
                    .startsWith(QStringLiteral("all 10 units are dead")));
}

}  // namespace
}  // namespace lmser::ui
