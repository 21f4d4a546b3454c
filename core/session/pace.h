// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace lmser {

/// How many pictures make a part of work, so that a part takes about a given time on any network and
/// machine: whoever drags a slider meanwhile waits for one part at most.
class Pace {
public:
    using Clock = std::chrono::steady_clock;

    /// target: of one part. first: pictures before anything is known; at most `largest` ever.
    Pace(Clock::duration target, std::size_t first, std::size_t largest)
        : target_(target), pictures_(first), largest_(largest) {}

    [[nodiscard]] std::size_t pictures() const { return pictures_; }

    /// So many pictures took so long.
    void took(std::size_t pictures, Clock::duration spent) {
        if (pictures == 0) {
            return;
        }
        const auto each = std::max(spent / static_cast<Clock::rep>(pictures), Clock::duration(1));
        const auto fitting = static_cast<std::size_t>(target_ / each);
        // At most twice as many as before: a first part can be quick by chance.
        pictures_ = std::clamp<std::size_t>(fitting, 1, std::min(largest_, 2 * pictures_));
    }

    /// What `work` does with the next pictures, `left` at most; it is given their number, which is returned.
    template <class Work>
    std::size_t part(std::size_t left, Work work) {
        const std::size_t count = std::min(pictures_, left);
        const auto begin = Clock::now();
        work(count);
        took(count, Clock::now() - begin);
        return count;
    }

private:
    Clock::duration target_;
    std::size_t pictures_;
    std::size_t largest_;
};

/// For what the user waits for.
inline Pace asked_pace() {
    return {std::chrono::milliseconds(4), 10, 400};
}
/// For what the thread does by itself.
inline Pace resting_pace() {
    return {std::chrono::milliseconds(1), 5, 25};
}

}  // namespace lmser
