// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/session/dataset_shelf.h"
#include "core/session/opened_run.h"
#include "core/session/outbox.h"

namespace lmser {

/// Makes runs ready: new networks, checkpoints, recovery folders, with their datasets. Lives on the opening thread.
class Opener {
public:
    Opener(std::filesystem::path data_dir, std::string device, Outbox& outbox);

    [[nodiscard]] DatasetShelf& datasets() { return datasets_; }

    /// A new network, loading its dataset first where it is not the loaded one.
    Result<OpenedRun> open(const NewRun& command);
    /// A model with the curve of its run folder, ready to be explored: no dataset is read for it.
    Result<OpenedRun> open(const OpenModel& command);
    /// What it trains with. Where its dataset is not there, or the user cancels its loading, it can be explored with
    /// the pictures of the built-in digits if they are of its shape.
    RestOfRun rest_of(const OpenedRun& model);
    /// A run that a killed process left; its folder is locked and goes on being written.
    Result<OpenedRun> open(const RecoverRun& command);

private:
    std::string device_;
    Outbox& outbox_;
    DatasetShelf datasets_;
};

}  // namespace lmser
