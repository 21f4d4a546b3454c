// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "core/session/pace.h"
#include "core/spec/measurements.h"

namespace lmser {

class FrozenNet;
struct Dataset;

/// An evaluation on the whole test split in small parts, so that whoever drags a slider meanwhile waits for
/// one part at most.
class SplitEvaluation {
public:
    SplitEvaluation();
    ~SplitEvaluation();

    /// Begins anew.
    void begin(std::shared_ptr<const FrozenNet> net, std::shared_ptr<const Dataset> dataset);
    void cancel();
    /// Whether there is a part left to do.
    [[nodiscard]] bool active() const { return parts_ != nullptr; }

    /// Does one part; the evaluation after the last one.
    std::optional<Evaluation> part();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
    Pace pace_ = resting_pace();
};

}  // namespace lmser
