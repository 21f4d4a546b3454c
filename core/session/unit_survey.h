// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "core/session/pace.h"
#include "core/spec/measurements.h"

namespace lmser {

class FrozenNet;
struct Dataset;

/// Where the codes of the first training pictures lie, measured in small parts so that
/// whoever drags a slider meanwhile waits for one part at most.
class UnitSurvey {
public:
    /// Begins anew.
    void begin(std::shared_ptr<const FrozenNet> net, std::shared_ptr<const Dataset> dataset);
    void cancel();
    /// Whether there is a part left to do.
    [[nodiscard]] bool active() const { return net_ != nullptr; }

    /// Does one part; the statistics after the last one.
    std::optional<CodeStatistics> part();

private:
    std::shared_ptr<const FrozenNet> net_;
    std::shared_ptr<const Dataset> dataset_;
    std::vector<float> codes_;  ///< [pictures done, top units]
    std::size_t done_ = 0;
    Pace pace_ = resting_pace();
};

/// How many training pictures the distributions are measured on.
inline constexpr std::size_t kSurveyedPictures = 2000;

}  // namespace lmser
