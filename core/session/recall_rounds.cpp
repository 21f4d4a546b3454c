// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/recall_rounds.h"

#include <iterator>
#include <utility>

#include "core/tasks/recall.h"

namespace lmser {

RecallRounds::RecallRounds(std::shared_ptr<const FrozenNet> net, Images picture, Mask hidden,
                           RecallOptions options)
    : net_(std::move(net)),
      picture_(std::move(picture)),
      hidden_(std::move(hidden)),
      options_(options) {}

bool RecallRounds::more() const {
    return std::ssize(recalled_.trail) < options_.rounds;
}

void RecallRounds::next() {
    RecallOptions once = options_;
    once.rounds = 1;
    const bool first = recalled_.trail.empty();
    if (!first) {
        once.fill = HoleFill::given;  // what was recalled before
    }
    const Images seen =
        first ? picture_
              : composed(picture_, recalled_.recalled, hidden_.hidden, Composition::pasted, 0);
    Recalled round = recall(*net_, seen, hidden_.hidden, once);
    recalled_.recalled = std::move(round.recalled);
    recalled_.composed = round.composed;
    recalled_.trail.push_back(std::move(round.composed));
    recalled_.change.push_back(round.change.front());
}

}  // namespace lmser
