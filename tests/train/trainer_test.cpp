// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "core/train/training_masks.h"
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

TEST(Trainer, TheCosineGoesFromTheRateToAFiftiethAfterAWarmUp) {
    TrainingOptions how = options();
    how.schedule = Schedule::cosine;
    how.iterations = 8;
    how.warm_up = 2;
    Trainer trainer(tiny_spec(), how, 1);
    std::vector<double> rates;
    for (std::uint64_t step = 0; step < 8; ++step) {
        rates.push_back(trainer.step(pictures(step), {}).learning_rate);
    }
    EXPECT_NEAR(rates[0], .005, 1e-12);
    EXPECT_NEAR(rates[4], .01 * (.02 + .98 / 2), 1e-12) << "half way";
    EXPECT_NEAR(trainer.learning_rate(), .01 * .02, 1e-12);
    EXPECT_TRUE(std::is_sorted(rates.rbegin(), rates.rend() - 2));
}

TEST(Trainer, ARateThatIsGivenOnTheCosineIsThatOfTheNextStep) {
    TrainingOptions how = options();
    how.schedule = Schedule::cosine;
    how.iterations = 8;
    Trainer trainer(tiny_spec(), how, 1);
    for (std::uint64_t step = 0; step < 3; ++step) {
        trainer.step(pictures(step), {});
    }
    trainer.set_learning_rate(.004);
    EXPECT_NEAR(trainer.step(pictures(4), {}).learning_rate, .004, 1e-12);
    EXPECT_LT(trainer.learning_rate(), .004);
}

TEST(Trainer, TheCosineGoesOnFromAStateWithTheSameBytes) {
    TrainingOptions how = options();
    how.schedule = Schedule::cosine;
    how.iterations = 6;
    const TrainerState half_way = trained(3, 3, how).state();
    Trainer resumed(tiny_spec(), how, 3);
    resumed.restore(half_way);
    for (std::uint64_t step = 3; step < 6; ++step) {
        resumed.step(pictures(step), {});
    }
    EXPECT_EQ(resumed.state(), trained(6, 3, how).state());
}

TEST(Trainer, ALongGradientIsShortened) {
    TrainingOptions clipped = options();
    clipped.clip_norm = 1e-3;
    const double epsilon = 1e-8;
    const TrainerState state = trained(1, 3, clipped).state();
    double squares = 0;
    for (const ParameterState& parameter : state.parameters) {
        for (const float moment : parameter.first_moment) {
            squares += static_cast<double>(moment) * static_cast<double>(moment);
        }
    }
    EXPECT_NEAR(std::sqrt(squares), .1 * 1e-3, 1e-3 * 1e-3 + epsilon);
    EXPECT_NE(state, trained(1, 3, options()).state());
}

TEST(Trainer, MirrorsEverySecondPictureByChance) {
    TrainingOptions how = options();
    how.learning_rate = 1e-12;
    TrainingOptions mirroring = how;
    mirroring.flips = true;
    // Pictures that are their own mirror image train the same either way.
    const torch::Tensor even = torch::full({5, 6}, .5);
    Trainer plain(tiny_spec(), how, 1);
    Trainer mirrored(tiny_spec(), mirroring, 1);
    EXPECT_EQ(plain.step(even, {}).loss, mirrored.step(even, {}).loss);
    EXPECT_NE(plain.step(pictures(1), {}).loss, mirrored.step(pictures(1), {}).loss);
}

TEST(Trainer, HidesOtherPixelsInEveryStepAndTheSameForTheSameSeed) {
    const ImageShape shape{3, 32, 32};
    const auto first = training_masks(16, shape, 1, 0);
    EXPECT_TRUE(first.equal(training_masks(16, shape, 1, 0)));
    EXPECT_FALSE(first.equal(training_masks(16, shape, 1, 1)));
    EXPECT_FALSE(first.equal(training_masks(16, shape, 2, 0)));
    const auto share = training_masks(400, shape, 1, 5).to(torch::kFloat32).mean(1);
    EXPECT_GT(share.min().item<double>(), 0) << "every picture has a hole";
    EXPECT_LT(share.max().item<double>(), .9);
    EXPECT_NEAR(share.mean().item<double>(), .25, .1);
}

}  // namespace
}  // namespace lmser
