// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/session/opened_run.h"
#include "core/session/outbox.h"

namespace lmser {

/// Makes runs ready: datasets, new networks, checkpoints, recovery folders. Lives on the files thread.
class Opener {
public:
    Opener(std::filesystem::path data_dir, std::string device, Outbox& outbox);

    /// Loads a dataset, which new runs then take; DatasetLoaded tells of it.
    Result<void> load(const LoadDataset& command);

    /// A new network, loading its dataset first where it is not the loaded one.
    Result<OpenedRun> open(const NewRun& command);
    /// A model with the curve of its run folder. Where its dataset is not there, it can be explored with the
    /// pictures of the built-in digits if they are of its shape.
    Result<OpenedRun> open(const OpenModel& command);
    /// A run that a killed process left; its folder is locked and goes on being written.
    Result<OpenedRun> open(const RecoverRun& command);

private:
    Result<std::shared_ptr<const Dataset>> dataset(std::string_view name);
    Result<std::shared_ptr<const Dataset>> load(std::string_view name,
                                                const std::filesystem::path& folder);

    std::filesystem::path data_dir_;
    std::string device_;
    Outbox& outbox_;
    std::shared_ptr<const Dataset> dataset_;  ///< the newest
};

}  // namespace lmser
