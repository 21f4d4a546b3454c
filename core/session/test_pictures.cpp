// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/test_pictures.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/mask.h"
#include "core/data/dataset.h"
#include "core/session/code_checks.h"

namespace lmser {
namespace {

constexpr std::size_t kStrip = 10;

/// Which test pictures are shown.
std::vector<std::size_t> chosen(const Dataset& dataset) {
    const auto& labels = dataset.test.labels;
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < std::min(dataset.classes.size(), kStrip); ++i) {
        const auto found = std::find(labels.begin(), labels.end(), static_cast<std::uint8_t>(i));
        if (found != labels.end()) {
            indices.push_back(static_cast<std::size_t>(found - labels.begin()));
        }
    }
    for (std::size_t i = 0; i < labels.size() && indices.size() < kStrip; ++i) {
        if (std::find(indices.begin(), indices.end(), i) == indices.end()) {
            indices.push_back(i);
        }
    }
    return indices;
}

}  // namespace

Images ten_test_pictures(const Dataset& dataset) {
    Images pictures;
    pictures.shape = dataset.shape;
    for (const std::size_t index : chosen(dataset)) {
        const Images one = images_of(dataset, dataset.test, index, 1);
        pictures.values.insert(pictures.values.end(), one.values.begin(), one.values.end());
    }
    return pictures;
}

Result<Images> test_picture(const Dataset* dataset, std::size_t index) {
    if (dataset == nullptr) {
        return no_pictures("test pictures");
    }
    const std::size_t count = dataset->test.count();
    if (index >= count) {
        return refused("there is no test picture " + std::to_string(index) + ": " + dataset->title +
                       " has " + std::to_string(count) + ", counted from 0");
    }
    return images_of(*dataset, dataset->test, index, 1);
}

std::vector<std::uint8_t> strip_masks(const ImageShape& shape, std::size_t count) {
    constexpr std::uint64_t kSeed = 1;
    constexpr std::array kHoles{MeasuredHole::eyes, MeasuredHole::mouth, MeasuredHole::strokes,
                                MeasuredHole::rectangles};
    std::vector<std::uint8_t> hidden;
    for (std::size_t i = 0; i < count; ++i) {
        const Mask mask =
            measured_mask(kHoles.at(i % kHoles.size()), shape.height, shape.width, kSeed, i);
        hidden.insert(hidden.end(), mask.hidden.begin(), mask.hidden.end());
    }
    return hidden;
}

}  // namespace lmser
