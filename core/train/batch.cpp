// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/batch.h"

#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace lmser {

namespace {

constexpr float kWhite = 255;  // the byte of a value of 1

}  // namespace

Batch batch_of(const LabelledImages& split, std::size_t pixels,
               std::span<const std::int64_t> indices, const torch::Device& device) {
    const auto count = static_cast<std::int64_t>(split.count());
    const auto batch = static_cast<std::int64_t>(indices.size());
    const torch::Tensor images =
        torch::empty({batch, static_cast<std::int64_t>(pixels)}, torch::kFloat32);
    const torch::Tensor labels = torch::empty({batch}, torch::kInt64);
    float* value = images.data_ptr<float>();
    std::int64_t* label = labels.data_ptr<std::int64_t>();
    std::vector<std::uint8_t> picture(pixels);
    for (const std::int64_t index : indices) {
        if (index < 0 || index >= count) {
            throw std::out_of_range("picture " + std::to_string(index) + " of " +
                                    std::to_string(count));
        }
        const auto i = static_cast<std::size_t>(index);
        split.copy(i, picture);
        for (const std::uint8_t pixel : picture) {
            *value++ = static_cast<float>(pixel) / kWhite;
        }
        *label++ = split.labels[i];
    }
    return {images.to(device), labels.to(device)};
}

Batch batch_of(const LabelledImages& split, std::size_t pixels, std::size_t first,
               std::size_t count, const torch::Device& device) {
    std::vector<std::int64_t> indices(count);
    std::iota(indices.begin(), indices.end(), static_cast<std::int64_t>(first));
    return batch_of(split, pixels, indices, device);
}

}  // namespace lmser
