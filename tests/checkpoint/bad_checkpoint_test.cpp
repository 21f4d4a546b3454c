// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/run.h"
#include "core/files/atomic_save.h"
#include "core/files/safetensors_file.h"
#include "tests/checkpoint/tiny_run.h"

namespace lmser::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// A good checkpoint that the tests break.
class BadCheckpoint : public ::testing::Test {
protected:
    BadCheckpoint() {
        Experiment experiment = tiny_experiment("lmser-un");
        experiment.network.layers = {{3}, {2}};
        experiment.training.shortcut_dropout = 0;
        make_good(experiment);
    }

    void make_good(const Experiment& experiment) {
        TinyRun run = tiny_run(experiment);
        train(run, 2);
        good_ = text_of(*run.checkpoint_bytes());
    }

    [[nodiscard]] std::filesystem::path file() const { return folder_ / "x.safetensors"; }

    /// The file taken apart, changed, and put together again with right checksums of the format.
    void change(const std::function<void(SafetensorsFile&)>& how) {
        write(file(), good_);
        SafetensorsFile contents = read_safetensors(file()).value();
        how(contents);
        write(file(), text_of(to_bytes(contents)));
    }

    /// The checkpoint taken apart and changed as a value: every checksum is right.
    void change_value(const std::function<void(Checkpoint&)>& how) {
        write(file(), good_);
        Checkpoint checkpoint = read_checkpoint(file()).value();
        how(checkpoint);
        write(file(), text_of(to_bytes(checkpoint)));
    }

    /// What both ways of loading say; they must agree.
    [[nodiscard]] std::string refusal() const {
        const auto run = TinyRun::load(file(), tiny_dataset());
        const auto model = load_model(file().string());
        if (run.ok() || model.ok()) {
            ADD_FAILURE() << "the file was accepted";
            return {};
        }
        EXPECT_EQ(run.error().code, ErrorCode::bad_data);
        EXPECT_EQ(model.error().code, ErrorCode::bad_data);
        EXPECT_EQ(run.error().message, model.error().message);
        EXPECT_THAT(run.error().message, HasSubstr(file().string()));
        return run.error().message;
    }

    ScratchFolder folder_;
    std::string good_;
};

TEST_F(BadCheckpoint, TheGoodOneLoads) {
    write(file(), good_);
    EXPECT_TRUE(TinyRun::load(file(), tiny_dataset()).ok());
    EXPECT_TRUE(load_model(file().string()).ok());
}

TEST_F(BadCheckpoint, CutAnywhereIsRefused) {
    for (std::size_t size = 0; size < good_.size(); size += size < 64 ? 1 : 211) {
        write(file(), std::string_view(good_).substr(0, size));
        ASSERT_FALSE(read_checkpoint(file()).ok()) << "cut after " << size << " bytes";
    }
    write(file(), std::string_view(good_).substr(0, good_.size() - 1));
    EXPECT_FALSE(refusal().empty());
}

TEST_F(BadCheckpoint, AnyFlippedBitIsRefused) {
    for (std::size_t at = 0; at < good_.size(); at += at < 2600 ? 1 : 37) {
        std::string bad = good_;
        bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
        write(file(), bad);
        ASSERT_FALSE(read_checkpoint(file()).ok()) << "byte " << at << " of " << good_.size();
    }
}

TEST_F(BadCheckpoint, OfAnotherNetworkIsNamedSo) {
    change_value([](Checkpoint& value) { value.experiment.network.layers = {{4}, {2}}; });
    EXPECT_THAT(refusal(), AllOf(HasSubstr("of another network"), HasSubstr("'link1.weight'"),
                                 HasSubstr("[3, 784]"), HasSubstr("[4, 784]")));
    change_value([](Checkpoint& value) { value.experiment.network.wiring = {false, false}; });
    EXPECT_THAT(refusal(), AllOf(HasSubstr("of another network"), HasSubstr("weight_down")));
}

TEST_F(BadCheckpoint, ATensorTooManyIsRefused) {
    change([](SafetensorsFile& contents) { contents.tensors["more"] = {{1}, {0.F}}; });
    EXPECT_THAT(refusal(), AllOf(HasSubstr("has 19 tensors"), HasSubstr("implies 18")));
}

TEST_F(BadCheckpoint, HalfAnOptimiserIsRefused) {
    change([](SafetensorsFile& contents) { contents.tensors.erase("adam.v.link2.bias_up"); });
    EXPECT_THAT(refusal(), HasSubstr("'adam.v.link2.bias_up'"));
    change([](SafetensorsFile& contents) { contents.tensors.erase("adam.m.link1.weight"); });
    EXPECT_FALSE(refusal().empty());
}

TEST_F(BadCheckpoint, NumbersThatAreNotFiniteAreRefused) {
    change([](SafetensorsFile& contents) {
        contents.tensors["link1.weight"].values[5] = std::numeric_limits<float>::quiet_NaN();
    });
    EXPECT_THAT(refusal(), HasSubstr("link1.weight"));
    change([](SafetensorsFile& contents) {
        contents.tensors["adam.v.link1.weight"].values[5] = -1.F;
    });
    EXPECT_THAT(refusal(), HasSubstr("-1"));
}

