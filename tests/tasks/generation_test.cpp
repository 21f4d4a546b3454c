// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/generation.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "core/model/lmser_net.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

using testing::expect_error;
using testing::value_of;

std::shared_ptr<const FrozenNet> frozen(const NetworkSpec& spec) {
    LmserNet net(spec);
    test::randomize(net.parameters(), 1);
    return FrozenNet::copy_of(net, 0);
}

std::shared_ptr<const FrozenNet> style_net() {
    return frozen(test::style_spec());
}

Generated made(const GenerationOptions& options) {
    return value_of(generate(*style_net(), nullptr, options));
}

/// What the two style units of every code are, one after another.
std::vector<float> styles_of(const Generated& generated) {
    std::vector<float> styles;
    for (std::size_t at = 0; at < generated.codes.size(); at += 4) {
        styles.insert(styles.end(), {generated.codes[at + 2], generated.codes[at + 3]});
    }
    return styles;
}

/// The fraction of values in [low, high).
double share(const std::vector<float>& values, float low, float high) {
    const auto within = std::count_if(values.begin(), values.end(),
                                      [&](float value) { return value >= low && value < high; });
    return static_cast<double>(within) / static_cast<double>(values.size());
}

TEST(Generation, SameSeedGivesTheSameCodesAndAnotherOthers) {
    const GenerationOptions options{.count = 20, .seed = 5};
    EXPECT_EQ(made(options).codes, made(options).codes);
    EXPECT_EQ(made(options).pictures, made(options).pictures);
    EXPECT_NE(made(options).codes, made({.count = 20, .seed = 6}).codes);
}

TEST(Generation, MorePicturesBeginWithTheSameOnes) {
    auto many = made({.count = 30}).codes;
    const auto few = made({.count = 20}).codes;
    many.resize(few.size());
    EXPECT_EQ(many, few);
}

TEST(Generation, ClassesTakeTurnsUnlessOneIsAskedFor) {
    const Generated all = made({.count = 5});
    EXPECT_EQ(all.categories, (std::vector<int>{0, 1, 0, 1, 0}));
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(all.codes[4 * i], i % 2 == 0 ? 1 : 0);
        EXPECT_EQ(all.codes[4 * i + 1], i % 2 == 0 ? 0 : 1);
    }
    EXPECT_EQ(made({.category = 1, .count = 3}).categories, (std::vector<int>{1, 1, 1}));
}

TEST(Generation, UniformStylesCoverTheirRangeEvenly) {
    const auto styles = styles_of(made({.count = 2000}));
    for (float low = -2; low < 2; low += .5F) {
        EXPECT_NEAR(share(styles, low, low + .5F), 1. / 8, .02) << low;
    }
    EXPECT_EQ(share(styles, -2, 2), 1);
}

TEST(Generation, NormalStylesAreCutAtTheEndsOfTheirRange) {
    const auto styles = styles_of(made({.count = 2000, .style = StyleDraw::normal}));
    EXPECT_NEAR(share(styles, -1, 1), .683, .03);
    EXPECT_NEAR(share(styles, -1.99F, 1.99F), .953, .02);
    const auto [lowest, highest] = std::minmax_element(styles.begin(), styles.end());
    EXPECT_EQ(*lowest, -2);
    EXPECT_EQ(*highest, 2);
}

TEST(Generation, PicturesAreThoseThatTheCodesDecodeTo) {
    const auto net = style_net();
    const Generated generated = value_of(generate(*net, nullptr, {.count = 7}));
    EXPECT_EQ(generated.pictures, net->decode(generated.codes));
    const Generated reflected = value_of(generate(*net, nullptr, {.count = 7, .reflections = 2}));
    EXPECT_EQ(reflected.codes, generated.codes);
    EXPECT_EQ(reflected.pictures, net->decode(generated.codes, {.reflections = 2}));
    EXPECT_NE(reflected.pictures, generated.pictures);
}

