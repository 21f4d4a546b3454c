// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>

#include "app/cli/command_line.h"
#include "core/base/text.h"
#include "core/checkpoint/run.h"
#include "core/data/dataset.h"
#include "core/tasks/frozen_net.h"

namespace lmser::cli {
namespace {

struct InfoOptions {
    EngineOptions engine;
    std::string model;  ///< may be empty
};

Json engine_json(const EngineInfo& engine) {
    return {{"version", LMSER_VERSION},  {"torch", engine.torch_version},
            {"blas", engine.blas},       {"threads", engine.threads},
            {"devices", engine.devices}, {"processor_features", engine.processor_features},
            {"datasets", Json::array()}};
}

Json dataset_json(const DatasetName& name, const std::string& data_dir) {
    Json entry = {{"name", name.name}, {"title", name.title}};
    const auto size = size_of_dataset(name.name, data_dir);
    entry["found"] = size.ok();
    if (!size) {
        entry["reason"] = sentence(size.error());
        return entry;
    }
    entry["folder"] = size->folder.string();
    entry["train_images"] = size->train;
    entry["validation_images"] = size->validation;
    entry["test_images"] = size->test;
    return entry;
}

Json model_json(const LoadedModel& model) {
    return {{"file", model.file.string()},
            {"iteration", model.iteration},
            {"parameters", parameter_count(model.experiment.network)},
            {"command", as_command(model.experiment)},
            {"experiment", Json::parse(to_json(model.experiment), nullptr, false)}};
}

void print_engine(const EngineInfo& engine) {
    std::string devices;
    for (const std::string& device : engine.devices) {
        devices += (devices.empty() ? "" : ", ") + device;
    }
    std::cout << "lmser      " << LMSER_VERSION << "\nLibTorch   " << engine.torch_version
              << "\nBLAS       " << engine.blas << "\nthreads    " << engine.threads
              << "\nprocessor  " << engine.processor_features << "\ndevices    " << devices
              << std::endl;
}

void print_dataset(const Json& entry) {
    std::cout << "dataset    " << entry["title"].get<std::string>() << ": ";
    if (!entry["found"].get<bool>()) {
        std::cout << entry["reason"].get<std::string>() << std::endl;
        return;
    }
    const auto folder = entry["folder"].get<std::string>();
    const auto validation = entry["validation_images"].get<std::size_t>();
    std::cout << entry["train_images"] << " training"
              << (validation > 0 ? ", " + std::to_string(validation) + " validation" : "")
              << " and " << entry["test_images"] << " test pictures, "
              << (folder.empty() ? "drawn by the program" : "in " + in_quotes(folder, 4096))
              << std::endl;
}

void print_model(const LoadedModel& model) {
    std::cout << "model      " << in_quotes(model.file.string(), 4096) << "\niteration  "
              << model.iteration << "\nparameters " << parameter_count(model.experiment.network)
              << "\ncommand    " << as_command(model.experiment) << std::endl;
}

Result<int> info(const InfoOptions& options) {
    apply(options.engine);
    const EngineInfo engine = engine_info();
    Json result = engine_json(engine);
    if (!options.engine.json) {
        print_engine(engine);
    }
    for (const DatasetName& name : dataset_names()) {
        result["datasets"].push_back(dataset_json(name, options.engine.data_dir));
        if (!options.engine.json) {
            print_dataset(result["datasets"].back());
        }
    }
    if (!options.model.empty()) {
        const auto model = load_model(options.model, options.engine.device);
        if (!model) {
            return model.error();
        }
        result["model"] = model_json(*model);
        if (!options.engine.json) {
            print_model(*model);
        }
    }
    if (options.engine.json) {
        print(result);
    }
    return 0;
}

}  // namespace

void add_info(CLI::App& app, Action& action) {
    auto options = std::make_shared<InfoOptions>();
    CLI::App* command =
        app.add_subcommand("info", "Show versions, devices and datasets, and what a model is");
    command->add_option("MODEL", options->model,
                        "Checkpoint file, run folder or name of a shipped model");
    add_engine_options(*command, options->engine);
    command->callback([options, &action] { action = [options] { return info(*options); }; });
}

}  // namespace lmser::cli
