// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>

#include "core/session/command.h"
#include "core/session/explored.h"
#include "core/spec/measurements.h"

namespace lmser {

struct Dataset;

/// What a run shows: its newest weights and the dataset whose pictures are shown (may be none).
struct Subject {
    std::uint64_t run = 0;
    std::shared_ptr<const FrozenNet> net;
    std::shared_ptr<const Dataset> dataset;
    bool data_follow = false;  ///< the dataset is being loaded: supply() ends it
    std::shared_ptr<const CodeStatistics> statistics;  ///< of the model's file; may be none
    std::string model;                                 ///< see Explored
    bool digits = false;                               ///< see Explored
    bool recalls = false;                              ///< it is trained on pictures with holes
};

/// A picture that was made to fit, ready to become the start.
struct FittedStart {
    std::uint64_t run = 0;  ///< whose network it fits
    EncodePicture picture;
    std::string note;  ///< see Encoded
};

/// What chooses the start picture.
using EncodeRequest = std::variant<EncodeTestImage, EncodePicture, FittedStart>;

/// What takes a picture without a file.
using TakeRequest = std::variant<TakeTestPicture, TakeSample>;

/// An evaluation that was asked for.
struct WantedEvaluation {
    std::shared_ptr<const FrozenNet> net;
    bool keep = false;
};

/// What the inference thread has not looked at yet.
struct Pending {
    std::optional<Subject> opened;
    std::optional<std::shared_ptr<const Dataset>> data;  ///< of a run that was opened without
    std::shared_ptr<const FrozenNet> newest;             ///< weights of the run
    std::shared_ptr<const FrozenNet> explored;           ///< the same, or those that were kept
    std::optional<bool> live;
    std::optional<EncodeRequest> encode;
    std::optional<Decode> decode;
    std::optional<Sweep> sweep;
    std::array<std::optional<DecodeSheet>, 4> sheets;  ///< one a SheetKind
    std::optional<MapCodes> map;
    std::optional<ShowMapped> show;
    std::optional<ShowSamples> samples;
    std::optional<TakeRequest> take;
    std::optional<RecallPicture> recall;
    std::optional<TrailPicture> trail;
    std::optional<MoveFace> move;
    std::optional<MorphFaces> morph;

    [[nodiscard]] bool empty() const;
    /// Whether something is asked that the user waits for.
    [[nodiscard]] bool asks() const;
};

/// What the inference thread is asked: a newer request replaces one of its kind that waits. Nothing here
/// blocks; any thread may call anything but take() and take_evaluation(), which are the inference thread's.
/// Outlives the threads that it stands between.
class Requests {
public:
    using Clock = std::chrono::steady_clock;

    /// Turns to another run. What was asked about the one before is dropped; what is asked from now on is
    /// about this one. Nothing of it is published before release(), so that its reply can be the first.
    void open(Subject subject);
    void release();
    /// The dataset of a run that was opened with data_follow; none where it is not there.
    void supply(std::shared_ptr<const Dataset> dataset);
    /// Newer weights of the run.
    void look(std::shared_ptr<const FrozenNet> net);
    /// Asks for an evaluation on the test split. One that waits gives way to a newer one unless `keep`.
    void evaluate(std::shared_ptr<const FrozenNet> net, bool keep);

    void follow(const FollowLive& command);
    void encode(EncodeRequest request);
    void decode(Decode request);
    void sweep(Sweep request);
    void sheet(DecodeSheet request);
    void map(MapCodes request);
    void show(ShowMapped request);
    void show(ShowSamples request);
    void take(TakeRequest request);
    void recall(RecallPicture request);
    void trail(TrailPicture request);
    void move(MoveFace request);
    void morph(MorphFaces request);

    /// What is explored at this moment.
    [[nodiscard]] Explored explored() const;
    /// The start picture of a run; nothing where another run is explored by now.
    void remember_start(std::uint64_t run, std::shared_ptr<const Images> picture);

    /// Waits until something is asked, `until` where given, or a stop. `evaluating`: evaluations may wait.
    Pending take(const std::stop_token& stop, std::optional<Clock::time_point> until,
                 bool evaluating);
    /// The next evaluation; nothing where there is none, or its run or dataset was not taken yet.
    std::optional<WantedEvaluation> take_evaluation();

private:
    template <class Change>
    void change(Change make);

    mutable std::mutex mutex_;
    std::condition_variable_any arrived_;
    Pending pending_;
    std::deque<WantedEvaluation> wanted_;
    Explored explored_;
    std::shared_ptr<const FrozenNet> newest_;
    std::int64_t last_wanted_ = -1;  // iteration of the newest evaluation that was asked for
    bool follows_ = true;
    bool held_ = false;
};

}  // namespace lmser
