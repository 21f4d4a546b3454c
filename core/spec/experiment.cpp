// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/experiment.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/spec/names.h"
#include "core/spec/presets.h"
#include "core/spec/range_check.h"

namespace lmser {

namespace {

constexpr std::int64_t kMaxHeldOut = 1'000'000'000;
constexpr std::size_t kMaxName = 64;

bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= kMaxName &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

Result<void> check_combination(const Experiment& experiment) {
    const bool labels = experiment.network.label_units > 0;
    const bool weighed = experiment.training.label_weight > 0;
    if (labels && !weighed) {
        return Error{ErrorCode::usage,
                     "the network has " + std::to_string(experiment.network.label_units) +
                         " label units but the label has no weight",
                     "Give the label a weight, or take 0 label units."};
    }
    if (weighed && !labels) {
        return Error{ErrorCode::usage, "the label has a weight but the network no label units",
                     "Take a label weight of 0, or as many label units as there are classes."};
    }
    if (experiment.training.initialization == Initialization::pca_pyramid) {
        if (auto fits = check_pca_pyramid(experiment.network); !fits) {
            return fits;
        }
    }
    const bool styles = experiment.network.style_units > 0;
    if (!styles && (experiment.training.style_weight > 0 || experiment.training.style_noise > 0 ||
                    experiment.training.dream_weight > 0)) {
        return Error{ErrorCode::usage,
                     "styles or dreams have a weight or noise but the network no style units",
                     "Take style weight, style noise and dream weight of 0, or style units."};
    }
    if (styles && experiment.training.batch < 2) {
        return Error{ErrorCode::usage, "a batch of 1 has no spread of styles",
                     "Take a larger batch, or 0 style units."};
    }
    if (experiment.training.shortcut_dropout > 0 && !experiment.network.wiring.shared_neurons) {
        return Error{ErrorCode::usage,
                     "the shortcut dropout is " + shortest(experiment.training.shortcut_dropout) +
                         " but the network has no shortcuts",
                     "Take a shortcut dropout of 0, or shared neurons."};
    }
    return {};
}

std::string_view wiring_name(const Wiring& wiring) {
    if (!wiring.tied_weights) {
        return "ae";
    }
    return wiring.shared_neurons ? "un" : "un-n";
}

std::string text_of(std::int64_t value) {
    return std::to_string(value);
}

std::string text_of(double value) {
    return shortest(value);
}

/// One word of a command line, whatever is in it.
std::string for_shell(const std::string& word) {
    std::string quoted = "'";
    for (const char c : word) {
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return quoted + "'";
}

/// A command line that grows by the options in which an experiment differs from its preset.
class CommandLine {
public:
    explicit CommandLine(std::string start) : text_(std::move(start)) {}

    void add(std::string_view option, std::string_view value) {
        text_.append(" ").append(option).append(" ").append(value);
    }

    template <class Number>
    void add_if_new(std::string_view option, Number value, Number preset) {
        if (value != preset) {
            add(option, text_of(value));
        }
    }

    /// --name, or --no-name where only the preset has it.
    void add_flag_if_new(std::string_view name, bool value, bool preset) {
        if (value != preset) {
            text_.append(" ").append(value ? "--" : "--no-").append(name);
        }
    }

    template <class Enum>
    void add_name_if_new(std::string_view option, Enum value, Enum preset) {
        if (value != preset) {
            add(option, name_of(value));
        }
    }

    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
};

void add_network(CommandLine& line, const NetworkSpec& network, const NetworkSpec& start) {
    if (network.layers != start.layers) {
        line.add("--layers", text_of(network.layers, ","));
    }
    if (network.wiring != start.wiring) {
        line.add("--wiring", wiring_name(network.wiring));
    }
    line.add_name_if_new("--activation", network.activation, start.activation);
    line.add_name_if_new("--fusion", network.fusion, start.fusion);
    line.add_if_new("--reflections", std::int64_t{network.reflections},
                    std::int64_t{start.reflections});
    line.add_if_new("--label-units", std::int64_t{network.label_units},
                    std::int64_t{start.label_units});
    line.add_if_new("--style-units", std::int64_t{network.style_units},
                    std::int64_t{start.style_units});
    line.add_flag_if_new("centred", network.centred, start.centred);
    line.add_flag_if_new("mask-channel", network.mask_channel, start.mask_channel);
}

void add_training(CommandLine& line, const TrainingOptions& training,
                  const TrainingOptions& start) {
    line.add_if_new("--batch", std::int64_t{training.batch}, std::int64_t{start.batch});
    line.add_if_new("--learning-rate", training.learning_rate, start.learning_rate);
    line.add_name_if_new("--schedule", training.schedule, start.schedule);
    line.add_if_new("--decay", training.decay, start.decay);
    line.add_if_new("--warm-up", training.warm_up, start.warm_up);
    line.add_if_new("--adam-beta2", training.adam_beta2, start.adam_beta2);
    line.add_if_new("--clip-norm", training.clip_norm, start.clip_norm);
    line.add_name_if_new("--init", training.initialization, start.initialization);
    line.add_name_if_new("--loss", training.reconstruction_loss, start.reconstruction_loss);
    line.add_if_new("--reconstruction-weight", training.reconstruction_weight,
                    start.reconstruction_weight);
    line.add_name_if_new("--label-loss", training.label_loss, start.label_loss);
    line.add_if_new("--label-weight", training.label_weight, start.label_weight);
    line.add_if_new("--shortcut-dropout", training.shortcut_dropout, start.shortcut_dropout);
    line.add_if_new("--style-noise", training.style_noise, start.style_noise);
    line.add_if_new("--style-weight", training.style_weight, start.style_weight);
    line.add_if_new("--picture-noise", training.picture_noise, start.picture_noise);
    line.add_if_new("--dream-weight", training.dream_weight, start.dream_weight);
    line.add_flag_if_new("random-masks", training.random_masks, start.random_masks);
    line.add_flag_if_new("flips", training.flips, start.flips);
    line.add_if_new("--edge-weight", training.edge_weight, start.edge_weight);
    line.add_if_new("--hidden-weight", training.hidden_weight, start.hidden_weight);
    line.add_if_new("--composed-weight", training.composed_weight, start.composed_weight);
    line.add_if_new("--similarity-weight", training.similarity_weight, start.similarity_weight);
    line.add_if_new("--evaluate-every", training.evaluate_every, start.evaluate_every);
}

}  // namespace

Result<void> check(const Experiment& experiment) {
    if (auto known = preset(experiment.preset); !known) {
        return known.error();
    }
    if (!is_plain_name(experiment.dataset)) {
        return Error{ErrorCode::usage, "the name of the dataset is not one",
                     "It has 1 to 64 small letters, digits and dashes."};
    }
    if (auto held = check_range("the number of held-out pictures", experiment.held_out,
                                std::int64_t{0}, kMaxHeldOut);
        !held) {
        return held;
    }
    if (auto network = check(experiment.network); !network) {
        return network;
    }
    if (auto training = check(experiment.training); !training) {
        return training;
    }
    return check_combination(experiment);
}

std::string as_command(const Experiment& experiment) {
    const auto start = preset(experiment.preset);
    const Experiment& from = start ? *start : presets().front().experiment;
    CommandLine line("lmser train");
    line.add("--preset", from.preset);
    line.add("--data", experiment.dataset);
    line.add("--iterations", std::to_string(experiment.training.iterations));
    line.add("--seed", std::to_string(experiment.seed));
    add_network(line, experiment.network, from.network);
    add_training(line, experiment.training, from.training);
    if (!experiment.start_from.empty()) {
        line.add("--start-from", for_shell(experiment.start_from));
    }
    line.add_if_new("--held-out", experiment.held_out, from.held_out);
    return line.text();
}

}  // namespace lmser
