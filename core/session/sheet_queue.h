// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <optional>

#include "core/session/split_sheet.h"

namespace lmser {

/// The sheets and the sweep that wait to be decoded: a newer one replaces one of its kind. They come in the
/// order of their kinds: all classes, the sweep, then the others; but what has waited for a fifth of a second
/// comes first, so that a long drag starves nothing. Lives on the inference thread.
class SheetQueue {
public:
    using Clock = std::chrono::steady_clock;

    /// Forgets everything.
    void clear() { places_ = {}; }

    void put(SheetJob job, Clock::time_point now);

    /// The last sheet of every kind is to come again with id 0, where no newer one waits.
    void weights_moved();

    /// The next one; nothing where none is due. `again_from`: when sheets may come again.
    std::optional<SheetJob> take(Clock::time_point now, Clock::time_point again_from);

    /// When the next one is due; nothing where there is none.
    [[nodiscard]] std::optional<Clock::time_point> due(Clock::time_point again_from) const;

private:
    struct Place {
        std::optional<SheetJob> waiting;
        Clock::time_point since;       ///< when the first of those that replaced each other came
        std::optional<SheetJob> last;  ///< a sheet, never a sweep
        bool moved = false;            ///< the weights moved since
    };
    /// One a kind, in the order of their turns.
    std::array<Place, 5> places_;
};

}  // namespace lmser
