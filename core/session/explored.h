// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/image.h"

namespace lmser {

class FrozenNet;

/// What is explored at the moment of a command: what the other threads need of it.
struct Explored {
    std::uint64_t run = 0;
    std::shared_ptr<const FrozenNet> net;  ///< none before the first run
    std::string model;                     ///< its name for people: a shipped model or a preset
    bool digits = false;                   ///< whether its data are handwritten digits
    std::shared_ptr<const Images> start;   ///< the start picture; may be none
};

}  // namespace lmser
