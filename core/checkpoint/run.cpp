// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/run.h"

#include <torch/cuda.h>
#include <torch/types.h>

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

#include "core/base/failure.h"
#include "core/base/text.h"
#include "core/checkpoint/checkpoint.h"
#include "core/data/sampler.h"
#include "core/files/read_file.h"
#include "core/model/lmser_net.h"
#include "core/tasks/measured_statistics.h"
#include "core/train/adam.h"
#include "core/train/batch.h"
#include "core/train/trainer.h"

namespace lmser {
namespace {

constexpr std::int64_t kMeasuredPictures = 1000;

Result<torch::Device> device_named(const std::string& name) {
    const bool cuda = name == "cuda" || name.starts_with("cuda:");
    if (name != "cpu" && !cuda) {
        return Error{ErrorCode::usage, "there is no device " + in_quotes(name),
                     "The devices are cpu and cuda."};
    }
    try {
        const torch::Device device(name);
        if (cuda && (!torch::cuda::is_available() ||
                     device.index() >= static_cast<int>(torch::cuda::device_count()))) {
            return Error{ErrorCode::usage,
                         "the device " + in_quotes(name) + " is not there: LibTorch sees " +
                             std::to_string(torch::cuda::device_count()) + " CUDA devices",
                         "Choose cpu."};
        }
        return device;
    } catch (const c10::Error&) {
        return Error{ErrorCode::usage, in_quotes(name) + " does not name a device",
                     "Choose cpu, cuda or cuda:0."};
    }
}

Error out_of_memory(const std::string& what) {
    return {ErrorCode::out_of_memory, "the memory is not enough for " + what,
            "Choose smaller layers or a smaller batch."};
}

/// Runs `work`, which allocates through LibTorch, and makes its refusals an Error.
template <class Work>
auto with_memory(const std::string& what, Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return out_of_memory(what);
    } catch (const c10::Error& error) {
        const std::string_view message = error.what_without_backtrace();
        if (message.find("allocate memory") == std::string_view::npos &&
            message.find("out of memory") == std::string_view::npos) {
            throw;
        }
        return out_of_memory(what);
    }
}

std::string network_text(const NetworkSpec& spec) {
    const std::string text = std::to_string(spec.input.pixels());
    return "a network of [" + text + "," + text_of(spec.layers, ",") + "]";
}

std::string shape_text(const ImageShape& shape) {
    return std::to_string(shape.channels) + "x" + std::to_string(shape.height) + "x" +
           std::to_string(shape.width);
}

std::int64_t trained_pictures(const Experiment& experiment, const Dataset& dataset) {
    return static_cast<std::int64_t>(dataset.train.count()) - experiment.held_out;
}

/// Whether the experiment can be run on these pictures.
Result<void> check_dataset(const Experiment& experiment, const Dataset& dataset) {
    const NetworkSpec& network = experiment.network;
    if (experiment.dataset != dataset.name) {
        return Error{ErrorCode::usage,
                     "the experiment is about " + in_quotes(experiment.dataset) + ", but " +
                         in_quotes(dataset.name) + " was given",
                     "Load the dataset of the experiment."};
    }
    if (network.input != dataset.shape) {
        return Error{ErrorCode::usage,
                     "the network takes pictures of " + shape_text(network.input) + ", but " +
                         in_quotes(dataset.name) + " has pictures of " + shape_text(dataset.shape),
                     "Choose another dataset, or a network for its pictures."};
    }
    if (network.label_units != 0 &&
        static_cast<std::size_t>(network.label_units) != dataset.classes.size()) {
        return Error{ErrorCode::usage,
                     "the network has " + std::to_string(network.label_units) +
                         " label units, but " + in_quotes(dataset.name) + " has " +
                         std::to_string(dataset.classes.size()) + " classes",
                     "Take a label unit for every class, or none."};
    }
    const std::int64_t pictures = trained_pictures(experiment, dataset);
    if (pictures < experiment.training.batch) {
        return Error{ErrorCode::usage,
                     "a batch of " + std::to_string(experiment.training.batch) +
                         " does not fit the pictures to train on: " + in_quotes(dataset.name) +
                         " has " + std::to_string(dataset.train.count()) + ", of which " +
                         std::to_string(experiment.held_out) + " are held out",
                     "Hold out fewer pictures, or choose a smaller batch."};
    }
    return {};
}

bool is_finite(const TrainerState& state) {
    for (const ParameterState& parameter : state.parameters) {
        if (!all_finite(parameter.value) || !all_finite(parameter.first_moment) ||
            !all_finite(parameter.second_moment)) {
            return false;
        }
    }
    return true;
}

}  // namespace

