// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "core/base/text.h"
#include "core/files/read_file.h"
#include "core/tasks/frozen_net.h"

namespace lmser::cli {

void add_engine_options(CLI::App& command, EngineOptions& options) {
    command.add_option("--data-dir", options.data_dir,
                       "Folder with the datasets (else $LMSER_DATA_DIR, else the XDG data folder)");
    command.add_option("--device", options.device, "cpu, or cuda where LibTorch has it")
        ->capture_default_str();
    command.add_option("--threads", options.threads, "Threads an operation may use")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    command.add_flag("--json", options.json, "Print results as JSON");
}

void apply(const EngineOptions& options) {
    set_engine_threads(options.threads);
}

void print(const Json& value) {
    // Names of files may hold bytes that are not UTF-8; they are replaced rather than refused.
    std::cout << value.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

void print(const Error& error) {
    // An argument or a file may hold what steers a terminal; a message is one line of plain text.
    const std::string quoted = in_quotes(sentence(error), std::string::npos);
    std::cerr << "lmser: " << quoted.substr(1, quoted.size() - 2) << std::endl;
}

void warn(std::string_view text) {
    std::cerr << "lmser: warning: " << text << std::endl;
}

void warn_of_dead_units(const std::vector<float>& code_std) {
    const std::vector<std::size_t> dead = dead_units(code_std);
    if (dead.empty()) {
        return;
    }
    std::string units;
    for (const std::size_t unit : dead) {
        units += (units.empty() ? "" : ", ") + std::to_string(unit);
    }
    warn(
        std::to_string(dead.size()) + " of " + std::to_string(code_std.size()) +
        " top units are constant over the pictures, so their sliders do nothing (counted from 0: " +
        units + ").");
}

Result<void> check_answer(const Images& answer, const std::filesystem::path& model) {
    const auto odd = std::find_if_not(answer.values.begin(), answer.values.end(),
                                      [](float value) { return std::isfinite(value); });
    return check_answer(odd == answer.values.end() ? 0 : static_cast<double>(*odd), model);
}

Result<void> check_answer(double measure, const std::filesystem::path& model) {
    if (std::isfinite(measure)) {
        return {};
    }
    return Error{ErrorCode::bad_data,
                 cannot("use", model) +
                     ": the network answers with what is no number, so that its "
                     "weights are none that training leaves",
                 "Take another checkpoint, or train again."};
}

Json to_json(const Evaluation& evaluation) {
    return {{"error_per_pixel", evaluation.error_per_pixel},
            {"accuracy", evaluation.accuracy ? Json(*evaluation.accuracy) : Json()},
            {"code_std", evaluation.code_std},
            {"dead_units", dead_units(evaluation.code_std)},
            {"images", evaluation.images},
            {"split", evaluation.split}};
}

std::string percent(double fraction) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.2f %%", 100 * fraction);
    return text;
}

std::string four_digits(double number) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.4g", number);
    return text;
}

}  // namespace lmser::cli
