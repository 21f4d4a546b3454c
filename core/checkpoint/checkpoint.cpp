// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/checkpoint.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>

#include "core/base/text.h"
#include "core/files/read_file.h"
#include "core/files/safetensors_file.h"
#include "core/model/parameters.h"
#include "core/spec/statistics_json.h"

namespace lmser {
namespace {

constexpr std::string_view kFormat = "lmser-1";
constexpr std::int64_t kMostIterations = 1'000'000'000'000;
constexpr std::int64_t kMostThreads = 4096;

std::string seventeen_digits(double number) {
    char text[40];
    std::snprintf(text, sizeof(text), "%.17g", number);
    return text;
}

/// Reads a whole number as this program writes it; nothing where there is anything else.
std::optional<std::int64_t> whole_number(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size() ||
        std::to_string(value) != text) {
        return std::nullopt;
    }
    return value;
}

std::optional<double> decimal_number(const std::string& text) {
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

/// What rounding may add to a mean of pixels.
constexpr float kRounding = 1e-4F;

/// Whether a value can stand in a tensor: variances and second moments are not negative, a mean of pictures is a
/// picture, places lie in their ring and Adam knows nothing of the styles remembered.
bool is_possible(std::string_view tensor, float value) {
    if (tensor == "style.next") {
        return value >= 0 && value < kRememberedStyles && value == std::floor(value);
    }
    if (tensor.starts_with("adam.") && tensor.substr(7).starts_with("style.")) {
        return value == 0;
    }
    if (tensor == kMeanPicture) {
        return value >= 0 && value <= 1 + kRounding;
    }
    const bool square = tensor.starts_with("adam.v.") || tensor == "style.variance";
    return std::isfinite(value) && (!square || value >= 0);
}

std::string sizes_text(const std::vector<std::int64_t>& sizes) {
    std::string text;
    for (const std::int64_t size : sizes) {
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    }
    return "[" + text + "]";
}

/// Takes a file apart. Every member returns an error that names the file, or goes on.
class Reader {
public:
    Reader(std::filesystem::path file, SafetensorsFile contents)
        : file_(std::move(file)), contents_(std::move(contents)) {}

    Result<Checkpoint> read() {
        Checkpoint checkpoint;
        if (auto metadata = read_metadata(checkpoint); !metadata) {
            return metadata.error();
        }
        if (auto tensors = read_tensors(checkpoint); !tensors) {
            return tensors.error();
        }
        return checkpoint;
    }

private:
    [[nodiscard]] Error wrong(const std::string& reason) const {
        return {ErrorCode::bad_data, cannot("read checkpoint", file_) + ": " + reason,
                "Take another checkpoint, or train again."};
    }

    Result<void> read_metadata(Checkpoint& checkpoint) const {
        for (const char* key :
             {"format", "experiment", "iteration", "learning_rate", "threads", "blas", "torch"}) {
            if (!contents_.metadata.contains(key)) {
                return wrong("its metadata has no " + in_quotes(key) +
                             ", so it is not a checkpoint of this program");
            }
        }
        if (text("format") != kFormat) {
            return wrong("its format is " + in_quotes(text("format")) + ", and only " +
                         in_quotes(kFormat) + " is known");
        }
        auto experiment = experiment_from_json(text("experiment"));
        if (!experiment) {
            return wrong("in its experiment, " + experiment.error().message);
        }
        checkpoint.experiment = *std::move(experiment);
        if (contents_.metadata.contains("statistics")) {
            auto statistics = statistics_from_json(text("statistics"),
                                                   checkpoint.experiment.network.code_units());
            if (!statistics) {
                return wrong("in its statistics, " + statistics.error().message);
            }
            checkpoint.statistics = *std::move(statistics);
        }
        checkpoint.blas = text("blas");
        checkpoint.torch = text("torch");
        return read_numbers(checkpoint);
    }

    Result<void> read_numbers(Checkpoint& checkpoint) const {
        const auto iteration = whole_number(text("iteration"));
        if (!iteration || *iteration < 0 || *iteration > kMostIterations) {
            return out_of_range("iteration");
        }
        const auto threads = whole_number(text("threads"));
        if (!threads || *threads < 1 || *threads > kMostThreads) {
            return out_of_range("threads");
        }
        const auto rate = decimal_number(text("learning_rate"));
        if (!rate || *rate < 0) {
            return out_of_range("learning_rate");
        }
        checkpoint.state.iteration = *iteration;
        checkpoint.threads = static_cast<int>(*threads);
        checkpoint.state.learning_rate = *rate;
        return {};
    }

    [[nodiscard]] Error out_of_range(const char* key) const {
        return wrong("its " + in_quotes(key) + " is " + in_quotes(text(key)) +
                     ", which is out of range");
    }

    Result<void> read_tensors(Checkpoint& checkpoint) {
        const auto shapes = parameter_shapes(checkpoint.experiment.network);
        const bool optimiser = contents_.tensors.contains("adam.m." + shapes.front().name);
        if (auto right = check_tensors(shapes, optimiser); !right) {
            return right;
        }
        for (const ParameterShape& shape : shapes) {
            ParameterState parameter{shape.name, shape.sizes, take(shape.name), {}, {}};
            if (optimiser) {
                parameter.first_moment = take("adam.m." + shape.name);
                parameter.second_moment = take("adam.v." + shape.name);
            }
            checkpoint.state.parameters.push_back(std::move(parameter));
        }
        return optimiser ? read_adam_steps(checkpoint) : Result<void>();
    }

    Result<void> check_tensors(const std::vector<ParameterShape>& shapes, bool optimiser) const {
        std::size_t expected = 0;
        for (const ParameterShape& shape : shapes) {
            for (const char* prefix : {"", "adam.m.", "adam.v."}) {
                if (*prefix != '\0' && !optimiser) {
                    continue;
                }
                if (auto right = check_tensor(prefix + shape.name, shape.sizes); !right) {
                    return right;
                }
                ++expected;
            }
        }
        if (contents_.tensors.size() != expected) {
            return wrong("it is of another network: it has " +
                         std::to_string(contents_.tensors.size()) +
                         " tensors, and its experiment implies " + std::to_string(expected));
        }
        return {};
    }

    Result<void> check_tensor(const std::string& name,
                              const std::vector<std::int64_t>& sizes) const {
        const auto found = contents_.tensors.find(name);
        if (found == contents_.tensors.end()) {
            return wrong("it is of another network: it has no tensor " + in_quotes(name) +
                         ", which its experiment implies");
        }
        const StoredTensor& tensor = found->second;
        if (tensor.shape != sizes) {
            return wrong("it is of another network: its tensor " + in_quotes(name) + " is " +
                         sizes_text(tensor.shape) + ", and its experiment implies " +
                         sizes_text(sizes));
        }
        for (const float value : tensor.values) {
            if (!is_possible(name, value)) {
                return wrong("its tensor " + in_quotes(name) + " holds " + shortest(value));
            }
        }
        return {};
    }

    Result<void> read_adam_steps(Checkpoint& checkpoint) const {
        if (!contents_.metadata.contains("adam_steps")) {
            return wrong("its metadata has no 'adam_steps', but it has the optimiser's tensors");
        }
        const auto steps = whole_number(text("adam_steps"));
        if (!steps || *steps < 0 || *steps > checkpoint.state.iteration) {
            return out_of_range("adam_steps");
        }
        checkpoint.state.adam_steps = *steps;
        return {};
    }

    [[nodiscard]] const std::string& text(const char* key) const {
        return contents_.metadata.at(key);
    }

    std::vector<float> take(const std::string& name) {
        return std::move(contents_.tensors.at(name).values);
    }

    std::filesystem::path file_;
    SafetensorsFile contents_;
};

}  // namespace

std::vector<std::byte> to_bytes(const Checkpoint& checkpoint) {
    SafetensorsFile file;
    bool optimiser = false;
    for (const ParameterState& parameter : checkpoint.state.parameters) {
        file.tensors[parameter.name] = {parameter.sizes, parameter.value};
        if (!parameter.first_moment.empty()) {
            file.tensors["adam.m." + parameter.name] = {parameter.sizes, parameter.first_moment};
            file.tensors["adam.v." + parameter.name] = {parameter.sizes, parameter.second_moment};
            optimiser = true;
        }
    }
    file.metadata = {{"format", std::string(kFormat)},
                     {"experiment", to_json(checkpoint.experiment)},
                     {"iteration", std::to_string(checkpoint.state.iteration)},
                     {"learning_rate", seventeen_digits(checkpoint.state.learning_rate)},
                     {"threads", std::to_string(checkpoint.threads)},
                     {"blas", checkpoint.blas},
                     {"torch", checkpoint.torch}};
    if (checkpoint.statistics) {
        file.metadata["statistics"] = to_json(*checkpoint.statistics);
    }
    if (optimiser) {
        file.metadata["adam_steps"] = std::to_string(checkpoint.state.adam_steps);
    }
    return to_bytes(file);
}

Result<Checkpoint> read_checkpoint(const std::filesystem::path& file) {
    auto contents = read_safetensors(file);
    if (!contents) {
        return contents.error();
    }
    return Reader(file, *std::move(contents)).read();
}

}  // namespace lmser
