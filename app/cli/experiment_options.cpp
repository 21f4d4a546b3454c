// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/experiment_options.h"

#include <charconv>
#include <string_view>

#include "core/base/text.h"
#include "core/files/read_file.h"
#include "core/spec/names.h"
#include "core/spec/presets.h"

namespace lmser::cli {
namespace {

constexpr std::uint64_t kLargestExperiment = 1U << 20U;

std::string preset_names() {
    std::string text;
    for (const Preset& preset : presets()) {
        text += (text.empty() ? "" : ", ") + preset.name;
    }
    return text;
}

/// The words of an enumeration: "relu, leaky-relu, sigmoid, tanh".
template <class Enum>
std::string words() {
    std::string text;
    for (const auto& entry : names<Enum>()) {
        text += (text.empty() ? "" : ", ") + std::string(entry.name);
    }
    return text;
}

/// CLI11 would make 2⁶⁴ - 1 of -1 and of everything that is too large, and 8 of 010.
std::uint64_t seed_from(const std::string& text) {
    std::uint64_t seed = 0;
    const char* const end = text.data() + text.size();
    if (const auto [at, failure] = std::from_chars(text.data(), end, seed);
        failure != std::errc() || at != end) {
        throw CLI::ValidationError(
            "--seed", "Value " + in_quotes(text) + " is not a whole number from 0 to 2^64 - 1");
    }
    return seed;
}

template <class Value>
void set(Value& value, const std::optional<Value>& given) {
    if (given) {
        value = *given;
    }
}

Error unknown_word(std::string_view option, const std::string& word, const std::string& known) {
    return {ErrorCode::usage, std::string(option) + " does not know " + in_quotes(word),
            "Choose one of " + known + "."};
}

template <class Enum>
Result<void> set_word(Enum& value, std::string_view option,
                      const std::optional<std::string>& given) {
    if (!given) {
        return {};
    }
    const auto found = from_name<Enum>(*given);
    if (!found) {
        return unknown_word(option, *given, words<Enum>());
    }
    value = *found;
    return {};
}

Result<void> set_wiring(Wiring& wiring, const std::optional<std::string>& given) {
    if (!given) {
        return {};
    }
    if (*given == "ae") {
        wiring = {.tied_weights = false, .shared_neurons = false};
    } else if (*given == "un-n") {
        wiring = {.tied_weights = true, .shared_neurons = false};
    } else if (*given == "un") {
        wiring = {.tied_weights = true, .shared_neurons = true};
    } else {
        return unknown_word("--wiring", *given, "ae, un-n, un");
    }
    return {};
}

Result<Experiment> starting_point(const ExperimentOptions& options) {
    if (!options.file) {
        return preset(options.preset.value_or("lmser-un"));
    }
    auto text = read_text(*options.file, kLargestExperiment);
    if (!text) {
        return text.error();
    }
    auto experiment = experiment_from_json(*text);
    if (!experiment) {
        Error error = experiment.error();
        error.message = cannot("read experiment", *options.file) + ": " + error.message;
        return error;
    }
    return experiment;
}

Result<void> set_layers(std::vector<Layer>& layers,
                        const std::optional<std::vector<std::string>>& given) {
    if (!given) {
        return {};
    }
    layers.clear();
    for (const std::string& text : *given) {
        const auto layer = layer_from_text(text);
        if (!layer) {
            return Error{ErrorCode::usage, "--layers does not know " + in_quotes(text),
                         "Write units, such as 300, or channels with kernel, stride and padding, "
                         "such as 16k4s2p1."};
        }
        layers.push_back(*layer);
    }
    return {};
}

Result<void> set_words(Experiment& experiment, const ExperimentOptions& options) {
    NetworkSpec& network = experiment.network;
    TrainingOptions& training = experiment.training;
    for (const Result<void>& done :
         {set_layers(network.layers, options.layers), set_wiring(network.wiring, options.wiring),
          set_word(network.activation, "--activation", options.activation),
          set_word(network.fusion, "--fusion", options.fusion),
          set_word(training.initialization, "--init", options.initialization),
          set_word(training.reconstruction_loss, "--loss", options.loss),
          set_word(training.label_loss, "--label-loss", options.label_loss),
          set_word(training.schedule, "--schedule", options.schedule)}) {
        if (!done) {
            return done;
        }
    }
    return {};
}

void set_numbers(Experiment& experiment, const ExperimentOptions& options) {
    set(experiment.dataset, options.data);
    set(experiment.seed, options.seed);
    set(experiment.start_from, options.start_from);
    set(experiment.held_out, options.held_out);
    NetworkSpec& network = experiment.network;
    set(network.reflections, options.reflections);
    set(network.label_units, options.label_units);
    set(network.style_units, options.style_units);
    set(network.centred, options.centred);
    set(network.mask_channel, options.mask_channel);
    TrainingOptions& training = experiment.training;
    set(training.batch, options.batch);
    set(training.iterations, options.iterations);
    set(training.learning_rate, options.learning_rate);
    set(training.decay, options.decay);
    set(training.warm_up, options.warm_up);
    set(training.adam_beta2, options.adam_beta2);
    set(training.clip_norm, options.clip_norm);
    set(training.reconstruction_weight, options.reconstruction_weight);
    set(training.label_weight, options.label_weight);
    set(training.shortcut_dropout, options.shortcut_dropout);
    set(training.style_noise, options.style_noise);
    set(training.style_weight, options.style_weight);
    set(training.picture_noise, options.picture_noise);
    set(training.dream_weight, options.dream_weight);
    set(training.random_masks, options.random_masks);
    set(training.flips, options.flips);
    set(training.edge_weight, options.edge_weight);
    set(training.hidden_weight, options.hidden_weight);
    set(training.composed_weight, options.composed_weight);
    set(training.similarity_weight, options.similarity_weight);
    set(training.evaluate_every, options.evaluate_every);
}

}  // namespace

void add_experiment_options(CLI::App& command, ExperimentOptions& options) {
    const auto add = [&command](const char* group, const char* name, auto& value,
                                const std::string& help) {
        return command.add_option(name, value, help)->group(group);
    };
    const auto add_flag = [&command](const char* group, const char* name, auto& value,
                                     const std::string& help) {
        command
            .add_flag_function(
                name, [&value](std::int64_t count) { value = count > 0; }, help)
            ->group(group);
    };
    auto* preset_option = add("Experiment", "--preset", options.preset, preset_names());
    add("Experiment", "--experiment", options.file, "Start from an experiment.json")
        ->excludes(preset_option);
    add("Experiment", "--data", options.data,
        "mnist, fashion-mnist, celeba, celeba-64, folder (of pictures: --data-dir itself) or "
        "strokes");
    add("Experiment", "--iterations", options.iterations, "Train until this step");
    command
        .add_option_function<std::string>(
            "--seed", [&options](const std::string& text) { options.seed = seed_from(text); },
            "Of weights, order and shortcut dropout")
        ->type_name("UINT")
        ->group("Experiment");
    add("Experiment", "--start-from", options.start_from,
        "Start with the weights of this MODEL of the same network, not with drawn ones");
    add("Experiment", "--held-out", options.held_out,
        "Keep the last so many training pictures as a validation split");
    add("Network", "--layers", options.layers,
        "From the image to the code: units (300,100,10) or channels with kernel, stride and "
        "padding "
        "(16k4s2p1,32k4s2p1,10)")
        ->delimiter(',')
        ->allow_extra_args(false);
    add("Network", "--wiring", options.wiring, "ae, un-n or un");
    add("Network", "--activation", options.activation, words<Activation>());
    add("Network", "--fusion", options.fusion, words<Fusion>());
    add("Network", "--reflections", options.reflections, "Passes up and down");
    add("Network", "--label-units", options.label_units, "The first units of the code");
    add("Network", "--style-units", options.style_units,
        "The units after them; the code is then category and style");
    add_flag("Network", "--centred,!--no-centred", options.centred,
             "The network sees 4 (x - mean picture)");
    add_flag("Network", "--mask-channel,!--no-mask-channel", options.mask_channel,
             "A channel more says what is hidden");
    add("Training", "--batch", options.batch, "Pictures a step");
    add("Training", "--learning-rate", options.learning_rate, "Adam's");
    add("Training", "--schedule", options.schedule, words<Schedule>());
    add("Training", "--decay", options.decay, "Multiplies the learning rate after every step");
    add("Training", "--warm-up", options.warm_up, "First steps in which the learning rate grows");
    add("Training", "--adam-beta2", options.adam_beta2,
        "How long Adam remembers squared gradients");
    add("Training", "--clip-norm", options.clip_norm, "Longest gradient; 0: any");
    add("Training", "--init", options.initialization, words<Initialization>());
    add("Training", "--loss", options.loss, words<ReconstructionLoss>());
    add("Training", "--reconstruction-weight", options.reconstruction_weight, "In the joint loss");
    add("Training", "--label-loss", options.label_loss, words<LabelLoss>());
    add("Training", "--label-weight", options.label_weight, "In the joint loss");
    add("Training", "--shortcut-dropout", options.shortcut_dropout,
        "Probability that a picture trains without its shortcuts");
    add("Training", "--style-noise", options.style_noise, "On the style that goes down");
    add("Training", "--style-weight", options.style_weight,
        "Of keeping every class's styles standard normal");
    add("Training", "--picture-noise", options.picture_noise,
        "Largest noise on pictures that train without shortcuts, and on dreams");
    add("Training", "--dream-weight", options.dream_weight,
        "Of recognising the class of pictures imagined at random");
    add_flag("Training", "--random-masks,!--no-random-masks", options.random_masks,
             "Train on pictures with holes, which are to be recalled");
    add_flag("Training", "--flips,!--no-flips", options.flips, "Mirror every second picture");
    add("Training", "--edge-weight", options.edge_weight,
        "Of differences between neighbouring pixels, with the loss absolute");
    add("Training", "--hidden-weight", options.hidden_weight,
        "Of hidden pixels, with the loss absolute");
    add("Training", "--composed-weight", options.composed_weight,
        "Of the recall as it is set into the hole, with the loss absolute");
    add("Training", "--similarity-weight", options.similarity_weight,
        "Of the structural similarity of what is set into the hole, with the loss absolute");
    add("Training", "--evaluate-every", options.evaluate_every,
        "Steps between two evaluations on the test split");
}

Result<Experiment> experiment_from(const ExperimentOptions& options) {
    auto experiment = starting_point(options);
    if (!experiment) {
        return experiment;
    }
    if (auto words = set_words(*experiment, options); !words) {
        return words.error();
    }
    set_numbers(*experiment, options);
    if (auto valid = check(*experiment); !valid) {
        return valid.error();
    }
    return experiment;
}

}  // namespace lmser::cli
