// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "core/data/sampler.h"
#include "core/data/strokes.h"
#include "core/train/batch.h"
#include "core/train/trainer.h"

namespace lmser {
namespace {

constexpr std::int64_t kPictures = 1000;
constexpr int kSteps = 200;
constexpr int kBatch = 32;

NetworkSpec small_spec() {
    NetworkSpec spec;
    spec.layers = {{64}, {32}, {10}};
    return spec;
}

/// The first report and the average over the last ten steps.
std::pair<StepReport, StepReport> learn(const NetworkSpec& spec, const TrainingOptions& options) {
    const LabelledImages strokes = draw_strokes(kPictures, 1);
    Sampler sampler(kPictures, kBatch, 1);
    Trainer trainer(spec, options, 1);
    StepReport first;
    StepReport last;
    for (int step = 0; step < kSteps; ++step) {
        const Batch batch = batch_of(strokes, spec.input.pixels(), sampler.indices(step));
        const StepReport report = trainer.step(batch.images, batch.labels);
        first = step == 0 ? report : first;
        if (step >= kSteps - 10) {
            last.error_per_pixel += report.error_per_pixel / 10;
            last.label_loss += report.label_loss / 10;
        }
    }
    return {first, last};
}

TEST(Learning, LmserUnReconstructsStrokesThreeTimesBetter) {
    const auto [first, last] = learn(small_spec(), {});
    EXPECT_LT(last.error_per_pixel, first.error_per_pixel / 3);
}

TEST(Learning, AutoencoderReconstructsStrokesBetter) {
    NetworkSpec spec = small_spec();
    spec.wiring = {false, false};
    const auto [first, last] = learn(spec, {});
    EXPECT_LT(last.error_per_pixel, first.error_per_pixel / 1.5);
}

TEST(Learning, LmserSupTellsStrokesApart) {
    NetworkSpec spec = small_spec();
    spec.label_units = 10;
    TrainingOptions options;
    options.reconstruction_weight = 10;
    options.label_weight = 1;
    const auto [first, last] = learn(spec, options);
    EXPECT_LT(last.label_loss, first.label_loss / 3);
    EXPECT_LT(last.error_per_pixel, first.error_per_pixel);
}

}  // namespace
}  // namespace lmser
