// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/opener.h"

#include <system_error>
#include <utility>

#include "core/checkpoint/run.h"
#include "core/checkpoint/run_folder.h"
#include "core/data/dataset.h"
#include "core/files/read_file.h"
#include "core/tasks/engine_turn.h"

namespace lmser {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBuiltIn = "strokes";

/// The curve of the run folder that the checkpoint lies in, up to the checkpoint; empty where it lies
/// elsewhere.
Result<RunHistory> history_of(const fs::path& checkpoint, std::int64_t iteration) {
    std::error_code ignored;
    const fs::path folder = checkpoint.parent_path();
    if (!fs::exists(folder / "experiment.json", ignored)) {
        return RunHistory{};
    }
    auto history = read_history(folder);
    if (history) {
        const auto later = [iteration](const auto& entry) { return entry.iteration > iteration; };
        std::erase_if(history->steps, later);
        std::erase_if(history->evaluations, later);
    }
    return history;
}

OpenedRun with_model(const LoadedModel& model) {
    OpenedRun opened;
    opened.net = model.net;
    opened.experiment = model.experiment;
    opened.iteration = model.iteration;
    opened.source = model.file;
    opened.statistics = model.statistics;
    return opened;
}

Error changed(const fs::path& file) {
    return {ErrorCode::bad_data,
            cannot("go on from", file) + ": it was written anew while it was opened",
            "Open it again."};
}

}  // namespace

Opener::Opener(fs::path data_dir, std::string device, Outbox& outbox)
    : device_(std::move(device)), outbox_(outbox), datasets_(std::move(data_dir), outbox) {}

Result<OpenedRun> Opener::open(const NewRun& command) {
    if (auto checked = check(command.experiment); !checked) {
        return checked.error();
    }
    auto data = datasets_.of(command.experiment, command.folder);
    if (!data) {
        return data.error();
    }
    Experiment drawn = command.experiment;
    drawn.start_from
        .clear();  // a new network of the window begins anew, whatever its model began with
    auto run = in_turn([&] { return Run::create(drawn, *data, device_); });
    if (!run) {
        return run.error();
    }
    OpenedRun opened;
    opened.net = run->frozen();
    opened.dataset = *data;
    opened.experiment = run->experiment();
    opened.run = std::make_shared<Run>(std::move(*run));
    return opened;
}

Result<OpenedRun> Opener::open(const OpenModel& command) {
    auto model = in_turn([&] { return load_model(command.model, device_); });
    if (!model) {
        return model.error();
    }
    OpenedRun opened = with_model(*model);
    if (auto history = history_of(model->file, model->iteration)) {
        opened.steps = std::move(history->steps);
        opened.evaluations = std::move(history->evaluations);
    } else {
        // The weights are good: a damaged curve must not keep the user from them.
        outbox_.add(Failed{"read the curve", history.error()});
    }
    opened.rest_follows = true;
    return opened;
}

RestOfRun Opener::rest_of(const OpenedRun& model) {
    auto data = datasets_.of(model.experiment);
    if (!data) {
        if (data.error().code != ErrorCode::not_found) {
            outbox_.add(datasets_.refusal("load", data.error()));
        }
        Experiment built_in;
        built_in.dataset = kBuiltIn;
        auto digits = datasets_.of(built_in);
        const bool fits = digits && (*digits)->shape == model.experiment.network.input;
        return {nullptr, fits ? *digits : nullptr};
    }
    auto run = in_turn([&] { return Run::load(model.source, *data, device_); });
    if (!run) {
        outbox_.add(Failed{"train", run.error()});
        return {nullptr, *data};
    }
    if (run->experiment() != model.experiment || run->iteration() != model.iteration) {
        outbox_.add(Failed{"train", changed(model.source)});
        return {nullptr, *data};
    }
    return {std::make_shared<Run>(std::move(*run)), *data};
}

Result<OpenedRun> Opener::open(const RecoverRun& command) {
    auto model = in_turn([&] { return load_model(command.folder.string(), device_); });
    if (!model) {
        return model.error();
    }
    auto data = datasets_.of(model->experiment);
    if (!data) {
        return data.error();
    }
    auto folder = RunFolder::open(model->file.parent_path(), model->iteration);
    if (!folder) {
        return folder.error();
    }
    auto history = read_history(folder->path());
    if (!history) {
        return history.error();
    }
    auto run = in_turn([&] { return Run::load(model->file, *data, device_); });
    if (!run) {
        return run.error();
    }
    OpenedRun opened = with_model(*model);
    opened.source.clear();  // nobody saved it under a name of theirs
    opened.steps = std::move(history->steps);
    opened.evaluations = std::move(history->evaluations);
    opened.run = std::make_shared<Run>(std::move(*run));
    opened.dataset = *data;
    opened.recovery = std::make_shared<RunFolder>(std::move(*folder));
    return opened;
}

}  // namespace lmser
