// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/recaller.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <utility>

#include "core/base/codes.h"
#include "core/base/random.h"
#include "core/base/telea.h"
#include "core/data/dataset.h"
#include "core/data/strokes.h"
#include "core/session/code_checks.h"
#include "core/session/picture_checks.h"
#include "core/session/test_pictures.h"
#include "core/tasks/frozen_net.h"
#include "core/tasks/generation.h"
#include "core/tasks/recall.h"

namespace lmser {
namespace {

constexpr std::uint64_t kSampleSeed = 4;
constexpr double kSampleSpread = .8;  // standard deviations: further out faces fall apart
constexpr const char* kMadeByModel = "made by the model itself";
constexpr const char* kDrawn = "drawn by the program";

/// `code` moved along the first principal axes, in standard deviations.
void move_along(std::vector<float>& code, const CodeStatistics& statistics,
                const std::vector<float>& steps) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const float by = steps[i] * statistics.axis_std[i];
        for (std::size_t unit = 0; unit < code.size(); ++unit) {
            code[unit] += by * statistics.axes[i][unit];
        }
    }
}

/// Random codes along the principal axes, one after another: what the data have between their units is kept.
std::vector<float> random_codes(const CodeStatistics& statistics) {
    Random random(kSampleSeed, RandomPurpose::exploration, 0);
    std::vector<float> codes;
    for (std::size_t i = 0; i < kSamples; ++i) {
        std::vector<float> steps(statistics.axes.size());
        std::generate(steps.begin(), steps.end(),
                      [&random] { return static_cast<float>(kSampleSpread * random.normal()); });
        std::vector<float> code = statistics.mean;
        move_along(code, statistics, steps);
        codes.insert(codes.end(), code.begin(), code.end());
    }
    return codes;
}

Images drawn_digits(const ImageShape& shape) {
    const LabelledImages drawn = draw_strokes(kSamples, kSampleSeed);
    Images digits{shape, std::vector<float>(drawn.pixels.size())};
    std::transform(drawn.pixels.begin(), drawn.pixels.end(), digits.values.begin(),
                   [](std::uint8_t byte) { return static_cast<float>(byte) / 255; });
    return digits;
}

Samples made_samples(const Recaller::Scene& scene) {
    const NetworkSpec& spec = scene.net->spec();
    Samples made;
    made.run = scene.run;
    made.pictures.shape = spec.input;
    if (scene.digits && spec.input == ImageShape{1, 28, 28}) {
        made.pictures = drawn_digits(spec.input);
        made.origin = kDrawn;
        return made;
    }
    made.origin = kMadeByModel;
    if (spec.style_units > 0) {
        const GenerationOptions options{
            .count = kSamples, .style = StyleDraw::normal, .seed = kSampleSeed};
        made.pictures = generate(*scene.net, nullptr, options)->pictures;
    } else if (scene.statistics) {
        made.pictures = scene.net->decode(random_codes(*scene.statistics));
    } else {
        made.origin.clear();
        // With its data there it is in training, or about to be measured; it need not have a file.
        made.note = scene.dataset
                        ? "where this network's codes lie is known after the first evaluation"
                        : "where this network's codes lie is not known: its file holds no "
                          "statistics";
    }
    return made;
}

HoleScore score_of(const Images& answer, const RecallPicture& request) {
    return hole_score(answer.values, request.picture.values, answer.shape, request.hidden.hidden);
}

/// What stands in the hole without a network.
void compare(RecalledPicture& answer, const RecallPicture& request, const FrozenNet& net) {
    const auto& hidden = request.hidden.hidden;
    answer.mean_membrane =
        score_of(composed(request.picture, net.mean_picture(), hidden, Composition::membrane,
                          request.options.membrane_rounds),
                 request);
    if (answer.hidden < hidden.size()) {  // it has nothing to go on where all is hidden
        Images inpainted = request.picture;
        inpaint_telea(inpainted.values, inpainted.shape, hidden);
        answer.classical = score_of(inpainted, request);
    }
}

Error no_statistics() {
    return refused("where this network's codes lie is not known yet",
                   "Take a model that ships, or wait until its dataset was measured.");
}

Result<void> check_steps(const std::vector<float>& steps, std::size_t axes) {
    if (steps.size() > axes) {
        return refused("the codes have " + std::to_string(axes) + " principal axes, not " +
                       std::to_string(steps.size()));
    }
    if (!std::all_of(steps.begin(), steps.end(), [](float step) { return std::isfinite(step); })) {
        return refused("the steps have values that are not numbers");
    }
    return {};
}

/// Where a code stands along every axis, in standard deviations from the mean.
std::vector<float> place_of(const std::vector<float>& code, const CodeStatistics& statistics) {
    std::vector<float> place;
    for (std::size_t i = 0; i < statistics.axes.size(); ++i) {
        double along = 0;
        for (std::size_t unit = 0; unit < code.size(); ++unit) {
            along += double{statistics.axes[i][unit]} *
                     (double{code[unit]} - double{statistics.mean[unit]});
        }
        const double deviation = statistics.axis_std[i];
        place.push_back(deviation > 0 ? static_cast<float>(along / deviation) : 0.F);
    }
    return place;
}

}  // namespace

void Recaller::clear() {
    *this = {};
}

Result<Samples> Recaller::samples(const ShowSamples& request, const Scene& scene) {
    if (!scene.net) {
        return no_network();
    }
    Samples answer = samples_of(scene);
    answer.id = request.id;
    return answer;
}

/// Made once: a sample stays what it was while the weights move. Asked for again where there were none.
const Samples& Recaller::samples_of(const Scene& scene) {
    if (!samples_ || samples_->pictures.count() == 0) {
        samples_ = made_samples(scene);
    }
    return *samples_;
}

