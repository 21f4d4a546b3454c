// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/generation_task.h"

#include <algorithm>
#include <iostream>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "core/base/codes.h"
#include "core/tasks/generation.h"
#include "core/tasks/judge.h"

namespace lmser::cli {
namespace {

/// Pictures that neither the judge nor, where held out, the network was trained on.
struct Unseen {
    const LabelledImages& split;
    std::size_t first = 0;
    std::size_t count = 0;
    std::string name;
};

Result<Unseen> unseen_of(const LoadedModel& model, const Dataset& dataset,
                         const GenerationTask& task) {
    if (!task.validation) {
        return Unseen{dataset.test, 0, dataset.test.count(), "test"};
    }
    const auto held_out = static_cast<std::size_t>(model.experiment.held_out);
    if (held_out == 0 && dataset.validation.count() > 0) {
        return Unseen{dataset.validation, 0, dataset.validation.count(), "validation"};
    }
    if (held_out == 0 || held_out >= dataset.train.count()) {
        return Error{ErrorCode::usage, "there is no validation split: no pictures were held out",
                     "Choose --split test, or train with --held-out."};
    }
    return Unseen{dataset.train, dataset.train.count() - held_out, held_out, "validation"};
}

double real_variance(const Dataset& dataset, const Unseen& unseen) {
    const std::vector<int> classes(
        unseen.split.labels.begin() + static_cast<std::ptrdiff_t>(unseen.first),
        unseen.split.labels.begin() + static_cast<std::ptrdiff_t>(unseen.first + unseen.count));
    return within_class_variance(images_of(dataset, unseen.split, unseen.first, unseen.count),
                                 classes);
}

std::unique_ptr<Judge> trained_judge(const Dataset& dataset, std::int64_t held_out) {
    return Judge::train(
        dataset, {.held_out = held_out, .proceed = [](std::int64_t step, std::int64_t steps) {
                      if (step % 100 == 0) {
                          std::cerr << "\rjudge: step " << step << " of " << steps << std::flush;
                      }
                      if (step == steps) {
                          std::cerr << '\n';
                      }
                      return stop_signal() == 0;
                  }});
}

/// The unevenness of a sweep of every style in every class, as the window shows it: nine pictures.
std::vector<double> sweeps_of(const FrozenNet& net, int reflections) {
    constexpr std::size_t kPictures = 9;
    const NetworkSpec& spec = net.spec();
    const auto labels = static_cast<std::size_t>(spec.label_units);
    const std::vector<float> middle(spec.code_units(), 0.F);
    const std::vector<float> classes = class_codes(middle, labels);
    std::vector<double> sweeps;
    for (std::size_t label = 0; label < labels; ++label) {
        const auto code = std::span(classes).subspan(label * middle.size(), middle.size());
        for (std::size_t unit = labels; unit < middle.size() && not_stopped(); ++unit) {
            const auto codes = sweep_codes(code, unit, steps_between(-2, 2, kPictures));
            sweeps.push_back(unevenness(decode_all(net, codes, reflections)));
        }
    }
    return sweeps;
}

void print_row(const GenerationScore& score, const char* style, int reflections) {
    const auto worst = std::min_element(score.by_class.begin(), score.by_class.end());
    std::cout << "  " << style << ", " << reflections << " reflections:  " << percent(score.correct)
              << " correct, worst class " << (worst - score.by_class.begin()) << " with "
              << percent(*worst) << ", diversity " << four_digits(score.diversity) << std::endl;
}

}  // namespace

Result<int> evaluate_generation(const LoadedModel& model, const Dataset& dataset,
                                const GenerationTask& task) {
    if (model.experiment.network.label_units == 0 || model.experiment.network.style_units == 0) {
        return Error{ErrorCode::usage, "the network has no category and style to generate from",
                     "Take one of the presets lmser-gen and cnn-lmser-gen."};
    }
    const auto unseen = unseen_of(model, dataset, task);
    if (!unseen) {
        return unseen.error();
    }
    const auto judge = trained_judge(dataset, task.validation ? model.experiment.held_out : 0);
    if (!judge) {
        return exit_code_of(stop_signal());
    }
    const double accuracy =
        judge->accuracy(dataset, unseen->split, unseen->first, unseen->count, not_stopped);
    if (!not_stopped()) {
        return exit_code_when_done();
    }
    const double variance = real_variance(dataset, *unseen);
    Json result = {
        {"model", model.file.string()}, {"data", dataset.name}, {"split", unseen->name},
        {"samples", task.samples},      {"seed", task.seed},    {"judge_accuracy", accuracy},
        {"rows", Json::array()}};
    if (!task.json) {
        std::cout << model.experiment.preset << " on " << dataset.title << ": " << task.samples
                  << " pictures a row, a judge of " << percent(accuracy) << " on " << unseen->name
                  << '\n';
    }
    for (const StyleDraw style : {StyleDraw::uniform, StyleDraw::normal}) {
        const char* name = style == StyleDraw::uniform ? "uniform" : "normal";
        for (int reflections = 0; reflections <= task.most_reflections; ++reflections) {
            const auto made = generate(*model.net, nullptr,
                                       {.count = task.samples,
                                        .style = style,
                                        .reflections = reflections,
                                        .seed = task.seed,
                                        .proceed = not_stopped});
            if (!made) {
                return made.error();
            }
            if (auto numbers = check_answer(made->pictures, model.file); !numbers) {
                return numbers.error();
            }
            if (!not_stopped()) {
                return exit_code_when_done();
            }
            const GenerationScore row =
                score(*judge, made->pictures, made->categories, variance, not_stopped);
            if (!not_stopped()) {
                return exit_code_when_done();
            }
            result["rows"].push_back({{"style", name},
                                      {"reflections", reflections},
                                      {"correct", row.correct},
                                      {"by_class", row.by_class},
                                      {"diversity", row.diversity}});
            if (!task.json) {
                print_row(row, name, reflections);
            }
        }
    }
    const std::vector<double> sweeps = sweeps_of(*model.net, task.most_reflections);
    if (!not_stopped()) {
        return exit_code_when_done();
    }
    const double mean =
        std::accumulate(sweeps.begin(), sweeps.end(), 0.0) / static_cast<double>(sweeps.size());
    const double worst = *std::max_element(sweeps.begin(), sweeps.end());
    result["unevenness"] = {{"mean", mean}, {"worst", worst}};
    if (task.json) {
        print(result);
    } else {
        std::cout << "  largest step of a sweep over its mean step:  " << four_digits(mean)
                  << " on average, " << four_digits(worst) << " at worst" << std::endl;
    }
    return 0;
}

}  // namespace lmser::cli