struct Run::Parts {
    Parts(const Experiment& what, std::shared_ptr<const Dataset> pictures,
          const torch::Device& device)
        : experiment(what),
          dataset(std::move(pictures)),
          sampler(trained_pictures(what, *dataset), what.training.batch, what.seed),
          trainer(what.network, what.training, what.seed, device) {}

    /// Shows the new network some of its pictures, evenly taken from all.
    void measure() {
        if (!experiment.network.centred) {
            return;
        }
        const std::int64_t pictures = trained_pictures(experiment, *dataset);
        const std::int64_t count = std::min<std::int64_t>(pictures, kMeasuredPictures);
        std::vector<std::int64_t> indices;
        for (std::int64_t i = 0; i < count; ++i) {
            indices.push_back(i * pictures / count);
        }
        trainer.measure(
            batch_of(dataset->train, dataset->shape.pixels(), indices, trainer.device()).images);
    }

    /// diverged where a weight is not finite.
    [[nodiscard]] Result<Checkpoint> checkpoint() const {
        const EngineInfo engine = engine_info();
        Checkpoint made{experiment, trainer.state(), engine.threads, engine.blas,
                        engine.torch_version};
        if (!is_finite(made.state)) {
            return Error{ErrorCode::diverged,
                         "the weights are no longer finite after step " +
                             std::to_string(trainer.iteration()),
                         "Go on from the last checkpoint with a smaller learning rate."};
        }
        return made;
    }

    Experiment experiment;
    std::shared_ptr<const Dataset> dataset;
    Sampler sampler;
    Trainer trainer;
};

