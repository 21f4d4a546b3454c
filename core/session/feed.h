// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <utility>
#include <vector>

namespace lmser {

/// Values between threads of which none is dropped; each arrives once, in the order of add().
template <class T>
class Feed {
public:
    void add(T value) {
        const std::lock_guard lock(mutex_);
        values_.push_back(std::move(value));
    }

    /// Everything added since the last take, oldest first.
    std::vector<T> take() {
        std::vector<T> taken;
        const std::lock_guard lock(mutex_);
        values_.swap(taken);
        return taken;
    }

private:
    std::mutex mutex_;
    std::vector<T> values_;
};

}  // namespace lmser
