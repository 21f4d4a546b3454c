// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/spec/measurements.h"

namespace lmser {

class FrozenNet;
struct Dataset;

/// The distribution of the top units over the first training pictures, measured in small parts so that
/// whoever drags a slider meanwhile waits for one part at most.
class UnitSurvey {
public:
    /// Begins anew.
    void begin(std::shared_ptr<const FrozenNet> net, std::shared_ptr<const Dataset> dataset);
    void cancel();
    /// Whether there is a part left to do.
    [[nodiscard]] bool active() const { return net_ != nullptr; }

    /// Does one part. After the last one: one entry a top unit; before: empty.
    std::vector<UnitStatistics> part();

private:
    std::shared_ptr<const FrozenNet> net_;
    std::shared_ptr<const Dataset> dataset_;
    std::vector<float> codes_;  ///< [pictures done, top units]
    std::size_t done_ = 0;
};

/// How many training pictures the distributions are measured on.
inline constexpr std::size_t kSurveyedPictures = 2000;

}  // namespace lmser
