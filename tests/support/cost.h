// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <ctime>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

namespace lmser::testing {

/// What an action took.
struct Cost {
    double cpu_seconds = 0;  ///< of this process; waiting for a busy machine does not count
    std::optional<double> megabytes;  ///< by which its memory grew at most; nothing where unknown
};

inline std::optional<double> memory_line(const std::string& name) {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with(name)) {
            return std::stod(line.substr(name.size())) / 1024;
        }
    }
    return std::nullopt;
}

/// Runs the action and measures it; under a sanitizer everything costs nothing.
inline Cost cost_of(const std::function<void()>& action) {
    // "5" sets the peak of the memory in use back to what is in use now.
    const bool reset =
        static_cast<bool>(std::ofstream("/proc/self/clear_refs") << "5" << std::flush);
    const auto before = memory_line("VmRSS:");
    const std::clock_t start = std::clock();
    action();
    Cost cost{static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, std::nullopt};
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return {};  // what a sanitizer takes is not what the action takes
#endif
    const auto peak = memory_line("VmHWM:");
    if (reset && before && peak) {
        cost.megabytes = std::max(0.0, *peak - *before);
    }
    return cost;
}

}  // namespace lmser::testing
