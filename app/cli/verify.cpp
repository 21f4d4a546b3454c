// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <memory>

#include "app/cli/command_line.h"
#include "core/base/text.h"
#include "core/checkpoint/run.h"

namespace lmser::cli {
namespace {

struct VerifyOptions {
    std::vector<std::string> models;
    bool json = false;
};

/// A model that loads and answers with numbers.
Result<LoadedModel> verified(const std::string& name) {
    auto model = load_model(name);
    if (!model) {
        return model;
    }
    const ImageShape& shape = model->experiment.network.input;
    const Images grey{shape, std::vector<float>(shape.pixels(), .5F)};
    if (auto answers = check_answer(model->net->reconstruct(grey), model->file); !answers) {
        return answers.error();
    }
    return model;
}

void report(const std::string& name, const Result<LoadedModel>& model, bool json) {
    if (json) {
        Json line = {{"model", name}, {"ok", model.ok()}};
        if (model) {
            line["file"] = model->file.string();
            line["iteration"] = model->iteration;
        } else {
            line["reason"] = sentence(model.error());
        }
        print(line);
    } else if (model) {
        std::cout << "ok  " << in_quotes(model->file.string(), 4096) << "  "
                  << model->experiment.preset << " on " << model->experiment.dataset
                  << ", iteration " << model->iteration << std::endl;
    } else {
        print(model.error());
    }
}

/// The exit code is that of the first model that is not in order.
Result<int> verify(const VerifyOptions& options) {
    int code = 0;
    for (const std::string& name : options.models) {
        const auto model = verified(name);
        report(name, model, options.json);
        if (!model && code == 0) {
            code = static_cast<int>(model.error().code);
        }
    }
    return code;
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
    auto options = std::make_shared<VerifyOptions>();
    CLI::App* command =
        app.add_subcommand("verify", "Check every rule that a checkpoint must keep");
    command
        ->add_option("MODEL", options->models,
                     "Checkpoint files, run folders or names of shipped models")
        ->required();
    command->add_flag("--json", options->json, "Print a JSON object for every model");
    command->callback([options, &action] { action = [options] { return verify(*options); }; });
}

}  // namespace lmser::cli
