// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace lmser::cli {

/// Progress on standard error: a bar that redraws itself on a terminal, a line every few seconds in a log.
///   lmser-un on MNIST  [########--------]  1250/5000  412 it/s  9 s left  error 0.00123
class Progress {
public:
    /// title: what is going on; from: where the count starts; to: where it ends.
    Progress(std::string title, std::int64_t from, std::int64_t to);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Draws when it is time to. `note` follows the numbers.
    void update(std::int64_t done, const std::string& note);

    /// Draws progress in time instead of steps: `fraction` of the time is over.
    void update_by_time(std::int64_t done, double fraction, double seconds_left,
                        const std::string& note);

    /// Takes the bar off the terminal, so that something else can be printed; the next update draws it again.
    void clear();

    /// Steps a second since the beginning.
    [[nodiscard]] double rate(std::int64_t done) const;
    /// Seconds since the beginning.
    [[nodiscard]] double seconds() const;

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] bool is_time() const;
    void draw(const std::string& text);

    std::string title_;
    std::int64_t from_;
    std::int64_t to_;
    bool terminal_;
    bool drawn_ = false;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_ = start_;
};

/// A duration for people: "9 s", "3 min 20 s", "2 h 05 min".
std::string duration(double seconds);

}  // namespace lmser::cli
