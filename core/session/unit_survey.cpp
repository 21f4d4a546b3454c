// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/unit_survey.h"

#include <algorithm>
#include <utility>

#include "core/data/dataset.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

constexpr std::size_t kPart =
    25;  // pictures: half a millisecond for the paper's network, so a slider hardly waits

}  // namespace

void UnitSurvey::begin(std::shared_ptr<const FrozenNet> net,
                       std::shared_ptr<const Dataset> dataset) {
    net_ = std::move(net);
    dataset_ = std::move(dataset);
    codes_.clear();
    done_ = 0;
}

void UnitSurvey::cancel() {
    net_.reset();
    dataset_.reset();
}

std::vector<UnitStatistics> UnitSurvey::part() {
    const LabelledImages& train = dataset_->train;
    const std::size_t last = std::min(kSurveyedPictures, train.count());
    const std::size_t count = std::min(kPart, last - done_);
    const std::vector<float> codes = net_->encode(images_of(*dataset_, train, done_, count));
    codes_.insert(codes_.end(), codes.begin(), codes.end());
    done_ += count;
    if (done_ < last) {
        return {};
    }
    auto units = statistics_of_codes(codes_, net_->spec().code_units());
    cancel();
    return units;
}

}  // namespace lmser
