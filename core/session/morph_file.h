// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

#include "core/base/result.h"
#include "core/session/command.h"
#include "core/session/explored.h"

namespace lmser {

/// Asked after every frame; false: stop.
using ExportStep = std::function<bool(std::size_t done, std::size_t total)>;

/// Writes the pictures on the way between two codes: a strip or an animation in one file, or a folder of numbered
/// PNGs that carry their codes. False where it was stopped. Stopped or failed, it leaves what was there before and
/// nothing else. usage for codes of another network and for what is out of range; cannot_create where the folder is
/// there and holds something.
Result<bool> write_morph(const ExportMorph& asked, const Explored& explored,
                         const ExportStep& proceed);

/// Most frames of a morph.
inline constexpr std::size_t kLongestMorph = 1000;

}  // namespace lmser
