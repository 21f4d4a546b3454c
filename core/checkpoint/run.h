// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/spec/experiment.h"
#include "core/spec/measurements.h"
#include "core/tasks/frozen_net.h"

namespace lmser {

/// A network in training: experiment, weights, optimiser and where it stands. One thread uses it; what
/// others need they get as a frozen copy or as a saved state. The header has no torch.
class Run {
public:
    /// A new network at iteration 0, with the weights of experiment.start_from where it names a model. usage where the
    /// experiment is out of range or does not fit the dataset, that model is another network, or the device is not
    /// there; out_of_memory where it cannot be allocated.
    static Result<Run> create(const Experiment& experiment, std::shared_ptr<const Dataset> dataset,
                              const std::string& device = "cpu");

    /// Goes on from a checkpoint file; continues byte-identically.
    static Result<Run> load(const std::filesystem::path& checkpoint,
                            std::shared_ptr<const Dataset> dataset,
                            const std::string& device = "cpu");

    /// One training step on the next batch. With weights and iteration unchanged: diverged where the loss is not
    /// finite; io or bad_data where its pictures cannot be read any more.
    Result<StepReport> step();

    [[nodiscard]] std::int64_t iteration() const;
    [[nodiscard]] std::int64_t steps_per_epoch() const;
    [[nodiscard]] const Experiment& experiment() const;
    [[nodiscard]] const Dataset& dataset() const;

    [[nodiscard]] double learning_rate() const;  ///< of the next step
    void set_learning_rate(double rate);         ///< usage is checked by the caller: finite and > 0
    void set_target(std::int64_t iterations);    ///< changes experiment().training.iterations

    [[nodiscard]] std::shared_ptr<const FrozenNet> frozen() const;

    /// Everything a checkpoint holds, as bytes of a safetensors file: ready for atomic_save on any thread.
    /// diverged where a weight is not finite.
    [[nodiscard]] Result<std::vector<std::byte>> checkpoint_bytes() const;

    /// The network as it ships: the same file without the optimiser, with measured_statistics() of its training
    /// pictures, so that its units can be explored without the dataset. diverged where a weight is not finite.
    [[nodiscard]] Result<std::vector<std::byte>> model_bytes() const;

    Run(Run&&) noexcept;
    Run& operator=(Run&&) noexcept;
    ~Run();

private:
    struct Parts;
    static Result<Run> drawn(const Experiment& experiment, std::shared_ptr<const Dataset> dataset,
                             const std::string& device);
    explicit Run(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// A checkpoint opened to be looked at: evaluate, reconstruct, explore.
struct LoadedModel {
    Experiment experiment;
    std::int64_t iteration = 0;
    std::filesystem::path file;  ///< the checkpoint that was read
    std::shared_ptr<const FrozenNet> net;
    std::shared_ptr<const CodeStatistics> statistics;  ///< of a shipped model; else null
};

/// Opens a MODEL: a checkpoint file, a run folder (its newest checkpoint) or the name of a shipped model
/// (models/NAME.safetensors beside the program or in its source tree).
Result<LoadedModel> load_model(const std::string& model, const std::string& device = "cpu");

/// The checkpoint file that a MODEL argument stands for; not_found says what was looked for.
Result<std::filesystem::path> find_checkpoint(const std::string& model);

}  // namespace lmser
