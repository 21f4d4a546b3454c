// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/checkpoint/run.h"
#include "core/data/dataset.h"
#include "core/data/strokes.h"
#include "core/spec/experiment.h"
#include "core/spec/presets.h"

namespace lmser::test {

/// The class Run by a name that testing::Test, which has a member Run, does not hide.
using TinyRun = Run;

/// A folder of its own for a test, removed at its end.
class ScratchFolder {
public:
    ScratchFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "lmser-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
        return path_ / name;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A few drawn digits.
inline std::shared_ptr<const Dataset> tiny_dataset() {
    auto dataset = std::make_shared<Dataset>();
    dataset->name = "strokes";
    dataset->title = "Strokes";
    dataset->shape = {1, 28, 28};
    for (int digit = 0; digit < 10; ++digit) {
        dataset->classes.push_back(std::to_string(digit));
    }
    dataset->train = draw_strokes(70, 1);
    dataset->test = draw_strokes(20, 2);
    return dataset;
}

/// A preset with small layers and batches.
inline Experiment tiny_experiment(std::string_view name) {
    Experiment experiment = preset(name).value();
    experiment.dataset = "strokes";
    const NetworkSpec& network = experiment.network;
    const int top = network.style_units > 0 ? network.label_units + network.style_units : 10;
    if (name.starts_with("cnn-")) {
        experiment.network.layers = {{3, 4, 4, 0}, {4, 3, 2, 1}, {top}};
    } else {
        experiment.network.layers = {{14}, {12}, {top}};
    }
    experiment.training.batch = 8;
    experiment.training.iterations = 20;
    return experiment;
}

inline Run tiny_run(const Experiment& experiment) {
    return Run::create(experiment, tiny_dataset()).value();
}

/// Makes `count` steps.
inline void train(Run& run, int count) {
    for (int i = 0; i < count; ++i) {
        ASSERT_TRUE(run.step().ok());
    }
}

inline std::string contents_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

inline void write(const std::filesystem::path& file, std::string_view contents) {
    std::ofstream out(file, std::ios::binary);
    out.write(contents.data(), static_cast<std::streamsize>(contents.size()));
}

inline std::string text_of(const std::vector<std::byte>& bytes) {
    std::string text;
    for (const std::byte byte : bytes) {
        text.push_back(static_cast<char>(byte));
    }
    return text;
}

}  // namespace lmser::test
