// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/statistics_json.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/spec/json_object.h"
#include "core/spec/strict_json.h"

namespace lmser {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kFormat = "lmser-statistics-1";
constexpr std::size_t kMaxText = 100;
constexpr std::size_t kMaxAxes = 16;
constexpr std::size_t kMaxClasses = 256;
constexpr std::size_t kMaxUnits = 16384;
constexpr std::int64_t kMaxImages = std::int64_t{1} << 40;
constexpr float kRounding = 1e-3F;  // of sums and products of many floats

/// What the statistics of a code can be: for a unit its distribution, a place on every axis and two numbers a class.
JsonLimits limits_for(std::size_t code_units) {
    constexpr std::size_t kUnit = 64 + 1 + kMaxAxes + 2 * kMaxClasses;
    return {.bytes = std::size_t{1} << 20,
            .depth = 4,
            .values = std::min(code_units, kMaxUnits) * kUnit + 2048};
}

ordered_json json_of_unit(const UnitStatistics& unit) {
    ordered_json object;
    object["minimum"] = json_of(unit.minimum);
    object["maximum"] = json_of(unit.maximum);
    object["percentile_1"] = json_of(unit.percentile_1);
    object["percentile_99"] = json_of(unit.percentile_99);
    object["mean"] = json_of(unit.mean);
    object["std"] = json_of(unit.std);
    object["dead"] = unit.dead;
    object["histogram"] = json_of(unit.histogram);
    return object;
}

ordered_json json_of_rows(const std::vector<std::vector<float>>& rows) {
    ordered_json list = ordered_json::array();
    for (const std::vector<float>& row : rows) {
        list.push_back(json_of(row));
    }
    return list;
}

std::vector<std::string> read_classes(JsonObject& object) {
    const json& names = object.list("classes");
    std::vector<std::string> classes;
    for (const json& name : names) {
        const bool proper =
            name.is_string() && name.get_ref<const std::string&>().size() <= kMaxText;
        if (!proper || classes.size() == kMaxClasses) {
            object.fail("'classes' is not a list of at most 256 short names");
            return {};
        }
        classes.push_back(name.get<std::string>());
    }
    return classes;
}

/// Whether what describes one unit can be true of any.
bool in_order(const UnitStatistics& unit) {
    const float slack = kRounding * (unit.maximum - unit.minimum);
    return unit.minimum <= unit.percentile_1 && unit.percentile_1 <= unit.percentile_99 &&
           unit.percentile_99 <= unit.maximum && unit.mean >= unit.minimum - slack &&
           unit.mean <= unit.maximum + slack && unit.std >= 0;
}

bool sums_to_one(const std::array<float, 48>& histogram) {
    const float sum = std::accumulate(histogram.begin(), histogram.end(), 0.F);
    return std::abs(sum - 1) < kRounding &&
           std::all_of(histogram.begin(), histogram.end(), [](float part) { return part >= 0; });
}

UnitStatistics read_unit(JsonObject& statistics, const json& described, std::size_t index) {
    const std::string name = "units[" + std::to_string(index) + "]";
    JsonObject object(described, name + ".");
    UnitStatistics unit;
    unit.minimum = object.number("minimum");
    unit.maximum = object.number("maximum");
    unit.percentile_1 = object.number("percentile_1");
    unit.percentile_99 = object.number("percentile_99");
    unit.mean = object.number("mean");
    unit.std = object.number("std");
    unit.dead = object.truth("dead");
    const std::vector<float> histogram = object.numbers("histogram", unit.histogram.size());
    std::copy(histogram.begin(), histogram.end(), unit.histogram.begin());
    if (!in_order(unit)) {
        object.fail("the numbers of '" + name + "' are not in order");
    }
    if (!sums_to_one(unit.histogram)) {
        object.fail("the histogram of '" + name + "' does not sum to 1");
    }
    if (const auto problem = object.finish()) {
        statistics.fail(*problem);
    }
    return unit;
}

std::vector<UnitStatistics> read_units(JsonObject& object, std::size_t code_units) {
    const json& described = object.list("units");
    if (described.size() != code_units) {
        object.fail("it describes " + std::to_string(described.size()) + " units of a code of " +
                    std::to_string(code_units));
        return {};
    }
    std::vector<UnitStatistics> units;
    for (const json& unit : described) {
        units.push_back(read_unit(object, unit, units.size()));
    }
    return units;
}

float product(const std::vector<float>& a, const std::vector<float>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.F);
}

