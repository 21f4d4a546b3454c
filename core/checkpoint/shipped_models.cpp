// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/shipped_models.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "core/checkpoint/model_folders.h"
#include "core/files/safetensors_file.h"
#include "core/spec/experiment.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".safetensors";

/// "conv 16·32·64·64", the top code left out where it has a meaning of its own.
std::string layers_text(const NetworkSpec& spec) {
    const bool named = spec.label_units + spec.style_units == static_cast<int>(spec.code_units());
    std::string text = spec.layers.front().is_convolution() ? "conv" : "dense";
    const std::size_t count = spec.layers.size() - (named && spec.layers.size() > 1 ? 1 : 0);
    for (std::size_t i = 0; i < count; ++i) {
        text += (i == 0 ? " " : "·") + std::to_string(spec.layers[i].units);
    }
    return text;
}

std::string counted(int count, const std::string& one, const std::string& more) {
    return std::to_string(count) + " " + (count == 1 ? one : more);
}

std::string summary_of(const NetworkSpec& spec) {
    std::string text = layers_text(spec);
    if (spec.label_units > 0) {
        text += " · " + counted(spec.label_units, "class", "classes");
    }
    if (spec.style_units > 0) {
        text += spec.label_units > 0 ? " + " : " · ";
        text += counted(spec.style_units, "style", "styles");
    }
    return text;
}

/// Nothing where the file's header or its experiment cannot be read.
std::optional<ShippedModel> model_in(const fs::path& file) {
    const auto metadata = read_safetensors_metadata(file);
    if (!metadata || metadata->find("experiment") == metadata->end()) {
        return std::nullopt;
    }
    const auto experiment = experiment_from_json(metadata->at("experiment"));
    if (!experiment) {
        return std::nullopt;
    }
    return ShippedModel{file.stem().string(), file, summary_of(experiment->network)};
}

}  // namespace

std::vector<ShippedModel> shipped_models() {
    std::vector<ShippedModel> models;
    const auto known = [&models](const std::string& name) {
        return std::any_of(models.begin(), models.end(),
                           [&name](const ShippedModel& model) { return model.name == name; });
    };
    for (const fs::path& folder : model_folders()) {
        std::error_code error;
        // Where a name is in two folders, the first one serves: find_checkpoint takes that one too.
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error)) {
            const fs::path& file = entry->path();
            if (file.extension() != kEnding || known(file.stem().string())) {
                continue;
            }
            if (auto model = model_in(file)) {
                models.push_back(*std::move(model));
            }
        }
    }
    std::sort(models.begin(), models.end(),
              [](const ShippedModel& a, const ShippedModel& b) { return a.name < b.name; });
    return models;
}

}  // namespace lmser
