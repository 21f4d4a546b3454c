// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/code_checks.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lmser {
namespace {

constexpr int kLargestScale = 64;

bool all_finite(const std::vector<float>& values) {
    return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

}  // namespace

Error refused(std::string message, std::string hint) {
    return {ErrorCode::usage, std::move(message), std::move(hint)};
}

Error no_network() {
    return refused("there is no network to explore yet", "Make a new one or open a model.");
}

Error no_pictures(const std::string& what) {
    return refused("there are no " + what + ": the dataset of this network is not there",
                   "Choose the folder of its data with File > Choose data folder.");
}

Result<void> check_code(const NetworkSpec& spec, const std::vector<float>& code) {
    const std::size_t units = spec.code_units();
    if (code.size() != units) {
        return refused("the code has " + std::to_string(code.size()) +
                       " values, but the network has " + std::to_string(units) + " top units");
    }
    if (!all_finite(code)) {
        return refused("the code has values that are not numbers");
    }
    return {};
}

Result<void> check_codes(const NetworkSpec& spec, const std::vector<float>& codes,
                         std::size_t most) {
    const std::size_t units = spec.code_units();
    if (codes.empty() || codes.size() % units != 0) {
        return refused("the codes have " + std::to_string(codes.size()) +
                       " values, which are no codes of " + std::to_string(units) + " top units");
    }
    if (codes.size() / units > most) {
        return refused("a sheet has at most " + std::to_string(most) + " pictures, not " +
                       std::to_string(codes.size() / units));
    }
    if (!all_finite(codes)) {
        return refused("the codes have values that are not numbers");
    }
    return {};
}

Result<void> check_scale(int scale) {
    if (scale < 1 || scale > kLargestScale) {
        return refused("a picture is enlarged 1 to " + std::to_string(kLargestScale) +
                       " times, not " + std::to_string(scale));
    }
    return {};
}

}  // namespace lmser
