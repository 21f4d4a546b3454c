// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/spec/experiment.h"

namespace lmser::test {

/// A folder of its own under the system's temporary folder; removed at the end.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline constexpr int kTrainPictures = 300;
inline constexpr int kTestPictures = 60;

/// Writes built-in digits as MNIST's four files, so that a test loads a small dataset in no time.
void write_tiny_mnist(const std::filesystem::path& folder);

/// [784, 12, 4] on the tiny MNIST: 40 steps of 10 pictures, an evaluation every 20.
Experiment tiny_experiment();

}  // namespace lmser::test
