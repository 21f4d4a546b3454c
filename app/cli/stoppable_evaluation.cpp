// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stoppable_evaluation.h"

#include <algorithm>

#include "app/cli/interrupt.h"

namespace lmser::cli {

std::optional<Evaluation> evaluate_unless_stopped(const FrozenNet& net, const Dataset& dataset,
                                                  const LabelledImages& split,
                                                  const std::string& name, Range range) {
    constexpr std::size_t kPart = 500;
    FrozenNet::Sums sums;
    for (std::size_t at = range.first; at < range.last; at += kPart) {
        if (stop_signal() != 0) {
            return std::nullopt;
        }
        net.add_to(sums, dataset, split, at, std::min(kPart, range.last - at));
    }
    return net.evaluation(sums, name);
}

}  // namespace lmser::cli
