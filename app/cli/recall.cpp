// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/outputs.h"
#include "app/cli/progress.h"
#include "app/cli/recall_input.h"
#include "core/base/hole_score.h"
#include "core/base/text.h"
#include "core/checkpoint/run.h"
#include "core/files/atomic_save.h"
#include "core/files/gif_file.h"
#include "core/files/image_file.h"
#include "core/tasks/recall.h"

namespace lmser::cli {
namespace {

constexpr int kMilliseconds = 400;  // a round stays in an animation

struct RecallCommand {
    EngineOptions engine;
    std::string model;
    RecallFiles files;
    std::string out;
    std::string view = "composed";
    std::string fill = "smooth";
    std::string composition = "membrane";
    int rounds = 1;
    bool mirrored = false;
    std::string trail;
};

RecallOptions options_of(const RecallCommand& command) {
    return {.fill = command.fill == "mean" ? HoleFill::mean : HoleFill::smooth,
            .rounds = command.rounds,
            .composition =
                command.composition == "pasted" ? Composition::pasted : Composition::membrane,
            .membrane_rounds = kFineMembraneRounds,
            .mirrored = command.mirrored};
}

/// What is written and told of all pictures but the pictures themselves.
struct Answers {
    Images trail;  ///< where it is asked for: the rounds of a picture, then those of the next
    std::vector<HoleScore> scores;
    std::vector<std::size_t> hidden;          ///< pixels
    std::vector<std::vector<double>> change;  ///< a picture, a round
};

void append(Images& all, const Images& more) {
    all.shape = more.shape;
    all.values.insert(all.values.end(), more.values.begin(), more.values.end());
}

/// Recalls picture i, whose place its answer takes: many pictures need no more memory than themselves.
Result<void> add(Answers& answers, const LoadedModel& model, RecallInput& input, std::size_t i,
                 const RecallCommand& command) {
    const std::size_t plane = input.hidden.size() / input.pictures.count();
    const auto hidden = std::span(input.hidden).subspan(i * plane, plane);
    const auto values = input.pictures.at(i);
    const Images picture{input.pictures.shape, {values.begin(), values.end()}};
    Recalled recalled = recall(*model.net, picture, hidden, options_of(command));
    if (auto answer = check_answer(recalled.recalled, model.file); !answer) {
        return answer;
    }
    const Images& view = command.view == "recalled" ? recalled.recalled : recalled.composed;
    std::copy(view.values.begin(), view.values.end(),
              input.pictures.values.begin() +
                  static_cast<std::ptrdiff_t>(i * input.pictures.shape.pixels()));
    if (!command.trail.empty()) {
        for (const Images& round : recalled.trail) {
            append(answers.trail, round);
        }
    }
    answers.scores.push_back(hole_score(view.values, picture.values, picture.shape, hidden));
    answers.hidden.push_back(static_cast<std::size_t>(std::count(hidden.begin(), hidden.end(), 1)));
    answers.change.push_back(std::move(recalled.change));
    return {};
}

/// Those of all pictures, or of those before a stop.
Result<Answers> answers_to(RecallInput& input, const LoadedModel& model,
                           const RecallCommand& command) {
    Answers answers;
    const std::size_t pictures = input.pictures.count();
    Progress progress("recall", 0, static_cast<std::int64_t>(pictures));
    for (std::size_t i = 0; i < pictures && not_stopped(); ++i) {
        if (auto added = add(answers, model, input, i, command); !added) {
            return added.error();
        }
        progress.update(static_cast<std::int64_t>(i + 1), "");
    }
    return answers;
}

Result<void> check_trail(const RecallCommand& command, std::size_t pictures) {
    if (ending_of(command.trail) == ".gif" && pictures != 1) {
        return Error{ErrorCode::usage,
                     "a trail of " + std::to_string(pictures) + " pictures is no animation",
                     "Give --trail a PNG or .npy, or one picture."};
    }
    return {};
}

Result<void> write_trail(const RecallCommand& command, const Images& trail) {
    if (command.trail.empty()) {
        return {};
    }
    if (ending_of(command.trail) != ".gif") {
        return write_images(command.trail, trail, static_cast<std::size_t>(command.rounds));
    }
    const auto bytes = encode_gif(
        trail, {.scale = 1, .frame_milliseconds = kMilliseconds, .there_and_back = false});
    return bytes ? atomic_save(command.trail, *bytes) : bytes.error();
}

Result<void> write(const RecallCommand& command, const Images& view, const Images& trail) {
    // The trail is what may still be refused, for its size.
    if (auto written = write_trail(command, trail); !written) {
        return written;
    }
    return write_images(command.out, view);
}

void tell_json(const LoadedModel& model, const Answers& answers, const RecallCommand& command) {
    Json result = {{"model", model.file.string()},
                   {"iteration", model.iteration},
                   {"images", answers.scores.size()},
                   {"view", command.view},
                   {"rounds", command.rounds},
                   {"fill", command.fill},
                   {"composition", command.composition},
                   {"pictures", Json::array()},
                   {"out", command.out}};
    for (std::size_t i = 0; i < answers.scores.size(); ++i) {
        const HoleScore& score = answers.scores[i];
        result["pictures"].push_back({{"hidden", answers.hidden[i]},
                                      {"error", score.error},
                                      {"psnr", score.psnr},
                                      {"ssim", score.ssim},
                                      {"change", answers.change[i]}});
    }
    print(result);
}

/// For people: the error over all pictures.
void tell(const Answers& answers, const RecallCommand& command) {
    double psnr = 0;
    double ssim = 0;
    for (const HoleScore& score : answers.scores) {
        psnr += score.psnr;
        ssim += score.ssim;
    }
    const auto count = static_cast<double>(answers.scores.size());
    std::cout << answers.scores.size() << " pictures recalled in " << in_quotes(command.out, 4096)
              << ", inside the holes " << four_digits(psnr / count) << " dB, SSIM "
              << four_digits(ssim / count) << std::endl;
}

Result<int> recall_pictures(const RecallCommand& command) {
    catch_stop_signals();
    apply(command.engine);
    if (auto fits = check_outputs({{"--out", command.out, kPictureEndings},
                                   {"--trail", command.trail, {".png", ".npy", ".gif"}}},
                                  {command.files.images, command.files.masks, command.model});
        !fits) {
        return fits.error();
    }
    auto model = load_model(command.model, command.engine.device);
    if (!model) {
        return model.error();
    }
    const std::string& dataset = model->experiment.dataset;
    auto input = read_recall_input(command.files, model->experiment.network.input,
                                   dataset == "mnist" || dataset == "strokes");
    if (!input) {
        return input.error();
    }
    if (auto checked = check_trail(command, input->pictures.count()); !checked) {
        return checked.error();
    }
    const auto answers = answers_to(*input, *model, command);
    if (!answers) {
        return answers.error();
    }
    if (!not_stopped()) {
        return exit_code_when_done();
    }
    if (auto written = write(command, input->pictures, answers->trail); !written) {
        return written.error();
    }
    if (command.engine.json) {
        tell_json(*model, *answers, command);
    } else {
        tell(*answers, command);
    }
    return exit_code_when_done();
}

}  // namespace

void add_recall(CLI::App& app, Action& action) {
    auto options = std::make_shared<RecallCommand>();
    CLI::App* command =
        app.add_subcommand("recall", "Let a network remember what is hidden in pictures");
    command->footer(
        "lmser recall celeba-recall --images face.png --masks mask.png --out recalled.png\n"
        "lmser recall celeba-recall --images photo.jpg --align 410,380,560,384,486,560 "
        "--masks mask.png --out recalled.png");
    command
        ->add_option("MODEL", options->model,
                     "Checkpoint file, run folder or name of a shipped model")
        ->required();
    command
        ->add_option("--images", options->files.images,
                     "PNG (a picture or a sheet of them), .npy, or one photo of another size")
        ->required();
    command
        ->add_option("--masks", options->files.masks,
                     "PNG (white is hidden) or .npy (1 is hidden): one for all, or one a picture")
        ->required();
    command->add_option("--out", options->out, "PNG or .npy to write")->required();
    command
        ->add_option("--view", options->view,
                     "recalled: whole pictures; composed: set into the holes")
        ->check(CLI::IsMember({"recalled", "composed"}))
        ->capture_default_str();
    command->add_option("--rounds", options->rounds, "Recalls that follow each other")
        ->check(CLI::Range(1, kMostRecallRounds))
        ->capture_default_str();
    command
        ->add_option("--fill", options->fill,
                     "What stands in a hole at first: a smooth continuation or the mean picture")
        ->check(CLI::IsMember({"smooth", "mean"}))
        ->capture_default_str();
    command
        ->add_option("--composition", options->composition,
                     "membrane: joined without a seam; pasted: as recalled")
        ->check(CLI::IsMember({"membrane", "pasted"}))
        ->capture_default_str();
    command->add_flag("--mirrored", options->mirrored,
                      "Recall the mirrored picture too and take the mean");
    command->add_option("--trail", options->trail,
                        "Every round: PNG (a row a picture), .npy, or .gif of one picture");
    command->add_option("--align", options->files.align,
                        "x,y of the left eye, the right eye and the mouth of one photo");
    add_engine_options(*command, options->engine);
    command->callback(
        [options, &action] { action = [options] { return recall_pictures(*options); }; });
}

}  // namespace lmser::cli
