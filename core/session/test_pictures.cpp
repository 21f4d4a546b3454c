// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/test_pictures.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/data/dataset.h"

namespace lmser {

Images one_of_each_class(const Dataset& dataset) {
    constexpr std::size_t kMost = 10;
    Images pictures;
    pictures.shape = dataset.shape;
    const auto& labels = dataset.test.labels;
    for (std::size_t i = 0; i < std::min(dataset.classes.size(), kMost); ++i) {
        const auto found = std::find(labels.begin(), labels.end(), static_cast<std::uint8_t>(i));
        if (found != labels.end()) {
            const auto index = static_cast<std::size_t>(found - labels.begin());
            const Images one = images_of(dataset, dataset.test, index, 1);
            pictures.values.insert(pictures.values.end(), one.values.begin(), one.values.end());
        }
    }
    return pictures;
}

}  // namespace lmser
