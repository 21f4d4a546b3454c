// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/model/lmser_net.h"
#include "core/tasks/frozen_net.h"
#include "core/tasks/measured_statistics.h"
#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

constexpr double kRounding = 1e-5;

Dataset named(std::vector<std::string> classes) {
    Dataset dataset;
    dataset.name = "tiny";
    dataset.shape = {1, 2, 3};
    dataset.classes = std::move(classes);
    return dataset;
}

void expect_near(const std::vector<float>& values, const std::vector<double>& expected) {
    ASSERT_EQ(values.size(), expected.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_NEAR(values[i], expected[i], kRounding) << "value " << i;
    }
}

double dot(std::span<const float> a, std::span<const float> b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Four codes around (10, -20): three units away along (-.6, .8), one along (.8, .6), both ways.
std::vector<float> cross() {
    return {10 - 1.8F, -20 + 2.4F, 10 + 1.8F, -20 - 2.4F, 10 + .8F, -20 + .6F, 10 - .8F, -20 - .6F};
}

TEST(CodeStatistics, MeanAndPrincipalAxesByHand) {
    const auto statistics =
        code_statistics(cross(), std::vector<std::uint8_t>{0, 0, 1, 1}, 2, named({"a", "b"}));
    expect_near(statistics.mean, {10, -20});
    ASSERT_EQ(statistics.axes.size(), 2U);
    expect_near(statistics.axes[0], {-.6, .8});  // towards its largest component
    expect_near(statistics.axes[1], {.8, .6});
    expect_near(statistics.axis_std, {std::sqrt(18. / 4), std::sqrt(2. / 4)});
    EXPECT_EQ(statistics.dataset, "tiny");
    EXPECT_EQ(statistics.images, 4);
    EXPECT_EQ(statistics.classes, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(statistics.units, statistics_of_codes(cross(), 2));
}

TEST(CodeStatistics, ClassMomentsByHandAndZerosForAClassThatIsNotThere) {
    const auto statistics = code_statistics(cross(), std::vector<std::uint8_t>{0, 2, 2, 2}, 2,
                                            named({"a", "none", "c"}));
    ASSERT_EQ(statistics.class_mean.size(), 3U);
    expect_near(statistics.class_mean[0], {8.2, -17.6});
    expect_near(statistics.class_std[0], {0, 0});
    expect_near(statistics.class_mean[1], {0, 0});
    expect_near(statistics.class_std[1], {0, 0});
    expect_near(statistics.class_mean[2], {10.6, -20.8});
    // 11.8, 10.8, 9.2 and -22.4, -19.4, -20.6
    expect_near(statistics.class_std[2],
                {std::sqrt((1.44 + .04 + 1.96) / 3), std::sqrt((2.56 + 1.96 + .04) / 3)});
}

TEST(CodeStatistics, AxesAreOrthonormalWidestFirstAndAtMostSixteen) {
    constexpr std::size_t kUnits = 20;
    constexpr std::size_t kCodes = 300;
    Random random(1, RandomPurpose::exploration, 0);
    std::vector<float> codes;
    for (std::size_t i = 0; i < kUnits * kCodes; ++i) {
        codes.push_back(static_cast<float>(random.normal() * static_cast<double>(i % kUnits + 1)));
    }
    const auto statistics =
        code_statistics(codes, std::vector<std::uint8_t>(kCodes, 0), kUnits, named({"a"}));
    ASSERT_EQ(statistics.axes.size(), 16U);
    for (std::size_t i = 0; i < 16; ++i) {
        const std::vector<float>& axis = statistics.axes[i];
        for (std::size_t j = 0; j < 16; ++j) {
            EXPECT_NEAR(dot(axis, statistics.axes[j]), i == j ? 1 : 0, kRounding) << i << " " << j;
        }
        const auto largest = std::max_element(
            axis.begin(), axis.end(), [](float a, float b) { return std::abs(a) < std::abs(b); });
        EXPECT_GT(*largest, 0) << "axis " << i;
        double square = 0;
        for (std::size_t at = 0; at < codes.size(); at += kUnits) {
            const auto code = std::span(codes).subspan(at, kUnits);
            square += std::pow(dot(code, axis) - dot(statistics.mean, axis), 2);
        }
        EXPECT_NEAR(statistics.axis_std[i], std::sqrt(square / kCodes), 1e-3) << "axis " << i;
        EXPECT_LE(statistics.axis_std[i], i == 0 ? 1e9 : statistics.axis_std[i - 1]);
    }
}

TEST(CodeStatistics, OneCodeHasNoAxes) {
    const auto one =
        code_statistics(std::vector{1.F, 2.F}, std::vector<std::uint8_t>{0}, 2, named({"a"}));
    EXPECT_TRUE(one.axes.empty());
    expect_near(one.mean, {1, 2});
}

TEST(CodeStatistics, RefusesCodesWithoutLabels) {
    EXPECT_THROW(code_statistics(cross(), std::vector<std::uint8_t>{0, 0, 1}, 2, named({"a"})),
                 std::invalid_argument);
    EXPECT_THROW(code_statistics({}, {}, 2, named({"a"})), std::invalid_argument);
}

TEST(MeasuredStatistics, AreThoseOfTheFirstTrainingPicturesCodes) {
    Dataset dataset = named({"a", "b"});
    Random random(1, RandomPurpose::exploration, 0);
    for (std::size_t i = 0; i < 1200; ++i) {
        dataset.train.labels.push_back(static_cast<std::uint8_t>(random.below(2)));
        for (int pixel = 0; pixel < 6; ++pixel) {
            dataset.train.pixels.push_back(static_cast<std::uint8_t>(random.below(256)));
        }
    }
    LmserNet net(test::tiny_spec());
    test::randomize(net.parameters(), 1);
    const auto frozen = FrozenNet::copy_of(net, 0);
    const auto measured = measured_statistics(*frozen, dataset, 1103);  // three parts, one short
    const auto codes = frozen->encode(images_of(dataset, dataset.train, 0, 1103));
    const auto at_once =
        code_statistics(codes, std::span(dataset.train.labels).first(1103), 3, dataset);
    EXPECT_EQ(measured.images, 1103);
    ASSERT_EQ(measured.mean.size(), 3U);
    for (std::size_t unit = 0; unit < 3; ++unit) {
        EXPECT_NEAR(measured.mean[unit], at_once.mean[unit], kRounding);
        EXPECT_NEAR(measured.axis_std[unit], at_once.axis_std[unit], kRounding);
        EXPECT_NEAR(measured.class_std[1][unit], at_once.class_std[1][unit], kRounding);
    }
    EXPECT_EQ(measured_statistics(*frozen, dataset).images, 1200);
    const std::size_t part = pictures_at_once(dataset.shape);
    dataset.train.labels.resize(3 * part);
    dataset.train.pixels.resize(3 * part * dataset.shape.pixels());
    EXPECT_EQ(measured_statistics(*frozen, dataset, 3 * part, [] { return false; }).images,
              static_cast<std::int64_t>(part));
}

}  // namespace
}  // namespace lmser
