// SPDX-License-Identifier: GPL-3.0-or-later
// The engine against figures of an independent implementation in numpy: see reference.py.
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <nlohmann/json.hpp>

#include "core/model/initialization.h"
#include "core/model/lmser_net.h"
#include "core/model/style_code.h"
#include "core/spec/names.h"
#include "core/train/objective.h"
#include "core/train/trainer.h"

namespace lmser {
namespace {

using nlohmann::json;

/// Both sides compute in float64; the file holds ten digits.
constexpr double kDoubleTolerance = 1e-8;
/// Drawn numbers are stored as float32.
constexpr double kWeightTolerance = 1e-6;
/// A trainer computes in float32; its gradients here are at least 1e-4, and a step of Adam is about .01.
constexpr double kStepTolerance = 2e-5;
/// The running mean after some steps holds biases that no gradient determines: rounding moves them, by less than
/// the learning rate a step, and of that the mean takes a fiftieth.
constexpr double kDriftTolerance = 1e-3;

const json& golden() {
    static const json loaded = [] {
        std::ifstream file(LMSER_SOURCE_DIR "/tests/golden/golden.json");
        return json::parse(file);
    }();
    return loaded;
}

void append_numbers(const json& nested, std::vector<double>& numbers) {
    if (nested.is_number()) {
        numbers.push_back(nested.get<double>());
        return;
    }
    for (const json& entry : nested) {
        append_numbers(entry, numbers);
    }
}

std::vector<double> numbers_of(const json& nested) {
    std::vector<double> numbers;
    append_numbers(nested, numbers);
    return numbers;
}

torch::Tensor matrix(const json& rows) {
    const auto numbers = numbers_of(rows);
    return torch::tensor(numbers, torch::kFloat64)
        .view({static_cast<std::int64_t>(rows.size()), -1});
}

void expect_near(const torch::Tensor& tensor, const json& expected, double tolerance,
                 const std::string& what) {
    const auto numbers = numbers_of(expected);
    const auto actual = tensor.detach().to(torch::kFloat64).contiguous().view({-1});
    ASSERT_EQ(actual.numel(), static_cast<std::int64_t>(numbers.size())) << what;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        EXPECT_NEAR(actual.data_ptr<double>()[i], numbers[i], tolerance) << what << ", value " << i;
    }
}

template <class Enum>
Enum enumerator(const json& name) {
    const auto value = from_name<Enum>(name.get<std::string>());
    return value ? *value : throw std::invalid_argument("no enumerator " + name.dump());
}

NetworkSpec spec_of(const json& entry) {
    NetworkSpec spec;
    spec.input = {.channels = 1, .height = entry["height"], .width = entry["width"]};
    spec.layers.clear();
    for (const json& layer : entry["layers"]) {
        spec.layers.push_back(layer.is_string() ? layer_from_text(layer.get<std::string>()).value()
                                                : Layer{layer.get<int>()});
    }
    spec.wiring = {.tied_weights = entry["tied_weights"],
                   .shared_neurons = entry["shared_neurons"]};
    spec.activation = enumerator<Activation>(entry["activation"]);
    spec.fusion = enumerator<Fusion>(entry["fusion"]);
    spec.reflections = entry["reflections"];
    spec.label_units = entry["label_units"];
    spec.style_units = entry["style_units"];
    return spec;
}

TrainingOptions options_of(const json& entry) {
    TrainingOptions options;
    options.batch = static_cast<int>(entry["images"].size());
    options.learning_rate = entry["learning_rate"];
    options.decay = entry["decay"];
    options.reconstruction_loss = enumerator<ReconstructionLoss>(entry["reconstruction_loss"]);
    options.reconstruction_weight = entry["reconstruction_weight"];
    options.label_loss = enumerator<LabelLoss>(entry["label_loss"]);
    options.label_weight = entry["label_weight"];
    options.shortcut_dropout = entry["shortcut_dropout"];
    options.style_noise = entry["style_noise"];
    options.style_weight = entry["style_weight"];
    return options;
}

torch::Tensor labels_of(const json& entry) {
    return torch::tensor(entry["labels"].get<std::vector<std::int64_t>>(), torch::kInt64);
}

/// The case's network in float64.
LmserNet net_of(const json& entry) {
    LmserNet net(spec_of(entry), torch::kFloat64);
    for (const auto& [name, values] : entry["parameters"].items()) {
        const auto numbers = numbers_of(values);
        net.parameters().set(name, std::vector<float>(numbers.begin(), numbers.end()));
    }
    return net;
}

bool has_styles(const json& entry) {
    return entry["style_units"] > 0;
}

Perception perception_of(const json& entry, const LmserNet& net) {
    PerceiveOptions options;
    if (entry["shortcut_dropout"] > 0) {
        options.shortcut_bits = matrix(entry["mask"]);
    }
    if (has_styles(entry)) {
        options.categories =
            torch::one_hot(labels_of(entry), net.spec().label_units).to(torch::kFloat64);
        options.style_noise = matrix(entry["noise"]);
        options.batch_statistics = true;
    }
    return net.perceive(matrix(entry["images"]), options);
}

JointLoss loss_of(const json& entry, const LmserNet& net, const Perception& perception) {
    StyleTarget target;
    if (has_styles(entry)) {
        target = {style_memory(net.parameters()).recent, matrix(entry["directions"])};
    }
    return joint_loss(options_of(entry), perception, matrix(entry["images"]), labels_of(entry),
                      target);
}

/// A trainer in float32 that stands at iteration 0 with the case's weights.
Trainer trainer_of(const json& entry) {
    Trainer trainer(spec_of(entry), options_of(entry), entry["seed"]);
    TrainerState state = trainer.state();
    for (ParameterState& parameter : state.parameters) {
        const auto numbers = numbers_of(entry["parameters"].at(parameter.name));
        parameter.value.assign(numbers.begin(), numbers.end());
    }
    trainer.restore(state);
    return trainer;
}

StepReport step(Trainer& trainer, const json& entry) {
    return trainer.step(matrix(entry["images"]).to(torch::kFloat32), labels_of(entry));
}

void expect_weights(const Trainer& trainer, const json& expected) {
    const NetworkSpec& spec = trainer.net().spec();
    const std::string top_bias = "link" + std::to_string(spec.layers.size()) + ".bias_up";
    for (const auto& [name, values] : expected.items()) {
        const auto& view = trainer.net().parameters().view(name);
        if (spec.style_units > 0 && name == top_bias) {
            // Normalising takes the biases of style units away again; they have no gradient but rounding.
            const std::vector<double> numbers = numbers_of(values);
            expect_near(view.slice(0, 0, spec.label_units),
                        std::vector(numbers.begin(), numbers.begin() + spec.label_units),
                        kStepTolerance, name);
        } else {
            const bool drifts = name == "style.mean" && trainer.iteration() > 1;
            expect_near(view, values, drifts ? kDriftTolerance : kStepTolerance, name);
        }
    }
}

TEST(Golden, CasesCoverEveryVariant) {
    const auto is_covered = [](Wiring wiring, bool labels, bool styles, bool convolutions) {
        const auto& cases = golden()["cases"];
        return std::any_of(cases.begin(), cases.end(), [&](const json& entry) {
            const NetworkSpec spec = spec_of(entry);
            return spec.wiring == wiring && (spec.label_units > 0) == labels &&
                   (spec.style_units > 0) == styles &&
                   spec.layers.front().is_convolution() == convolutions;
        });
    };
    for (const bool convolutions : {false, true}) {
        EXPECT_TRUE(is_covered({false, false}, false, false, convolutions)) << "ae";
        EXPECT_TRUE(is_covered({true, false}, false, false, convolutions)) << "un-n";
        EXPECT_TRUE(is_covered({true, true}, false, false, convolutions)) << "un";
        EXPECT_TRUE(is_covered({true, true}, true, false, convolutions)) << "sup";
        EXPECT_TRUE(is_covered({true, true}, true, true, convolutions)) << "gen";
    }
    EXPECT_EQ(golden()["cases"].size(), 18U);
    EXPECT_EQ(golden()["initializations"].size(), 8U);
}

TEST(Golden, PerceptionAgreesWithNumpy) {
    for (const json& entry : golden()["cases"]) {
        SCOPED_TRACE(entry["name"]);
        const LmserNet net = net_of(entry);
        const Perception perception = perception_of(entry, net);
        const json& expected = entry["expected"];
        expect_near(perception.code(), expected["code"], kDoubleTolerance, "code");
        expect_near(perception.reconstruction, expected["reconstruction"], kDoubleTolerance,
                    "reconstruction");
        if (has_styles(entry)) {
            expect_near(perception.style, expected["style"], kDoubleTolerance, "style");
        }
    }
}

TEST(Golden, StylesInUseAreNormalisedByTheRunningMoments) {
    for (const json& entry : golden()["cases"]) {
        if (!has_styles(entry)) {
            continue;
        }
        SCOPED_TRACE(entry["name"]);
        const Perception perception = net_of(entry).perceive(matrix(entry["images"]));
        const json& expected = entry["expected"]["in_use"];
        expect_near(perception.code(), expected["code"], kDoubleTolerance, "code");
        expect_near(perception.reconstruction, expected["reconstruction"], kDoubleTolerance,
                    "reconstruction");
    }
}

TEST(Golden, LossesAgreeWithNumpy) {
    for (const json& entry : golden()["cases"]) {
        SCOPED_TRACE(entry["name"]);
        const LmserNet net = net_of(entry);
        const auto images = matrix(entry["images"]);
        const Perception perception = perception_of(entry, net);
        const JointLoss loss = loss_of(entry, net, perception);
        const json& expected = entry["expected"];
        EXPECT_NEAR(loss.reconstruction.item<double>(), expected["reconstruction_error"],
                    kDoubleTolerance);
        EXPECT_NEAR(loss.joint.item<double>(), expected["joint_loss"], kDoubleTolerance);
        EXPECT_NEAR(error_per_pixel(images, perception.reconstruction),
                    expected["error_per_pixel"].get<double>(), kDoubleTolerance);
        if (entry["label_units"] > 0) {
            EXPECT_NEAR(loss.label.item<double>(), expected["label_error"], kDoubleTolerance);
        }
        if (has_styles(entry)) {
            EXPECT_NEAR(loss.style.item<double>(), expected["style_error"], kDoubleTolerance);
        }
    }
}

TEST(Golden, GradientsAgreeWithThoseDerivedByHand) {
    for (const json& entry : golden()["cases"]) {
        SCOPED_TRACE(entry["name"]);
        LmserNet net = net_of(entry);
        net.parameters().require_gradients();
        const Perception perception = perception_of(entry, net);
        loss_of(entry, net, perception).joint.backward();
        for (const auto& [name, values] : entry["expected"]["gradients"].items()) {
            expect_near(net.parameters().view(name).grad(), values, kDoubleTolerance, name);
        }
    }
}

TEST(Golden, ImaginationAgreesWithNumpy) {
    for (const json& entry : golden()["cases"]) {
        SCOPED_TRACE(entry["name"]);
        const LmserNet net = net_of(entry);
        const auto codes = matrix(entry["codes"]);
        const json& expected = entry["expected"];
        expect_near(net.imagine(codes), expected["imagined"], kDoubleTolerance, "imagined");
        if (expected.contains("imagined_with_shortcuts")) {
            ImagineOptions options;
            const auto start = matrix(entry["images"]).slice(0, 0, codes.size(0));
            options.bottom_up = net.perceive(start).bottom_up;
            expect_near(net.imagine(codes, options), expected["imagined_with_shortcuts"],
                        kDoubleTolerance, "imagined with shortcuts");
            expect_near(net.imagine(codes, {.bottom_up = {}, .reflections = 2}),
                        expected["imagined_and_reflected"], kDoubleTolerance,
                        "imagined and reflected");
        }
    }
}

TEST(Golden, OneAdamStepAgreesWithNumpy) {
    for (const json& entry : golden()["cases"]) {
        SCOPED_TRACE(entry["name"]);
        Trainer trainer = trainer_of(entry);
        const StepReport report = step(trainer, entry);
        EXPECT_EQ(report.iteration, 1);
        EXPECT_NEAR(report.loss, entry["expected"]["joint_loss"], kStepTolerance);
        EXPECT_NEAR(report.error_per_pixel, entry["expected"]["error_per_pixel"], kStepTolerance);
        expect_weights(trainer, entry["expected"]["after_one_step"]);
    }
}

TEST(Golden, ThreeAdamStepsWithDecayingRateAgreeWithNumpy) {
    for (const json& entry : golden()["cases"]) {
        SCOPED_TRACE(entry["name"]);
        Trainer trainer = trainer_of(entry);
        for (int t = 0; t < 3; ++t) {
            step(trainer, entry);
        }
        expect_weights(trainer, entry["expected"]["after_three_steps"]);
    }
}

TEST(Golden, InitialWeightsAreThoseNumpyDraws) {
    for (const json& entry : golden()["initializations"]) {
        SCOPED_TRACE(entry["kind"]);
        const auto weights = initial_weight(
            enumerator<Initialization>(entry["kind"]),
            {"weight", {entry["rows"], entry["columns"]}, entry["columns"], entry["rows"]},
            entry["seed"], entry["tensor_index"]);
        expect_near(weights, entry["weights"], kWeightTolerance, "weights");
    }
}

}  // namespace
}  // namespace lmser
