// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/measured_statistics.h"

#include <algorithm>
#include <span>
#include <vector>

namespace lmser {

CodeStatistics measured_statistics(const FrozenNet& net, const Dataset& dataset, std::size_t most) {
    const std::size_t part_size = pictures_at_once(dataset.shape);
    const std::size_t count = std::min(most, dataset.train.count());
    std::vector<float> codes;
    for (std::size_t at = 0; at < count; at += part_size) {
        const std::vector<float> part =
            net.encode(images_of(dataset, dataset.train, at, std::min(part_size, count - at)));
        codes.insert(codes.end(), part.begin(), part.end());
    }
    return code_statistics(codes, std::span(dataset.train.labels).first(count),
                           net.spec().code_units(), dataset);
}

}  // namespace lmser