Run::Run(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Run::Run(Run&&) noexcept = default;
Run& Run::operator=(Run&&) noexcept = default;
Run::~Run() = default;

Result<Run> Run::create(const Experiment& experiment, std::shared_ptr<const Dataset> dataset,
                        const std::string& device) {
    auto run = drawn(experiment, std::move(dataset), device);
    if (!run || experiment.start_from.empty()) {
        return run;
    }
    auto file = find_checkpoint(experiment.start_from);
    if (!file) {
        return file.error();
    }
    auto model = read_checkpoint(*file);
    if (!model) {
        return model.error();
    }
    if (model->experiment.network != experiment.network) {
        return Error{ErrorCode::usage,
                     cannot("start from", *file) + ": it is another network than " +
                         network_text(experiment.network),
                     "Give its preset and layers too, or another model."};
    }
    TrainerState state = run->parts_->trainer.state();
    for (std::size_t i = 0; i < state.parameters.size(); ++i) {
        state.parameters[i].value = std::move(model->state.parameters[i].value);
    }
    run->parts_->trainer.restore(state);
    return run;
}

Result<Run> Run::drawn(const Experiment& experiment, std::shared_ptr<const Dataset> dataset,
                       const std::string& device) {
    if (auto valid = check(experiment); !valid) {
        return valid.error();
    }
    if (auto fits = check_dataset(experiment, *dataset); !fits) {
        return fits.error();
    }
    auto where = device_named(device);
    if (!where) {
        return where.error();
    }
    return with_memory(network_text(experiment.network), [&]() -> Result<Run> {
        auto parts = std::make_unique<Parts>(experiment, std::move(dataset), *where);
        parts->measure();
        return Run(std::move(parts));
    });
}

Result<Run> Run::load(const std::filesystem::path& checkpoint,
                      std::shared_ptr<const Dataset> dataset, const std::string& device) {
    auto stored = read_checkpoint(checkpoint);
    if (!stored) {
        return stored.error();
    }
    auto run = drawn(stored->experiment, std::move(dataset), device);
    if (!run) {
        Error error = run.error();
        error.message = cannot("go on from", checkpoint) + ": " + error.message;
        return error;
    }
    run->parts_->trainer.restore(stored->state);
    return run;
}

Result<StepReport> Run::step() {
    Trainer& trainer = parts_->trainer;
    return with_memory("a training step", [&]() -> Result<StepReport> {
        const auto indices = parts_->sampler.indices(trainer.iteration());
        try {
            const Batch batch = batch_of(parts_->dataset->train, parts_->dataset->shape.pixels(),
                                         indices, trainer.device());
            return trainer.step(batch.images, batch.labels);
        } catch (const DivergedError& diverged) {
            return Error{ErrorCode::diverged, diverged.what(),
                         "Go on from the last checkpoint with a smaller learning rate than " +
                             shortest(trainer.learning_rate()) + "."};
        } catch (const Failure& lost) {
            return lost.error();
        }
    });
}

std::int64_t Run::iteration() const {
    return parts_->trainer.iteration();
}

std::int64_t Run::steps_per_epoch() const {
    return parts_->sampler.steps_per_epoch();
}

const Experiment& Run::experiment() const {
    return parts_->experiment;
}

const Dataset& Run::dataset() const {
    return *parts_->dataset;
}

double Run::learning_rate() const {
    return parts_->trainer.learning_rate();
}

void Run::set_learning_rate(double rate) {
    parts_->trainer.set_learning_rate(rate);
}

void Run::set_target(std::int64_t iterations) {
    parts_->experiment.training.iterations = iterations;
    parts_->trainer.set_target(iterations);
}

std::shared_ptr<const FrozenNet> Run::frozen() const {
    return FrozenNet::copy_of(parts_->trainer.net(), iteration());
}

Result<std::vector<std::byte>> Run::checkpoint_bytes() const {
    auto checkpoint = parts_->checkpoint();
    if (!checkpoint) {
        return checkpoint.error();
    }
    return to_bytes(*checkpoint);
}

Result<std::vector<std::byte>> Run::model_bytes() const {
    auto model = parts_->checkpoint();
    if (!model) {
        return model.error();
    }
    for (ParameterState& parameter : model->state.parameters) {
        parameter.first_moment.clear();
        parameter.second_moment.clear();
    }
    model->statistics = measured_statistics(*frozen(), dataset());
    return to_bytes(*model);
}

Result<LoadedModel> load_model(const std::string& model, const std::string& device) {
    auto file = find_checkpoint(model);
    if (!file) {
        return file.error();
    }
    auto stored = read_checkpoint(*file);
    if (!stored) {
        return stored.error();
    }
    auto where = device_named(device);
    if (!where) {
        return where.error();
    }
    const NetworkSpec& spec = stored->experiment.network;
    return with_memory(network_text(spec), [&]() -> Result<LoadedModel> {
        LmserNet net(spec, torch::TensorOptions().device(*where));
        for (const ParameterState& parameter : stored->state.parameters) {
            net.parameters().set(parameter.name, parameter.value);
        }
        const std::int64_t iteration = stored->state.iteration;
        return LoadedModel{stored->experiment, iteration, *file, FrozenNet::copy_of(net, iteration),
                           stored->statistics ? std::make_shared<const CodeStatistics>(
                                                    *std::move(stored->statistics))
                                              : nullptr};
    });
}

}  // namespace lmser
