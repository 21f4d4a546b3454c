// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/presets.h"

#include <utility>
#include <vector>

#include "core/base/text.h"

namespace lmser {

namespace {

constexpr Wiring kAutoencoder{.tied_weights = false, .shared_neurons = false};
constexpr Wiring kTiedWeights{.tied_weights = true, .shared_neurons = false};
constexpr Wiring kLmser{.tied_weights = true, .shared_neurons = true};

/// What differs between the variants' training; the rest is the default of TrainingOptions: batches of 50,
/// orthogonal weights, hinge loss. Chosen on the last 5,000 training pictures of MNIST, see
/// core/DESIGN.md for what was tried and what the test pictures then gave.
struct Recipe {
    double learning_rate = 3e-3;
    double decay = .9995;
    double shortcut_dropout = 0;
};

/// The paper's fully connected network [784, 300, 100, 10] on MNIST, 5,000 batches.
Experiment paper_network(const std::string& name, Wiring wiring, const Recipe& recipe) {
    Experiment experiment;
    experiment.preset = name;
    experiment.dataset = "mnist";
    experiment.network.wiring = wiring;
    experiment.training.learning_rate = recipe.learning_rate;
    experiment.training.decay = recipe.decay;
    experiment.training.shortcut_dropout = recipe.shortcut_dropout;
    return experiment;
}

/// Without a few samples that train on the code alone, the shortcuts carry the whole image and the top
/// units fall silent; more of them would cost reconstruction.
Experiment unsupervised() {
    return paper_network("lmser-un", kLmser, {.shortcut_dropout = .05});
}

Experiment supervised() {
    Experiment experiment = paper_network("lmser-sup", kLmser, {.shortcut_dropout = .1});
    experiment.network.label_units = 10;
    experiment.training.reconstruction_weight = 12;
    experiment.training.label_weight = 1;
    return experiment;
}

/// The convolutional network of the paper's size: 28 -> 14 -> 7 -> 4 -> 1, 64 top units.
std::vector<Layer> convolutions() {
    return {{16, 4, 2, 1}, {32, 4, 2, 1}, {64, 3, 2, 1}, {64, 4, 1, 0}};
}

Experiment convolutional(Experiment experiment, const std::string& name) {
    experiment.preset = name;
    experiment.network.layers = convolutions();
    experiment.training.initialization = Initialization::xavier;
    experiment.training.learning_rate = 2e-3;
    experiment.training.decay = .9993;
    return experiment;
}

/// Category and style in the top code (Figure 4): half of the code is learned without shortcuts, so that the code
/// alone makes the picture; every class's styles are kept standard normal.
Experiment generative(const std::string& name, std::vector<Layer> hidden, int styles,
                      std::int64_t iterations, double decay) {
    Experiment experiment = paper_network(name, kLmser, {.shortcut_dropout = .7});
    NetworkSpec& network = experiment.network;
    network.label_units = 10;
    network.style_units = styles;
    network.layers = std::move(hidden);
    network.layers.push_back({network.label_units + styles});
    TrainingOptions& training = experiment.training;
    training.initialization = Initialization::xavier;
    training.batch = 100;
    training.iterations = iterations;
    training.learning_rate = 2e-3;
    training.decay = decay;
    training.reconstruction_weight = 392;
    training.label_weight = 10;
    training.style_noise = .05;
    training.style_weight = 5;
    return experiment;
}

/// The paper's seven layers on faces: 128x128 -> 64 -> … -> 1x1, 256 top units.
std::vector<Layer> face_layers() {
    std::vector<Layer> layers;
    for (const int channels : {16, 32, 64, 128, 256, 256, 256}) {
        layers.push_back({channels, 4, 2, 1});
    }
    return layers;
}

/// An associative memory: shown pictures with holes, taught to bring the whole back (Figure 7).
Experiment associative(const std::string& name, Wiring wiring) {
    Experiment experiment = paper_network(name, wiring, {});
    NetworkSpec& network = experiment.network;
    network.activation = Activation::leaky_relu;
    network.centred = true;
    network.mask_channel = true;
    TrainingOptions& training = experiment.training;
    training.batch = 16;
    training.learning_rate = 1e-3;
    training.schedule = Schedule::cosine;
    training.decay = 1;
    training.warm_up = 100;
    training.adam_beta2 = .99;
    training.clip_norm = 1;
    training.reconstruction_loss = ReconstructionLoss::absolute;
    training.reconstruction_weight = 4;  // the network's own scale
    training.edge_weight = 1;
    training.hidden_weight = 3;
    training.composed_weight = 12;
    training.random_masks = true;
    return experiment;
}

Experiment face_recall(const std::string& name, Wiring wiring) {
    Experiment experiment = associative(name, wiring);
    experiment.dataset = "celeba";
    experiment.network.input = {3, 128, 128};
    experiment.network.layers = face_layers();
    TrainingOptions& training = experiment.training;
    training.initialization = Initialization::pca_pyramid;
    training.iterations = 27'000;
    training.flips = true;
    training.similarity_weight = 8;
    training.evaluate_every = 6'000;
    return experiment;
}

/// The same on small faces, for quick runs: one halving less down to a code of 1x1.
Experiment small_face_recall() {
    Experiment experiment = face_recall("celeba-recall-64", kTiedWeights);
    experiment.dataset = "celeba-64";
    experiment.network.input = {3, 64, 64};
    experiment.network.layers.pop_back();
    return experiment;
}

/// The average rule, since a sum would be twice the signal of a PCA pyramid where everything is visible.
Experiment shared_recall() {
    Experiment experiment = face_recall("celeba-recall-shared", kLmser);
    experiment.network.fusion = Fusion::average;
    return experiment;
}

/// As the paper trains: whole pictures only; what is hidden is the mean face.
Experiment paper_recall() {
    Experiment experiment = face_recall("celeba-recall-paper", kTiedWeights);
    experiment.network.mask_channel = false;
    experiment.training.random_masks = false;
    experiment.training.hidden_weight = 1;
    experiment.training.composed_weight = 0;
    experiment.training.similarity_weight = 0;
    return experiment;
}

Experiment digit_recall() {
    Experiment experiment = associative("mnist-recall", kTiedWeights);
    experiment.network.layers = convolutions();
    experiment.training.initialization = Initialization::xavier;
    experiment.training.batch = 50;
    return experiment;
}

std::vector<Preset> make_presets() {
    return {
        {"ae", "autoencoder: separate weights up and down", paper_network("ae", kAutoencoder, {})},
        {"lmser-un-n", "tied weights, separate neurons",
         paper_network("lmser-un-n", kTiedWeights, {.learning_rate = 3.5e-3, .decay = .999})},
        {"lmser-un", "tied weights and shared neurons", unsupervised()},
        {"lmser-sup", "as lmser-un, with the label in the code", supervised()},
        {"lmser-gen", "category and style in the code",
         generative("lmser-gen", {{300}, {100}}, 2, 10'000, .9996)},
        {"cnn-ae", "convolutional autoencoder",
         convolutional(paper_network("", kAutoencoder, {}), "cnn-ae")},
        {"cnn-lmser-un-n", "convolutional, tied weights",
         convolutional(paper_network("", kTiedWeights, {}), "cnn-lmser-un-n")},
        {"cnn-lmser-un", "convolutional, tied weights and shared neurons",
         convolutional(unsupervised(), "cnn-lmser-un")},
        {"cnn-lmser-sup", "the same with the label in the code",
         convolutional(supervised(), "cnn-lmser-sup")},
        {"cnn-lmser-gen", "convolutional, category and style in the code",
         generative("cnn-lmser-gen", convolutions(), 2, 8'000, .9995)},
        {"celeba-recall", "recalls what is hidden of a face",
         face_recall("celeba-recall", kTiedWeights)},
        {"celeba-recall-64", "the same at 64x64, for quick runs", small_face_recall()},
        {"celeba-recall-paper", "the paper's way: learns whole faces only", paper_recall()},
        {"celeba-recall-shared", "recall with shared neurons, gated by what is visible",
         shared_recall()},
        {"mnist-recall", "recalls what is hidden of a digit", digit_recall()},
    };
}

/// The preset that a dataset is best begun with.
std::string_view preset_for(std::string_view dataset) {
    if (dataset == "celeba") {
        return "celeba-recall";
    }
    return dataset == "celeba-64" || dataset == "folder" ? "celeba-recall-64" : "lmser-un";
}

}  // namespace

std::span<const Preset> presets() {
    static const std::vector<Preset> all = make_presets();
    return all;
}

Result<Experiment> preset(std::string_view name) {
    std::string known;
    for (const Preset& candidate : presets()) {
        if (candidate.name == name) {
            return candidate.experiment;
        }
        known += (known.empty() ? "" : ", ") + candidate.name;
    }
    return Error{ErrorCode::usage, "there is no preset " + in_quotes(name),
                 "The presets are " + known + "."};
}

Experiment on_dataset(const Experiment& experiment, std::string_view dataset) {
    const Experiment own = *preset(preset_for(dataset));
    const ImageShape& taken = experiment.network.input;
    const bool fits = dataset == "folder" ? taken.channels == own.network.input.channels
                                          : taken == own.network.input;
    Experiment moved = fits ? experiment : own;
    moved.dataset = dataset;
    return moved;
}

}  // namespace lmser
