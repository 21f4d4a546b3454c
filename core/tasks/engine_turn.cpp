// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/engine_turn.h"

#include <dlfcn.h>

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace lmser {
namespace {

/// Tickets: a plain mutex would let the training thread, which asks again at once, starve the others.
class Queue {
public:
    void enter() {
        std::unique_lock lock(mutex_);
        const std::uint64_t mine = next_ticket_++;
        served_.wait(lock, [&] { return serving_ == mine; });
    }
    void leave() {
        {
            const std::lock_guard lock(mutex_);
            ++serving_;
        }
        served_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable served_;
    std::uint64_t next_ticket_ = 0;
    std::uint64_t serving_ = 0;
};

/// One for the process, as what it guards is: the working memory of the one OpenBLAS that is loaded.
Queue& queue() {
    static Queue one;
    return one;
}

bool blas_is_serial_openblas() {
    static const bool serial = [] {
        void* found = dlsym(RTLD_DEFAULT, "openblas_get_parallel");
        constexpr int kSerial = 0;
        return found != nullptr && reinterpret_cast<int (*)()>(found)() == kSerial;
    }();
    return serial;
}

}  // namespace

EngineTurn::EngineTurn() {
    if (blas_is_serial_openblas()) {
        queue().enter();
    }
}

EngineTurn::~EngineTurn() {
    if (blas_is_serial_openblas()) {
        queue().leave();
    }
}

}  // namespace lmser
