// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/data/dataset.h"
#include "core/spec/measurements.h"
#include "core/tasks/frozen_net.h"

namespace lmser::cli {

/// Pictures [first, last) of a split.
struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// Evaluates pictures of a split in parts, looking for a stop signal between two; nothing where one came.
std::optional<Evaluation> evaluate_unless_stopped(const FrozenNet& net, const Dataset& dataset,
                                                  const LabelledImages& split,
                                                  const std::string& name, Range range);

}  // namespace lmser::cli
