// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/shipped_models.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "core/files/safetensors_file.h"
#include "core/spec/experiment.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using lmser::testing::TemporaryFolder;

/// The bytes of a model file as far as its header needs them.
std::string model_bytes(const NetworkSpec& network) {
    Experiment experiment;
    experiment.network = network;
    experiment.training.label_weight = network.label_units > 0 ? 1 : 0;
    const auto bytes = to_bytes(
        SafetensorsFile{{{"experiment", to_json(experiment)}}, {{"a", {{1}, std::vector{1.F}}}}});
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A folder in which shipped models are looked for first.
class ShippedModels : public ::testing::Test {
protected:
    void SetUp() override { ::setenv("LMSER_MODELS_DIR", folder_.path().c_str(), 1); }
    void TearDown() override { ::unsetenv("LMSER_MODELS_DIR"); }

    /// Those of the folder; the source tree may have others.
    [[nodiscard]] std::vector<ShippedModel> found() const {
        std::vector<ShippedModel> models;
        for (const ShippedModel& model : shipped_models()) {
            if (model.file.parent_path() == folder_.path()) {
                models.push_back(model);
            }
        }
        return models;
    }

    TemporaryFolder folder_;
};

TEST_F(ShippedModels, AreListedByNameWithAFewWords) {
    NetworkSpec dense;
    folder_.write("b-dense.safetensors", model_bytes(dense));
    NetworkSpec conv;
    conv.layers = {{16, 4, 2, 1}, {32, 4, 2, 1}, {12}};
    conv.label_units = 10;
    conv.style_units = 2;
    folder_.write("a-conv.safetensors", model_bytes(conv));
    const auto models = found();
    ASSERT_EQ(models.size(), 2U);
    EXPECT_EQ(models[0].name, "a-conv");
    EXPECT_EQ(models[0].file, folder_.path() / "a-conv.safetensors");
    EXPECT_EQ(models[0].summary, "conv 16·32 · 10 classes + 2 styles");
    EXPECT_EQ(models[1].name, "b-dense");
    EXPECT_EQ(models[1].summary, "dense 300·100·10");
}

TEST_F(ShippedModels, WhatCannotBeReadIsLeftOut) {
    const std::string good = model_bytes({});
    folder_.write("good.safetensors", good);
    folder_.write("cut.safetensors", good.substr(0, 200));
    folder_.write("empty.safetensors", "");
    folder_.write("longer.safetensors", good + "x");
    std::string flipped = good;
    flipped[100] = static_cast<char>(flipped[100] ^ 1);
    folder_.write("flipped.safetensors", flipped);
    folder_.write("README.md", good);
    std::filesystem::create_directory(folder_.path() / "folder.safetensors");
    const auto models = found();
    ASSERT_EQ(models.size(), 1U);
    EXPECT_EQ(models[0].name, "good");
}

}  // namespace
}  // namespace lmser
