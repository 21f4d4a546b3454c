// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/resize_picture.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace lmser {

namespace {

/// What pixels first … first + weights.size() - 1 of a row or column count in one new pixel; together 1.
struct Taps {
    std::size_t first = 0;
    std::span<const float> weights;
};

/// The taps of `count` new pixels over a stretch of a row or column.
class Filter {
public:
    Filter(double start, double length, std::size_t count) {
        const double step = length / static_cast<double>(count);
        const double reach = std::max(step, 1.0);
        const auto begin = static_cast<std::size_t>(std::floor(start));
        const auto end = static_cast<std::size_t>(std::ceil(start + length));
        width_ = static_cast<std::size_t>(std::ceil(2 * reach)) + 1;
        weights_.resize(count * width_);
        for (std::size_t i = 0; i < count; ++i) {
            const double centre = start + (static_cast<double>(i) + .5) * step;
            const double left = std::floor(centre - reach + .5);
            const std::size_t from =
                left > static_cast<double>(begin) ? static_cast<std::size_t>(left) : begin;
            const std::size_t to =
                std::min(static_cast<std::size_t>(std::floor(centre + reach + .5)), end);
            add(i, centre, reach, from, std::min(to, from + width_));
        }
    }

    [[nodiscard]] Taps at(std::size_t i) const {
        return {firsts_[i], std::span(weights_).subspan(i * width_, lengths_[i])};
    }

private:
    void add(std::size_t i, double centre, double reach, std::size_t from, std::size_t to) {
        float* weights = weights_.data() + i * width_;
        float sum = 0;
        for (std::size_t x = from; x < to; ++x) {
            const double away = std::abs(static_cast<double>(x) + .5 - centre) / reach;
            weights[x - from] = static_cast<float>(std::max(0.0, 1 - away));
            sum += weights[x - from];
        }
        for (std::size_t x = from; x < to; ++x) {
            weights[x - from] /= sum;
        }
        firsts_.push_back(from);
        lengths_.push_back(to - from);
    }

    std::size_t width_ = 0;
    std::vector<float> weights_;  // [count, width_]
    std::vector<std::size_t> firsts_;
    std::vector<std::size_t> lengths_;
};

/// One new row over the whole width of the picture.
void gather_row(const BytePicture& picture, const Taps& taps, std::span<float> row) {
    std::fill(row.begin(), row.end(), 0.F);
    for (std::size_t tap = 0; tap < taps.weights.size(); ++tap) {
        const std::uint8_t* from = picture.values.data() + (taps.first + tap) * row.size();
        const float weight = taps.weights[tap];
        for (std::size_t x = 0; x < row.size(); ++x) {
            row[x] += weight * static_cast<float>(from[x]);
        }
    }
}

std::uint8_t rounded(float value) {
    return static_cast<std::uint8_t>(std::clamp(value + .5F, 0.F, 255.F));
}

}  // namespace

void resize_picture(const BytePicture& picture, const PictureCrop& crop, std::size_t width,
                    std::size_t height, std::span<std::uint8_t> out) {
    const bool inside = crop.left >= 0 && crop.top >= 0 && crop.width > 0 && crop.height > 0 &&
                        crop.left + crop.width <= static_cast<double>(picture.width) &&
                        crop.top + crop.height <= static_cast<double>(picture.height);
    const std::size_t channels = picture.channels;
    if (!inside || picture.values.size() != picture.width * picture.height * channels ||
        out.size() != width * height * channels) {
        throw std::invalid_argument("the crop or the sizes do not fit the picture");
    }
    const Filter columns(crop.left, crop.width, width);
    const Filter rows(crop.top, crop.height, height);
    std::vector<float> row(picture.width * channels);
    for (std::size_t y = 0; y < height; ++y) {
        gather_row(picture, rows.at(y), row);
        for (std::size_t x = 0; x < width; ++x) {
            const Taps taps = columns.at(x);
            for (std::size_t c = 0; c < channels; ++c) {
                const float* from = row.data() + taps.first * channels + c;
                float sum = 0;
                for (std::size_t tap = 0; tap < taps.weights.size(); ++tap) {
                    sum += taps.weights[tap] * from[tap * channels];
                }
                out[(c * height + y) * width + x] = rounded(sum);
            }
        }
    }
}

}  // namespace lmser
