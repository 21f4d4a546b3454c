// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/spec/experiment.h"

namespace lmser::cli {

/// What `lmser train` was told about the experiment; what was not given stays as the preset has it.
struct ExperimentOptions {
    std::optional<std::string> preset;
    std::optional<std::string> file;  ///< an experiment.json
    std::optional<std::string> data;
    std::optional<std::int64_t> iterations;
    std::optional<std::uint64_t> seed;
    std::optional<std::string> start_from;
    std::optional<std::int64_t> held_out;
    std::optional<std::vector<std::string>> layers;
    std::optional<std::string> wiring;
    std::optional<std::string> activation;
    std::optional<std::string> fusion;
    std::optional<int> reflections;
    std::optional<int> label_units;
    std::optional<int> style_units;
    std::optional<bool> centred;
    std::optional<bool> mask_channel;
    std::optional<int> batch;
    std::optional<double> learning_rate;
    std::optional<std::string> schedule;
    std::optional<double> decay;
    std::optional<std::int64_t> warm_up;
    std::optional<double> adam_beta2;
    std::optional<double> clip_norm;
    std::optional<std::string> initialization;
    std::optional<std::string> loss;
    std::optional<double> reconstruction_weight;
    std::optional<std::string> label_loss;
    std::optional<double> label_weight;
    std::optional<double> shortcut_dropout;
    std::optional<double> style_noise;
    std::optional<double> style_weight;
    std::optional<double> picture_noise;
    std::optional<double> dream_weight;
    std::optional<bool> random_masks;
    std::optional<bool> flips;
    std::optional<double> edge_weight;
    std::optional<double> hidden_weight;
    std::optional<double> composed_weight;
    std::optional<double> similarity_weight;
    std::optional<std::int64_t> evaluate_every;
};

/// Adds the options, in the groups "Experiment", "Network" and "Training".
void add_experiment_options(CLI::App& command, ExperimentOptions& options);

/// The experiment of the file or the preset with everything that was given changed. usage where a word is
/// not known or a value is out of range; bad_data or not_found for the file.
Result<Experiment> experiment_from(const ExperimentOptions& options);

}  // namespace lmser::cli
