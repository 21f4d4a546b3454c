// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/generation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string>

#include "core/base/random.h"

namespace lmser {

namespace {

constexpr std::size_t kCodesAPart = 500;
constexpr float kStyleEnd = 2;

/// One value of a unit that is no style unit, by what the data showed of it.
float drawn_unit(const UnitStatistics& unit, StyleDraw style, Random& random) {
    if (style == StyleDraw::normal) {
        return unit.mean + unit.std * static_cast<float>(random.normal());
    }
    return static_cast<float>(
        random.uniform(double{unit.percentile_1}, double{unit.percentile_99}));
}

float drawn_style(StyleDraw style, Random& random) {
    if (style == StyleDraw::normal) {
        return std::clamp(static_cast<float>(random.normal()), -kStyleEnd, kStyleEnd);
    }
    return static_cast<float>(random.uniform(-double{kStyleEnd}, double{kStyleEnd}));
}

Result<void> check_request(const NetworkSpec& spec, const CodeStatistics* statistics,
                           const GenerationOptions& options) {
    if (options.category && (*options.category < 0 || *options.category >= spec.label_units)) {
        return Error{ErrorCode::usage,
                     "there is no class " + std::to_string(*options.category) +
                         ": the network has " + std::to_string(spec.label_units) + " label units",
                     spec.label_units > 0
                         ? "Choose a class from 0 to " + std::to_string(spec.label_units - 1) + "."
                         : "Take a network with the label in its code, such as lmser-gen."};
    }
    if (auto reflects = check_reflections(spec, options.reflections); !reflects) {
        return reflects;
    }
    if (spec.style_units == 0 && statistics == nullptr) {
        return Error{ErrorCode::usage,
                     "where this network's codes lie is not known: it has no style units, and its "
                     "file holds no statistics",
                     "Give the dataset with --data, or take a model that ships."};
    }
    return {};
}

}  // namespace

Result<void> check_reflections(const NetworkSpec& spec, int reflections) {
    if (reflections < 0 || reflections > kMostReflections) {
        return Error{ErrorCode::usage,
                     "a picture is perceived 0 to " + std::to_string(kMostReflections) +
                         " times more, not " + std::to_string(reflections),
                     {}};
    }
    if (reflections > 0 && !spec.wiring.shared_neurons) {
        return Error{ErrorCode::usage, "the network does not reflect: it has no shared neurons",
                     "Take 0 reflections."};
    }
    return {};
}

Result<Generated> generate(const FrozenNet& net, const CodeStatistics* statistics,
                           const GenerationOptions& options) {
    const NetworkSpec& spec = net.spec();
    if (auto valid = check_request(spec, statistics, options); !valid) {
        return valid.error();
    }
    const auto labels = static_cast<std::size_t>(spec.label_units);
    Random random(options.seed, RandomPurpose::generation, 0);
    Generated made;
    for (std::size_t i = 0; i < options.count; ++i) {
        const int category =
            labels == 0 ? -1 : options.category.value_or(static_cast<int>(i % labels));
        for (std::size_t unit = 0; unit < spec.code_units(); ++unit) {
            if (unit < labels) {
                made.codes.push_back(static_cast<int>(unit) == category ? 1.F : 0.F);
            } else if (spec.style_units > 0) {
                made.codes.push_back(drawn_style(options.style, random));
            } else {
                made.codes.push_back(drawn_unit(statistics->units[unit], options.style, random));
            }
        }
        made.categories.push_back(category);
    }
    made.pictures = decode_all(net, made.codes, options.reflections, options.proceed);
    return made;
}

Images decode_all(const FrozenNet& net, std::span<const float> codes, int reflections,
                  const Proceed& proceed) {
    const std::size_t pictures_a_part = std::min(kCodesAPart, pictures_at_once(net.spec().input));
    const std::size_t part = pictures_a_part * net.spec().code_units();
    Images pictures{net.spec().input, {}};
    for (std::size_t at = 0; at < codes.size() && goes_on(proceed); at += part) {
        const Images some = net.decode(codes.subspan(at, std::min(part, codes.size() - at)),
                                       {.reflections = reflections});
        pictures.values.insert(pictures.values.end(), some.values.begin(), some.values.end());
    }
    return pictures;
}

double unevenness(const Images& sweep) {
    if (sweep.count() < 2) {
        throw std::invalid_argument("a sweep has two pictures at least");
    }
    double largest = 0;
    double sum = 0;
    for (std::size_t i = 1; i < sweep.count(); ++i) {
        const auto before = sweep.at(i - 1);
        const auto after = sweep.at(i);
        double squares = 0;
        for (std::size_t p = 0; p < before.size(); ++p) {
            const double change = double{after[p]} - double{before[p]};
            squares += change * change;
        }
        const double step = std::sqrt(squares / static_cast<double>(before.size()));
        largest = std::max(largest, step);
        sum += step;
    }
    const auto steps = static_cast<double>(sweep.count() - 1);
    return sum > 0 ? largest / (sum / steps) : 0;
}

double within_class_variance(const Images& pictures, std::span<const int> classes) {
    if (classes.size() != pictures.count()) {
        throw std::invalid_argument("there must be a class for every picture");
    }
    struct Moments {
        double count = 0;
        std::vector<double> sum;
        std::vector<double> squares;
    };
    std::map<int, Moments> by_class;
    const std::size_t pixels = pictures.shape.pixels();
    for (std::size_t i = 0; i < classes.size(); ++i) {
        Moments& moments = by_class[classes[i]];
        moments.sum.resize(pixels);
        moments.squares.resize(pixels);
        moments.count += 1;
        for (std::size_t p = 0; p < pixels; ++p) {
            const double value = pictures.at(i)[p];
            moments.sum[p] += value;
            moments.squares[p] += value * value;
        }
    }
    double total = 0;
    for (const auto& [label, moments] : by_class) {
        for (std::size_t p = 0; p < pixels; ++p) {
            const double mean = moments.sum[p] / moments.count;
            total += moments.squares[p] / moments.count - mean * mean;
        }
    }
    return by_class.empty() ? 0 : total / static_cast<double>(by_class.size());
}

}  // namespace lmser
