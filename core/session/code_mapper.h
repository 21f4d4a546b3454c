// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/session/command.h"
#include "core/session/pace.h"
#include "core/session/snapshot.h"

namespace lmser {

class FrozenNet;
struct Dataset;

/// How many training pictures a map shows.
inline constexpr std::size_t kMappedPictures = 10'000;

/// The map of a dataset's codes: encodes the pictures in parts, and keeps the codes, so that another plane
/// costs nothing. While the weights move, the map is made anew every few seconds for as long as somebody
/// looks at it. Lives on the inference thread.
class CodeMapper {
public:
    using Clock = std::chrono::steady_clock;

    /// What a map is made of.
    struct Scene {
        std::shared_ptr<const FrozenNet> net;
        std::shared_ptr<const Dataset> dataset;
        std::shared_ptr<const CodeStatistics>
            statistics;  ///< where the axes come from; may be none yet
    };

    /// Forgets everything.
    void clear();

    /// Takes the request up. usage where there is no dataset or no such plane.
    Result<void> ask(const MapCodes& request, const Scene& scene, Clock::time_point now);

    /// The picture behind a point. usage where there is none.
    Result<MappedPicture> show(const ShowMapped& request, const Scene& scene,
                               Clock::time_point now);

    /// When there is a part to do; nothing where there is none.
    [[nodiscard]] std::optional<Clock::time_point> due(const Scene& scene,
                                                       Clock::time_point now) const;

    /// Does what is due; a map where it is time to show one. Its run is left open.
    std::optional<CodeMap> part(const Scene& scene, Clock::time_point now);

private:
    [[nodiscard]] bool outdated(const Scene& scene) const;
    [[nodiscard]] bool complete() const;
    void begin(const Scene& scene);
    [[nodiscard]] CodeMap map_of(const Scene& scene) const;
    [[nodiscard]] CodePlane plane_of(const Scene& scene) const;

    std::optional<MapCodes> request_;
    bool shown_ = false;           // the request has its complete map
    Clock::time_point looked_at_;  // when somebody asked last

    std::shared_ptr<const FrozenNet> net_;  // whose codes these are
    std::shared_ptr<const Dataset> dataset_;
    std::vector<float> codes_;  // of the pictures done
    std::size_t done_ = 0;
    std::size_t all_ = 0;
    Clock::time_point next_encoding_;  // not before
    Clock::time_point next_showing_;   // of an incomplete map, not before
    Pace pace_ = resting_pace();
};

}  // namespace lmser
