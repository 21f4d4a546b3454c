// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/image.h"
#include "core/base/proceed.h"
#include "core/base/result.h"
#include "core/spec/measurements.h"
#include "core/tasks/frozen_net.h"

namespace lmser {

/// Where the styles of generated pictures come from.
enum class StyleDraw {
    uniform,  ///< every style of [-2, 2] equally likely; of units without style, of their 1–99 % range
    normal,  ///< standard normal, cut at ±2; of units without style, mean and deviation of the data
};

struct GenerationOptions {
    std::optional<int> category{};  ///< none: picture i shows class i % classes
    std::size_t count = 100;
    StyleDraw style = StyleDraw::uniform;
    int reflections = 0;  ///< perceptions of the clipped picture that follow, the code held
    std::uint64_t seed = 1;
    Proceed proceed{};  ///< asked between parts of pictures
};

/// Random pictures of a network (the paper's Figures 4 to 6), their codes and the categories in them.
struct Generated {
    std::vector<float> codes;     ///< [count, code_units]
    std::vector<int> categories;  ///< [count]; -1 for a network without label units
    Images pictures;              ///< fewer where they did not proceed
};

/// The most perceptions that follow an imagined picture.
inline constexpr int kMostReflections = 10;

/// usage where reflections are asked of a network without shared neurons, which would repeat itself.
Result<void> check_reflections(const NetworkSpec& spec, int reflections);

/// Draws codes and decodes them; the same arguments give the same codes. usage where the category is not there, or
/// where the network has units without style and `statistics` (of the shipped model, or measured) is null.
Result<Generated> generate(const FrozenNet& net, const CodeStatistics* statistics,
                           const GenerationOptions& options);

/// The pictures of many codes, decoded in parts, so that memory stays small and a stop is heard between two.
Images decode_all(const FrozenNet& net, std::span<const float> codes, int reflections,
                  const Proceed& proceed = {});

/// The variance of pictures around the mean picture of their class: summed over pixels, averaged over the classes
/// that are there.
double within_class_variance(const Images& pictures, std::span<const int> classes);

/// How evenly pictures change along a sweep: the largest step over the mean step, steps being root mean squares of the
/// difference between neighbours. 1 is perfectly even; 0 where nothing changes. Two pictures at least (throws).
double unevenness(const Images& sweep);

}  // namespace lmser
