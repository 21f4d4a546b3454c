// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/presets.h"

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

std::vector<Preset> make_presets() {
    return {
        {"ae", "autoencoder: separate weights up and down", paper_network("ae", kAutoencoder, {})},
        {"lmser-un-n", "tied weights, separate neurons",
         paper_network("lmser-un-n", kTiedWeights, {.learning_rate = 3.5e-3, .decay = .999})},
        {"lmser-un", "tied weights and shared neurons", unsupervised()},
        {"lmser-sup", "as lmser-un, with the label in the code", supervised()},
    };
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

}  // namespace lmser
