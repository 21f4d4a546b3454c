// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/split_evaluation.h"

#include <utility>

#include "core/data/dataset.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
struct SplitEvaluation::Parts {
    std::shared_ptr<const FrozenNet> net;
    std::shared_ptr<const Dataset> dataset;
    FrozenNet::Sums sums;
    std::size_t done = 0;
};

SplitEvaluation::SplitEvaluation() = default;
SplitEvaluation::~SplitEvaluation() = default;

void SplitEvaluation::begin(std::shared_ptr<const FrozenNet> net,
                            std::shared_ptr<const Dataset> dataset) {
    parts_ = std::make_unique<Parts>(Parts{std::move(net), std::move(dataset), {}, 0});
}

void SplitEvaluation::cancel() {
    parts_.reset();
}

std::optional<Evaluation> SplitEvaluation::part() {
    const LabelledImages& test = parts_->dataset->test;
    parts_->done += pace_.part(test.count() - parts_->done, [&](std::size_t count) {
        parts_->net->add_to(parts_->sums, *parts_->dataset, test, parts_->done, count);
    });
    if (parts_->done < test.count()) {
        return std::nullopt;
    }
    Evaluation evaluation = parts_->net->evaluation(parts_->sums, "test");
    parts_.reset();
    return evaluation;
}

}  // namespace lmser
