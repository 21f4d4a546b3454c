// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/split_evaluation.h"

#include <algorithm>
#include <utility>

#include "core/data/dataset.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

constexpr std::size_t kPart =
    25;  // pictures: half a millisecond for the paper's network, so a slider hardly waits

}  // namespace

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
    const std::size_t count = std::min(kPart, test.count() - parts_->done);
    parts_->net->add_to(parts_->sums, *parts_->dataset, test, parts_->done, count);
    parts_->done += count;
    if (parts_->done < test.count()) {
        return std::nullopt;
    }
    Evaluation evaluation = parts_->net->evaluation(parts_->sums, "test");
    parts_.reset();
    return evaluation;
}

}  // namespace lmser
