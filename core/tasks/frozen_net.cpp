// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/frozen_net.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <c10/core/InferenceMode.h>
#include <torch/autograd.h>

#include "core/model/lmser_net.h"
#include "core/spec/experiment.h"
#include "core/train/batch.h"

namespace lmser {

namespace {

/// Pictures as float32 [count, n_0] on a device.
torch::Tensor tensor_of(const Images& images, const torch::Device& device) {
    const auto count = static_cast<std::int64_t>(images.count());
    const torch::Tensor tensor =
        torch::empty({count, static_cast<std::int64_t>(images.shape.pixels())});
    std::copy(images.values.begin(), images.values.end(), tensor.data_ptr<float>());
    return tensor.to(device);
}

std::vector<float> values_of(const torch::Tensor& tensor) {
    const torch::Tensor on_cpu = tensor.to(torch::kCPU, torch::kFloat32).contiguous();
    const float* values = on_cpu.data_ptr<float>();
    return {values, values + on_cpu.numel()};
}

void add_to(std::vector<double>& sums, const torch::Tensor& columns) {
    const torch::Tensor on_cpu = columns.to(torch::kCPU, torch::kFloat64).contiguous();
    const double* values = on_cpu.data_ptr<double>();
    sums.resize(static_cast<std::size_t>(on_cpu.numel()), 0);
    std::transform(sums.begin(), sums.end(), values, sums.begin(), std::plus<>());
}

/// The value below which a fraction of sorted values lies, interpolated between neighbours.
float percentile(const std::vector<float>& sorted, double fraction) {
    const double position = fraction * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above],
                     static_cast<float>(position - static_cast<double>(below)));
}

/// Everything but `dead`, which needs the other units.
UnitStatistics statistics_of(std::vector<float> values) {
    std::sort(values.begin(), values.end());
    const auto count = static_cast<double>(values.size());
    UnitStatistics unit;
    unit.minimum = values.front();
    unit.maximum = values.back();
    unit.percentile_1 = percentile(values, .01);
    unit.percentile_99 = percentile(values, .99);
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    const auto bins = static_cast<double>(unit.histogram.size());
    const double width = static_cast<double>(unit.maximum) - static_cast<double>(unit.minimum);
    for (const float value : values) {
        squares += (value - mean) * (value - mean);
        const double place = width > 0 ? (value - unit.minimum) / width * bins : 0;
        const auto bin = std::min(static_cast<std::size_t>(place), unit.histogram.size() - 1);
        unit.histogram[bin] += static_cast<float>(1 / count);
    }
    unit.mean = static_cast<float>(mean);
    unit.std = static_cast<float>(std::sqrt(squares / count));
    return unit;
}

}  // namespace

struct FrozenNet::Parts {
    LmserNet net;
    std::int64_t iteration;

    [[nodiscard]] torch::Device device() const { return net.parameters().flat().device(); }
    [[nodiscard]] std::size_t pixels() const { return net.spec().input.pixels(); }

    [[nodiscard]] Perception perceive(const Images& images,
                                      const PerceiveOptions& options = {}) const {
        if (images.shape != net.spec().input) {
            throw std::invalid_argument("the pictures do not have the network's shape");
        }
        return net.perceive(tensor_of(images, device()), options);
    }

    [[nodiscard]] Images pictures_of(const torch::Tensor& reconstruction) const {
        return {net.spec().input, values_of(reconstruction.clamp(0, 1))};
    }
};

class FrozenNet::Shortcuts {
public:
    explicit Shortcuts(std::vector<torch::Tensor> signals) : bottom_up(std::move(signals)) {}
    std::vector<torch::Tensor> bottom_up;  ///< y_1 … y_L, each [1, n_k]
};

