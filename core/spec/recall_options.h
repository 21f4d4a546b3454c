// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lmser {

/// What stands in a hole before the network looks.
enum class HoleFill {
    smooth,  ///< a smooth continuation of what is visible, see Hole::fill
    mean,    ///< the mean picture of the training data, the paper's way
    given,   ///< what the picture has there
};

/// How what was recalled is set into the hole.
enum class Composition {
    pasted,    ///< as it is
    membrane,  ///< plus a membrane that takes the visible error at the hole's border inwards
};

/// Jacobi steps of the membrane: enough while a stroke is drawn, and for what is kept.
inline constexpr int kLiveMembraneRounds = 20;
inline constexpr int kFineMembraneRounds = 60;

/// Most rounds of a recall, and Jacobi steps of its membrane.
inline constexpr int kMostRecallRounds = 50;
inline constexpr int kMostMembraneRounds = 1000;

/// How a hole is recalled.
struct RecallOptions {
    HoleFill fill = HoleFill::smooth;
    int rounds = 1;  ///< recalls that follow each other, visible pixels held; >= 1
    Composition composition = Composition::membrane;
    int membrane_rounds = kLiveMembraneRounds;
    bool mirrored = false;  ///< the mean of the recall and of the mirrored picture's
    bool operator==(const RecallOptions&) const = default;
};

}  // namespace lmser
