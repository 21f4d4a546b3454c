// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

using test::tiny_spec;
using test::uniform_tensor;

TrainingOptions options() {
    TrainingOptions value;
    value.learning_rate = .01;
    value.decay = .9;
    return value;
}

torch::Tensor pictures(std::uint64_t seed) {
    return uniform_tensor({5, 6}, seed);
}

Trainer trained(int steps, std::uint64_t seed, const TrainingOptions& how) {
    Trainer trainer(tiny_spec(), how, seed);
    for (int step = 0; step < steps; ++step) {
        trainer.step(pictures(static_cast<std::uint64_t>(step)), {});
    }
    return trainer;
}

TEST(Trainer, SameSeedGivesTheSameBytes) {
    TrainingOptions with_dropout = options();
    with_dropout.shortcut_dropout = .5;
    EXPECT_EQ(trained(6, 3, with_dropout).state(), trained(6, 3, with_dropout).state());
}

TEST(Trainer, AnotherSeedGivesOtherWeights) {
    EXPECT_NE(trained(0, 3, options()).state(), trained(0, 4, options()).state());
}

TEST(Trainer, ShortcutDropoutChangesTheStep) {
    TrainingOptions with_dropout = options();
    with_dropout.shortcut_dropout = .5;
    EXPECT_NE(trained(1, 3, options()).state(), trained(1, 3, with_dropout).state());
}

TEST(Trainer, GoesOnFromAStateWithTheSameBytes) {
    TrainingOptions with_dropout = options();
    with_dropout.shortcut_dropout = .5;
    const TrainerState half_way = trained(3, 3, with_dropout).state();
    Trainer resumed(tiny_spec(), with_dropout, 3);
    resumed.restore(half_way);
    for (std::uint64_t step = 3; step < 6; ++step) {
        resumed.step(pictures(step), {});
    }
    EXPECT_EQ(resumed.state(), trained(6, 3, with_dropout).state());
}

TEST(Trainer, StateWithoutMomentsStartsAdamAfresh) {
    TrainerState state = trained(3, 3, options()).state();
    state.adam_steps = 0;
    for (ParameterState& parameter : state.parameters) {
        parameter.first_moment.clear();
        parameter.second_moment.clear();
    }
    Trainer trainer(tiny_spec(), options(), 3);
    trainer.restore(state);
    const float before = trainer.net().parameters().view("link1.bias_down")[0].item<float>();
    trainer.step(pictures(1), {});
    const float after = trainer.net().parameters().view("link1.bias_down")[0].item<float>();
    // Adam's first step is as long as the learning rate, whatever the gradient.
    EXPECT_NEAR(std::abs(after - before), state.learning_rate, .01 * state.learning_rate);
    EXPECT_EQ(trainer.iteration(), 4);
    EXPECT_EQ(trainer.state().adam_steps, 1);
}

TEST(Trainer, RefusesTheStateOfAnotherNetwork) {
    Trainer trainer(tiny_spec(), options(), 3);
    const TrainerState before = trainer.state();
    Trainer other(tiny_spec(test::kAe), options(), 3);
    EXPECT_THROW(trainer.restore(other.state()), std::invalid_argument);
    EXPECT_EQ(trainer.state(), before);
}

TEST(Trainer, ReportsTheStepAndDecaysItsRate) {
    Trainer trainer(tiny_spec(), options(), 3);
    EXPECT_DOUBLE_EQ(trainer.step(pictures(1), {}).learning_rate, .01);
    const StepReport second = trainer.step(pictures(1), {});
    EXPECT_EQ(second.iteration, 2);
    EXPECT_DOUBLE_EQ(second.learning_rate, .01 * .9);
    EXPECT_GT(second.loss, 0);
    EXPECT_GT(second.error_per_pixel, 0);
    EXPECT_EQ(second.label_loss, 0);
    EXPECT_DOUBLE_EQ(trainer.learning_rate(), .01 * .9 * .9);
}

TEST(Trainer, LearningRateChangesForTheNextStep) {
    Trainer trainer(tiny_spec(), options(), 3);
    trainer.set_learning_rate(.5);
    EXPECT_DOUBLE_EQ(trainer.step(pictures(1), {}).learning_rate, .5);
    EXPECT_DOUBLE_EQ(trainer.learning_rate(), .5 * .9);
}

TEST(Trainer, LossThatIsNotFiniteChangesNothing) {
    Trainer trainer = trained(2, 3, options());
    const TrainerState before = trainer.state();
    const auto spoiled = torch::full({5, 6}, std::numeric_limits<float>::infinity());
    EXPECT_THROW(trainer.step(spoiled, {}), DivergedError);
    EXPECT_EQ(trainer.state(), before);
}

TEST(Trainer, GradientThatIsNotFiniteChangesNothing) {
    NetworkSpec spec;
    spec.input = {1, 1, 1};
    spec.layers = {{1}};
    spec.wiring = test::kAe;
    Trainer trainer(spec, options(), 3);
    TrainerState state = trainer.state();
    state.parameters[0].value = {1e36F};  // z = 1e36
    state.parameters[1].value = {1e-30F};  // x̂ = 1e6, so the loss is finite but z · (x̂ - x) is not
    trainer.restore(state);
    try {
        trainer.step(torch::ones({1, 1}), {});
        FAIL() << "the gradient was taken for finite";
    } catch (const DivergedError& error) {
        EXPECT_EQ(error.iteration(), 1);
        EXPECT_STREQ(error.what(), "training diverged at step 1: the gradient is not finite");
    }
    EXPECT_EQ(trainer.state(), state);
}

TEST(Trainer, LearnsAgainAfterADivergedStep) {
    Trainer trainer = trained(2, 3, options());
    EXPECT_THROW(trainer.step(torch::full({5, 6}, NAN), {}), DivergedError);
    trainer.step(pictures(2), {});
    EXPECT_EQ(trainer.state(), trained(3, 3, options()).state());
}

}  // namespace
}  // namespace lmser
