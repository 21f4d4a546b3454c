// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/judge.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <torch/autograd.h>

#include "core/base/random.h"
#include "core/data/sampler.h"
#include "core/model/parameters.h"
#include "core/tasks/generation.h"
#include "core/train/adam.h"
#include "core/train/batch.h"

namespace lmser {

namespace {

constexpr std::int64_t kJudgeBatch = 100;
constexpr std::size_t kJudgedAPart = 500;
constexpr std::int64_t kMostShift = 1;
constexpr double kJudgeRate = 1.5e-3;
constexpr double kJudgeDropout = .3;

std::vector<ParameterShape> judge_shapes(const Dataset& dataset) {
    const ImageShape& shape = dataset.shape;
    const std::int64_t folded = 32 * (shape.height / 4) * (shape.width / 4);
    const auto classes = static_cast<std::int64_t>(dataset.classes.size());
    return {{"conv1", {16, shape.channels, 5, 5}, shape.channels * 25},
            {"bias1", {16}},
            {"conv2", {32, 16, 5, 5}, 16 * 25},
            {"bias2", {32}},
            {"dense1", {128, folded}, folded},
            {"bias3", {128}},
            {"dense2", {classes, 128}, 128},
            {"bias4", {classes}}};
}

/// He's initialisation.
void initialize_judge(const Parameters& parameters, std::uint64_t seed) {
    const torch::NoGradGuard no_grad;
    for (std::size_t i = 0; i < parameters.shapes().size(); ++i) {
        Random random(seed, RandomPurpose::judge, i);
        const ParameterShape& shape = parameters.shapes()[i];
        const torch::Tensor flat = parameters.views()[i].detach().view(-1);
        const double std = shape.fan_in > 0 ? std::sqrt(2 / static_cast<double>(shape.fan_in)) : 0;
        std::generate_n(flat.data_ptr<float>(), flat.numel(),
                        [&] { return static_cast<float>(std * random.normal()); });
    }
}

/// The batch moved by up to one pixel each way, black coming in.
torch::Tensor shifted(const torch::Tensor& planes, Random& random) {
    const torch::Tensor padded =
        torch::constant_pad_nd(planes, {kMostShift, kMostShift, kMostShift, kMostShift}, 0);
    const auto offset = [&random] {
        return static_cast<std::int64_t>(random.below(2 * kMostShift + 1));
    };
    const std::int64_t down = offset();
    return padded.narrow(2, down, planes.size(2)).narrow(3, offset(), planes.size(3));
}

std::span<float> judge_values(const torch::Tensor& flat) {
    return {flat.data_ptr<float>(), static_cast<std::size_t>(flat.numel())};
}

}  // namespace

struct Judge::Parts {
    explicit Parts(const Dataset& dataset)
        : shape(dataset.shape), parameters(judge_shapes(dataset), torch::kFloat32) {}

    ImageShape shape;
    Parameters parameters;

    [[nodiscard]] torch::Tensor planes(const torch::Tensor& images) const {
        return images.view({-1, shape.channels, shape.height, shape.width});
    }

    /// Logits [B, classes] of planes [B, C, H, W]; `kept` [B, 128] is what dropout leaves, undefined in use.
    [[nodiscard]] torch::Tensor logits(const torch::Tensor& planes,
                                       const torch::Tensor& kept) const {
        const auto& p = parameters;
        torch::Tensor x =
            torch::relu(torch::conv2d(planes, p.view("conv1"), p.view("bias1"), 1, 2));
        x = torch::max_pool2d(x, 2);
        x = torch::relu(torch::conv2d(x, p.view("conv2"), p.view("bias2"), 1, 2));
        x = torch::max_pool2d(x, 2).flatten(1);
        x = torch::relu(torch::linear(x, p.view("dense1"), p.view("bias3")));
        if (kept.defined()) {
            x = x * kept;
        }
        return torch::linear(x, p.view("dense2"), p.view("bias4"));
    }

