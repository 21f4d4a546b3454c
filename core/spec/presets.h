// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/spec/experiment.h"

namespace lmser {

/// One of the paper's networks with the recipe that trains it well.
struct Preset {
    std::string name;     ///< ae, lmser-un-n, …, celeba-recall, …
    std::string summary;  ///< a few words for cards and --help
    Experiment experiment;
};

/// The presets in the paper's order.
std::span<const Preset> presets();

/// The experiment of a preset; ErrorCode::usage names the presets there are.
Result<Experiment> preset(std::string_view name);

/// The experiment on another dataset. Where its network is for other pictures, that of the preset which suits the
/// dataset takes its place; a folder's pictures become whatever a network of coloured ones takes.
Experiment on_dataset(const Experiment& experiment, std::string_view dataset);

}  // namespace lmser
