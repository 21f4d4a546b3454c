// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/measured_statistics.h"

#include <algorithm>
#include <span>
#include <vector>

namespace lmser {

CodeStatistics measured_statistics(const FrozenNet& net, const Dataset& dataset, std::size_t most,
                                   const Proceed& proceed) {
    const std::size_t part_size = pictures_at_once(dataset.shape);
    const std::size_t count = std::min(most, dataset.train.count());
    std::vector<float> codes;
    std::size_t done = 0;
    do {
        const std::size_t size = std::min(part_size, count - done);
        const std::vector<float> part = net.encode(images_of(dataset, dataset.train, done, size));
        codes.insert(codes.end(), part.begin(), part.end());
        done += size;
    } while (done < count && goes_on(proceed));
    return code_statistics(codes, std::span(dataset.train.labels).first(done),
                           net.spec().code_units(), dataset);
}

}  // namespace lmser
