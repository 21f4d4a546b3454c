// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/base/proceed.h"
#include "core/data/dataset.h"
#include "core/spec/measurements.h"
#include "core/tasks/frozen_net.h"

namespace lmser {

/// Where the codes of the first `most` training pictures lie, encoded in parts; of fewer, one part at least, where it
/// does not proceed. Throws where the dataset's shape is not the network's.
CodeStatistics measured_statistics(const FrozenNet& net, const Dataset& dataset,
                                   std::size_t most = 10'000, const Proceed& proceed = {});

}  // namespace lmser