    [[nodiscard]] torch::Tensor dropout(Random& random) const {
        const torch::Tensor kept = torch::empty({kJudgeBatch, 128});
        for (float& value : judge_values(kept)) {
            value = random.uniform() < kJudgeDropout ? 0.F
                                                     : static_cast<float>(1 / (1 - kJudgeDropout));
        }
        return kept;
    }
};

Judge::Judge(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Judge::~Judge() = default;

std::unique_ptr<Judge> Judge::train(const Dataset& dataset, const JudgeOptions& options) {
    auto parts = std::make_unique<Parts>(dataset);
    Parameters& parameters = parts->parameters;
    initialize_judge(parameters, options.seed);
    parameters.require_gradients();
    const torch::Tensor first = torch::zeros_like(parameters.flat());
    const torch::Tensor second = torch::zeros_like(parameters.flat());
    const auto pictures = static_cast<std::int64_t>(dataset.train.count()) - options.held_out;
    Sampler sampler(pictures, static_cast<int>(kJudgeBatch), options.seed);
    const std::int64_t steps = options.epochs * sampler.steps_per_epoch();
    for (std::int64_t step = 0; step < steps; ++step) {
        Random random(options.seed, RandomPurpose::judge, static_cast<std::uint64_t>(step) + 100);
        const auto indices = sampler.indices(step);
        const Batch batch = batch_of(dataset.train, dataset.shape.pixels(), indices);
        const torch::Tensor logits =
            parts->logits(shifted(parts->planes(batch.images), random), parts->dropout(random));
        parameters.flat_gradient().zero_();
        torch::nll_loss(logits.log_softmax(1), batch.labels).backward();
        const double left = 1 - static_cast<double>(step) / static_cast<double>(steps);
        adam_step(judge_values(parameters.flat()), judge_values(parameters.flat_gradient()),
                  judge_values(first), judge_values(second), kJudgeRate * left, step + 1);
        if (options.proceed && !options.proceed(step + 1, steps)) {
            return nullptr;
        }
    }
    return std::unique_ptr<Judge>(new Judge(std::move(parts)));
}

std::vector<int> Judge::classify(const Images& pictures, const Proceed& proceed) const {
    const torch::NoGradGuard no_grad;
    std::vector<int> classes;
    for (std::size_t at = 0; at < pictures.count() && goes_on(proceed); at += kJudgedAPart) {
        const std::size_t count = std::min(kJudgedAPart, pictures.count() - at);
        const auto values =
            std::span(pictures.values)
                .subspan(at * pictures.shape.pixels(), count * pictures.shape.pixels());
        const torch::Tensor images = torch::empty({static_cast<std::int64_t>(values.size())});
        std::copy(values.begin(), values.end(), images.data_ptr<float>());
        const torch::Tensor answers = parts_->logits(parts_->planes(images), {}).argmax(1);
        for (std::int64_t i = 0; i < answers.size(0); ++i) {
            classes.push_back(static_cast<int>(answers.data_ptr<std::int64_t>()[i]));
        }
    }
    return classes;
}

double Judge::accuracy(const Dataset& dataset, const LabelledImages& split, std::size_t first,
                       std::size_t count, const Proceed& proceed) const {
    std::size_t right = 0;
    for (std::size_t at = first; at < first + count && goes_on(proceed); at += kJudgedAPart) {
        const std::size_t part = std::min(kJudgedAPart, first + count - at);
        const std::vector<int> classes = classify(images_of(dataset, split, at, part));
        for (std::size_t i = 0; i < part; ++i) {
            right += classes[i] == split.labels[at + i] ? 1 : 0;
        }
    }
    return static_cast<double>(right) / static_cast<double>(count);
}

GenerationScore score(const Judge& judge, const Images& pictures, std::span<const int> classes,
                      double real_variance, const Proceed& proceed) {
    const std::vector<int> seen = judge.classify(pictures, proceed);
    const int most = classes.empty() ? -1 : *std::max_element(classes.begin(), classes.end());
    std::vector<double> right(static_cast<std::size_t>(most + 1));
    std::vector<double> all(right.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const auto label = static_cast<std::size_t>(classes[i]);
        all[label] += 1;
        right[label] += seen[i] == classes[i] ? 1 : 0;
    }
    GenerationScore score;
    double correct = 0;
    for (std::size_t label = 0; label < all.size(); ++label) {
        correct += right[label];
        score.by_class.push_back(all[label] > 0 ? right[label] / all[label] : 0);
    }
    score.correct = seen.empty() ? 0 : correct / static_cast<double>(seen.size());
    score.diversity = within_class_variance(pictures, classes) / real_variance;
    return score;
}

}  // namespace lmser
