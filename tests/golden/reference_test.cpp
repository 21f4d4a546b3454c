// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the golden figures are what the scripts beside them make, and reference.py right about its gradients.
#include <array>
#include <cstdio>
#include <string>

#include <gtest/gtest.h>

namespace lmser {
namespace {

/// What a command printed, and its exit status.
struct Outcome {
    int status = -1;
    std::string output;
};

Outcome run(const std::string& command) {
    Outcome outcome;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) {
        return outcome;
    }
    std::array<char, 4096> part{};
    while (std::fgets(part.data(), static_cast<int>(part.size()), pipe) != nullptr) {
        outcome.output += part.data();
    }
    outcome.status = pclose(pipe);
    return outcome;
}

/// A Python that has numpy; Debian's first, since the one on the PATH may be another. Empty: none.
std::string python_with_numpy() {
    for (const char* candidate : {"/usr/bin/python3", "python3"}) {
        if (run(std::string(candidate) + " -c 'import numpy'").status == 0) {
            return candidate;
        }
    }
    return {};
}

void expect_success(const std::string& script, const std::string& option) {
    const std::string python = python_with_numpy();
    if (python.empty()) {
        GTEST_SKIP() << "no Python with numpy: neither /usr/bin/python3 nor python3 imports it";
    }
    const Outcome outcome = run("OPENBLAS_NUM_THREADS=1 " + python + " -B '" + LMSER_SOURCE_DIR +
                                "/tests/golden/" + script + "' " + option);
    EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(Reference, MakesTheCommittedFigures) {
    expect_success("reference.py", "--check");
}

TEST(Reference, DerivesTheGradientsThatFiniteDifferencesShow) {
    expect_success("reference.py", "--gradients");
}

TEST(Reference, MakesTheCommittedFiguresOfPictureQuality) {
    expect_success("picture_quality.py", "--check");
}

}  // namespace
}  // namespace lmser
