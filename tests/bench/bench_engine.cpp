// SPDX-License-Identifier: GPL-3.0-or-later
// How long the engine's work takes, on one thread: bench_engine --benchmark_filter=step
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <ATen/Parallel.h>
#include <benchmark/benchmark.h>

#include "core/checkpoint/run.h"
#include "core/checkpoint/shipped_models.h"
#include "core/data/strokes.h"
#include "core/spec/presets.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

constexpr std::size_t kTrainingPictures = 10000;
constexpr std::size_t kTestPictures = 1000;
constexpr std::size_t kClasses = 10;

/// Fewer built-in digits than the dataset strokes has: a benchmark starts at once.
std::shared_ptr<const Dataset> digits() {
    static const auto drawn = [] {
        auto dataset = std::make_shared<Dataset>();
        dataset->name = "strokes";
        dataset->title = "Strokes";
        for (std::size_t i = 0; i < kClasses; ++i) {
            dataset->classes.push_back(std::to_string(i));
        }
        dataset->train = draw_strokes(kTrainingPictures, 1);
        dataset->test = draw_strokes(kTestPictures, 2);
        return std::shared_ptr<const Dataset>(std::move(dataset));
    }();
    return drawn;
}

/// A run of a preset on the digits; leaves the program where it cannot be made.
Run run_of(const std::string& name) {
    auto experiment = preset(name);
    if (experiment) {
        experiment->dataset = "strokes";
        auto run = Run::create(*experiment, digits());
        if (run) {
            return std::move(run).value();
        }
        std::cerr << sentence(run.error()) << '\n';
    } else {
        std::cerr << sentence(experiment.error()) << '\n';
    }
    std::exit(EXIT_FAILURE);
}

/// One step as training makes it: order, batch, perceive, loss, gradient, Adam, report.
void training_step(benchmark::State& state, const std::string& name) {
    Run run = run_of(name);
    const int batch = run.experiment().training.batch;
    for (auto _ : state) {
        const auto report = run.step();
        if (!report) {
            state.SkipWithError(report.error().message.c_str());
            return;
        }
    }
    state.SetItemsProcessed(state.iterations() * batch);
}

/// What a slider asks for: the picture of one code.
void decode_one_code(benchmark::State& state) {
    const auto net = run_of("lmser-un").frozen();
    const std::vector<float> code(net->spec().code_units(), 1.F);
    for (auto _ : state) {
        benchmark::DoNotOptimize(net->decode(code));
    }
}

/// The same with the shortcuts of a start picture.
void decode_with_shortcuts(benchmark::State& state) {
    const auto net = run_of("lmser-un").frozen();
    const auto shortcuts = net->shortcuts_of(images_of(*digits(), digits()->test, 0, 1));
    const std::vector<float> code(net->spec().code_units(), 1.F);
    for (auto _ : state) {
        benchmark::DoNotOptimize(net->decode(code, {.shortcuts = shortcuts.get()}));
    }
}

/// What the training thread pays for handing its weights over.
void frozen_copy(benchmark::State& state) {
    const Run run = run_of("lmser-un");
    for (auto _ : state) {
        benchmark::DoNotOptimize(run.frozen());
    }
}

void evaluate_thousand_pictures(benchmark::State& state) {
    const auto net = run_of("lmser-un").frozen();
    for (auto _ : state) {
        FrozenNet::Sums sums;
        net->add_to(sums, *digits(), digits()->test, 0, kTestPictures);
        benchmark::DoNotOptimize(net->evaluation(sums, "test"));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kTestPictures));
}

/// What a shipped model is asked for: `codes` pictures, each perceived once more.
void decode_shipped(benchmark::State& state, const std::string& name, std::size_t codes) {
    const auto model = load_model(name);
    if (!model) {
        state.SkipWithError(model.error().message.c_str());
        return;
    }
    const bool reflects = model->experiment.network.wiring.shared_neurons;
    const std::vector<float> code(codes * model->net->spec().code_units(), .3F);
    for (auto _ : state) {
        benchmark::DoNotOptimize(model->net->decode(code, {.reflections = reflects ? 1 : 0}));
    }
}

void register_all() {
    for (const ShippedModel& model : shipped_models()) {
        for (const std::size_t codes : {1, 10}) {
            benchmark::RegisterBenchmark(
                ("decode_shipped/" + model.name + "/" + std::to_string(codes)).c_str(),
                [name = model.name, codes](benchmark::State& state) {
                    decode_shipped(state, name, codes);
                })
                ->Unit(benchmark::kMicrosecond);
        }
    }
    for (const Preset& preset : presets()) {
        const std::string name = preset.name;
        benchmark::RegisterBenchmark(
            ("training_step/" + name).c_str(),
            [name](benchmark::State& state) { training_step(state, name); })
            ->Unit(benchmark::kMicrosecond);
    }
    benchmark::RegisterBenchmark("decode_one_code", decode_one_code)->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("decode_with_shortcuts", decode_with_shortcuts)
        ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("frozen_copy", frozen_copy)->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("evaluate_thousand_pictures", evaluate_thousand_pictures)
        ->Unit(benchmark::kMillisecond);
}

}  // namespace
}  // namespace lmser

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return EXIT_FAILURE;
    }
    at::set_num_threads(1);
    lmser::register_all();
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return EXIT_SUCCESS;
}
