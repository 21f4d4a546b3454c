// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/spec/experiment.h"

namespace lmser {

/// One of the paper's networks with the recipe that trains it well.
struct Preset {
    std::string name;     ///< ae, lmser-un-n, lmser-un, lmser-sup
    std::string summary;  ///< a few words for cards and --help
    Experiment experiment;
};

/// The presets in the paper's order.
std::span<const Preset> presets();

/// The experiment of a preset; ErrorCode::usage names the presets there are.
Result<Experiment> preset(std::string_view name);

}  // namespace lmser
