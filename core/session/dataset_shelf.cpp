// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/dataset_shelf.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "core/data/dataset.h"
#include "core/data/picture_folder.h"
#include "core/session/rate_meter.h"

namespace lmser {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kTellEvery{100};

/// A folder of one's own is looked for nowhere else, and its pictures become what a network takes.
bool is_folder(std::string_view name) {
    return name == picture_folder_name().name;
}

std::string title_of(const std::string& name) {
    const auto names = dataset_names();
    const auto known = std::find_if(names.begin(), names.end(),
                                    [&](const DatasetName& one) { return one.name == name; });
    return known == names.end() ? name : std::string(known->title);
}

DatasetLoaded reply_about(const Dataset& dataset) {
    DatasetLoaded reply;
    reply.name = dataset.name;
    reply.title = dataset.title;
    reply.folder = dataset.folder.string();
    reply.train_images = static_cast<std::int64_t>(dataset.train.count());
    reply.test_images = static_cast<std::int64_t>(dataset.test.count());
    reply.shape = dataset.shape;
    reply.classes = dataset.classes;
    reply.notes = dataset.notes;
    return reply;
}

Error unknown_folder() {
    return {ErrorCode::not_found, "it is not known which folder of pictures is meant",
            "Choose the folder among the data."};
}

bool is_absent(const Result<std::shared_ptr<const Dataset>>& loaded) {
    return !loaded && loaded.error().code == ErrorCode::not_found;
}

/// Ends the progress of a load however the load ends.
class EndsProgress {
public:
    explicit EndsProgress(Outbox& outbox) : outbox_(outbox) {}
    EndsProgress(const EndsProgress&) = delete;
    EndsProgress& operator=(const EndsProgress&) = delete;
    ~EndsProgress() { outbox_.end_load(); }

private:
    Outbox& outbox_;
};

}  // namespace

Result<void> DatasetShelf::load(const LoadDataset& command) {
    const auto loaded = load(
        command.name,
        {.data_dir = command.folder.empty() ? data_dir_ : command.folder, .shape = command.shape});
    return loaded ? Result<void>() : Result<void>(loaded.error());
}

Result<std::shared_ptr<const Dataset>> DatasetShelf::of(const Experiment& experiment,
                                                        const fs::path& folder) {
    const auto kept = kept_.find(experiment.dataset);
    LoadOptions options{.data_dir = folder, .shape = experiment.network.input};
    if (kept != kept_.end()) {
        const auto& [dataset, searched] = kept->second;
        const bool fits = !is_folder(experiment.dataset) || dataset->shape == *options.shape;
        if (fits && (folder.empty() || folder == searched)) {
            if (told_ != dataset->name) {
                tell(*dataset);
            }
            return dataset;
        }
        options.data_dir = folder.empty() ? searched : folder;
    }
    if (options.data_dir.empty()) {
        options.data_dir = data_dir_;
    }
    return load(experiment.dataset, options);
}

Result<std::shared_ptr<const Dataset>> DatasetShelf::load(const std::string& name,
                                                          const LoadOptions& options) {
    name_ = name;
    title_ = title_of(name);
    if (is_folder(name) && options.data_dir.empty()) {
        return unknown_folder();
    }
    auto loaded = decode(options);
    if (is_absent(loaded) && !is_folder(name) && options.data_dir != data_dir_) {
        auto usual = decode({.data_dir = data_dir_, .shape = options.shape});
        if (!is_absent(usual)) {
            loaded = std::move(usual);
        }
    }
    if (loaded) {
        kept_.insert_or_assign(name, Kept{*loaded, options.data_dir});
        tell(**loaded);
    }
    return loaded;
}

Result<std::shared_ptr<const Dataset>> DatasetShelf::decode(LoadOptions options) {
    cancelled_ = false;
    given_up_ = false;
    const EndsProgress ends(outbox_);
    Every tells(kTellEvery);
    options.progress = [&](std::size_t done, std::size_t total) {
        if (tells.due(Every::Clock::now())) {
            outbox_.publish(LoadProgress{name_, title_, done, total});
        }
        given_up_ = cancelled_;
        return !given_up_ && !stop_.stop_requested();
    };
    return load_dataset(name_, options);
}

void DatasetShelf::tell(const Dataset& dataset) {
    told_ = dataset.name;
    outbox_.add(reply_about(dataset));
}

Reply DatasetShelf::refusal(std::string what, const Error& error) {
    if (std::exchange(given_up_, false)) {
        return LoadCancelled{std::move(what), name_, title_};
    }
    return Failed{std::move(what), error};
}

}  // namespace lmser
