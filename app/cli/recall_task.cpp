// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/recall_task.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <string_view>
#include <vector>

#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "core/base/mask.h"
#include "core/base/picture_quality.h"
#include "core/base/telea.h"
#include "core/tasks/recall.h"

namespace lmser::cli {
namespace {

constexpr std::size_t kRoundsAPart = 25;  // of pictures; a stop is heard between two parts

struct Holes {
    std::string_view name;
    MeasuredHole hole;
};

constexpr std::array kHoles = {
    Holes{"eyes", MeasuredHole::eyes},        Holes{"mouth", MeasuredHole::mouth},
    Holes{"half", MeasuredHole::left_half},   Holes{"strokes", MeasuredHole::strokes},
    Holes{"rects", MeasuredHole::rectangles},
};

/// Sums over pictures.
struct Score {
    double error = 0;
    double ssim = 0;
    double sharpness = 0;
    std::size_t pictures = 0;

    void add(const Images& answer, const Images& truth, std::span<const std::uint8_t> hidden) {
        const ImageShape& shape = truth.shape;
        const std::size_t plane = hidden.size() / truth.count();
        for (std::size_t i = 0; i < truth.count(); ++i) {
            const auto mask = hidden.subspan(i * plane, plane);
            error += error_inside(answer.at(i), truth.at(i), shape, mask);
            ssim += ssim_inside(answer.at(i), truth.at(i), shape, mask);
            const double real = sharpness_inside(truth.at(i), shape, mask);
            sharpness += real > 0 ? sharpness_inside(answer.at(i), shape, mask) / real : 1;
            ++pictures;
        }
    }

    [[nodiscard]] Json json() const {
        const auto count = static_cast<double>(pictures);
        return {{"psnr", psnr_of(error / count)},
                {"ssim", ssim / count},
                {"sharpness", sharpness / count}};
    }
};

/// What is compared, in the order of the table.
struct Row {
    std::string_view name;
    Score score;
};
using Rows = std::array<Row, 4>;

std::vector<std::uint8_t> hidden_of(const Holes& holes, const ImageShape& shape, std::size_t first,
                                    std::size_t count, std::uint64_t seed) {
    std::vector<std::uint8_t> hidden;
    for (std::size_t i = first; i < first + count; ++i) {
        const Mask mask = measured_mask(holes.hole, shape.height, shape.width, seed, i);
        hidden.insert(hidden.end(), mask.hidden.begin(), mask.hidden.end());
    }
    return hidden;
}

Images repeated(const Images& picture, std::size_t count) {
    Images many{picture.shape, {}};
    for (std::size_t i = 0; i < count; ++i) {
        many.values.insert(many.values.end(), picture.values.begin(), picture.values.end());
    }
    return many;
}

Images inpainted(Images pictures, std::span<const std::uint8_t> hidden) {
    const std::size_t plane = hidden.size() / pictures.count();
    const std::size_t pixels = pictures.shape.pixels();
    for (std::size_t i = 0; i < pictures.count(); ++i) {
        inpaint_telea(std::span(pictures.values).subspan(i * pixels, pixels), pictures.shape,
                      hidden.subspan(i * plane, plane));
    }
    return pictures;
}

Result<void> measure(Rows& rows, const LoadedModel& model, const Images& truth,
                     std::span<const std::uint8_t> hidden, const RecallOptions& options) {
    const FrozenNet& net = *model.net;
    const Recalled answer = recall(net, truth, hidden, options);
    if (auto numbers = check_answer(answer.recalled, model.file); !numbers) {
        return numbers;
    }
    rows[0].score.add(answer.composed, truth, hidden);
    rows[1].score.add(answer.recalled, truth, hidden);
    const Images mean = repeated(net.mean_picture(), truth.count());
    rows[2].score.add(composed(truth, mean, hidden, Composition::membrane, options.membrane_rounds),
                      truth, hidden);
    rows[3].score.add(inpainted(truth, hidden), truth, hidden);
    return {};
}

void print_rows(std::string_view holes, const Rows& rows) {
    std::cout << holes << '\n';
    for (const Row& row : rows) {
        const Json score = row.score.json();
        std::cout << "  " << row.name << std::string(26 - row.name.size(), ' ')
                  << four_digits(score["psnr"].get<double>()) << " dB  SSIM "
                  << four_digits(score["ssim"].get<double>()) << "  sharpness "
                  << four_digits(score["sharpness"].get<double>()) << '\n';
    }
}

}  // namespace

Result<int> evaluate_recall(const LoadedModel& model, const Dataset& dataset,
                            const LabelledImages& split, std::size_t first, std::size_t count,
                            const std::string& split_name, const RecallTask& task) {
    const std::size_t pictures = std::min(task.samples, count);
    const std::size_t most =
        std::max<std::size_t>(1, kRoundsAPart / static_cast<std::size_t>(task.recall.rounds));
    Json result = {{"model", model.file.string()},
                   {"iteration", model.iteration},
                   {"data", dataset.name},
                   {"split", split_name},
                   {"images", pictures},
                   {"seed", task.seed},
                   {"rounds", task.recall.rounds},
                   {"fill", task.recall.fill == HoleFill::mean ? "mean" : "smooth"},
                   {"mirrored", task.recall.mirrored},
                   {"holes", Json::object()}};
    Progress progress("recall on " + dataset.title, 0,
                      static_cast<std::int64_t>(pictures * kHoles.size()));
    std::int64_t done = 0;
    for (const Holes& holes : kHoles) {
        Rows rows = {Row{"composed", {}}, Row{"recalled", {}}, Row{"mean picture + membrane", {}},
                     Row{"Telea inpainting", {}}};
        for (std::size_t at = 0; at < pictures; at += most) {
            if (stop_signal() != 0) {
                return exit_code_of(stop_signal());
            }
            const std::size_t part = std::min(most, pictures - at);
            const Images truth = images_of(dataset, split, first + at, part);
            const auto hidden = hidden_of(holes, dataset.shape, first + at, part, task.seed);
            if (auto measured = measure(rows, model, truth, hidden, task.recall); !measured) {
                return measured.error();
            }
            done += static_cast<std::int64_t>(part);
            progress.update(done, std::string(holes.name));
        }
        progress.clear();
        Json& line = result["holes"][std::string(holes.name)];
        for (const Row& row : rows) {
            line[std::string(row.name)] = row.score.json();
        }
        if (!task.json) {
            print_rows(holes.name, rows);
        }
    }
    if (task.json) {
        print(result);
    }
    return 0;
}

}  // namespace lmser::cli
