// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace lmser {

/// Asked between two parts of work that takes long; false ends it, and what is done until then is all there is. Whoever
/// gave it knows that it said so. An empty one never does.
using Proceed = std::function<bool()>;

inline bool goes_on(const Proceed& proceed) {
    return !proceed || proceed();
}

}  // namespace lmser
