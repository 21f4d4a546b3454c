// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <torch/autograd.h>

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

/// How far the styles of every class are from mean 0 and deviation 1, on pictures that were not trained on.
double distance_from_standard_normal(const LmserNet& net) {
    const torch::NoGradGuard no_grad;
    const LabelledImages strokes = draw_strokes(kPictures, 2);
    const Batch all = batch_of(strokes, net.spec().input.pixels(), 0, kPictures);
    PerceiveOptions of_batch;
    of_batch.batch_statistics = true;
    const auto styles = net.perceive(all.images, of_batch).style;
    double distance = 0;
    for (int label = 0; label < 10; ++label) {
        const auto own = styles.index_select(0, all.labels.eq(label).nonzero().view(-1));
        distance += own.mean(0).square().sum().item<double>();
        distance += (own.std(0) - 1).square().sum().item<double>();
    }
    return distance / 10;
}

TEST(Learning, StylesOfEveryClassBecomeStandardNormal) {
    NetworkSpec spec = small_spec();
    spec.layers = {{64}, {12}};
    spec.label_units = 10;
    spec.style_units = 2;
    TrainingOptions options;
    options.initialization = Initialization::xavier;
    options.shortcut_dropout = .7;
    options.reconstruction_weight = 392;
    options.label_weight = 10;
    options.style_weight = 5;
    options.style_noise = .1;
    const LabelledImages strokes = draw_strokes(kPictures, 1);
    Sampler sampler(kPictures, kBatch, 1);
    Trainer trainer(spec, options, 1);
    const double before = distance_from_standard_normal(trainer.net());
    for (int step = 0; step < 4 * kSteps; ++step) {
        const Batch batch = batch_of(strokes, spec.input.pixels(), sampler.indices(step));
        trainer.step(batch.images, batch.labels);
    }
    EXPECT_LT(distance_from_standard_normal(trainer.net()), before / 3);
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