FrozenNet::FrozenNet(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
FrozenNet::~FrozenNet() = default;

std::shared_ptr<const FrozenNet> FrozenNet::copy_of(const LmserNet& net, std::int64_t iteration) {
    const torch::NoGradGuard no_grad;
    auto parts = std::make_unique<Parts>(Parts{net.copy(), iteration});
    return std::shared_ptr<const FrozenNet>(new FrozenNet(std::move(parts)));
}

const NetworkSpec& FrozenNet::spec() const {
    return parts_->net.spec();
}

std::int64_t FrozenNet::iteration() const {
    return parts_->iteration;
}

Images FrozenNet::reconstruct(const Images& images) const {
    const c10::InferenceMode no_grad;
    return parts_->pictures_of(parts_->perceive(images).reconstruction);
}

Images FrozenNet::recall(const Images& images, std::span<const std::uint8_t> hidden,
                         HoleFill fill) const {
    const std::int64_t plane = std::int64_t{spec().input.height} * spec().input.width;
    const auto count = static_cast<std::int64_t>(images.count());
    if (static_cast<std::int64_t>(hidden.size()) != count * plane) {
        throw std::invalid_argument("every picture has a mask of its size");
    }
    const c10::InferenceMode no_grad;
    PerceiveOptions options;
    options.hidden = torch::empty({count, plane}, torch::kUInt8);
    std::copy(hidden.begin(), hidden.end(), options.hidden.data_ptr<std::uint8_t>());
    options.fill = fill;
    return parts_->pictures_of(parts_->perceive(images, options).reconstruction);
}

Images FrozenNet::mean_picture() const {
    if (!spec().centred) {
        return {spec().input, std::vector<float>(spec().input.pixels())};
    }
    return {spec().input, values_of(parts_->net.parameters().view(kMeanPicture).detach())};
}

std::vector<float> FrozenNet::encode(const Images& images) const {
    const c10::InferenceMode no_grad;
    return values_of(parts_->perceive(images).code());
}

std::shared_ptr<const FrozenNet::Shortcuts> FrozenNet::shortcuts_of(
    const Images& one_picture) const {
    if (one_picture.count() != 1) {
        throw std::invalid_argument("shortcuts are those of one picture");
    }
    const c10::InferenceMode no_grad;
    return std::make_shared<const Shortcuts>(parts_->perceive(one_picture).bottom_up);
}

Images FrozenNet::decode(std::span<const float> codes, const DecodeOptions& asked) const {
    const std::size_t units = spec().code_units();
    if (codes.size() % units != 0) {
        throw std::invalid_argument("a code has " + std::to_string(units) + " values");
    }
    const c10::InferenceMode no_grad;
    const torch::Tensor code = torch::empty(
        {static_cast<std::int64_t>(codes.size() / units), static_cast<std::int64_t>(units)});
    std::copy(codes.begin(), codes.end(), code.data_ptr<float>());
    ImagineOptions options;
    options.reflections = asked.reflections;
    if (asked.shortcuts != nullptr) {
        options.bottom_up = asked.shortcuts->bottom_up;
    }
    return parts_->pictures_of(parts_->net.imagine(code.to(parts_->device()), options));
}

std::string FrozenNet::fingerprint() const {
    std::uint64_t hash = 0xCBF29CE484222325U;  // FNV-1a
    const auto add = [&hash](std::string_view bytes) {
        for (const char byte : bytes) {
            hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
        }
    };
    add(to_json(spec()));
    const std::vector<float> weights = values_of(parts_->net.parameters().flat());
    add({reinterpret_cast<const char*>(weights.data()), weights.size() * sizeof(float)});
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
    return text.data();
}

void FrozenNet::add_to(Sums& sums, const Dataset& dataset, const LabelledImages& split,
                       std::size_t first, std::size_t count) const {
    if (dataset.shape != spec().input) {
        throw std::invalid_argument("the pictures do not have the network's shape");
    }
    if (count == 0) {
        return;
    }
    const c10::InferenceMode no_grad;
    const Batch batch = batch_of(split, parts_->pixels(), first, count, parts_->device());
    const Perception perception = parts_->net.perceive(batch.images);
    const torch::Tensor error = perception.reconstruction.clamp(0, 1).sub_(batch.images);
    sums.images += static_cast<std::int64_t>(count);
    sums.squared_error += error.square().sum(torch::kFloat64).item<double>();
    if (perception.label_logits.defined()) {
        const torch::Tensor answer = perception.label_logits.argmax(1);
        sums.correct += answer.eq(batch.labels).sum().item<std::int64_t>();
    }
    const torch::Tensor code = perception.code().to(torch::kFloat64);
    lmser::add_to(sums.code_sum, code.sum(0));
    lmser::add_to(sums.code_square_sum, code.square().sum(0));
}

Evaluation FrozenNet::evaluation(const Sums& sums, std::string split) const {
    Evaluation evaluation;
    evaluation.iteration = iteration();
    evaluation.split = std::move(split);
    evaluation.images = sums.images;
    if (sums.images == 0) {
        return evaluation;
    }
    const auto images = static_cast<double>(sums.images);
    evaluation.error_per_pixel =
        sums.squared_error / (images * static_cast<double>(parts_->pixels()));
    if (spec().label_units > 0) {
        evaluation.accuracy = static_cast<double>(sums.correct) / images;
    }
    for (std::size_t unit = 0; unit < sums.code_sum.size(); ++unit) {
        const double mean = sums.code_sum[unit] / images;
        const double variance = sums.code_square_sum[unit] / images - mean * mean;
        evaluation.code_std.push_back(static_cast<float>(std::sqrt(std::max(variance, 0.0))));
    }
    return evaluation;
}

std::vector<UnitStatistics> FrozenNet::unit_statistics(const Dataset& dataset,
                                                       const LabelledImages& split,
                                                       std::size_t count) const {
    std::vector<float> codes;
    const std::size_t last = std::min(count, split.count());
    const std::size_t most = pictures_at_once(dataset.shape);
    for (std::size_t next = 0; next < last; next += most) {
        const std::vector<float> part =
            encode(images_of(dataset, split, next, std::min(most, last - next)));
        codes.insert(codes.end(), part.begin(), part.end());
    }
    return statistics_of_codes(codes, spec().code_units());
}

std::vector<UnitStatistics> statistics_of_codes(std::span<const float> codes, std::size_t units) {
    std::vector<UnitStatistics> answer(units);
    if (codes.empty()) {
        return answer;
    }
    float largest_std = 0;
    for (std::size_t unit = 0; unit < units; ++unit) {
        std::vector<float> values;
        for (std::size_t i = unit; i < codes.size(); i += units) {
            values.push_back(codes[i]);
        }
        answer[unit] = statistics_of(std::move(values));
        largest_std = std::max(largest_std, answer[unit].std);
    }
    for (UnitStatistics& unit : answer) {
        unit.dead = is_dead(unit.std, largest_std);
    }
    return answer;
}

}  // namespace lmser
