// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/generation_task.h"
#include "app/cli/interrupt.h"
#include "app/cli/load_data.h"
#include "app/cli/recall_task.h"
#include "app/cli/stoppable_evaluation.h"
#include "core/base/text.h"
#include "core/checkpoint/run.h"
#include "core/data/dataset.h"

namespace lmser::cli {
namespace {

struct EvaluateOptions {
    EngineOptions engine;
    std::string model;
    std::string data;  ///< empty: the dataset of the experiment
    std::string split = "test";
    std::string task = "reconstruction";
    GenerationTask generation;
    RecallTask recall;
    std::string fill = "smooth";
};

std::string shape_text(const ImageShape& shape) {
    return std::to_string(shape.channels) + "x" + std::to_string(shape.height) + "x" +
           std::to_string(shape.width);
}

/// Whether the network can be evaluated on these pictures.
Result<void> check_fit(const LoadedModel& model, const Dataset& dataset) {
    const NetworkSpec& network = model.experiment.network;
    if (network.input != dataset.shape) {
        return Error{ErrorCode::usage,
                     "the network takes pictures of " + shape_text(network.input) + ", but " +
                         in_quotes(dataset.name) + " has pictures of " + shape_text(dataset.shape),
                     "Choose another dataset with --data."};
    }
    if (network.label_units != 0 &&
        static_cast<std::size_t>(network.label_units) != dataset.classes.size()) {
        return Error{ErrorCode::usage,
                     "the network has " + std::to_string(network.label_units) +
                         " label units, but " + in_quotes(dataset.name) + " has " +
                         std::to_string(dataset.classes.size()) + " classes",
                     "Choose another dataset with --data."};
    }
    return {};
}

/// Some pictures of a dataset.
struct Part {
    const LabelledImages& pictures;
    Range range;
};

/// The pictures of a split; of the experiment's own dataset, train leaves out what was held out. Where nothing was,
/// validation is the dataset's own.
Result<Part> part_of(const LoadedModel& model, const Dataset& dataset, const std::string& split) {
    if (split == "test") {
        return Part{dataset.test, {0, dataset.test.count()}};
    }
    const bool own = model.experiment.dataset == dataset.name;
    const std::size_t all = dataset.train.count();
    const auto held_out = own ? static_cast<std::size_t>(model.experiment.held_out) : 0;
    if (held_out >= all && held_out > 0) {
        return Error{ErrorCode::bad_data,
                     "the experiment held out " + std::to_string(held_out) + " pictures, but " +
                         in_quotes(dataset.name) + " has " + std::to_string(all) +
                         " training pictures here",
                     "Give the folder with the pictures that it was trained on."};
    }
    if (split == "train") {
        return Part{dataset.train, {0, all - held_out}};
    }
    if (held_out == 0 && dataset.validation.count() > 0) {
        return Part{dataset.validation, {0, dataset.validation.count()}};
    }
    if (held_out == 0) {
        return Error{ErrorCode::usage,
                     own ? "there is no validation split: the experiment held no pictures out"
                         : "the validation split belongs to " +
                               in_quotes(model.experiment.dataset) + ", not to " +
                               in_quotes(dataset.name),
                     "Choose --split train or test, or train with --held-out."};
    }
    return Part{dataset.train, {all - held_out, all}};
}

void print_for_people(const LoadedModel& model, const Dataset& dataset,
                      const Evaluation& evaluation) {
    std::cout << model.experiment.preset << " at iteration " << model.iteration << " on "
              << evaluation.images << " pictures of " << dataset.title << " (" << evaluation.split
              << ")\n"
              << "  error per pixel  " << four_digits(evaluation.error_per_pixel) << '\n';
    if (evaluation.accuracy) {
        std::cout << "  accuracy         " << percent(*evaluation.accuracy) << '\n';
    }
    std::cout << "  code std         ";
    for (const float std : evaluation.code_std) {
        std::cout << ' ' << four_digits(static_cast<double>(std));
    }
    std::cout << std::endl;
}

Result<int> evaluate(const EvaluateOptions& options) {
    catch_stop_signals();
    apply(options.engine);
    auto model = load_model(options.model, options.engine.device);
    if (!model) {
        return model.error();
    }
    const std::string& name = options.data.empty() ? model->experiment.dataset : options.data;
    auto loaded = load_data(name, options.engine.data_dir, model->experiment.network.input);
    if (!loaded) {
        return ended_by(loaded.error());
    }
    const Dataset& dataset = **loaded;
    if (auto fits = check_fit(*model, dataset); !fits) {
        return fits.error();
    }
    if (options.task == "generation") {
        GenerationTask task = options.generation;
        task.validation = options.split == "validation";
        task.json = options.engine.json;
        return evaluate_generation(*model, dataset, task);
    }
    const auto part = part_of(*model, dataset, options.split);
    if (!part) {
        return part.error();
    }
    if (options.task == "recall") {
        RecallTask task = options.recall;
        task.seed = options.generation.seed;
        task.json = options.engine.json;
        task.recall.fill = options.fill == "mean" ? HoleFill::mean : HoleFill::smooth;
        const Range& range = part->range;
        return evaluate_recall(*model, dataset, part->pictures, range.first,
                               range.last - range.first, options.split, task);
    }
    const auto evaluation =
        evaluate_unless_stopped(*model->net, dataset, part->pictures, options.split, part->range);
    if (!evaluation) {
        return exit_code_of(stop_signal());
    }
    if (auto numbers = check_answer(evaluation->error_per_pixel, model->file); !numbers) {
        return numbers.error();
    }
    if (options.engine.json) {
        Json result = to_json(*evaluation);
        result["data"] = dataset.name;
        result["iteration"] = model->iteration;
        result["model"] = model->file.string();
        print(result);
    } else {
        print_for_people(*model, dataset, *evaluation);
    }
    warn_of_dead_units(evaluation->code_std);
    return 0;
}

}  // namespace

void add_evaluate(CLI::App& app, Action& action) {
    auto options = std::make_shared<EvaluateOptions>();
    CLI::App* command = app.add_subcommand("evaluate", "Measure a network on a split of a dataset");
    command->footer(
        "lmser evaluate DIR --data mnist --split test --json\n"
        "lmser evaluate mnist-cnn-gen --task generation");
    command
        ->add_option("MODEL", options->model,
                     "Checkpoint file, run folder or name of a shipped model")
        ->required();
    command->add_option("--data", options->data, "Dataset (else the one it was trained on)");
    command->add_option("--split", options->split, "train, validation or test")
        ->check(CLI::IsMember({"train", "validation", "test"}))
        ->capture_default_str();
    command
        ->add_option(
            "--task", options->task,
            "reconstruction; generation: a judge trained here names random pictures; recall: of "
            "what is hidden")
        ->check(CLI::IsMember({"reconstruction", "generation", "recall"}))
        ->capture_default_str();
    command->add_option("--samples", options->generation.samples, "Random pictures a row")
        ->check(CLI::Range(std::size_t{10}, std::size_t{100'000}))
        ->capture_default_str();
    command->add_option("--seed", options->generation.seed, "Of the random codes")
        ->capture_default_str();
    command
        ->add_option("--reflections", options->generation.most_reflections,
                     "The most perceptions that follow a generated picture")
        ->check(CLI::Range(0, 10))
        ->capture_default_str();
    command->add_option("--images", options->recall.samples, "Pictures to recall parts of")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}))
        ->capture_default_str();
    command->add_option("--rounds", options->recall.recall.rounds, "Recalls that follow each other")
        ->check(CLI::Range(1, kMostRecallRounds))
        ->capture_default_str();
    command
        ->add_option("--fill", options->fill,
                     "What stands in a hole before it is recalled: a smooth continuation or the "
                     "mean picture")
        ->check(CLI::IsMember({"smooth", "mean"}))
        ->capture_default_str();
    command->add_flag("--mirrored", options->recall.recall.mirrored,
                      "Recall the mirrored picture too and take the mean");
    add_engine_options(*command, options->engine);
    command->callback([options, &action] { action = [options] { return evaluate(*options); }; });
}

}  // namespace lmser::cli
