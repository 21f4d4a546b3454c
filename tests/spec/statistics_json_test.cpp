// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/statistics_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <iostream>
#include <limits>

#include "tests/support/expect_error.h"
#include "tests/support/sample_statistics.h"

namespace lmser {
namespace {

using namespace lmser::testing;

TEST(StatisticsJson, ReadsBackTheSameAndIsSmall) {
    const CodeStatistics statistics = sample_statistics(12, 10);
    const std::string text = to_json(statistics);
    EXPECT_EQ(value_of(statistics_from_json(text, 12)), statistics);
    EXPECT_EQ(to_json(value_of(statistics_from_json(text, 12))), text) << "same value, same bytes";
    std::cout << "[ 12 units, 10 classes: " << text.size() << " bytes ]\n";
    EXPECT_LT(text.size(), 13'000U);
}

TEST(StatisticsJson, HoldsCodesOfAnyLengthWithAndWithoutClasses) {
    for (const auto& [units, classes] : {std::pair{1U, 0U}, {2U, 3U}, {64U, 10U}, {256U, 0U}}) {
        const CodeStatistics statistics = sample_statistics(units, classes);
        EXPECT_EQ(value_of(statistics_from_json(to_json(statistics), units)), statistics);
    }
}

/// A change that makes good statistics impossible, and what is said about it.
struct Spoiled {
    const char* words;
    std::function<void(CodeStatistics&)> spoil;
};

TEST(StatisticsJson, WhatIsImpossibleIsNamed) {
    const Spoiled all[] = {
        {"'images' is 0, not from 1", [](CodeStatistics& s) { s.images = 0; }},
        {"it describes 3 units of a code of 4", [](CodeStatistics& s) { s.units.pop_back(); }},
        {"'mean' has 3 values where 4 are needed", [](CodeStatistics& s) { s.mean.pop_back(); }},
        {"the numbers of 'units[1]' are not in order",
         [](CodeStatistics& s) { s.units[1].percentile_1 = s.units[1].percentile_99 + 1; }},
        {"the numbers of 'units[0]' are not in order",
         [](CodeStatistics& s) { s.units[0].std = -1; }},
        {"the numbers of 'units[0]' are not in order",
         [](CodeStatistics& s) { s.units[0].mean = s.units[0].maximum + 1; }},
        {"the histogram of 'units[2]' does not sum to 1",
         [](CodeStatistics& s) { s.units[2].histogram[5] += .01F; }},
        {"the histogram of 'units[2]' does not sum to 1",
         [](CodeStatistics& s) {
             s.units[2].histogram[5] -= 2;
             s.units[2].histogram[6] += 2;
         }},
        {"its axes are not orthonormal", [](CodeStatistics& s) { s.axes[0] = s.axes[1]; }},
        {"its axes are not orthonormal", [](CodeStatistics& s) { s.axes[2][2] *= 1.01F; }},
        {"its axes are not orthonormal", [](CodeStatistics& s) { s.axes[1].assign(4, 3e38F); }},
        {"'axes' has 5 lists where at most 4 can be",
         [](CodeStatistics& s) { s.axes.emplace_back(4, 0.F); }},
        {"'axes' has 3 values where 4 are needed", [](CodeStatistics& s) { s.axes[1].pop_back(); }},
        {"'axis_std' has 3 values where 4 are needed",
         [](CodeStatistics& s) { s.axis_std.pop_back(); }},
        {"its axes are not in the order of their widths",
         [](CodeStatistics& s) { std::swap(s.axis_std[0], s.axis_std[3]); }},
        {"'class_mean' has 2 lists where 3 can be",
         [](CodeStatistics& s) { s.class_mean.pop_back(); }},
        {"'class_std' has 5 values where 4 are needed",
         [](CodeStatistics& s) { s.class_std[2].push_back(0); }},
        {"'class_std' holds a negative number", [](CodeStatistics& s) { s.class_std[2][1] = -1; }},
        {"'classes' is not a list of at most 256 short names",
         [](CodeStatistics& s) { s.classes.assign(257, "x"); }},
        {"'classes' is not a list of at most 256 short names",
         [](CodeStatistics& s) { s.classes[0] = std::string(101, 'x'); }},
        {"'dataset' has 101 bytes, more than 100",
         [](CodeStatistics& s) { s.dataset = std::string(101, 'x'); }},
        {"'units[3].mean' is not a number",  // JSON has no infinity
         [](CodeStatistics& s) { s.units[3].mean = std::numeric_limits<float>::infinity(); }},
    };
    for (const Spoiled& spoiled : all) {
        CodeStatistics statistics = sample_statistics(4, 3);
        ASSERT_TRUE(statistics_from_json(to_json(statistics), 4));
        spoiled.spoil(statistics);
        expect_error(statistics_from_json(to_json(statistics), 4), ErrorCode::bad_data,
                     spoiled.words);
    }
}

TEST(StatisticsJson, WhatIsMissingUnknownOrMistypedIsNamed) {
    const std::string good = to_json(sample_statistics(4, 3));
    const auto with = [&good](const std::string& what, const std::string& by) {
        std::string text = good;
        return text.replace(text.find(what), what.size(), by);
    };
    const std::pair<std::string, std::string> all[] = {
        {with("lmser-statistics-1", "x"), "its format is not lmser-statistics-1"},
        {with("\"dead\":false", "\"dead\":0"), "'units[0].dead' is neither true nor false"},
        {with("\"dead\"", "\"alive\""), "'units[0].dead' is missing"},
        {with("\"minimum\"", "\"x\":1,\"minimum\""), "'units[0].x' is unknown"},
        {with("\"format\"", "\"x\":1,\"format\""), "'x' is unknown"},
        {with("\"units\":[{", "\"units\":[7,{"), "it describes 5 units of a code of 4"},
        {with("\"axes\":[[", "\"axes\":[[["), "it is not valid JSON"},
        {"[]", "it is not an object"},
    };
    for (const auto& [text, words] : all) {
        expect_error(statistics_from_json(text, 4), ErrorCode::bad_data, words);
    }
    expect_error(statistics_from_json(good, 5), ErrorCode::bad_data,
                 "it describes 4 units of a code of 5");
}

}  // namespace
}  // namespace lmser
