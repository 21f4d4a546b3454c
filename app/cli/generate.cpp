// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/load_data.h"
#include "app/cli/outputs.h"
#include "core/base/codes.h"
#include "core/base/text.h"
#include "core/checkpoint/run.h"
#include "core/data/dataset.h"
#include "core/files/image_file.h"
#include "core/tasks/generation.h"
#include "core/tasks/measured_statistics.h"

namespace lmser::cli {
namespace {

struct GenerateOptions {
    EngineOptions engine;
    std::string model;
    std::string category = "all";
    std::size_t count = 100;
    std::string style = "uniform";
    int reflections = 0;
    std::uint64_t seed = 1;
    std::string sheet = "samples";
    std::size_t unit = 0;
    std::size_t second_unit = 1;
    std::size_t steps = 9;
    std::string data;
    std::string out;
};

/// Pictures in rows of `columns`.
struct Sheet {
    std::vector<float> codes;
    std::vector<int> categories;
    Images pictures;
    std::size_t columns = 0;
};

Result<std::optional<int>> category_from(const std::string& text) {
    if (text == "all") {
        return std::optional<int>();
    }
    const bool digits =
        !text.empty() && text.size() < 4 &&
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) {
        return Error{ErrorCode::usage, "--class does not know " + in_quotes(text),
                     "Give all or the number of a class."};
    }
    return std::optional<int>(std::stoi(text));
}

/// The statistics of the model's file, else measured where a dataset is named.
Result<std::shared_ptr<const CodeStatistics>> statistics_of(const LoadedModel& model,
                                                            const GenerateOptions& options) {
    if (options.data.empty()) {
        return model.statistics;
    }
    auto dataset = load_data(options.data, options.engine.data_dir, model.experiment.network.input);
    if (!dataset) {
        return dataset.error();
    }
    constexpr std::size_t kMeasured = 10'000;
    return std::make_shared<const CodeStatistics>(
        measured_statistics(*model.net, **dataset, kMeasured, not_stopped));
}

/// What the sheets of one code start from: the first class and the middle of every style, or the mean code.
std::vector<float> middle_code(const NetworkSpec& spec, const CodeStatistics* statistics,
                               int category) {
    std::vector<float> code(spec.code_units(), 0.F);
    if (spec.style_units > 0) {
        code[static_cast<std::size_t>(category)] = 1;
    } else if (statistics != nullptr) {
        code = statistics->mean;
    }
    return code;
}

std::pair<float, float> range_of(const NetworkSpec& spec, const CodeStatistics* statistics,
                                 std::size_t unit) {
    if (spec.style_units > 0) {
        return unit < static_cast<std::size_t>(spec.label_units) ? std::pair(0.F, 1.F)
                                                                 : std::pair(-2.F, 2.F);
    }
    return {statistics->units[unit].percentile_1, statistics->units[unit].percentile_99};
}

/// A row a class (or one code) while a unit goes through its range, or one class's grid over two units.
Result<Sheet> laid_out(const LoadedModel& model, const CodeStatistics* statistics,
                       const GenerateOptions& options, std::optional<int> category) {
    const NetworkSpec& spec = model.experiment.network;
    const auto labels = static_cast<std::size_t>(spec.label_units);
    if (spec.style_units == 0 && statistics == nullptr) {
        return Error{ErrorCode::usage, "the ranges of this network's units are not known",
                     "Give the dataset with --data, or take a model that ships."};
    }
    // Styles are counted from 0 after the label units; units of other networks from 0.
    const std::size_t first = spec.style_units > 0 ? labels : 0;
    const std::size_t across = first + options.unit;
    const std::size_t down = first + options.second_unit;
    const bool grid = options.sheet == "grid";
    if (across >= spec.code_units() || (grid && (down >= spec.code_units() || down == across))) {
        return Error{ErrorCode::usage,
                     "the network has " + std::to_string(spec.code_units() - first) +
                         " units to move, counted from 0",
                     "Choose --unit (and another --second-unit) among them."};
    }
    const auto [low, high] = range_of(spec, statistics, across);
    const std::vector<float> columns = steps_between(low, high, options.steps);
    Sheet sheet;
    sheet.columns = options.steps;
    const bool classes = spec.style_units > 0;
    const int rows = classes && !category ? spec.label_units : 1;
    for (int row = 0; row < rows; ++row) {
        const int label = category.value_or(row);
        const std::vector<float> code = middle_code(spec, statistics, label);
        std::vector<float> codes;
        if (grid) {
            const auto [bottom, top] = range_of(spec, statistics, down);
            codes =
                grid_codes(code, across, columns, down, steps_between(bottom, top, options.steps));
        } else {
            codes = sweep_codes(code, across, columns);
        }
        sheet.categories.insert(sheet.categories.end(), codes.size() / code.size(),
                                classes ? label : -1);
        sheet.codes.insert(sheet.codes.end(), codes.begin(), codes.end());
    }
    sheet.pictures = decode_all(*model.net, sheet.codes, options.reflections, not_stopped);
    return sheet;
}

Result<Sheet> samples(const LoadedModel& model, const CodeStatistics* statistics,
                      const GenerateOptions& options, std::optional<int> category) {
    auto made =
        generate(*model.net, statistics,
                 {.category = category,
                  .count = options.count,
                  .style = options.style == "normal" ? StyleDraw::normal : StyleDraw::uniform,
                  .reflections = options.reflections,
                  .seed = options.seed,
                  .proceed = not_stopped});
    if (!made) {
        return made.error();
    }
    const auto labels = static_cast<std::size_t>(model.experiment.network.label_units);
    return Sheet{std::move(made->codes), std::move(made->categories), std::move(made->pictures),
                 category || labels == 0 ? 0 : labels};
}

void print_json(const LoadedModel& model, const Sheet& sheet, const GenerateOptions& options) {
    Json result = {{"model", model.file.string()},
                   {"fingerprint", model.net->fingerprint()},
                   {"images", sheet.pictures.count()},
                   {"reflections", options.reflections},
                   {"seed", options.seed},
                   {"out", options.out},
                   {"classes", sheet.categories},
                   {"codes", Json::array()}};
    const std::size_t units = model.experiment.network.code_units();
    for (std::size_t at = 0; at < sheet.codes.size(); at += units) {
        result["codes"].push_back(
            std::vector<float>(sheet.codes.begin() + static_cast<std::ptrdiff_t>(at),
                               sheet.codes.begin() + static_cast<std::ptrdiff_t>(at + units)));
    }
    print(result);
}

Result<int> generate_pictures(const GenerateOptions& options) {
    catch_stop_signals();
    apply(options.engine);
    if (auto fits = check_outputs({{"--out", options.out, kPictureEndings}}, {options.model});
        !fits) {
        return fits.error();
    }
    auto category = category_from(options.category);
    if (!category) {
        return category.error();
    }
    auto model = load_model(options.model, options.engine.device);
    if (!model) {
        return model.error();
    }
    const NetworkSpec& spec = model->experiment.network;
    if (*category && **category >= spec.label_units) {
        return Error{ErrorCode::usage,
                     "there is no class " + std::to_string(**category) + ": the network has " +
                         std::to_string(spec.label_units) + " label units",
                     "Give --class all."};
    }
    if (auto reflects = check_reflections(spec, options.reflections); !reflects) {
        return reflects.error();
    }
    auto statistics = statistics_of(*model, options);
    if (!statistics) {
        return ended_by(statistics.error());
    }
    const bool random = options.sheet == "samples";
    const auto sheet = random ? samples(*model, statistics->get(), options, *category)
                              : laid_out(*model, statistics->get(), options, *category);
    if (!sheet) {
        return sheet.error();
    }
    if (!not_stopped()) {
        return exit_code_when_done();
    }
    if (auto answers = check_answer(sheet->pictures, model->file); !answers) {
        return answers.error();
    }
    if (auto written = write_images(options.out, sheet->pictures, sheet->columns); !written) {
        return written.error();
    }
    if (options.engine.json) {
        print_json(*model, *sheet, options);
    } else {
        std::cout << sheet->pictures.count() << " pictures in " << in_quotes(options.out, 4096)
                  << std::endl;
    }
    return exit_code_when_done();
}

}  // namespace

