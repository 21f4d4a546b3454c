// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stoppable_evaluation.h"

#include <algorithm>

#include "app/cli/interrupt.h"

namespace lmser::cli {

std::optional<Evaluation> evaluate_unless_stopped(const FrozenNet& net, const Dataset& dataset,
                                                  const LabelledImages& split,
                                                  const std::string& name, Range range) {
    const std::size_t most = pictures_at_once(dataset.shape);
    FrozenNet::Sums sums;
    for (std::size_t at = range.first; at < range.last; at += most) {
        if (stop_signal() != 0) {
            return std::nullopt;
        }
        net.add_to(sums, dataset, split, at, std::min(most, range.last - at));
    }
    return net.evaluation(sums, name);
}

}  // namespace lmser::cli
