// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>

namespace lmser {

/// Iterations a second over the last two seconds.
class RateMeter {
public:
    using Clock = std::chrono::steady_clock;

    /// Begins to measure.
    void begin(std::int64_t iteration, Clock::time_point now) { marks_ = {{now, iteration}}; }

    /// The rate up to now; 0 in the first instant.
    double rate(std::int64_t iteration, Clock::time_point now) {
        marks_.push_back({now, iteration});
        while (marks_.size() > 2 && now - marks_[1].time > kWindow) {
            marks_.pop_front();
        }
        const std::chrono::duration<double> seconds = now - marks_.front().time;
        const auto steps = static_cast<double>(iteration - marks_.front().iteration);
        return seconds.count() > 0 ? steps / seconds.count() : 0;
    }

private:
    struct Mark {
        Clock::time_point time;
        std::int64_t iteration;
    };
    static constexpr std::chrono::seconds kWindow{2};
    std::deque<Mark> marks_;
};

/// Something that is done by time rather than by step.
class Every {
public:
    using Clock = std::chrono::steady_clock;

    explicit Every(Clock::duration period) : period_(period) {}

    /// The next time is one period from now.
    void begin(Clock::time_point now) { next_ = now + period_; }
    /// The next time is now.
    void hurry() { next_ = Clock::time_point(); }
    /// Whether it is time; the next one is a period later then.
    bool due(Clock::time_point now) {
        if (now < next_) {
            return false;
        }
        begin(now);
        return true;
    }

private:
    Clock::duration period_;
    Clock::time_point next_;
};

}  // namespace lmser
