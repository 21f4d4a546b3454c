// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/unit_survey.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/data/dataset.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
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

std::optional<CodeStatistics> UnitSurvey::part() {
    const LabelledImages& train = dataset_->train;
    const std::size_t last = std::min(kSurveyedPictures, train.count());
    done_ += pace_.part(last - done_, [&](std::size_t count) {
        const std::vector<float> codes = net_->encode(images_of(*dataset_, train, done_, count));
        codes_.insert(codes_.end(), codes.begin(), codes.end());
    });
    if (done_ < last) {
        return std::nullopt;
    }
    auto statistics = code_statistics(codes_, std::span(train.labels).first(last),
                                      net_->spec().code_units(), *dataset_);
    cancel();
    return statistics;
}

}  // namespace lmser
