// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <torch/autograd.h>

#include "core/model/style_code.h"
#include "core/train/trainer.h"
#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

using test::style_spec;
using test::uniform_tensor;

constexpr double kRounding = 1e-6;

TrainingOptions options() {
    TrainingOptions value;
    value.learning_rate = .01;
    value.shortcut_dropout = .5;
    value.label_weight = 1;
    value.style_noise = .3;
    value.style_weight = 2;
    return value;
}

/// With all that chance can add.
TrainingOptions dreaming() {
    TrainingOptions value = options();
    value.picture_noise = .4;
    value.dream_weight = 1;
    return value;
}

torch::Tensor pictures(std::int64_t step) {
    return uniform_tensor({6, 6}, static_cast<std::uint64_t>(step));
}

const torch::Tensor& labels() {
    static const torch::Tensor value = torch::tensor({0, 1, 1, 0, 1, 1}, torch::kInt64);
    return value;
}

/// Goes on to a step.
void train(Trainer& trainer, std::int64_t to) {
    while (trainer.iteration() < to) {
        trainer.step(pictures(trainer.iteration()), labels());
    }
}

Trainer trained(std::int64_t steps, const TrainingOptions& how, std::uint64_t seed = 3) {
    Trainer trainer(style_spec(), how, seed);
    train(trainer, steps);
    return trainer;
}

const ParameterState& parameter(const TrainerState& state, const std::string& name) {
    for (const ParameterState& candidate : state.parameters) {
        if (candidate.name == name) {
            return candidate;
        }
    }
    throw std::out_of_range(name);
}

TEST(StyleTraining, SameSeedGivesTheSameBytes) {
    EXPECT_EQ(trained(6, dreaming()).state(), trained(6, dreaming()).state());
    EXPECT_NE(trained(6, dreaming()).state(), trained(6, dreaming(), 4).state());
}

TEST(StyleTraining, GoesOnFromAStateWithTheSameBytesMemoryIncluded) {
    Trainer resumed(style_spec(), dreaming(), 3);
    resumed.restore(trained(30, dreaming()).state());
    train(resumed, 60);  // 120 and 240 styles: both rings have closed
    EXPECT_EQ(resumed.state(), trained(60, dreaming()).state());
}

TEST(StyleTraining, RemembersTheStylesOfTheStepAndNothingElseMovesTheMemory) {
    Trainer trainer = trained(2, options());
    const LmserNet before = trainer.net().copy();
    // The first pass up depends on neither noise nor shortcuts.
    PerceiveOptions of_batch;
    of_batch.batch_statistics = true;
    const Perception seen = before.perceive(pictures(2), of_batch);
    const StyleMemory expected = style_memory(before.parameters());
    remember_styles(expected, seen.bottom_up.back().slice(1, 2, 4), seen.style, labels());
    train(trainer, 3);

    const StyleMemory memory = style_memory(trainer.net().parameters());
    EXPECT_TRUE(memory.mean.allclose(expected.mean, 0, kRounding));
    EXPECT_TRUE(memory.variance.allclose(expected.variance, 0, kRounding));
    EXPECT_TRUE(memory.recent.allclose(expected.recent, 0, 1e-5));
    EXPECT_TRUE(memory.next.equal(torch::tensor({6.F, 12.F})));
}

TEST(StyleTraining, AdamRemembersNothingOfTheMemory) {
    const TrainerState state = trained(5, options()).state();
    for (const char* name : {"style.mean", "style.variance", "style.recent", "style.next"}) {
        const ParameterState& memory = parameter(state, name);
        EXPECT_EQ(memory.first_moment, std::vector<float>(memory.value.size())) << name;
        EXPECT_EQ(memory.second_moment, std::vector<float>(memory.value.size())) << name;
    }
}

TEST(StyleTraining, NoiseOnThePicturesLeavesThoseWithShortcutsClean) {
    TrainingOptions noisy = options();
    noisy.picture_noise = .4;
    noisy.shortcut_dropout = 0;
    TrainingOptions clean = options();
    clean.shortcut_dropout = 0;
    EXPECT_EQ(trained(1, noisy).state(), trained(1, clean).state());
}

TEST(StyleTraining, NoiseWeightsAndDreamsChangeTheStep) {
    TrainingOptions without_noise = options();
    without_noise.style_noise = 0;
    TrainingOptions without_weight = options();
    without_weight.style_weight = 0;
    TrainingOptions dreams = options();
    dreams.dream_weight = 1;
    TrainingOptions noisy = options();
    noisy.picture_noise = .4;
    EXPECT_NE(trained(1, options()).state(), trained(1, dreams).state());
    EXPECT_NE(trained(1, options()).state(), trained(1, noisy).state());
    EXPECT_NE(trained(1, options()).state(), trained(1, without_noise).state());
    EXPECT_NE(trained(1, options()).state(), trained(1, without_weight).state());
}

TEST(StyleTraining, ADivergedStepLeavesTheMemory) {
    Trainer trainer = trained(2, options());
    const TrainerState before = trainer.state();
    const auto spoiled = torch::full({6, 6}, std::numeric_limits<float>::quiet_NaN());
    EXPECT_THROW(trainer.step(spoiled, labels()), DivergedError);
    EXPECT_EQ(trainer.state(), before);
}

}  // namespace
}  // namespace lmser