Result<TakenPicture> Recaller::take(const TakeRequest& request, const Scene& scene) {
    if (!scene.net) {
        return no_network();
    }
    TakenPicture answer;
    answer.run = scene.run;
    if (const auto* test = std::get_if<TakeTestPicture>(&request)) {
        auto picture = test_picture(scene.dataset.get(), test->index);
        if (!picture) {
            return picture.error();
        }
        answer.id = test->id;
        answer.picture = std::move(*picture);
        answer.origin = scene.dataset->title + " test " + std::to_string(test->index);
        return answer;
    }
    const auto& asked = std::get<TakeSample>(request);
    const Samples& samples = samples_of(scene);
    const std::size_t count = samples.pictures.count();
    if (asked.index >= count) {
        return refused("there is no sample " + std::to_string(asked.index) + ": " +
                           (count == 0 ? samples.note
                                       : "there are " + std::to_string(count) + ", counted from 0"),
                       count == 0 ? "Take a test picture or a photo of yours." : "");
    }
    answer.id = asked.id;
    const auto values = samples.pictures.at(asked.index);
    answer.picture = {samples.pictures.shape, {values.begin(), values.end()}};
    answer.origin = samples.origin;
    return answer;
}

Result<RecalledPicture> Recaller::recall(const RecallPicture& request, const Scene& scene) const {
    if (!scene.net) {
        return no_network();
    }
    if (auto checked = check_hidden(request, scene.net->spec().input); !checked) {
        return checked.error();
    }
    const auto& hidden = request.hidden.hidden;
    const auto begin = std::chrono::steady_clock::now();
    Recalled recalled = lmser::recall(*scene.net, request.picture, hidden, request.options);
    const auto spent = std::chrono::steady_clock::now() - begin;
    RecalledPicture answer;
    answer.id = request.id;
    answer.run = scene.run;
    answer.milliseconds = std::chrono::duration<double, std::milli>(spent).count();
    answer.masked = filled(*scene.net, request.picture, hidden, request.options.fill);
    answer.recalled = std::move(recalled.recalled);
    answer.composed = std::move(recalled.composed);
    answer.hidden = hidden_count(request.hidden);
    if (answer.hidden > 0) {
        answer.network = score_of(answer.composed, request);
        if (request.settle) {
            compare(answer, request, *scene.net);
        }
    }
    return answer;
}

Result<MovedFace> Recaller::move(const MoveFace& request, const Scene& scene) {
    if (!scene.net) {
        return no_network();
    }
    if (auto checked = check_picture(request.picture, scene.net->spec().input); !checked) {
        return checked.error();
    }
    if (!scene.statistics) {
        return no_statistics();
    }
    const CodeStatistics& statistics = *scene.statistics;
    if (auto checked = check_steps(request.steps, statistics.axes.size()); !checked) {
        return checked.error();
    }
    std::vector<float> code = code_of(request.picture, scene);
    MovedFace answer;
    answer.id = request.id;
    answer.run = scene.run;
    answer.axis_std = statistics.axis_std;
    answer.place = place_of(code, statistics);
    move_along(code, statistics, request.steps);
    answer.picture = scene.net->decode(code);
    return answer;
}

Result<MorphedFaces> Recaller::morph(const MorphFaces& request, const Scene& scene) {
    if (!scene.net) {
        return no_network();
    }
    for (const Images* face : {&request.from, &request.to}) {
        if (auto checked = check_picture(*face, scene.net->spec().input); !checked) {
            return checked.error();
        }
    }
    if (request.frames < 2 || request.frames > kMostMorphedFaces) {
        return refused("the way between two faces has 2 to " + std::to_string(kMostMorphedFaces) +
                       " pictures, not " + std::to_string(request.frames));
    }
    MorphedFaces answer;
    answer.id = request.id;
    answer.run = scene.run;
    answer.from_code = code_of(request.from, scene);
    answer.to_code = scene.net->encode(request.to);
    answer.pictures =
        scene.net->decode(morph_codes(answer.from_code, answer.to_code, request.frames));
    return answer;
}

const std::vector<float>& Recaller::code_of(const Images& picture, const Scene& scene) {
    if (!encoded_ || encoded_->net != scene.net || encoded_->picture != picture) {
        encoded_ = EncodedFace{scene.net, picture, scene.net->encode(picture)};
    }
    return encoded_->code;
}

Result<void> Recaller::begin(TrailPicture request, const Scene& scene) {
    if (!scene.net) {
        return no_network();
    }
    if (auto checked = check_hidden(request, scene.net->spec().input); !checked) {
        return checked;
    }
    RecalledTrail answer;
    answer.id = request.id;
    answer.run = scene.run;
    answer.rounds.shape = request.picture.shape;
    trail_ = Trail{RecallRounds(scene.net, std::move(request.picture), std::move(request.hidden),
                                request.options),
                   std::move(answer)};
    return {};
}

std::optional<RecalledTrail> Recaller::part() {
    RecallRounds& rounds = trail_->rounds;
    RecalledTrail& answer = trail_->answer;
    rounds.next();
    const Images& round = rounds.recalled().composed;
    answer.rounds.values.insert(answer.rounds.values.end(), round.values.begin(),
                                round.values.end());
    if (hidden_count(rounds.hidden()) > 0) {
        answer.scores.push_back(
            hole_score(round.values, rounds.picture().values, round.shape, rounds.hidden().hidden));
    }
    if (rounds.more()) {
        return std::nullopt;
    }
    answer.change = rounds.recalled().change;
    RecalledTrail done = std::move(answer);
    trail_.reset();
    return done;
}

}  // namespace lmser
