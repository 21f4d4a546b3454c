// SPDX-License-Identifier: GPL-3.0-or-later
// How long it takes to close a hole of a 128 x 128 colour picture, which happens between a stroke and its recall:
// bench_pictures --benchmark_filter=fill
#include <array>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/base/hole.h"
#include "core/base/image.h"
#include "core/base/mask.h"
#include "core/base/picture_quality.h"
#include "core/base/random.h"
#include "core/base/telea.h"

namespace lmser {
namespace {

constexpr int kSide = 128;
constexpr ImageShape kShape{3, kSide, kSide};
constexpr int kRounds = 20;

/// Strokes that hide a fifth of the picture, the median of random strokes.
Mask strokes() {
    for (std::uint64_t i = 0;; ++i) {
        Random random(1, RandomPurpose::masks, i);
        const Mask mask = random_strokes(kSide, kSide, random);
        const double part = static_cast<double>(hidden_count(mask)) / (kSide * kSide);
        if (part > .19 && part < .21) {
            return mask;
        }
    }
}

std::vector<float> noise() {
    Random random(2, RandomPurpose::exploration, 0);
    std::vector<float> picture(kShape.pixels());
    for (float& value : picture) {
        value = static_cast<float>(random.uniform());
    }
    return picture;
}

/// close(hole, plane) on every channel, the hole made anew as for every new mask.
template <class Close>
void close_hole(benchmark::State& state, const Mask& mask, const Close& close) {
    std::vector<float> picture = noise();
    const std::size_t plane = mask.hidden.size();
    for (auto _ : state) {
        const Hole hole(kSide, kSide, mask.hidden);
        for (std::size_t first = 0; first < picture.size(); first += plane) {
            close(hole, std::span(picture).subspan(first, plane));
        }
        benchmark::DoNotOptimize(picture.data());
    }
}

void inpaint(benchmark::State& state, const Mask& mask) {
    std::vector<float> picture = noise();
    for (auto _ : state) {
        inpaint_telea(picture, kShape, mask.hidden);
        benchmark::DoNotOptimize(picture.data());
    }
}

void measure_quality(benchmark::State& state, const Mask& mask) {
    const std::vector<float> picture = noise();
    const std::vector<float> truth(picture.rbegin(), picture.rend());
    for (auto _ : state) {
        benchmark::DoNotOptimize(ssim_inside(picture, truth, kShape, mask.hidden));
    }
}

void register_all() {
    struct NamedMask {
        const char* name;
        Mask mask;
    };
    const std::array<NamedMask, 2> masks = {
        {{"strokes", strokes()}, {"half", preset_mask(MaskPreset::left_half, kSide, kSide)}}};
    const auto add = [](const std::string& name, const auto& run) {
        benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMicrosecond);
    };
    using Plane = std::span<float>;
    for (const auto& [name, mask] : masks) {
        const std::string of = std::string("/") + name;
        add("fill" + of, [mask = mask](benchmark::State& state) {
            close_hole(state, mask, [](const Hole& hole, Plane plane) { hole.fill(plane); });
        });
        add("membrane" + of, [mask = mask](benchmark::State& state) {
            close_hole(state, mask,
                       [](const Hole& hole, Plane plane) { hole.span_membrane(plane, kRounds); });
        });
        add("membrane_adjoint" + of, [mask = mask](benchmark::State& state) {
            close_hole(state, mask, [](const Hole& hole, Plane plane) {
                hole.span_membrane_adjoint(plane, kRounds);
            });
        });
        add("telea" + of, [mask = mask](benchmark::State& state) { inpaint(state, mask); });
        add("ssim" + of, [mask = mask](benchmark::State& state) { measure_quality(state, mask); });
    }
}

}  // namespace
}  // namespace lmser

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return 1;
    }
    lmser::register_all();
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
