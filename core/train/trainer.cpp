// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

#include <torch/autograd.h>

#include "core/base/random.h"
#include "core/model/initialization.h"
#include "core/model/pca_pyramid.h"
#include "core/model/style_code.h"
#include "core/train/adam.h"
#include "core/train/objective.h"
#include "core/train/training_masks.h"

namespace lmser {

namespace {

std::span<float> span_over(const torch::Tensor& flat) {
    return {flat.data_ptr<float>(), static_cast<std::size_t>(flat.numel())};
}

/// Adam as adam_step() does it, for devices whose memory this program cannot reach.
void adam_step_on_device(const torch::Tensor& weights, const torch::Tensor& gradient,
                         const torch::Tensor& first, const torch::Tensor& second, double rate,
                         double beta2, std::int64_t t) {
    const auto steps = static_cast<double>(t);
    first.mul_(kAdamBeta1).add_(gradient, 1 - kAdamBeta1);
    second.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
    const torch::Tensor scale =
        second.sqrt().mul_(1 / std::sqrt(1 - std::pow(beta2, steps))).add_(kAdamEpsilon);
    weights.addcdiv_(first, scale, -rate / (1 - std::pow(kAdamBeta1, steps)));
}

std::vector<float> slice(const torch::Tensor& flat_on_cpu, std::int64_t first, std::int64_t count) {
    const float* values = flat_on_cpu.data_ptr<float>() + first;
    return {values, values + count};
}

/// Writes values, or zeros where there are none, into elements first … of a flat tensor on the CPU.
void put(const torch::Tensor& flat_on_cpu, std::int64_t first, std::int64_t count,
         const std::vector<float>& values) {
    float* target = flat_on_cpu.data_ptr<float>() + first;
    if (values.empty()) {
        std::fill_n(target, count, 0.F);
    } else {
        std::copy(values.begin(), values.end(), target);
    }
}

/// Throws unless every parameter of the state is the one that the network has in its place.
void check_fits(const TrainerState& state, const std::vector<ParameterShape>& shapes) {
    bool fits = state.parameters.size() == shapes.size();
    for (std::size_t i = 0; fits && i < shapes.size(); ++i) {
        const ParameterState& parameter = state.parameters[i];
        const auto count = static_cast<std::size_t>(shapes[i].count());
        const auto is_whole_or_absent = [count](const std::vector<float>& moment) {
            return moment.empty() || moment.size() == count;
        };
        fits = parameter.name == shapes[i].name && parameter.sizes == shapes[i].sizes &&
               parameter.value.size() == count && is_whole_or_absent(parameter.first_moment) &&
               is_whole_or_absent(parameter.second_moment);
    }
    if (!fits) {
        throw std::invalid_argument("the state is that of another network");
    }
}

}  // namespace

DivergedError::DivergedError(std::int64_t iteration, const std::string& what_is_not_finite)
    : std::runtime_error("training diverged at step " + std::to_string(iteration) + ": the " +
                         what_is_not_finite + " is not finite"),
      iteration_(iteration) {}

Trainer::Trainer(const NetworkSpec& spec, const TrainingOptions& options, std::uint64_t seed,
                 const torch::Device& device)
    : options_(options),
      seed_(seed),
      device_(device),
      net_(spec, torch::TensorOptions().device(device)),
      first_moment_(torch::zeros_like(net_.parameters().flat())),
      second_moment_(torch::zeros_like(net_.parameters().flat())),
      peak_rate_(options.learning_rate) {
    initialize(net_.parameters(), options.initialization, seed);
    net_.parameters().require_gradients();
}

void Trainer::measure(const torch::Tensor& pictures) {
    const NetworkSpec& spec = net_.spec();
    if (spec.centred) {
        const torch::NoGradGuard no_grad;
        const torch::Tensor& mean = net_.parameters().view(kMeanPicture);
        mean.copy_(pictures.mean(0).view(mean.sizes()));
    }
    if (options_.initialization == Initialization::pca_pyramid) {
        add_pca_pyramid(net_.parameters(), spec, net_.lowest_layer(pictures));
    }
}

double Trainer::learning_rate() const {
    return peak_rate_ * rate_share();
}

void Trainer::set_learning_rate(double rate) {
    peak_rate_ = rate / rate_share();
}

double Trainer::rate_share() const {
    const auto step = static_cast<double>(iteration_);
    double share = 1;
    if (options_.schedule == Schedule::cosine) {
        constexpr double kEnd = .02;
        const double part = std::min(step / static_cast<double>(options_.iterations), 1.0);
        share = kEnd + (1 - kEnd) * (1 + std::cos(part * std::numbers::pi)) / 2;
    }
    return iteration_ < options_.warm_up
               ? share * (step + 1) / static_cast<double>(options_.warm_up)
               : share;
}

StepReport Trainer::step(const torch::Tensor& pictures, const torch::Tensor& labels) {
    const torch::Tensor images = options_.flips ? flipped(pictures) : pictures;
    PerceiveOptions options{.shortcut_bits = draw_shortcut_bits(images.size(0))};
    if (options_.random_masks) {
        options.hidden = training_masks(images.size(0), net_.spec().input, seed_, iteration_);
    }
    StyleTarget target;
    const int styles = net_.spec().style_units;
    if (styles > 0) {
        const StyleDraw drawn = draw_style(images.size(0));
        options.categories = torch::one_hot(labels, net_.spec().label_units).to(torch::kFloat32);
        options.style_noise = drawn.noise;
        options.batch_statistics = true;
        target = {style_memory(net_.parameters()).recent, drawn.directions};
    }
    Random random(seed_, RandomPurpose::dreams, static_cast<std::uint64_t>(iteration_));
    torch::Tensor seen = images;
    if (const torch::Tensor noise = draw_noise(images.size(0), random);
        noise.defined() && options.shortcut_bits.defined()) {
        seen = images + noise * (1 - options.shortcut_bits);
    }
    const Perception perception = net_.perceive(seen, options);
    JointLoss loss =
        joint_loss(options_, perception, images, labels, target, net_.spec().input, options.hidden);
    if (options_.dream_weight > 0) {
        const torch::Tensor codes = draw_dreams(images.size(0), random);
        loss.joint = loss.joint + options_.dream_weight *
                                      dream_error(net_, codes, draw_noise(codes.size(0), random));
    }
    const StepReport report{
        .iteration = iteration_ + 1,
        .loss = loss.joint.item<double>(),
        .error_per_pixel = lmser::error_per_pixel(images, perception.reconstruction),
        .label_loss = loss.label.defined() ? loss.label.item<double>() : 0,
        .learning_rate = learning_rate(),
    };
    if (!std::isfinite(report.loss)) {
        throw DivergedError(report.iteration, "loss");
    }
    net_.parameters().flat_gradient().zero_();
    loss.joint.backward();
    update_weights();
    if (styles > 0) {
        remember_styles(
            style_memory(net_.parameters()),
            perception.bottom_up.back().detach().narrow(1, net_.spec().label_units, styles),
            perception.style.detach(), labels);
    }
    ++iteration_;
    if (options_.schedule == Schedule::exponential) {
        peak_rate_ *= options_.decay;
    }
    return report;
}

void Trainer::update_weights() {
    const torch::NoGradGuard no_grad;
    const torch::Tensor& weights = net_.parameters().flat();
    const torch::Tensor& gradient = net_.parameters().flat_gradient();
    const bool finite = device_.is_cpu() ? all_finite(span_over(gradient))
                                         : torch::isfinite(gradient).all().item<bool>();
    if (!finite) {
        throw DivergedError(iteration_ + 1, "gradient");
    }
    if (options_.clip_norm > 0) {
        const auto norm = gradient.norm().item<double>();
        if (norm > options_.clip_norm) {
            gradient.mul_(options_.clip_norm / norm);
        }
    }
    ++adam_steps_;
    if (device_.is_cpu()) {
        adam_step(span_over(weights), span_over(gradient), span_over(first_moment_),
                  span_over(second_moment_), learning_rate(), adam_steps_, options_.adam_beta2);
    } else {
        adam_step_on_device(weights, gradient, first_moment_, second_moment_, learning_rate(),
                            options_.adam_beta2, adam_steps_);
    }
}

torch::Tensor Trainer::flipped(const torch::Tensor& images) const {
    const ImageShape& shape = net_.spec().input;
    Random random(seed_, RandomPurpose::flips, static_cast<std::uint64_t>(iteration_));
    const torch::Tensor bits = torch::empty({images.size(0), 1}, torch::kBool);
    std::generate_n(bits.data_ptr<bool>(), bits.numel(), [&] { return random.below(2) == 1; });
    const torch::Tensor mirrored =
        images.view({-1, shape.channels, shape.height, shape.width}).flip(3).flatten(1);
    return torch::where(bits.to(device_), mirrored, images);
}

torch::Tensor Trainer::draw_shortcut_bits(std::int64_t batch) const {
    if (options_.shortcut_dropout == 0 || !net_.spec().wiring.shared_neurons) {
        return {};
    }
    Random random(seed_, RandomPurpose::shortcuts, static_cast<std::uint64_t>(iteration_));
    const torch::Tensor bits = torch::empty({batch, 1}, torch::kFloat32);
    for (float& bit : span_over(bits)) {
        bit = random.uniform() >= options_.shortcut_dropout ? 1.F : 0.F;
    }
    return bits.to(device_);
}

Trainer::StyleDraw Trainer::draw_style(std::int64_t batch) const {
    constexpr std::int64_t kDirections = 8;
    const std::int64_t styles = net_.spec().style_units;
    Random random(seed_, RandomPurpose::styles, static_cast<std::uint64_t>(iteration_) + 1);
    const torch::Tensor directions = torch::empty({kDirections, styles}, torch::kFloat32);
    std::span<float> values = span_over(directions);
    if (styles == 2) {  // evenly around the half circle
        const double first = random.uniform();
        for (std::size_t j = 0; j < kDirections; ++j) {
            const double angle =
                (static_cast<double>(j) + first) * std::numbers::pi / double{kDirections};
            values[2 * j] = static_cast<float>(std::cos(angle));
            values[2 * j + 1] = static_cast<float>(std::sin(angle));
        }
    } else {
        std::generate(values.begin(), values.end(),
                      [&] { return static_cast<float>(random.normal()); });
        directions.div_(directions.norm(2, 1, true));
    }
    const torch::Tensor noise = torch::empty({batch, styles}, torch::kFloat32);
    for (float& value : span_over(noise)) {
        value = static_cast<float>(options_.style_noise * random.normal());
    }
    return {directions.to(device_), noise.to(device_)};
}

torch::Tensor Trainer::draw_noise(std::int64_t batch, Random& random) const {
    if (options_.picture_noise == 0) {
        return {};
    }
    const torch::Tensor noise =
        torch::empty({batch, static_cast<std::int64_t>(net_.spec().input.pixels())});
    const std::size_t pixels = net_.spec().input.pixels();
    const std::span<float> values = span_over(noise);
    for (std::size_t i = 0; i < static_cast<std::size_t>(batch); ++i) {
        const double deviation = options_.picture_noise * random.uniform();
        for (float& value : values.subspan(i * pixels, pixels)) {
            value = static_cast<float>(deviation * random.normal());
        }
    }
    return noise.to(device_);
}

torch::Tensor Trainer::draw_dreams(std::int64_t batch, Random& random) const {
    const NetworkSpec& spec = net_.spec();
    const torch::Tensor codes = torch::zeros({batch, static_cast<std::int64_t>(spec.code_units())});
    for (std::int64_t i = 0; i < batch; ++i) {
        const torch::Tensor code = codes[i];
        auto* values = code.data_ptr<float>();
        values[i % spec.label_units] = 1;
        std::generate_n(values + spec.label_units, spec.style_units,
                        [&] { return static_cast<float>(random.uniform(-2, 2)); });
    }
    return codes.to(device_);
}

TrainerState Trainer::state() const {
    const torch::Tensor weights = net_.parameters().flat().to(torch::kCPU);
    const torch::Tensor first_moment = first_moment_.to(torch::kCPU);
    const torch::Tensor second_moment = second_moment_.to(torch::kCPU);
    TrainerState state{iteration_, adam_steps_, peak_rate_, {}};
    std::int64_t first = 0;
    for (const ParameterShape& shape : net_.parameters().shapes()) {
        const std::int64_t count = shape.count();
        state.parameters.push_back({shape.name, shape.sizes, slice(weights, first, count),
                                    slice(first_moment, first, count),
                                    slice(second_moment, first, count)});
        first += count;
    }
    return state;
}

void Trainer::restore(const TrainerState& state) {
    check_fits(state, net_.parameters().shapes());
    const torch::Tensor& flat = net_.parameters().flat();
    const torch::Tensor weights = torch::empty(flat.sizes(), torch::kFloat32);
    const torch::Tensor first_moment = torch::empty_like(weights);
    const torch::Tensor second_moment = torch::empty_like(weights);
    std::int64_t first = 0;
    for (const ParameterState& parameter : state.parameters) {
        const auto count = static_cast<std::int64_t>(parameter.value.size());
        put(weights, first, count, parameter.value);
        put(first_moment, first, count, parameter.first_moment);
        put(second_moment, first, count, parameter.second_moment);
        first += count;
    }
    flat.copy_(weights);
    first_moment_.copy_(first_moment);
    second_moment_.copy_(second_moment);
    iteration_ = state.iteration;
    adam_steps_ = state.adam_steps;
    peak_rate_ = state.learning_rate;
}

}  // namespace lmser
