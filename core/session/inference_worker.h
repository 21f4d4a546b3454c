// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "core/session/code_mapper.h"
#include "core/session/explorer.h"
#include "core/session/file_worker.h"
#include "core/session/outbox.h"
#include "core/session/recaller.h"
#include "core/session/requests.h"
#include "core/session/sheet_queue.h"
#include "core/session/split_evaluation.h"
#include "core/session/split_strip.h"
#include "core/session/unit_survey.h"

namespace lmser {

/// The inference thread. Works on frozen weights, in this order: start pictures, codes and recalls, sheets and
/// sweeps, trails of recalls, the strip of test pictures, where the codes lie, their map, evaluations. All but the
/// first go in parts of a few ms, between which it looks for what is asked.
class InferenceWorker {
public:
    InferenceWorker(Outbox& outbox, Requests& requests, FileWorker& files);
    InferenceWorker(const InferenceWorker&) = delete;
    InferenceWorker& operator=(const InferenceWorker&) = delete;

private:
    using Clock = std::chrono::steady_clock;

    void loop(const std::stop_token& stop);
    void take_up(Pending pending);
    void turn_to(Subject subject);
    void supply(Pending& pending);
    void show_originals();
    void wait_for_data(Pending& pending);
    void answer(Pending& asked);
    void answer_map(const Pending& asked);
    void answer_recall(Pending& asked);
    void prepare_sheets(Pending& asked);
    void rest();
    [[nodiscard]] std::optional<Clock::time_point> next_rest() const;
    bool sheet_part(Clock::time_point now);
    [[nodiscard]] Clock::time_point sheets_again_from() const;
    void trail_part();
    void strip_part();
    void survey_part();
    void map_part();
    bool begin_evaluation();
    void evaluation_part();
    [[nodiscard]] CodeMapper::Scene scene() const;
    [[nodiscard]] Recaller::Scene recall_scene() const;
    template <class Part>
    void part_if_due(Clock::time_point now, Part part);
    void publish_exploration();
    void cancel_work();
    void fail(std::string what, Error error);

    Outbox& outbox_;
    Requests& requests_;
    FileWorker& files_;

    // What the thread has taken up; nobody else touches it.
    Subject subject_;
    std::shared_ptr<const FrozenNet> explored_;
    bool live_ = true;
    std::optional<EncodeRequest> encode_with_data_;  // what waits for the dataset
    std::optional<MapCodes> map_with_data_;          // the same
    std::optional<TakeRequest> take_with_data_;      // the same
    std::shared_ptr<const FrozenNet> shown_;         // whose pictures are on the strip
    std::shared_ptr<const FrozenNet> surveyed_;      // whose codes were surveyed last
    std::shared_ptr<const Images> originals_;        // test pictures
    std::shared_ptr<const Images> seen_;             // the same as the strip shows them
    std::shared_ptr<const std::vector<std::uint8_t>> strip_masks_;  // of a run that recalls
    std::shared_ptr<const CodeStatistics> statistics_;
    Clock::time_point next_pictures_;
    Clock::time_point next_survey_;
    Clock::time_point next_part_;     ///< of what the thread does by itself
    Clock::time_point next_again_;    ///< when sheets may come again after the weights moved
    Clock::time_point slides_until_;  ///< shortly after the newest request
    Explorer explorer_;
    Recaller recaller_;
    SplitStrip strip_;
    SheetQueue sheets_;
    std::optional<SplitSheet> sheet_;  ///< that is being decoded
    Pace sheet_pace_ = asked_pace();
    UnitSurvey survey_;
    CodeMapper mapper_;
    SplitEvaluation evaluation_;

    std::jthread thread_;
};

}  // namespace lmser
