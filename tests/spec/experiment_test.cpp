// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/experiment.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "core/spec/presets.h"
#include "tests/support/cost.h"
#include "tests/support/expect_error.h"

namespace lmser {
namespace {

using testing::expect_error;
using testing::value_of;

/// An experiment in which no value is the default one.
Experiment unusual() {
    Experiment experiment;
    experiment.preset = "lmser-sup";
    experiment.dataset = "fashion-mnist";
    experiment.held_out = 5000;
    experiment.seed = std::numeric_limits<std::uint64_t>::max();
    experiment.start_from = "a run's folder";
    experiment.network = {.input = {3, 32, 24},
                          .layers = {{16, 4, 2, 1}, {64}, {12}},
                          .wiring = {true, true},
                          .activation = Activation::tanh,
                          .fusion = Fusion::average,
                          .reflections = 3,
                          .label_units = 10,
                          .style_units = 2};
    experiment.training = {.batch = 7,
                           .iterations = 123,
                           .learning_rate = .1 + .2,
                           .decay = .5,
                           .initialization = Initialization::torch_default,
                           .reconstruction_loss = ReconstructionLoss::half_sum,
                           .reconstruction_weight = 2.5,
                           .label_loss = LabelLoss::mean_square,
                           .label_weight = 1e-3,
                           .shortcut_dropout = .25,
                           .style_noise = .125,
                           .style_weight = 7,
                           .picture_noise = .5,
                           .dream_weight = 3,
                           .evaluate_every = 11};
    return experiment;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(Experiment, SurvivesTheWayThroughJson) {
    EXPECT_EQ(value_of(experiment_from_json(to_json(unusual()))), unusual());
    for (const Preset& preset : presets()) {
        EXPECT_EQ(value_of(experiment_from_json(to_json(preset.experiment))), preset.experiment);
    }
}

TEST(Experiment, TheSameValueGivesTheSameBytes) {
    EXPECT_EQ(to_json(unusual()), to_json(value_of(experiment_from_json(to_json(unusual())))));
}

TEST(Experiment, ConvolutionsAreTextsAndFullyConnectedLayersNumbers) {
    const std::string text = to_json(unusual());
    EXPECT_THAT(text, ::testing::HasSubstr("\"16k4s2p1\",\n      64,\n      12\n"));
    EXPECT_THAT(text, ::testing::HasSubstr("\"style_units\": 2"));
}

TEST(Experiment, WhatWasWrittenBeforeStylesReadsAndGivesTheSameBytes) {
    const std::string before = R"({
  "preset": "lmser-sup",
  "dataset": "mnist",
  "held_out": 0,
  "seed": 7,
  "network": {
    "input": [
      1,
      28,
      28
    ],
    "layers": [
      300,
      100,
      10
    ],
    "tied_weights": true,
    "shared_neurons": true,
    "activation": "relu",
    "fusion": "sum",
    "reflections": 1,
    "label_units": 10
  },
  "training": {
    "batch": 50,
    "iterations": 5000,
    "learning_rate": 0.003,
    "decay": 0.9995,
    "initialization": "orthogonal",
    "reconstruction_loss": "hinge",
    "reconstruction_weight": 12.0,
    "label_loss": "cross-entropy",
    "label_weight": 1.0,
    "shortcut_dropout": 0.1,
    "evaluate_every": 250
  }
})";
    const Experiment experiment = value_of(experiment_from_json(before));
    EXPECT_EQ(experiment.network.style_units, 0);
    EXPECT_EQ(experiment.training.style_noise, 0);
    EXPECT_EQ(experiment.training.style_weight, 0);
    EXPECT_EQ(experiment.training.picture_noise, 0);
    EXPECT_EQ(experiment.training.dream_weight, 0);
    EXPECT_EQ(to_json(experiment), before);
}

TEST(Experiment, JsonWithALayerThatIsNoneIsRefused) {
    const std::string good = to_json(unusual());
    for (const char* layer :
         {"\"16k4s2\"", "\"16k0s1p0\"", "\"16\"", "\"\"", "[16]", "1.5", "null"}) {
        const auto refused = experiment_from_json(with(good, "\"16k4s2p1\"", layer));
        expect_error(refused, ErrorCode::bad_data, "'network.layers'");
    }
    expect_error(experiment_from_json(with(good, "16k4s2p1", "16k4x2p1")), ErrorCode::bad_data,
                 "has the layer '16k4x2p1', which is unknown");
}

TEST(Experiment, JsonWithAMissingKeyNamesTheKey) {
    expect_error(
        experiment_from_json(with(to_json(unusual()), "\"seed\": 18446744073709551615,", "")),
        ErrorCode::bad_data, "'seed' is missing");
    expect_error(experiment_from_json(with(to_json(unusual()), "\"fusion\": \"average\",", "")),
                 ErrorCode::bad_data, "'network.fusion' is missing");
}

TEST(Experiment, JsonWithAnUnknownKeyNamesTheKey) {
    expect_error(
        experiment_from_json(with(to_json(unusual()), "\"batch\"", "\"extra\": 1, \"batch\"")),
        ErrorCode::bad_data, "'training.extra' is unknown");
}

TEST(Experiment, JsonWithAKeyGivenTwiceIsRefused) {
    expect_error(
        experiment_from_json(with(to_json(unusual()), "\"batch\"", "\"batch\": 1, \"batch\"")),
        ErrorCode::bad_data, "the key 'batch' is given twice");
}

TEST(Experiment, JsonWithAValueOfTheWrongTypeNamesTheKey) {
    const std::string good = to_json(unusual());
    expect_error(experiment_from_json(with(good, "\"batch\": 7", "\"batch\": \"7\"")),
                 ErrorCode::bad_data, "'training.batch' is not a whole number");
    expect_error(experiment_from_json(with(good, "\"batch\": 7", "\"batch\": 7.5")),
                 ErrorCode::bad_data, "'training.batch' is not a whole number");
    expect_error(experiment_from_json(with(good, "\"decay\": 0.5", "\"decay\": true")),
                 ErrorCode::bad_data, "'training.decay' is not a number");
    expect_error(experiment_from_json(with(good, "\"tied_weights\": true", "\"tied_weights\": 1")),
                 ErrorCode::bad_data, "neither true nor false");
    expect_error(experiment_from_json(with(good, "\"tanh\"", "\"tan\"")), ErrorCode::bad_data,
                 "'network.activation' is 'tan', which is unknown");
    expect_error(experiment_from_json(with(good, "\"label_loss\"", "\"label_loss\": 1, \"x\"")),
                 ErrorCode::bad_data, "'training.label_loss' is not a text");
    expect_error(experiment_from_json("[1]"), ErrorCode::bad_data, "not a JSON object");
}

TEST(Experiment, JsonWithANumberOutOfRangeIsRefused) {
    const std::string good = to_json(unusual());
    for (const char* batch : {"0", "-1", "2147483648", "18446744073709551616", "1e400"}) {
        EXPECT_FALSE(
            experiment_from_json(with(good, "\"batch\": 7", std::string("\"batch\": ") + batch)))
            << batch;
    }
    EXPECT_FALSE(
        experiment_from_json(with(good, "\"seed\": 18446744073709551615", "\"seed\": -1")));
    for (const char* decay : {"0", "1.5", "NaN", "Infinity", "-1e-9"}) {
        EXPECT_FALSE(
            experiment_from_json(with(good, "\"decay\": 0.5", std::string("\"decay\": ") + decay)))
            << decay;
    }
}

TEST(Experiment, JsonThatIsCutAtAnyByteIsRefused) {
    const std::string good = to_json(unusual());
    for (std::size_t length = 0; length < good.size(); ++length) {
        EXPECT_FALSE(experiment_from_json(good.substr(0, length))) << length;
    }
}

TEST(Experiment, JsonThatNestsDeepOrIsLongIsRefusedAtOnce) {
    const std::string deep(60'000, '[');
    const auto cost = testing::cost_of([&deep] {
        expect_error(experiment_from_json(deep), ErrorCode::bad_data, "nests deeper than 4 levels");
    });
    EXPECT_LT(cost.cpu_seconds, .01);
    expect_error(experiment_from_json(std::string(100'000, ' ')), ErrorCode::bad_data,
                 "it has 100000 bytes");
    std::string wide = "[0";
    for (int i = 0; i < 2000; ++i) {
        wide += ",0";
    }
    expect_error(experiment_from_json(wide + "]"), ErrorCode::bad_data, "more than 1024 values");
}

TEST(Experiment, JsonThatIsNotUtf8IsRefused) {
    EXPECT_FALSE(experiment_from_json(with(to_json(unusual()), "fashion-mnist", "fashion\xff")));
}

TEST(Experiment, CommandOfAPresetNamesOnlyWhatItHasTo) {
    EXPECT_EQ(as_command(value_of(preset("lmser-un"))),
              "lmser train --preset lmser-un --data mnist --iterations 5000 --seed 1");
}

TEST(Experiment, CommandNamesEveryOptionThatDiffers) {
    EXPECT_EQ(as_command(unusual()),
              "lmser train --preset lmser-sup --data fashion-mnist --iterations 123 "
              "--seed 18446744073709551615 --layers 16k4s2p1,64,12 --activation tanh "
              "--fusion average --reflections 3 --style-units 2 --batch 7 --learning-rate "
              "0.30000000000000004 --decay 0.5 "
              "--init torch --loss half-sum --reconstruction-weight 2.5 --label-loss mean-square "
              "--label-weight 0.001 --shortcut-dropout 0.25 --style-noise 0.125 --style-weight 7 "
              "--picture-noise 0.5 --dream-weight 3 "
              "--evaluate-every 11 --start-from 'a run'\\''s folder' --held-out 5000");
    Experiment untied = value_of(preset("lmser-sup"));
    untied.network.wiring = {false, false};
    untied.network.label_units = 8;
    EXPECT_EQ(as_command(untied),
              "lmser train --preset lmser-sup --data mnist --iterations 5000 --seed 1 "
              "--wiring ae --label-units 8");
}

TEST(Experiment, EveryPresetIsInRange) {
    for (const Preset& preset : presets()) {
        EXPECT_TRUE(check(preset.experiment)) << preset.name;
        EXPECT_EQ(preset.name, preset.experiment.preset);
        EXPECT_FALSE(preset.summary.empty());
    }
}

TEST(Experiment, TheRecallOfSmallFacesHasOneHalvingLess) {
    const Experiment small = value_of(preset("celeba-recall-64"));
    EXPECT_EQ(small.dataset, "celeba-64");
    EXPECT_EQ(small.network.input, (ImageShape{3, 64, 64}));
    EXPECT_EQ(text_of(small.network.layers, ","),
              "16k4s2p1,32k4s2p1,64k4s2p1,128k4s2p1,256k4s2p1,256k4s2p1");
    EXPECT_EQ(small.training, value_of(preset("celeba-recall")).training);
}

TEST(Experiment, OnAnotherDatasetItStaysWhereItsPicturesFit) {
    Experiment digits = value_of(preset("lmser-sup"));
    digits.seed = 7;
    Experiment clothes = digits;
    clothes.dataset = "fashion-mnist";
    EXPECT_EQ(on_dataset(digits, "fashion-mnist"), clothes);
    EXPECT_EQ(on_dataset(digits, "celeba"), value_of(preset("celeba-recall")));
    EXPECT_EQ(on_dataset(digits, "celeba-64"), value_of(preset("celeba-recall-64")));
    EXPECT_EQ(on_dataset(value_of(preset("celeba-recall")), "mnist").preset, "lmser-un");
}

TEST(Experiment, PicturesOfAFolderFitEveryNetworkOfColours) {
    const Experiment faces = value_of(preset("celeba-recall"));
    Experiment own = faces;
    own.dataset = "folder";
    EXPECT_EQ(on_dataset(faces, "folder"), own);
    const Experiment from_digits = on_dataset(value_of(preset("lmser-un")), "folder");
    EXPECT_EQ(from_digits.preset, "celeba-recall-64");
    EXPECT_EQ(from_digits.dataset, "folder");
}

TEST(Experiment, AnUnknownPresetIsAnsweredWithTheOnesThereAre) {
    const auto unknown = preset("lmser");
    expect_error(unknown, ErrorCode::usage, "there is no preset 'lmser'");
    EXPECT_EQ(unknown.error().hint,
              "The presets are ae, lmser-un-n, lmser-un, lmser-sup, lmser-gen, cnn-ae, "
              "cnn-lmser-un-n, cnn-lmser-un, cnn-lmser-sup, cnn-lmser-gen, celeba-recall, "
              "celeba-recall-64, celeba-recall-paper, celeba-recall-shared, mnist-recall.");
}

/// A change that makes a good experiment a bad one, and what is said about it.
struct Spoiled {
    const char* words;
    std::function<void(Experiment&)> spoil;
};

TEST(Experiment, CheckNamesWhatIsOutOfRange) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Spoiled all[] = {
        {"the batch size is 0", [](Experiment& e) { e.training.batch = 0; }},
        {"the number of iterations is 0", [](Experiment& e) { e.training.iterations = 0; }},
        {"the learning rate is nan", [nan](Experiment& e) { e.training.learning_rate = nan; }},
        {"the learning rate is -1", [](Experiment& e) { e.training.learning_rate = -1; }},
        {"the decay of the learning rate is 1.1", [](Experiment& e) { e.training.decay = 1.1; }},
        {"the shortcut dropout is 1", [](Experiment& e) { e.training.shortcut_dropout = 1; }},
        {"between evaluations is 0", [](Experiment& e) { e.training.evaluate_every = 0; }},
        {"there is no preset 'x'", [](Experiment& e) { e.preset = "x"; }},
        {"the name of the dataset", [](Experiment& e) { e.dataset = "../etc"; }},
        {"held-out pictures is -1", [](Experiment& e) { e.held_out = -1; }},
        {"colour channels is 2", [](Experiment& e) { e.network.input.channels = 2; }},
        {"the width of a picture is 0", [](Experiment& e) { e.network.input.width = 0; }},
        {"the number of layers is 0", [](Experiment& e) { e.network.layers.clear(); }},
        {"units in layer 2 is 0", [](Experiment& e) { e.network.layers[1].units = 0; }},
        {"units in layer 1 is 16385", [](Experiment& e) { e.network.layers[0].units = 16385; }},
        {"weights",
         [](Experiment& e) {
             e.network.layers = {{16384}, {16384}};
         }},
        {"shares neurons but not weights",
         [](Experiment& e) { e.network.wiring.tied_weights = false; }},
        {"the number of reflections is 65", [](Experiment& e) { e.network.reflections = 65; }},
        {"the number of label units is 11", [](Experiment& e) { e.network.label_units = 11; }},
        {"the label has no weight", [](Experiment& e) { e.network.label_units = 10; }},
        {"no label units", [](Experiment& e) { e.training.label_weight = 1; }},
        {"both 0", [](Experiment& e) { e.training.reconstruction_weight = 0; }},
        {"weight or noise but the network no style units",
         [](Experiment& e) { e.training.style_weight = 1; }},
        {"weight or noise but the network no style units",
         [](Experiment& e) { e.training.style_noise = .1; }},
        {"weight or noise but the network no style units",
         [](Experiment& e) { e.training.dream_weight = 1; }},
        {"the noise on the pictures is -1", [](Experiment& e) { e.training.picture_noise = -1; }},
        {"the weight of the dreams is nan",
         [nan](Experiment& e) { e.training.dream_weight = nan; }},
        {"the noise on the style is 5", [](Experiment& e) { e.training.style_noise = 5; }},
        {"the weight of the style is -1", [](Experiment& e) { e.training.style_weight = -1; }},
        {"a batch of 1 has no spread of styles",
         [](Experiment& e) {
             e = value_of(preset("lmser-gen"));
             e.training.batch = 1;
         }},
        {"no shortcuts",
         [](Experiment& e) {
             e.network.wiring.shared_neurons = false;
             e.training.shortcut_dropout = .5;
         }},
    };
    for (const Spoiled& spoiled : all) {
        Experiment experiment = value_of(preset("lmser-un"));
        ASSERT_TRUE(check(experiment));
        spoiled.spoil(experiment);
        expect_error(check(experiment), ErrorCode::usage, spoiled.words);
    }
}

}  // namespace
}  // namespace lmser
