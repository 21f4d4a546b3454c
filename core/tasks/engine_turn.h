// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

namespace lmser {

/// While one lives, no other thread of this process has a turn at the matrix products; those that wait get
/// theirs in the order of asking. A serial OpenBLAS gives wrong products when two threads call it at once, so
/// threads that share the engine take turns: one training step or one piece of looking at a time. With any
/// other BLAS a turn costs nothing and waits for nobody.
class EngineTurn {
public:
    EngineTurn();
    ~EngineTurn();
    EngineTurn(const EngineTurn&) = delete;
    EngineTurn& operator=(const EngineTurn&) = delete;
};

/// What the work returns, done within a turn.
template <class Work>
auto in_turn(Work&& work) {
    const EngineTurn turn;
    return std::forward<Work>(work)();
}

}  // namespace lmser
