// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace lmser {

/// What a worker is asked to do: any thread puts, the worker takes in order.
template <class T>
class Inbox {
public:
    void put(T value) {
        {
            const std::lock_guard lock(mutex_);
            values_.push_back(std::move(value));
        }
        arrived_.notify_one();
    }

    /// The oldest value, or nothing where there is none now.
    std::optional<T> try_take() {
        const std::lock_guard lock(mutex_);
        return front();
    }

    /// The oldest value; waits for one. Nothing where a stop is requested and all was taken.
    std::optional<T> take(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, stop, [this] { return !values_.empty(); });
        return front();
    }

private:
    std::optional<T> front() {
        if (values_.empty()) {
            return std::nullopt;
        }
        std::optional<T> value(std::move(values_.front()));
        values_.pop_front();
        return value;
    }

    std::mutex mutex_;
    std::condition_variable_any arrived_;
    std::deque<T> values_;
};

}  // namespace lmser