TEST(Generation, UnitsWithoutStyleAreDrawnWhereTheDataLie) {
    CodeStatistics statistics;
    for (const float middle : {-3.F, 0.F, 10.F}) {
        UnitStatistics unit;
        unit.percentile_1 = middle - 1;
        unit.percentile_99 = middle + 2;
        unit.mean = middle;
        unit.std = .5F;
        statistics.units.push_back(unit);
    }
    const auto net = frozen(test::tiny_spec());
    const Generated uniform = value_of(generate(*net, &statistics, {.count = 999}));
    const Generated normal =
        value_of(generate(*net, &statistics, {.count = 999, .style = StyleDraw::normal}));
    EXPECT_EQ(uniform.categories, std::vector<int>(999, -1));
    for (std::size_t unit = 0; unit < 3; ++unit) {
        std::vector<float> evenly;
        std::vector<float> around;
        for (std::size_t i = unit; i < uniform.codes.size(); i += 3) {
            evenly.push_back(uniform.codes[i]);
            around.push_back(normal.codes[i]);
        }
        const float middle = statistics.units[unit].mean;
        EXPECT_EQ(share(evenly, middle - 1, middle + 2), 1);
        EXPECT_NEAR(share(evenly, middle - 1, middle + .5F), .5, .05);
        EXPECT_NEAR(share(around, middle - .5F, middle + .5F), .683, .05);
    }
}

TEST(Generation, RefusesWhatTheNetworkCannotDo) {
    const auto refused = [](const NetworkSpec& spec, const GenerationOptions& options,
                            const std::string& words) {
        expect_error(generate(*frozen(spec), nullptr, options), ErrorCode::usage, words);
    };
    refused(test::style_spec(), {.category = 2}, "there is no class 2");
    refused(test::style_spec(), {.category = -1}, "there is no class -1");
    refused(test::tiny_spec(), {.category = 0}, "has 0 label units");
    refused(test::tiny_spec(), {}, "where this network's codes lie is not known");
    refused(test::tiny_spec(test::kUnN), {.reflections = 1}, "does not reflect");
}

TEST(Generation, ManyCodesDecodeInPartsToTheSamePictures) {
    const auto net = style_net();
    const Generated many = value_of(generate(*net, nullptr, {.count = 1103}));
    ASSERT_EQ(many.pictures.count(), 1103U);
    const Images last = net->decode(std::span(many.codes).last(4));
    const auto kept = many.pictures.at(1102);
    for (std::size_t pixel = 0; pixel < kept.size(); ++pixel) {
        EXPECT_NEAR(kept[pixel], last.values[pixel], 1e-6);
    }
}

TEST(Generation, StopsBetweenPartsWhenItIsTold) {
    int asked = 0;
    const Generated few = made({.count = 1500, .proceed = [&asked] { return ++asked < 3; }});
    EXPECT_EQ(few.pictures.count(), 1000U);
    EXPECT_EQ(few.categories.size(), 1500U);
}

TEST(WithinClassVariance, ByHand) {
    // Class 7: pixels (0, 1) and (1, 1), variance .25 + 0. Class 2: (0, 0), (0, .6), (0, .3), variance .06.
    const Images pictures{{1, 1, 2}, {0, 1, 0, 0, 1, 1, 0, .6F, 0, .3F}};
    EXPECT_NEAR(within_class_variance(pictures, std::vector<int>{7, 2, 7, 2, 2}), (.25 + .06) / 2,
                1e-7);
}

TEST(WithinClassVariance, IsZeroWithoutVarietyOrPictures) {
    const Images same{{1, 1, 2}, {.3F, .7F, .3F, .7F}};
    EXPECT_NEAR(within_class_variance(same, std::vector<int>{0, 0}), 0, 1e-12);
    EXPECT_EQ(within_class_variance({{1, 1, 2}, {}}, {}), 0);
    EXPECT_THROW(within_class_variance(same, std::vector<int>{0}), std::invalid_argument);
}

}  // namespace
}  // namespace lmser
