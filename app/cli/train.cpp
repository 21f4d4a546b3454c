// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/command_line.h"
#include "app/cli/experiment_options.h"
#include "app/cli/interrupt.h"
#include "app/cli/load_data.h"
#include "app/cli/outputs.h"
#include "app/cli/training_loop.h"
#include "core/base/text.h"
#include "core/checkpoint/run.h"
#include "core/checkpoint/run_folder.h"
#include "core/data/dataset.h"
#include "core/files/atomic_save.h"
#include "core/files/read_file.h"

namespace lmser::cli {
namespace {

namespace fs = std::filesystem;

struct TrainOptions {
    EngineOptions engine;
    ExperimentOptions experiment;
    std::optional<std::string> out;
    std::optional<std::string> resume;
    std::optional<std::string> model;  ///< the file of a shipped model to write at the end
    std::int64_t checkpoint_every = 1000;
    std::optional<std::int64_t> until;  ///< stop there, before the target
};

/// Options that name the experiment of a new run; a resumed one keeps its own.
constexpr const char* kNewRunOnly[] = {"--preset",
                                       "--experiment",
                                       "--data",
                                       "--seed",
                                       "--held-out",
                                       "--layers",
                                       "--wiring",
                                       "--activation",
                                       "--fusion",
                                       "--reflections",
                                       "--batch",
                                       "--decay",
                                       "--init",
                                       "--label-units",
                                       "--reconstruction-weight",
                                       "--loss",
                                       "--label-loss",
                                       "--out",
                                       "--label-weight",
                                       "--shortcut-dropout",
                                       "--evaluate-every",
                                       "--style-units",
                                       "--style-noise",
                                       "--style-weight",
                                       "--picture-noise",
                                       "--dream-weight",
                                       "--centred",
                                       "--mask-channel",
                                       "--schedule",
                                       "--warm-up",
                                       "--adam-beta2",
                                       "--clip-norm",
                                       "--random-masks",
                                       "--flips",
                                       "--edge-weight",
                                       "--hidden-weight",
                                       "--composed-weight",
                                       "--similarity-weight",
                                       "--start-from"};

Result<void> check_resume(const CLI::App& command, const TrainOptions& options) {
    if (!options.resume) {
        return {};
    }
    for (const char* name : kNewRunOnly) {
        if (command.get_option(name)->count() > 0) {
            return Error{ErrorCode::usage,
                         std::string(name) + " cannot be given with --resume: a run keeps its own",
                         "With --resume, --iterations and --learning-rate may change."};
        }
    }
    return {};
}

fs::path default_folder(const Experiment& experiment) {
    return fs::path("runs") / (experiment.preset + "-" + experiment.dataset + "-seed" +
                               std::to_string(experiment.seed));
}

/// Whether --model can be written when the training is over, without the loss of what the run keeps or began with.
/// The run's own folder need not be there yet.
Result<void> check_model(const TrainOptions& options, const fs::path& run_folder,
                         const std::string& start_from) {
    if (!options.model) {
        return {};
    }
    std::vector<fs::path> inputs = files_of_run(run_folder);
    inputs.emplace_back(options.experiment.file.value_or(""));
    if (const auto start = find_checkpoint(start_from); !start_from.empty() && start) {
        inputs.push_back(*start);
    }
    auto fits = check_outputs({{"--model", *options.model, {}}}, inputs);
    std::error_code ignored;
    const bool made_first = !fs::exists(run_folder, ignored) &&
                            same_place(fs::path(*options.model).parent_path(), run_folder);
    if (!fits && fits.error().code == ErrorCode::not_found && made_first) {
        return {};
    }
    return fits;
}

Result<TrainingJob> new_job(const TrainOptions& options) {
    auto experiment = experiment_from(options.experiment);
    if (!experiment) {
        return experiment.error();
    }
    const fs::path out = options.out ? fs::path(*options.out) : default_folder(*experiment);
    if (auto fits = check_model(options, out, experiment->start_from); !fits) {
        return fits.error();
    }
    auto dataset =
        load_data(experiment->dataset, options.engine.data_dir, experiment->network.input);
    if (!dataset) {
        return dataset.error();
    }
    if (!options.experiment.file) {
        experiment->network.input = (*dataset)->shape;
    }
    auto run = Run::create(*experiment, *dataset, options.engine.device);
    if (!run) {
        return run.error();
    }
    auto folder = RunFolder::create(out, *experiment);
    if (!folder) {
        return folder.error();
    }
    return TrainingJob{*std::move(run), *std::move(folder), {}};
}

/// What tells one version of a checkpoint from the next, which atomic_save puts into a new file.
Result<fs::file_time_type> version_of(const fs::path& checkpoint) {
    std::error_code error;
    const auto time = fs::last_write_time(checkpoint, error);
    if (error) {
        return Error{ErrorCode::not_found, cannot("resume", checkpoint) + ": " + error.message(),
                     "Give the folder of a run."};
    }
    return time;
}

Result<void> change(Run& run, const ExperimentOptions& options, std::optional<std::int64_t> until) {
    if (until && *until < run.iteration()) {
        return Error{ErrorCode::usage,
                     "the run is at iteration " + std::to_string(run.iteration()) +
                         ", beyond --until " + std::to_string(*until),
                     "Give a larger number."};
    }
    if (options.iterations) {
        if (*options.iterations < run.iteration()) {
            return Error{ErrorCode::usage,
                         "the run is at iteration " + std::to_string(run.iteration()) +
                             ", beyond --iterations " + std::to_string(*options.iterations),
                         "Give a larger number."};
        }
        run.set_target(*options.iterations);
    }
    if (options.learning_rate) {
        run.set_learning_rate(*options.learning_rate);
    }
    Experiment changed = run.experiment();
    if (options.learning_rate) {
        changed.training.learning_rate = *options.learning_rate;
    }
    return check(changed);
}

/// The lock can only be taken once the iteration is known, so what was read before is compared after.
Result<TrainingJob> resumed_job(const TrainOptions& options) {
    const fs::path out(*options.resume);
    std::error_code ignored;
    if (!fs::is_directory(out, ignored)) {
        return Error{ErrorCode::not_found, cannot("resume", out) + ": there is no such folder",
                     "Give the folder of a run."};
    }
    if (auto fits = check_model(options, out, {}); !fits) {
        return fits.error();
    }
    auto model = load_model(out.string(), options.engine.device);
    if (!model) {
        return model.error();
    }
    if (model->statistics != nullptr) {
        warn("the checkpoint is that of a shipped model, which has no optimiser: it begins anew");
    }
    auto dataset = load_data(model->experiment.dataset, options.engine.data_dir,
                             model->experiment.network.input);
    if (!dataset) {
        return dataset.error();
    }
    auto before = version_of(model->file);
    if (!before) {
        return before.error();
    }
    auto run = Run::load(model->file, *dataset, options.engine.device);
    if (!run) {
        return run.error();
    }
    if (auto changed = change(*run, options.experiment, options.until); !changed) {
        return changed.error();
    }
    auto folder = RunFolder::open(out, run->iteration());
    if (!folder) {
        return folder.error();
    }
    const auto after = version_of(model->file);
    if (!after || *after != *before) {
        return Error{ErrorCode::in_use,
                     cannot("resume", out) + ": another process has just trained it further",
                     "Try again."};
    }
    auto history = read_history(out);
    if (!history) {
        return history.error();
    }
    return TrainingJob{*std::move(run), *std::move(folder), *std::move(history)};
}

Result<int> train(const TrainOptions& options) {
    catch_stop_signals();
    apply(options.engine);
    auto job = options.resume ? resumed_job(options) : new_job(options);
    if (!job) {
        return ended_by(job.error());
    }
    TrainingLoop loop(*job, {options.checkpoint_every, options.until, options.engine.json});
    auto code = loop.run();
    if (!code || *code != 0 || !options.model) {
        return code;
    }
    auto bytes = job->run.model_bytes();
    if (!bytes) {
        return bytes.error();
    }
    if (!not_stopped()) {
        return exit_code_when_done();
    }
    if (auto saved = atomic_save(*options.model, *bytes); !saved) {
        return saved.error();
    }
    return code;
}

}  // namespace

void add_train(CLI::App& app, Action& action) {
    auto options = std::make_shared<TrainOptions>();
    CLI::App* command = app.add_subcommand("train", "Train a network and keep it in a run folder");
    command->footer(
        "lmser train --preset lmser-un --data mnist --iterations 5000 --seed 1 --out DIR\n"
        "lmser train --resume DIR --iterations 10000");
    add_experiment_options(*command, options->experiment);
    command->add_option("--out", options->out,
                        "Run folder to make (else runs/PRESET-DATA-seedN in this folder)");
    command->add_option("--resume", options->resume,
                        "Go on with the run in this folder; --iterations and --learning-rate may "
                        "change");
    command->add_option("--model", options->model,
                        "At the end also write the network as it ships: one file without the "
                        "optimiser, with the statistics of its units");
    command
        ->add_option("--checkpoint-every", options->checkpoint_every,
                     "Steps between two checkpoints")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000'000}))
        ->capture_default_str();
    command
        ->add_option(
            "--until", options->until,
            "Stop at this step, before the target: the learning rate goes on from there when the "
            "run is resumed")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000'000}));
    add_engine_options(*command, options->engine);
    command->callback([options, command, &action] {
        action = [options, command]() -> Result<int> {
            if (auto fits = check_resume(*command, *options); !fits) {
                return fits.error();
            }
            return train(*options);
        };
    });
}

}  // namespace lmser::cli
