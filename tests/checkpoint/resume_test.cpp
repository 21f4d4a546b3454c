// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/run.h"
#include "core/files/atomic_save.h"
#include "tests/checkpoint/tiny_run.h"

namespace lmser::test {
namespace {

using ::testing::HasSubstr;

class Resume : public ::testing::TestWithParam<const char*> {
protected:
    /// Saves the run and loads it again.
    TinyRun reopened(const TinyRun& run) {
        const auto file = folder_ / "x.safetensors";
        EXPECT_TRUE(atomic_save(file, *run.checkpoint_bytes()).ok());
        return TinyRun::load(file, tiny_dataset()).value();
    }

    ScratchFolder folder_;
};

TEST_P(Resume, GoesOnWithTheBytesOfAnUnbrokenRun) {
    TinyRun unbroken = tiny_run(tiny_experiment(GetParam()));
    train(unbroken, 20);

    TinyRun first = tiny_run(tiny_experiment(GetParam()));
    train(first, 8);
    TinyRun second = reopened(first);
    EXPECT_EQ(second.iteration(), 8);
    train(second, 12);

    EXPECT_EQ(text_of(*second.checkpoint_bytes()), text_of(*unbroken.checkpoint_bytes()));
    EXPECT_EQ(second.frozen()->iteration(), 20);
}

TEST_P(Resume, SavesWhatItLoaded) {
    TinyRun run = tiny_run(tiny_experiment(GetParam()));
    train(run, 3);
    EXPECT_EQ(text_of(*reopened(run).checkpoint_bytes()), text_of(*run.checkpoint_bytes()));
}

TEST_P(Resume, ALoadedModelHasTheFingerprintOfTheSavedOne) {
    TinyRun run = tiny_run(tiny_experiment(GetParam()));
    train(run, 2);
    const std::string saved = run.frozen()->fingerprint();
    EXPECT_EQ(reopened(run).frozen()->fingerprint(), saved);
    EXPECT_EQ(load_model((folder_ / "x.safetensors").string())->net->fingerprint(), saved);
    train(run, 1);
    EXPECT_NE(run.frozen()->fingerprint(), saved);
}

INSTANTIATE_TEST_SUITE_P(Presets, Resume,
                         ::testing::Values("ae", "lmser-un-n", "lmser-un", "lmser-sup", "lmser-gen",
                                           "cnn-lmser-gen"),
                         [](const auto& preset) {
                             std::string name = preset.param;
                             std::erase(name, '-');
                             return name;
                         });

class ResumeOf : public Resume {};

TEST_F(ResumeOf, ANewRunStartsFromTheWeightsOfAModel) {
    TinyRun trained = tiny_run(tiny_experiment("lmser-un"));
    train(trained, 4);
    const auto file = folder_ / "trained.safetensors";
    ASSERT_TRUE(atomic_save(file, *trained.checkpoint_bytes()).ok());

    Experiment experiment = tiny_experiment("lmser-un");
    experiment.start_from = file.string();
    TinyRun run = tiny_run(experiment);
    EXPECT_EQ(run.iteration(), 0);
    EXPECT_EQ(run.frozen()->fingerprint(), trained.frozen()->fingerprint());

    std::filesystem::remove(file);  // it goes on without the model that it started from
    train(run, 2);
    EXPECT_EQ(reopened(run).experiment().start_from, experiment.start_from);
}

TEST_F(ResumeOf, AnotherNetworkIsNoStart) {
    TinyRun trained = tiny_run(tiny_experiment("lmser-un-n"));
    const auto file = folder_ / "trained.safetensors";
    ASSERT_TRUE(atomic_save(file, *trained.checkpoint_bytes()).ok());
    Experiment experiment = tiny_experiment("lmser-un");
    experiment.start_from = file.string();
    const auto refused = TinyRun::create(experiment, tiny_dataset());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::usage);
    EXPECT_THAT(refused.error().message, HasSubstr("trained.safetensors"));
    experiment.start_from = (folder_ / "none").string();
    EXPECT_EQ(TinyRun::create(experiment, tiny_dataset()).error().code, ErrorCode::not_found);
}

TEST_F(ResumeOf, ShortcutDropoutGoesOnWithTheSameBytes) {
    Experiment experiment = tiny_experiment("lmser-un");
    experiment.training.shortcut_dropout = .5;
    TinyRun unbroken = tiny_run(experiment);
    train(unbroken, 20);
    TinyRun first = tiny_run(experiment);
    train(first, 8);
    TinyRun second = reopened(first);
    train(second, 12);
    EXPECT_EQ(text_of(*second.checkpoint_bytes()), text_of(*unbroken.checkpoint_bytes()));
}

TEST_F(ResumeOf, ALearningRateChangedByHandKeepsIt) {
    TinyRun run = tiny_run(tiny_experiment("lmser-un"));
    train(run, 2);
    run.set_learning_rate(1.0 / 3);
    const TinyRun second = reopened(run);
    EXPECT_EQ(second.learning_rate(), 1.0 / 3);
    EXPECT_EQ(second.experiment(), tiny_experiment("lmser-un"));
}

TEST_F(ResumeOf, ARaisedTargetKeepsIt) {
    TinyRun run = tiny_run(tiny_experiment("lmser-un"));
    run.set_target(77);
    EXPECT_EQ(reopened(run).experiment().training.iterations, 77);
}

TEST_F(ResumeOf, ACheckpointWithoutTheOptimiserStartsItAfresh) {
    TinyRun run = tiny_run(tiny_experiment("lmser-un"));
    train(run, 3);
    const auto file = folder_ / "shipped.safetensors";
    ASSERT_TRUE(atomic_save(file, *run.checkpoint_bytes()).ok());
    Checkpoint shipped = read_checkpoint(file).value();
    for (ParameterState& parameter : shipped.state.parameters) {
        parameter.first_moment.clear();
        parameter.second_moment.clear();
    }
    ASSERT_TRUE(atomic_save(file, to_bytes(shipped)).ok());
    auto second = TinyRun::load(file, tiny_dataset());
    ASSERT_TRUE(second.ok()) << sentence(second.error());
    EXPECT_EQ(second->iteration(), 3);
    train(*second, 2);
    EXPECT_EQ(second->iteration(), 5);
}

TEST(NewRun, TrainsOnlyOnPicturesThatAreNotHeldOut) {
    Experiment experiment = tiny_experiment("lmser-un");
    experiment.held_out = 30;
    auto changed = std::make_shared<Dataset>(*tiny_dataset());
    std::fill(changed->train.pixels.begin() + 40 * 784, changed->train.pixels.end(), 255);
    TinyRun plain = tiny_run(experiment);
    TinyRun other = TinyRun::create(experiment, changed).value();
    train(plain, 12);
    train(other, 12);
    EXPECT_EQ(text_of(*plain.checkpoint_bytes()), text_of(*other.checkpoint_bytes()));
    EXPECT_EQ(plain.steps_per_epoch(), 5);
}

TEST(NewRun, RefusesWhatDoesNotFitTheDataset) {
    Experiment experiment = tiny_experiment("lmser-un");
    experiment.held_out = 65;
    auto held = TinyRun::create(experiment, tiny_dataset());
    ASSERT_FALSE(held.ok());
    EXPECT_EQ(held.error().code, ErrorCode::usage);
    EXPECT_THAT(held.error().message, HasSubstr("has 70, of which 65 are held out"));

    experiment = tiny_experiment("lmser-un");
    experiment.network.input = {1, 14, 14};
    auto small = TinyRun::create(experiment, tiny_dataset());
    ASSERT_FALSE(small.ok());
    EXPECT_THAT(small.error().message, HasSubstr("takes pictures of 1x14x14"));

    experiment = tiny_experiment("lmser-sup");
    experiment.network.label_units = 7;
    auto labels = TinyRun::create(experiment, tiny_dataset());
    ASSERT_FALSE(labels.ok());
    EXPECT_THAT(labels.error().message, HasSubstr("7 label units"));

    experiment = tiny_experiment("lmser-un");
    experiment.dataset = "mnist";
    EXPECT_FALSE(TinyRun::create(experiment, tiny_dataset()).ok());
}

TEST(NewRun, RefusesADeviceThatIsNotThere) {
    for (const char* device : {"cuda:63", "tpu", "", "cuda:x"}) {
        auto run = TinyRun::create(tiny_experiment("lmser-un"), tiny_dataset(), device);
        ASSERT_FALSE(run.ok()) << device;
        EXPECT_EQ(run.error().code, ErrorCode::usage);
    }
}

TEST(Divergence, IsAnErrorThatChangesNothing) {
    TinyRun run = tiny_run(tiny_experiment("lmser-un"));
    run.set_learning_rate(1e30);
    train(run, 1);
    const std::string before = text_of(run.checkpoint_bytes().value());
    const auto report = run.step();
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, ErrorCode::diverged);
    EXPECT_THAT(report.error().message, HasSubstr("step 2"));
    EXPECT_EQ(run.iteration(), 1);
    EXPECT_EQ(text_of(run.checkpoint_bytes().value()), before);
}

TEST(Divergence, RefusesToSaveWeightsThatAreNotFinite) {
    TinyRun run = tiny_run(tiny_experiment("lmser-un"));
    run.set_learning_rate(std::numeric_limits<double>::infinity());
    [[maybe_unused]] const auto report = run.step();
    const auto bytes = run.checkpoint_bytes();
    ASSERT_FALSE(bytes.ok());
    EXPECT_EQ(bytes.error().code, ErrorCode::diverged);
}

}  // namespace
}  // namespace lmser::test
