// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/session/explorer.h"
#include "core/session/file_worker.h"
#include "core/session/outbox.h"
#include "core/session/split_evaluation.h"
#include "core/session/unit_survey.h"

namespace lmser {

/// What a run shows: its newest weights and the dataset whose pictures are shown (may be none).
struct Subject {
    std::uint64_t run = 0;
    std::shared_ptr<const FrozenNet> net;
    std::shared_ptr<const Dataset> dataset;
};

/// The inference thread. Works on frozen weights, in this order: what is asked of the code, the strip of
/// test pictures, the distribution of the units, evaluations. The last two go in parts of a few ms.
class InferenceWorker {
public:
    InferenceWorker(Outbox& outbox, FileWorker& files);
    InferenceWorker(const InferenceWorker&) = delete;
    InferenceWorker& operator=(const InferenceWorker&) = delete;

    // None of these blocks; any thread may call them.

    /// Turns to another run. What was asked about the one before is dropped; what is asked from now on is
    /// about this one. Nothing of it is published before release(), so that its reply can be the first.
    void open(Subject subject);
    void release();
    /// Newer weights of the run.
    void look(std::shared_ptr<const FrozenNet> net);
    /// Asks for an evaluation on the test split. One that waits gives way to a newer one unless `keep`.
    void evaluate(std::shared_ptr<const FrozenNet> net, bool keep);

    void follow(const FollowLive& command);
    // A newer request replaces one of its kind that waits.
    void encode(EncodeRequest request);
    void decode(Decode request);
    void sweep(Sweep request);

private:
    using Clock = std::chrono::steady_clock;

    struct Wanted {
        std::shared_ptr<const FrozenNet> net;
        bool keep = false;
    };
    /// What the thread has not looked at yet.
    struct Pending {
        std::optional<Subject> opened;
        std::shared_ptr<const FrozenNet> newest;    ///< weights of the run
        std::shared_ptr<const FrozenNet> explored;  ///< the same, or those that were kept
        std::optional<bool> live;
        std::optional<EncodeRequest> encode;
        std::optional<Decode> decode;
        std::optional<Sweep> sweep;

        [[nodiscard]] bool empty() const {
            return !opened && !newest && !explored && !live && !encode && !decode && !sweep;
        }
    };

    void loop(const std::stop_token& stop);
    Pending next(const std::stop_token& stop);
    void take_up(Pending pending);
    void answer(Pending& asked);
    void rest();
    [[nodiscard]] std::optional<Clock::time_point> next_rest() const;
    void show_pictures();
    void survey_part();
    void evaluation_part();
    template <class Part>
    void part_if_due(Clock::time_point now, Part part);
    void publish_exploration();
    void fail(std::string what, Error error);
    bool take_evaluation();

    Outbox& outbox_;
    FileWorker& files_;

    std::mutex mutex_;  // guards what follows until the next empty line
    std::condition_variable_any arrived_;
    Pending pending_;
    std::deque<Wanted> wanted_;
    std::shared_ptr<const FrozenNet> newest_;
    std::int64_t last_wanted_ = -1;  // iteration of the newest evaluation that was asked for
    bool follows_ = true;
    bool held_ = false;

    // What the thread has taken up; nobody else touches it.
    Subject subject_;
    std::shared_ptr<const FrozenNet> explored_;
    bool live_ = true;
    std::shared_ptr<const FrozenNet> shown_;     // whose pictures are on the strip
    std::shared_ptr<const FrozenNet> surveyed_;  // whose units were surveyed last
    std::shared_ptr<const Images> originals_;
    std::vector<UnitStatistics> units_;
    Clock::time_point next_pictures_;
    Clock::time_point next_survey_;
    Clock::time_point next_part_;     ///< of a survey or an evaluation
    Clock::time_point slides_until_;  ///< shortly after the newest request
    Explorer explorer_;
    UnitSurvey survey_;
    SplitEvaluation evaluation_;

    std::jthread thread_;
};

}  // namespace lmser
