// SPDX-License-Identifier: GPL-3.0-or-later
// One training step of lmser-un on pictures from a file, for compare_step.py:
//   bench_step PICTURES STEPS    PICTURES: uint8 [count, 784], nothing else
// prints the median time of a step in µs, the processor time of one, which other programs disturb less, and
// the last loss.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <ATen/Parallel.h>

#include "core/checkpoint/run.h"
#include "core/spec/presets.h"

namespace lmser {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kWarmUpSteps = 20;
constexpr double kMicroseconds = 1e6;  // of a second

std::shared_ptr<const Dataset> read_pictures(const std::string& path) {
    auto dataset = std::make_shared<Dataset>();
    dataset->name = "strokes";
    dataset->title = "Pictures of a benchmark";
    dataset->classes = {"picture"};
    std::ifstream file(path, std::ios::binary);
    std::vector<char> picture(dataset->shape.pixels());
    while (file.read(picture.data(), static_cast<std::streamsize>(picture.size()))) {
        dataset->train.pixels.insert(dataset->train.pixels.end(), picture.begin(), picture.end());
        dataset->train.labels.push_back(0);
    }
    dataset->test = dataset->train;
    return dataset;
}

int measure(const std::string& path, int steps) {
    auto experiment = preset("lmser-un").value();
    experiment.dataset = "strokes";
    auto run = Run::create(experiment, read_pictures(path));
    if (!run) {
        std::cerr << sentence(run.error()) << '\n';
        return EXIT_FAILURE;
    }
    std::vector<double> times;
    double loss = 0;
    std::clock_t processor_start = 0;
    for (int t = 0; t < kWarmUpSteps + steps; ++t) {
        if (t == kWarmUpSteps) {
            processor_start = std::clock();
        }
        const auto start = Clock::now();
        const auto report = run->step();
        const std::chrono::duration<double, std::micro> time = Clock::now() - start;
        if (!report) {
            std::cerr << sentence(report.error()) << '\n';
            return EXIT_FAILURE;
        }
        loss = report->loss;
        if (t >= kWarmUpSteps) {
            times.push_back(time.count());
        }
    }
    const double processor_time = static_cast<double>(std::clock() - processor_start) *
                                  kMicroseconds / (CLOCKS_PER_SEC * static_cast<double>(steps));
    const auto middle = times.begin() + steps / 2;
    std::nth_element(times.begin(), middle, times.end());
    std::cout << *middle << ' ' << processor_time << ' ' << loss << '\n';
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace lmser

int main(int argc, char** argv) {
    const int steps = argc == 3 ? std::atoi(argv[2]) : 0;
    if (steps < 1) {
        std::cerr << "usage: bench_step PICTURES STEPS\n";
        return 2;
    }
    at::set_num_threads(1);
    return lmser::measure(argv[1], steps);
}
