// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/outputs.h"
#include "app/cli/progress.h"
#include "core/base/text.h"
#include "core/checkpoint/run.h"
#include "core/files/image_file.h"

namespace lmser::cli {
namespace {

struct ReconstructOptions {
    EngineOptions engine;
    std::string model;
    std::string images;
    std::string out;
};

/// Pictures first … first + count - 1.
Images part_of(const Images& images, std::size_t first, std::size_t count) {
    const std::size_t pixels = images.shape.pixels();
    const auto begin = images.values.begin() + static_cast<std::ptrdiff_t>(first * pixels);
    return {images.shape, {begin, begin + static_cast<std::ptrdiff_t>(count * pixels)}};
}

/// Reconstructs in parts, so that many pictures need no more memory than themselves; those before a stop.
Images reconstruct_all(const FrozenNet& net, const Images& images) {
    Progress progress("reconstruct", 0, static_cast<std::int64_t>(images.count()));
    const std::size_t most = pictures_at_once(images.shape);
    Images result{images.shape, {}};
    result.values.reserve(images.values.size());
    for (std::size_t at = 0; at < images.count() && not_stopped(); at += most) {
        const Images part =
            net.reconstruct(part_of(images, at, std::min(most, images.count() - at)));
        result.values.insert(result.values.end(), part.values.begin(), part.values.end());
        progress.update(static_cast<std::int64_t>(result.count()), "");
    }
    return result;
}

double mean_squared_error(const Images& a, const Images& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        const double difference = double{a.values[i]} - double{b.values[i]};
        sum += difference * difference;
    }
    return sum / static_cast<double>(a.values.size());
}

Result<int> reconstruct(const ReconstructOptions& options) {
    catch_stop_signals();
    apply(options.engine);
    if (auto fits = check_outputs({{"--out", options.out, kPictureEndings}},
                                  {options.images, options.model});
        !fits) {
        return fits.error();
    }
    auto model = load_model(options.model, options.engine.device);
    if (!model) {
        return model.error();
    }
    auto images = read_images(options.images, model->experiment.network.input);
    if (!images) {
        return images.error();
    }
    const Images result = reconstruct_all(*model->net, *images);
    if (!not_stopped()) {
        return exit_code_when_done();
    }
    if (auto answers = check_answer(result, model->file); !answers) {
        return answers.error();
    }
    if (auto written = write_images(options.out, result); !written) {
        return written.error();
    }
    const double error = mean_squared_error(*images, result);
    if (options.engine.json) {
        print({{"images", result.count()}, {"error_per_pixel", error}, {"out", options.out}});
    } else {
        std::cout << result.count() << " pictures reconstructed in " << in_quotes(options.out, 4096)
                  << ", error per pixel " << four_digits(error) << std::endl;
    }
    return exit_code_when_done();
}

}  // namespace

void add_reconstruct(CLI::App& app, Action& action) {
    auto options = std::make_shared<ReconstructOptions>();
    CLI::App* command = app.add_subcommand("reconstruct", "Show what a network makes of pictures");
    command->footer("lmser reconstruct DIR --images digits.png --out seen.png");
    command
        ->add_option("MODEL", options->model,
                     "Checkpoint file, run folder or name of a shipped model")
        ->required();
    command->add_option("--images", options->images, "PNG (a picture or a sheet of them) or .npy")
        ->required();
    command->add_option("--out", options->out, "PNG or .npy to write")->required();
    add_engine_options(*command, options->engine);
    command->callback([options, &action] { action = [options] { return reconstruct(*options); }; });
}

}  // namespace lmser::cli