bool orthonormal(const std::vector<std::vector<float>>& axes) {
    for (std::size_t i = 0; i < axes.size(); ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            // Not-a-number from an overflow fails as well.
            if (!(std::abs(product(axes[i], axes[j]) - (i == j ? 1.F : 0.F)) < kRounding)) {
                return false;
            }
        }
    }
    return true;
}

bool widest_first(const std::vector<float>& stds) {
    float last = std::numeric_limits<float>::max();
    for (const float std : stds) {
        if (std < 0 || std > last * (1 + kRounding)) {
            return false;
        }
        last = std;
    }
    return true;
}

void read_axes(JsonObject& object, std::size_t code_units, CodeStatistics& statistics) {
    statistics.axes = object.rows("axes", std::min(kMaxAxes, code_units), code_units, true);
    statistics.axis_std = object.numbers("axis_std", statistics.axes.size());
    if (!orthonormal(statistics.axes)) {
        object.fail("its axes are not orthonormal");
    }
    if (!widest_first(statistics.axis_std)) {
        object.fail("its axes are not in the order of their widths");
    }
}

void read_class_moments(JsonObject& object, std::size_t code_units, CodeStatistics& statistics) {
    const std::size_t classes = statistics.classes.size();
    statistics.class_mean = object.rows("class_mean", classes, code_units);
    statistics.class_std = object.rows("class_std", classes, code_units);
    for (const std::vector<float>& stds : statistics.class_std) {
        if (std::any_of(stds.begin(), stds.end(), [](float std) { return std < 0; })) {
            object.fail("'class_std' holds a negative number");
        }
    }
}

Error bad_statistics(const std::string& reason) {
    return {ErrorCode::bad_data, "the statistics cannot be used: " + reason, {}};
}

}  // namespace

std::string to_json(const CodeStatistics& statistics) {
    ordered_json object;
    object["format"] = kFormat;
    object["dataset"] = statistics.dataset;
    object["images"] = statistics.images;
    object["classes"] = statistics.classes;
    object["units"] = ordered_json::array();
    for (const UnitStatistics& unit : statistics.units) {
        object["units"].push_back(json_of_unit(unit));
    }
    object["mean"] = json_of(statistics.mean);
    object["axes"] = json_of_rows(statistics.axes);
    object["axis_std"] = json_of(statistics.axis_std);
    object["class_mean"] = json_of_rows(statistics.class_mean);
    object["class_std"] = json_of_rows(statistics.class_std);
    return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Result<CodeStatistics> statistics_from_json(std::string_view text, std::size_t code_units) {
    const auto parsed = parse_strict_json(text, limits_for(code_units));
    if (!parsed) {
        return bad_statistics(parsed.error().message);
    }
    JsonObject object(*parsed, "");
    CodeStatistics statistics;
    if (object.text("format", kMaxText) != kFormat) {
        object.fail("its format is not " + std::string(kFormat));
    }
    statistics.dataset = object.text("dataset", kMaxText);
    statistics.images = object.whole_number("images", 1, kMaxImages);
    statistics.classes = read_classes(object);
    statistics.units = read_units(object, code_units);
    statistics.mean = object.numbers("mean", code_units);
    read_axes(object, code_units, statistics);
    read_class_moments(object, code_units, statistics);
    if (const auto problem = object.finish()) {
        return bad_statistics(*problem);
    }
    return statistics;
}

}  // namespace lmser
