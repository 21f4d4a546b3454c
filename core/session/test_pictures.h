// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"

namespace lmser {

struct Dataset;

/// Ten test pictures: the first of every class, in the order of the classes, then the first of all that are left;
/// fewer where there are no more.
Images ten_test_pictures(const Dataset& dataset);

/// Picture `index` of the test split. usage where there is no dataset (null) or no such picture.
Result<Images> test_picture(const Dataset* dataset, std::size_t index);

/// Masks for `count` pictures, one after another [count, H·W], each with something else hidden; always the same.
std::vector<std::uint8_t> strip_masks(const ImageShape& shape, std::size_t count);

}  // namespace lmser
