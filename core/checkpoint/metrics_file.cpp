// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/metrics_file.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <variant>

#include "core/files/read_file.h"
#include "core/spec/strict_json.h"

namespace lmser {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// An evaluation lists the scale of every code unit: 16384 at most, of some 20 characters.
constexpr JsonLimits kLineLimits{.bytes = std::size_t{1} << 20, .depth = 2, .values = 20'000};

std::optional<std::int64_t> integer(const json& line, const char* key) {
    const auto found = line.find(key);
    if (found == line.end() || !found->is_number_integer()) {
        return std::nullopt;
    }
    return found->get<std::int64_t>();
}

/// JSON has no word for a number that is not finite: it is written as null, and read back so.
std::optional<double> number(const json& value) {
    if (value.is_null()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

std::optional<double> number(const json& line, const char* key) {
    const auto found = line.find(key);
    return found == line.end() ? std::nullopt : number(*found);
}

std::optional<StepReport> step_from(const json& line) {
    const auto iteration = integer(line, "iteration");
    const auto loss = number(line, "loss");
    const auto error = number(line, "error_per_pixel");
    const auto label_loss = number(line, "label_loss");
    const auto learning_rate = number(line, "learning_rate");
    if (!iteration || !loss || !error || !label_loss || !learning_rate) {
        return std::nullopt;
    }
    return StepReport{*iteration, *loss, *error, *label_loss, *learning_rate};
}

std::optional<Evaluation> evaluation_from(const json& line) {
    const auto iteration = integer(line, "iteration");
    const auto images = integer(line, "images");
    const auto error = number(line, "error_per_pixel");
    const auto split = line.find("split");
    const auto accuracy = line.find("accuracy");
    const auto code_std = line.find("code_std");
    if (!iteration || !images || !error || split == line.end() || !split->is_string() ||
        accuracy == line.end() || !(accuracy->is_null() || accuracy->is_number()) ||
        code_std == line.end() || !code_std->is_array()) {
        return std::nullopt;
    }
    Evaluation evaluation;
    evaluation.iteration = *iteration;
    evaluation.split = split->get<std::string>();
    evaluation.images = *images;
    evaluation.error_per_pixel = *error;
    if (accuracy->is_number()) {
        evaluation.accuracy = accuracy->get<double>();
    }
    for (const json& unit : *code_std) {
        const auto std = number(unit);
        if (!std) {
            return std::nullopt;
        }
        evaluation.code_std.push_back(static_cast<float>(*std));
    }
    return evaluation;
}

using Measurement = std::variant<StepReport, Evaluation>;

std::optional<Measurement> measurement_from(std::string_view text) {
    const auto parsed = parse_strict_json(text, kLineLimits);
    if (!parsed || !parsed->is_object()) {
        return std::nullopt;
    }
    const json& line = *parsed;
    const auto kind = line.find("kind");
    if (kind == line.end() || !kind->is_string()) {
        return std::nullopt;
    }
    if (*kind == "step") {
        return step_from(line);
    }
    if (*kind == "evaluation") {
        return evaluation_from(line);
    }
    return std::nullopt;
}

std::int64_t iteration_of(const Measurement& measurement) {
    return std::visit([](const auto& value) { return value.iteration; }, measurement);
}

void add(RunHistory& history, Measurement measurement) {
    if (auto* step = std::get_if<StepReport>(&measurement)) {
        history.steps.push_back(*step);
    } else {
        history.evaluations.push_back(std::move(std::get<Evaluation>(measurement)));
    }
}

}  // namespace

std::string to_line(const StepReport& step) {
    const ordered_json line = {{"kind", "step"},
                               {"iteration", step.iteration},
                               {"loss", step.loss},
                               {"error_per_pixel", step.error_per_pixel},
                               {"label_loss", step.label_loss},
                               {"learning_rate", step.learning_rate}};
    return line.dump() + '\n';
}

std::string to_line(const Evaluation& evaluation) {
    const ordered_json line = {
        {"kind", "evaluation"},
        {"iteration", evaluation.iteration},
        {"split", evaluation.split},
        {"images", evaluation.images},
        {"error_per_pixel", evaluation.error_per_pixel},
        {"accuracy", evaluation.accuracy ? ordered_json(*evaluation.accuracy) : ordered_json()},
        {"code_std", evaluation.code_std}};
    return line.dump() + '\n';
}

Result<ParsedMetrics> parse_metrics(std::string_view text, const std::filesystem::path& file,
                                    std::int64_t last_iteration) {
    ParsedMetrics parsed;
    for (std::size_t line = 1; parsed.bytes < text.size(); ++line) {
        const std::size_t end = text.find('\n', parsed.bytes);
        if (end == std::string_view::npos) {
            break;
        }
        auto measurement = measurement_from(text.substr(parsed.bytes, end - parsed.bytes));
        if (!measurement) {
            return Error{ErrorCode::bad_data,
                         cannot("read", file) + ": its line " + std::to_string(line) +
                             " is not a measurement",
                         "Move the file away to go on without the curve so far."};
        }
        if (iteration_of(*measurement) > last_iteration) {
            break;
        }
        add(parsed.history, *std::move(measurement));
        parsed.bytes = end + 1;
    }
    return parsed;
}

}  // namespace lmser
