// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/session/command.h"
#include "core/session/recall_rounds.h"
#include "core/session/requests.h"
#include "core/session/snapshot.h"

namespace lmser {

/// How many samples a network has that has any.
inline constexpr std::size_t kSamples = 12;
/// Most pictures of the way between two faces: they are decoded at once, and whoever paints waits for them.
inline constexpr std::size_t kMostMorphedFaces = 64;

/// Answers what is asked of a frozen network while a hole is painted. It remembers no picture: a request brings its
/// own. A refused request (ErrorCode::usage) changes nothing. Lives on the inference thread.
class Recaller {
public:
    /// What the answers are made of.
    struct Scene {
        std::uint64_t run = 0;
        std::shared_ptr<const FrozenNet> net;
        std::shared_ptr<const Dataset> dataset;            ///< may be none
        std::shared_ptr<const CodeStatistics> statistics;  ///< may be none
        bool digits = false;                               ///< see Explored
    };

    /// Turns to another run: forgets samples, and gives the trail up.
    void clear();
    void cancel() { trail_.reset(); }

    /// Faces that the model makes itself, or digits that the program draws: always the same ones. A note where there
    /// are none.
    Result<Samples> samples(const ShowSamples& request, const Scene& scene);
    Result<TakenPicture> take(const TakeRequest& request, const Scene& scene);
    Result<RecalledPicture> recall(const RecallPicture& request, const Scene& scene) const;
    Result<MovedFace> move(const MoveFace& request, const Scene& scene);
    Result<MorphedFaces> morph(const MorphFaces& request, const Scene& scene);

    /// Begins a trail; one that is being made is given up.
    Result<void> begin(TrailPicture request, const Scene& scene);
    [[nodiscard]] bool trailing() const { return trail_.has_value(); }
    /// Does one round; the trail after the last one.
    std::optional<RecalledTrail> part();

private:
    struct Trail {
        RecallRounds rounds;
        RecalledTrail answer;
    };
    /// A code, so that a slider does not ask for it again and again.
    struct EncodedFace {
        std::shared_ptr<const FrozenNet> net;
        Images picture;
        std::vector<float> code;
    };
    const Samples& samples_of(const Scene& scene);
    const std::vector<float>& code_of(const Images& picture, const Scene& scene);

    std::optional<Samples> samples_;
    std::optional<Trail> trail_;
    std::optional<EncodedFace> encoded_;
};

}  // namespace lmser
