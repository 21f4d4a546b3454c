// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/spec/measurements.h"

namespace lmser::cli {

/// What a subcommand does once its arguments are parsed: its exit code, or why it failed.
using Action = std::function<Result<int>()>;

/// JSON whose keys stay in the order in which they were written.
using Json = nlohmann::ordered_json;

/// The options that every subcommand with a network has.
struct EngineOptions {
    std::string data_dir;  ///< searched first for datasets; empty: the usual places
    std::string device = "cpu";
    int threads = 1;    ///< an operation of the engine may use so many
    bool json = false;  ///< results for machines instead of for people
};

/// Adds --data-dir, --device, --threads and --json.
void add_engine_options(CLI::App& command, EngineOptions& options);

/// Prepares the engine; to be called before anything else of it.
void apply(const EngineOptions& options);

/// Each adds its subcommand; when that one is chosen, `action` becomes what it does.
void add_train(CLI::App& app, Action& action);
void add_evaluate(CLI::App& app, Action& action);
void add_reconstruct(CLI::App& app, Action& action);
void add_recall(CLI::App& app, Action& action);
void add_generate(CLI::App& app, Action& action);
void add_info(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);
void add_demo(CLI::App& app, Action& action);

/// Prints one JSON value as a line on standard output, at once.
void print(const Json& value);

/// Prints "lmser: <sentence>" on standard error.
void print(const Error& error);

/// Prints "lmser: warning: <text>" on standard error.
void warn(std::string_view text);

/// Warns about top units that are constant over the pictures: their sliders do nothing.
void warn_of_dead_units(const std::vector<float>& code_std);

/// bad_data where a picture that the model gave has a value that is not a number.
Result<void> check_answer(const Images& answer, const std::filesystem::path& model);

/// The same of what was measured with it.
Result<void> check_answer(double measure, const std::filesystem::path& model);

/// An evaluation as the keys that `evaluate` and `train` print: split, images, error_per_pixel,
/// accuracy (null without label units), code_std, dead_units.
Json to_json(const Evaluation& evaluation);

/// A fraction of 1 as "98.39 %".
std::string percent(double fraction);
/// A number with four significant digits: "0.0005423".
std::string four_digits(double number);

}  // namespace lmser::cli