void add_generate(CLI::App& app, Action& action) {
    auto options = std::make_shared<GenerateOptions>();
    CLI::App* command =
        app.add_subcommand("generate", "Make pictures from codes: at random, a sweep or a grid");
    command->footer(
        "lmser generate mnist-cnn-gen --class all --count 100 --reflections 1 --out digits.png\n"
        "lmser generate mnist-cnn-gen --sheet grid --class 3 --out threes.png");
    command
        ->add_option("MODEL", options->model,
                     "Checkpoint file, run folder or name of a shipped model")
        ->required();
    command
        ->add_option("--class", options->category, "all (picture i is of class i % classes) or one")
        ->capture_default_str();
    command->add_option("--count", options->count, "How many random pictures")
        ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}))
        ->capture_default_str();
    command
        ->add_option("--style", options->style,
                     "Styles drawn uniform in [-2,2] or normal, cut at 2")
        ->check(CLI::IsMember({"uniform", "normal"}))
        ->capture_default_str();
    command
        ->add_option("--reflections", options->reflections,
                     "Perceptions of the picture that follow, the code held")
        ->check(CLI::Range(0, 10))
        ->capture_default_str();
    command->add_option("--seed", options->seed, "Of the random codes")->capture_default_str();
    command
        ->add_option("--sheet", options->sheet,
                     "samples; sweep: a row a class, one unit through its range; grid: two units")
        ->check(CLI::IsMember({"samples", "sweep", "grid"}))
        ->capture_default_str();
    command->add_option("--unit", options->unit, "Style (or unit) that goes across, counted from 0")
        ->capture_default_str();
    command->add_option("--second-unit", options->second_unit, "The one that goes down in a grid")
        ->capture_default_str();
    command->add_option("--steps", options->steps, "Pictures a row of a sweep or grid")
        ->check(CLI::Range(std::size_t{2}, std::size_t{64}))
        ->capture_default_str();
    command->add_option("--data", options->data,
                        "Measure the units' ranges on this dataset instead of taking the file's");
    command->add_option("--out", options->out, "PNG or .npy to write")->required();
    add_engine_options(*command, options->engine);
    command->callback(
        [options, &action] { action = [options] { return generate_pictures(*options); }; });
}

}  // namespace lmser::cli
