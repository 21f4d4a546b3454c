// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <optional>
#include <utility>

namespace lmser {

/// One place for the newest value between threads: a newer one replaces one that was not taken.
template <class T>
class Mailbox {
public:
    void put(T value) {
        std::optional<T> fresh(std::move(value));
        const std::lock_guard lock(mutex_);
        value_.swap(fresh);  // the older value dies after the lock is released
    }

    /// The newest value since the last take, if any.
    std::optional<T> take() {
        std::optional<T> taken;
        const std::lock_guard lock(mutex_);
        value_.swap(taken);
        return taken;
    }

private:
    std::mutex mutex_;
    std::optional<T> value_;
};

}  // namespace lmser