TEST_F(BadCheckpoint, StylesThatNoTrainingLeavesBehindAreRefused) {
    make_good(tiny_experiment("lmser-gen"));
    const auto refused = [this](const char* tensor, float value) {
        change([&](SafetensorsFile& contents) { contents.tensors[tensor].values[1] = value; });
        EXPECT_THAT(refusal(), HasSubstr("tensor '" + std::string(tensor) + "' holds"));
    };
    for (const float place : {-1.F, 100.F, 1e9F, .5F}) {
        refused("style.next", place);
    }
    refused("style.variance", -.1F);
    refused("style.recent", std::numeric_limits<float>::infinity());
    refused("adam.m.style.next", 1.F);
    refused("adam.v.style.mean", 1.F);
}

TEST_F(BadCheckpoint, AMeanPictureThatIsNoPictureIsRefused) {
    Experiment experiment = tiny_experiment("lmser-un");
    experiment.network.centred = true;
    make_good(experiment);
    for (const float value : {-.1F, 1.1F, 3e38F}) {
        change([value](SafetensorsFile& contents) {
            contents.tensors["mean_picture"].values[7] = value;
        });
        EXPECT_THAT(refusal(), HasSubstr("tensor 'mean_picture' holds"));
    }
}

TEST_F(BadCheckpoint, MissingMetadataIsNamed) {
    for (const char* key :
         {"format", "experiment", "iteration", "learning_rate", "threads", "blas", "torch"}) {
        change([key](SafetensorsFile& contents) { contents.metadata.erase(key); });
        EXPECT_THAT(refusal(), HasSubstr("no '" + std::string(key) + "'"));
    }
    change([](SafetensorsFile& contents) { contents.metadata["format"] = "lmser-2"; });
    EXPECT_THAT(refusal(), HasSubstr("'lmser-2'"));
}

TEST_F(BadCheckpoint, MetadataOutOfRangeIsNamed) {
    change_value([](Checkpoint& value) { value.state.iteration = -1; });
    EXPECT_THAT(refusal(), HasSubstr("'iteration' is '-1'"));
    change_value([](Checkpoint& value) { value.state.learning_rate = -1; });
    EXPECT_THAT(refusal(), HasSubstr("'learning_rate'"));
    change_value([](Checkpoint& value) { value.state.learning_rate = INFINITY; });
    EXPECT_THAT(refusal(), HasSubstr("'learning_rate' is 'inf'"));
    change_value([](Checkpoint& value) { value.state.adam_steps = value.state.iteration + 1; });
    EXPECT_THAT(refusal(), HasSubstr("'adam_steps'"));
    change_value([](Checkpoint& value) { value.threads = 0; });
    EXPECT_THAT(refusal(), HasSubstr("'threads'"));
    change_value([](Checkpoint& value) { value.experiment.training.batch = 0; });
    EXPECT_THAT(refusal(), HasSubstr("batch"));
}

TEST_F(BadCheckpoint, APickleIsNamedAsSuch) {
    write(file(), std::string("PK\x03\x04", 4) + std::string(200, 'x'));
    EXPECT_THAT(refusal(), HasSubstr("PyTorch"));
    write(file(), std::string("\x80\x02}q\x00.", 6) + std::string(200, 'x'));
    EXPECT_THAT(refusal(), HasSubstr("PyTorch"));
}

TEST_F(BadCheckpoint, AnEmptyFileIsRefused) {
    write(file(), "");
    EXPECT_FALSE(refusal().empty());
}

TEST_F(BadCheckpoint, AFolderIsRefused) {
    std::filesystem::create_directory(file());
    const auto run = TinyRun::load(file(), tiny_dataset());
    ASSERT_FALSE(run.ok());
    EXPECT_EQ(run.error().code, ErrorCode::bad_data);
    EXPECT_THAT(run.error().message, HasSubstr("folder"));
    const auto model = load_model(file().string());
    ASSERT_FALSE(model.ok());
    EXPECT_EQ(model.error().code, ErrorCode::not_found);
}

TEST_F(BadCheckpoint, OfAnotherDatasetIsAUsageError) {
    write(file(), good_);
    auto other = std::make_shared<Dataset>(*tiny_dataset());
    other->name = "mnist";
    const auto run = TinyRun::load(file(), other);
    ASSERT_FALSE(run.ok());
    EXPECT_EQ(run.error().code, ErrorCode::usage);
    EXPECT_THAT(run.error().message, AllOf(HasSubstr("'strokes'"), HasSubstr("'mnist'")));
}

TEST_F(BadCheckpoint, AModelThatIsNowhereSaysWhereItWasLookedFor) {
    const auto model = load_model("no-such-model");
    ASSERT_FALSE(model.ok());
    EXPECT_EQ(model.error().code, ErrorCode::not_found);
    EXPECT_THAT(model.error().message, AllOf(HasSubstr("'no-such-model'"), HasSubstr("models")));
}

TEST_F(BadCheckpoint, AShippedModelIsFoundByItsName) {
    write(folder_ / "digits.safetensors", good_);
    ASSERT_EQ(::setenv("LMSER_MODELS_DIR", folder_.path().c_str(), 1), 0);
    const auto model = load_model("digits");
    ::unsetenv("LMSER_MODELS_DIR");
    ASSERT_TRUE(model.ok());
    EXPECT_EQ(model->iteration, 2);
    EXPECT_EQ(model->file, folder_ / "digits.safetensors");
}

}  // namespace
}  // namespace lmser::test
