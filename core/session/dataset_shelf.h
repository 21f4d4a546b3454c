// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>

#include "core/base/result.h"
#include "core/session/command.h"
#include "core/session/outbox.h"

namespace lmser {

struct Dataset;
struct LoadOptions;

/// The datasets of a session: loads them, keeps them, tells of them and of how far their pictures are decoded. Lives on
/// the opening thread.
class DatasetShelf {
public:
    /// data_dir: searched where a command names no folder; may be empty.
    DatasetShelf(std::filesystem::path data_dir, Outbox& outbox)
        : data_dir_(std::move(data_dir)), outbox_(outbox) {}

    /// From here on decoding ends early where a stop is requested.
    void end_with(std::stop_token stop) { stop_ = std::move(stop); }

    /// Loads a dataset anew, which new runs then take; DatasetLoaded tells of it.
    Result<void> load(const LoadDataset& command);

    /// The dataset of an experiment, in pictures that its network takes where they can be of any size; loaded where it
    /// is not there yet, or not from `folder`. DatasetLoaded tells of every change to another one.
    Result<std::shared_ptr<const Dataset>> of(const Experiment& experiment,
                                              const std::filesystem::path& folder = {});

    /// From any thread: gives up the decoding that goes on, if any. The next one is not touched.
    void cancel() { cancelled_ = true; }

    /// What is told of a command that failed: LoadCancelled where cancel() was the reason, else Failed. Every error of
    /// this class is told so, once.
    [[nodiscard]] Reply refusal(std::string what, const Error& error);

private:
    struct Kept {
        std::shared_ptr<const Dataset> dataset;
        std::filesystem::path searched;  ///< the folder that was named for it
    };

    Result<std::shared_ptr<const Dataset>> load(const std::string& name,
                                                const LoadOptions& options);
    Result<std::shared_ptr<const Dataset>> decode(LoadOptions options);
    void tell(const Dataset& dataset);

    std::filesystem::path data_dir_;
    Outbox& outbox_;
    std::stop_token stop_;
    std::atomic<bool> cancelled_ = false;
    std::map<std::string, Kept, std::less<>> kept_;  ///< all that were loaded
    bool given_up_ = false;                          ///< by cancel(), which is yet to be told
    std::string told_;                               ///< the one that was told of last
    std::string name_;                               ///< the one that was loaded last, or not
    std::string title_;                              ///< of the same
};

}  // namespace lmser
