// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/inference_worker.h"

#include <algorithm>
#include <utility>

#include "core/data/dataset.h"
#include "core/session/guard.h"
#include "core/session/test_pictures.h"
#include "core/tasks/engine_turn.h"
#include "core/tasks/frozen_net.h"
#include "core/tasks/recall.h"

namespace lmser {
namespace {

constexpr std::chrono::milliseconds kPicturesEvery{100};
constexpr int kPicturesRest = 9;  // times as long as the strip took, before it comes again
constexpr std::chrono::milliseconds kSurveyEvery{1000};
constexpr std::chrono::milliseconds kSheetsAgainEvery{200};
// While the user slides, what the thread does by itself leaves the processor to the window: a part now and
// then.
constexpr std::chrono::milliseconds kSliding{50};
constexpr std::chrono::milliseconds kPartWhileSliding{10};

}  // namespace

InferenceWorker::InferenceWorker(Outbox& outbox, Requests& requests, FileWorker& files)
    : outbox_(outbox),
      requests_(requests),
      files_(files),
      thread_([this](const std::stop_token& stop) { loop(stop); }) {}

void InferenceWorker::loop(const std::stop_token& stop) {
    set_engine_threads(1);
    while (!stop.stop_requested()) {
        Pending pending = requests_.take(stop, next_rest(), evaluation_.active());
        const auto failure = guarded([&] {
            const EngineTurn turn;
            pending.empty() ? rest() : take_up(std::move(pending));
        });
        if (failure) {
            cancel_work();
            fail("explore", *failure);
        }
    }
}

void InferenceWorker::take_up(Pending pending) {
    if (pending.asks()) {
        slides_until_ = Clock::now() + kSliding;
    }
    const bool opened = pending.opened.has_value();
    if (opened) {
        turn_to(std::move(*pending.opened));
    }
    if (pending.data) {
        supply(pending);
    }
    if (pending.newest) {
        subject_.net = std::move(pending.newest);
    }
    live_ = pending.live.value_or(live_);
    const bool moved = pending.explored && pending.explored != explored_;
    if (moved) {
        explored_ = std::move(pending.explored);
        explorer_.look_at(explored_);
        sheets_.weights_moved();
    }
    if ((opened || moved || pending.live) && explored_) {
        publish_exploration();
    }
    wait_for_data(pending);
    const bool decoded = pending.decode.has_value();
    answer(pending);
    if (moved && !decoded) {
        if (auto again = explorer_.decode_again()) {
            outbox_.publish(std::move(*again));
        }
    }
    // Decodes that follow each other without a gap would leave no time for what belongs to them.
    sheet_part(Clock::now());
}

void InferenceWorker::turn_to(Subject subject) {
    subject_ = std::move(subject);
    explored_ = subject_.net;
    live_ = true;
    encode_with_data_.reset();
    map_with_data_.reset();
    take_with_data_.reset();
    cancel_work();
    recaller_.clear();
    shown_.reset();
    statistics_ = subject_.statistics;
    // What the file says of its weights stands until they move.
    surveyed_ = statistics_ ? explored_ : nullptr;
    next_pictures_ = next_survey_ = Clock::now();
    explorer_.open(subject_.net, subject_.dataset);
    show_originals();
}

/// The dataset has come, or will not: what waited for it is asked now, unless something newer is.
void InferenceWorker::supply(Pending& pending) {
    subject_.dataset = std::move(*pending.data);
    subject_.data_follow = false;
    explorer_.supply(subject_.dataset);
    show_originals();
    if (!pending.encode) {
        pending.encode = std::exchange(encode_with_data_, {});
    }
    if (!pending.map) {
        pending.map = std::exchange(map_with_data_, {});
    }
    if (!pending.take) {
        pending.take = std::exchange(take_with_data_, {});
    }
}

void InferenceWorker::show_originals() {
    strip_.cancel();
    originals_.reset();
    if (!subject_.dataset) {
        return;
    }
    originals_ = std::make_shared<const Images>(ten_test_pictures(*subject_.dataset));
    seen_ = originals_;
    std::vector<std::uint8_t> masks;
    if (subject_.recalls) {
        masks = strip_masks(originals_->shape, originals_->count());
        seen_ = std::make_shared<const Images>(with_grey_holes(*originals_, masks));
    }
    strip_masks_ = std::make_shared<const std::vector<std::uint8_t>>(std::move(masks));
}

/// Lays aside what takes the dataset while that is being loaded.
void InferenceWorker::wait_for_data(Pending& pending) {
    if (!subject_.data_follow) {
        return;
    }
    if (pending.encode) {
        encode_with_data_.reset();
        if (std::holds_alternative<EncodeTestImage>(*pending.encode)) {
            encode_with_data_ = std::exchange(pending.encode, {});
        }
    }
    if (pending.map) {
        map_with_data_ = std::exchange(pending.map, {});
    }
    if (pending.take) {
        take_with_data_.reset();
        if (std::holds_alternative<TakeTestPicture>(*pending.take)) {
            take_with_data_ = std::exchange(pending.take, {});
        }
    }
}

void InferenceWorker::answer(Pending& asked) {
    const auto* fitted = asked.encode ? std::get_if<FittedStart>(&*asked.encode) : nullptr;
    if (fitted != nullptr && fitted->run != subject_.run) {
        asked.encode.reset();  // it was made for a network that is gone
    }
    if (asked.encode) {
        auto encoded = explorer_.encode(std::move(*asked.encode));
        if (encoded) {
            requests_.remember_start(subject_.run, explorer_.start());
        }
        encoded ? outbox_.add(std::move(*encoded)) : fail("encode", encoded.error());
    }
    if (asked.decode) {
        auto decoded = explorer_.decode(std::move(*asked.decode));
        decoded ? outbox_.publish(std::move(*decoded)) : fail("decode", decoded.error());
    }
    answer_recall(asked);
    prepare_sheets(asked);
    answer_map(asked);
}

void InferenceWorker::answer_recall(Pending& asked) {
    const Recaller::Scene scene = recall_scene();
    if (asked.samples) {
        auto samples = recaller_.samples(*asked.samples, scene);
        samples ? outbox_.add(std::move(*samples)) : fail("show samples", samples.error());
    }
    if (asked.take) {
        auto taken = recaller_.take(*asked.take, scene);
        taken ? outbox_.add(std::move(*taken)) : fail("take a picture", taken.error());
    }
    if (asked.recall) {
        auto recalled = recaller_.recall(*asked.recall, scene);
        recalled ? outbox_.publish(std::move(*recalled)) : fail("recall", recalled.error());
    }
    if (asked.move) {
        auto moved = recaller_.move(*asked.move, scene);
        moved ? outbox_.publish(std::move(*moved)) : fail("move the face", moved.error());
    }
    if (asked.morph) {
        auto morphed = recaller_.morph(*asked.morph, scene);
        morphed ? outbox_.publish(std::move(*morphed)) : fail("morph the faces", morphed.error());
    }
    if (asked.trail) {
        if (auto begun = recaller_.begin(std::move(*asked.trail), scene); !begun) {
            fail("recall", begun.error());
        }
    }
}

Recaller::Scene InferenceWorker::recall_scene() const {
    return {subject_.run, explored_, subject_.dataset, statistics_, subject_.digits};
}

void InferenceWorker::prepare_sheets(Pending& asked) {
    const auto put = [this](const char* what, Result<SheetJob> job) {
        job ? sheets_.put(std::move(*job), Clock::now()) : fail(what, job.error());
    };
    for (auto& sheet : asked.sheets) {
        if (sheet) {
            put("decode a sheet", explorer_.prepare(std::move(*sheet)));
        }
    }
    if (asked.sweep) {
        put("sweep", explorer_.prepare(*asked.sweep));
    }
}

void InferenceWorker::answer_map(const Pending& asked) {
    if (asked.map) {
        if (auto taken = mapper_.ask(*asked.map, scene(), Clock::now()); !taken) {
            fail("map the codes", taken.error());
        }
    }
    if (asked.show) {
        auto picture = mapper_.show(*asked.show, scene(), Clock::now());
        picture ? outbox_.publish(std::move(*picture)) : fail("show a picture", picture.error());
    }
}

CodeMapper::Scene InferenceWorker::scene() const {
    return {explored_, subject_.dataset, statistics_};
}

std::optional<InferenceWorker::Clock::time_point> InferenceWorker::next_rest() const {
    std::optional<Clock::time_point> due;
    const auto consider = [&due](Clock::time_point time) {
        due = due ? std::min(*due, time) : time;
    };
    if (sheet_ || recaller_.trailing() || strip_.active()) {
        return Clock::now();
    }
    if (const auto sheets = sheets_.due(sheets_again_from())) {
        consider(*sheets);
    }
    if (survey_.active() || evaluation_.active()) {
        consider(next_part_);
    }
    if (const auto map = mapper_.due(scene(), Clock::now())) {
        consider(std::max(*map, next_part_));
    }
    if (originals_ && shown_ != subject_.net) {
        consider(next_pictures_);
    }
    if (subject_.dataset && surveyed_ != explored_) {
        consider(next_survey_);
    }
    return due;
}

/// One piece of what is done when nothing else is asked.
void InferenceWorker::rest() {
    const auto now = Clock::now();
    const auto map_due = mapper_.due(scene(), now);
    if (sheet_part(now)) {
        return;
    }
    if (recaller_.trailing()) {
        trail_part();
    } else if (strip_.active()) {
        strip_part();
    } else if (originals_ && shown_ != subject_.net && now >= next_pictures_) {
        shown_ = subject_.net;
        next_pictures_ = now + kPicturesEvery;
        strip_.begin(shown_, originals_, strip_masks_);
        strip_part();
    } else if (survey_.active()) {
        part_if_due(now, [this] { survey_part(); });
    } else if (subject_.dataset && surveyed_ != explored_ && now >= next_survey_) {
        next_survey_ = now + kSurveyEvery;
        surveyed_ = explored_;
        survey_.begin(explored_, subject_.dataset);
    } else if (map_due && now >= *map_due) {
        part_if_due(now, [this] { map_part(); });
    } else if (evaluation_.active() || begin_evaluation()) {
        part_if_due(now, [this] { evaluation_part(); });
    }
}

template <class Part>
void InferenceWorker::part_if_due(Clock::time_point now, Part part) {
    if (now < next_part_) {
        return;
    }
    part();
    if (now < slides_until_) {
        next_part_ = Clock::now() + kPartWhileSliding;
    }
}

InferenceWorker::Clock::time_point InferenceWorker::sheets_again_from() const {
    return std::max(next_again_, slides_until_);
}

/// One part of a sheet or a sweep. Whether there was one to do.
bool InferenceWorker::sheet_part(Clock::time_point now) {
    if (!sheet_) {
        auto job = sheets_.take(now, sheets_again_from());
        if (!job) {
            return false;
        }
        sheet_ = explorer_.begin(std::move(*job));
    }
    if (sheet_->part(sheet_pace_)) {
        std::visit([this](auto answer) { outbox_.publish(std::move(answer)); }, sheet_->take());
        sheet_.reset();
        next_again_ = Clock::now() + kSheetsAgainEvery;
    }
    return true;
}

void InferenceWorker::trail_part() {
    if (auto trail = recaller_.part()) {
        outbox_.publish(std::move(*trail));
    }
}

void InferenceWorker::strip_part() {
    auto strip = strip_.part();
    if (!strip) {
        return;
    }
    // Large pictures come less often, so that looking takes a tenth of the time at most.
    next_pictures_ = std::max(next_pictures_, Clock::now() + kPicturesRest * strip->spent);
    auto made = std::make_shared<const Images>(std::move(strip->pictures));
    outbox_.update([&](Snapshot& snapshot) {
        if (snapshot.run == subject_.run) {
            snapshot.originals = seen_;
            snapshot.reconstructions = std::move(made);
            snapshot.pictures_iteration = strip->net->iteration();
            snapshot.recalls = subject_.recalls;
        }
    });
}

void InferenceWorker::survey_part() {
    if (auto statistics = survey_.part()) {
        statistics_ = std::make_shared<const CodeStatistics>(std::move(*statistics));
        publish_exploration();
    }
}

void InferenceWorker::map_part() {
    if (auto map = mapper_.part(scene(), Clock::now())) {
        map->run = subject_.run;
        outbox_.publish(std::move(*map));
    }
}

bool InferenceWorker::begin_evaluation() {
    auto wanted = requests_.take_evaluation();
    if (!wanted) {
        return false;
    }
    evaluation_.begin(std::move(wanted->net), subject_.dataset);
    return true;
}

void InferenceWorker::evaluation_part() {
    if (auto evaluation = evaluation_.part()) {
        files_.post(LogEvaluation{subject_.run, *evaluation});
        outbox_.add(Evaluated{subject_.run, std::move(*evaluation)});
    }
}

void InferenceWorker::publish_exploration() {
    const NetworkSpec& spec = explored_->spec();
    Exploration exploration;
    exploration.run = subject_.run;
    exploration.iteration = explored_->iteration();
    exploration.live = live_;
    exploration.label_units = spec.label_units;
    exploration.style_units = spec.style_units;
    exploration.shared_neurons = spec.wiring.shared_neurons;
    exploration.statistics = statistics_;
    if (statistics_) {
        exploration.units = statistics_->units;
    }
    outbox_.publish(std::move(exploration));
}

void InferenceWorker::cancel_work() {
    sheets_.clear();
    sheet_.reset();
    recaller_.cancel();
    strip_.cancel();
    survey_.cancel();
    mapper_.clear();
    evaluation_.cancel();
}

void InferenceWorker::fail(std::string what, Error error) {
    outbox_.add(Failed{std::move(what), std::move(error)});
}

}  // namespace lmser
