// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.h"
#include "core/session/opened_run.h"
#include "core/session/outbox.h"

namespace lmser {

/// Makes runs ready: datasets, new networks, checkpoints, recovery folders. Lives on the files thread.
class Opener {
public:
    Opener(std::filesystem::path data_dir, std::string device, Outbox& outbox);

    /// From here on loading a dataset ends early where a stop is requested.
    void end_with(std::stop_token stop) { stop_ = std::move(stop); }

    /// Loads a dataset, which new runs then take; DatasetLoaded tells of it, and of every change to another one.
    Result<void> load(const LoadDataset& command);

    /// A new network, loading its dataset first where it is not the loaded one.
    Result<OpenedRun> open(const NewRun& command);
    /// A model with the curve of its run folder, ready to be explored: no dataset is read for it.
    Result<OpenedRun> open(const OpenModel& command);
    /// What it trains with. Where its dataset is not there, it can be explored with the pictures of the built-in
    /// digits if they are of its shape.
    RestOfRun rest_of(const OpenedRun& model);
    /// A run that a killed process left; its folder is locked and goes on being written.
    Result<OpenedRun> open(const RecoverRun& command);

private:
    Result<std::shared_ptr<const Dataset>> dataset(const Experiment& experiment);
    void tell(const Dataset& dataset);
    Result<std::shared_ptr<const Dataset>> load(std::string_view name,
                                                const std::filesystem::path& folder,
                                                const std::optional<ImageShape>& shape = {});

    std::filesystem::path data_dir_;
    std::string device_;
    Outbox& outbox_;
    std::stop_token stop_;
    std::map<std::string, std::shared_ptr<const Dataset>, std::less<>>
        datasets_;      ///< all that were loaded
    std::string told_;  ///< the one that was told of last
};

}  // namespace lmser
