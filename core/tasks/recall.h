// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/spec/recall_options.h"
#include "core/tasks/frozen_net.h"

namespace lmser {

/// What came back of pictures with holes (the paper's Section 4.4, Figure 7).
struct Recalled {
    Images recalled;  ///< what the network recalls of the whole pictures, in the last round
    Images composed;  ///< the same in the holes alone, the rest as it was
    std::vector<Images> trail;  ///< `composed` of every round
    std::vector<double>
        change;  ///< a round: root mean square by which hidden pixels of `recalled` moved
};

/// Recalls the hidden parts of pictures. In every later round the network sees its own recall in the hole, visible pixels
/// held. hidden: [count, H·W], 1 = hidden. A picture with nothing hidden comes back as it was, one with everything hidden
/// as the network imagines it. Throws where shapes differ or rounds < 1.
Recalled recall(const FrozenNet& net, const Images& pictures, std::span<const std::uint8_t> hidden,
                const RecallOptions& options);

/// What the network finds in the holes before its first round.
Images filled(const FrozenNet& net, const Images& pictures, std::span<const std::uint8_t> hidden,
              HoleFill fill);

/// Pictures whose holes are mid grey, for people to see where they are.
Images with_grey_holes(Images pictures, std::span<const std::uint8_t> hidden);

/// `recalled` set into the holes of pictures, see Composition; clipped to [0,1].
Images composed(const Images& pictures, const Images& recalled,
                std::span<const std::uint8_t> hidden, Composition composition, int membrane_rounds);

}  // namespace lmser
