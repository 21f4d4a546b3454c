// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/curve_math.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

namespace lmser::ui {
namespace {

template <class Number>
void append(std::string& text, Number number) {
    std::array<char, 40> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text.append(digits.data(), end);
}

void appendField(std::string& text, const std::string& field) {
    if (field.find_first_of(",\"\r\n") == std::string::npos) {
        text += field;
        return;
    }
    text += '"';
    for (const char c : field) {
        text += c;
        if (c == '"') {
            text += c;
        }
    }
    text += '"';
}

}  // namespace

double DebiasedAverage::add(double value) {
    if (!std::isfinite(value)) {
        return value;
    }
    mean_ = smoothing_ * mean_ + (1 - smoothing_) * value;
    weight_ = smoothing_ * weight_ + (1 - smoothing_);
    return mean_ / weight_;
}

std::vector<double> smoothed(std::span<const double> values, double smoothing) {
    DebiasedAverage average(smoothing);
    std::vector<double> result;
    result.reserve(values.size());
    for (const double value : values) {
        result.push_back(average.add(value));
    }
    return result;
}

std::string csv(std::span<const CurveTable> curves) {
    std::string text = "run,curve,iteration,error_per_pixel,smoothed\r\n";
    for (const CurveTable& curve : curves) {
        for (std::size_t i = 0; i < curve.values.size(); ++i) {
            appendField(text, curve.run);
            text += ',';
            appendField(text, curve.curve);
            text += ',';
            append(text, curve.iterations[i]);
            text += ',';
            append(text, curve.values[i]);
            text += ',';
            if (!curve.smoothed.empty()) {
                append(text, curve.smoothed[i]);
            }
            text += "\r\n";
        }
    }
    return text;
}

std::vector<double> logTicks(double lower, double upper) {
    constexpr double kDecades = 2;
    constexpr std::array<double, 3> kMantissas = {1, 2, 5};
    const double decades = std::log10(upper / lower);
    std::vector<double> ticks;
    for (int e = static_cast<int>(std::floor(std::log10(lower))); std::pow(10, e) <= upper; ++e) {
        for (const double mantissa : kMantissas) {
            const double tick = mantissa * std::pow(10, e);
            const bool wanted = mantissa == 1 || decades < kDecades;
            if (wanted && tick >= lower * (1 - 1e-9) && tick <= upper * (1 + 1e-9)) {
                ticks.push_back(tick);
            }
        }
    }
    return ticks.size() < 3 ? linearTicks(lower, upper) : ticks;
}

std::vector<double> linearTicks(double lower, double upper) {
    constexpr double kTicks = 6;
    if (!(upper > lower)) {
        return {lower};
    }
    const double rough = (upper - lower) / kTicks;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    const double step = power * (rough / power < 1.5   ? 1
                                 : rough / power < 3.5 ? 2
                                 : rough / power < 7.5 ? 5
                                                       : 10);
    std::vector<double> ticks;
    for (double i = std::ceil(lower / step - 1e-9); i * step <= upper + step * 1e-9; ++i) {
        ticks.push_back(i * step);
    }
    return ticks;
}

std::vector<double> spreadLabels(std::span<const double> centres, double height, double top,
                                 double bottom) {
    std::vector<std::size_t> order(centres.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return centres[a] < centres[b]; });
    std::vector<double> result(centres.begin(), centres.end());
    double free = top + height / 2;
    for (const std::size_t i : order) {
        result[i] = std::max(result[i], free);
        free = result[i] + height;
    }
    double last = bottom - height / 2;
    for (auto i = order.rbegin(); i != order.rend(); ++i) {
        result[*i] = std::min(result[*i], last);
        last = result[*i] - height;
    }
    return result;
}

}  // namespace lmser::ui
