// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lmser::ui {

/// How the label units of a code with style units go together.
enum class Mixing {
    oneClass,  ///< 1 at one class, 0 elsewhere
    mixture,   ///< they sum to 1, as a softmax does: one that grows takes from the others
    free,      ///< each by itself
};

/// `code` with one class chosen, whatever it was before. Throws std::out_of_range.
std::vector<float> withClass(std::span<const float> code, std::size_t labels, std::size_t category);

/// `code` after label unit `category` was moved to `value` under `mixing`.
std::vector<float> withCategory(std::span<const float> code, std::size_t labels,
                                std::size_t category, float value, Mixing mixing);

/// The code nearest to `code` that `mixing` allows.
std::vector<float> settled(std::span<const float> code, std::size_t labels, Mixing mixing);

/// Whether the label units are as `mixing` wants them, within what two decimals show.
bool allows(Mixing mixing, std::span<const float> code, std::size_t labels);

/// `preferred` where it allows the code, else the strictest that does.
Mixing mixingOf(std::span<const float> code, std::size_t labels, Mixing preferred);

}  // namespace lmser::ui
