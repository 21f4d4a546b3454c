// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/picture_quality.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace lmser {

namespace {

constexpr int kRadius = 5;
constexpr double kDeviation = 1.5;

std::array<double, 2 * kRadius + 1> gaussian() {
    std::array<double, 2 * kRadius + 1> weights{};
    double sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double away = static_cast<double>(i) - kRadius;
        weights[i] = std::exp(-away * away / (2 * kDeviation * kDeviation));
        sum += weights[i];
    }
    for (double& weight : weights) {
        weight /= sum;
    }
    return weights;
}

/// The place of pixel i in a row that is mirrored at its ends, the last pixel included: c b a | a b c.
std::size_t mirrored(int i, int count) {
    while (i < 0 || i >= count) {
        i = i < 0 ? -i - 1 : 2 * count - i - 1;
    }
    return static_cast<std::size_t>(i);
}

/// A plane seen through the Gaussian window, along columns and then along rows.
std::vector<double> blurred(const std::vector<double>& plane, int height, int width) {
    static const auto weights = gaussian();
    const auto w = static_cast<std::size_t>(width);
    std::vector<double> row(w + weights.size() - 1);  // a row with its mirrored ends
    std::vector<double> both(plane.size());
    for (int y = 0; y < height; ++y) {
        std::fill(row.begin(), row.end(), 0);
        for (int i = 0; i < static_cast<int>(weights.size()); ++i) {
            const double weight = weights[static_cast<std::size_t>(i)];
            const double* from = plane.data() + mirrored(y + i - kRadius, height) * w;
            for (std::size_t x = 0; x < w; ++x) {
                row[x + kRadius] += weight * from[x];
            }
        }
        for (int i = 1; i <= kRadius; ++i) {
            row[static_cast<std::size_t>(kRadius - i)] = row[mirrored(-i, width) + kRadius];
            row[w + static_cast<std::size_t>(kRadius + i - 1)] =
                row[mirrored(width + i - 1, width) + kRadius];
        }
        double* out = both.data() + static_cast<std::size_t>(y) * w;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            for (std::size_t x = 0; x < w; ++x) {
                out[x] += weights[i] * row[x + i];
            }
        }
    }
    return both;
}

std::vector<double> products(std::span<const float> a, std::span<const float> b) {
    std::vector<double> product(a.size());
    std::transform(a.begin(), a.end(), b.begin(), product.begin(), [](float x, float y) {
        return static_cast<double>(x) * static_cast<double>(y);
    });
    return product;
}

/// The sum of the similarity over the hidden pixels of one channel.
double similarity_of_plane(std::span<const float> a, std::span<const float> b,
                           const ImageShape& shape, std::span<const std::uint8_t> hidden) {
    constexpr double kC1 = .01 * .01;
    constexpr double kC2 = .03 * .03;
    const auto blur = [&shape](const std::vector<double>& plane) {
        return blurred(plane, shape.height, shape.width);
    };
    const std::vector<double> mean_a = blur({a.begin(), a.end()});
    const std::vector<double> mean_b = blur({b.begin(), b.end()});
    const std::vector<double> aa = blur(products(a, a));
    const std::vector<double> bb = blur(products(b, b));
    const std::vector<double> ab = blur(products(a, b));
    double sum = 0;
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        if (hidden[i] == 0) {
            continue;
        }
        const double means = mean_a[i] * mean_b[i];
        const double squares = mean_a[i] * mean_a[i] + mean_b[i] * mean_b[i];
        const double variances = aa[i] - mean_a[i] * mean_a[i] + bb[i] - mean_b[i] * mean_b[i];
        sum +=
            (2 * means + kC1) * (2 * (ab[i] - means) + kC2) / ((squares + kC1) * (variances + kC2));
    }
    return sum;
}

std::size_t hidden_pixels(std::span<const std::uint8_t> hidden) {
    return static_cast<std::size_t>(
        std::count_if(hidden.begin(), hidden.end(), [](std::uint8_t h) { return h != 0; }));
}

/// The mean over hidden pixels and channels of sum_of(channel's first value).
template <class SumOf>
double mean_inside(const ImageShape& shape, std::span<const std::uint8_t> hidden,
                   const SumOf& sum_of) {
    const std::size_t count = hidden_pixels(hidden);
    if (count == 0) {
        return 0;
    }
    double sum = 0;
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(shape.channels); ++channel) {
        sum += sum_of(channel * hidden.size());
    }
    return sum / static_cast<double>(count) / shape.channels;
}

}  // namespace

double error_inside(std::span<const float> picture, std::span<const float> truth,
                    const ImageShape& shape, std::span<const std::uint8_t> hidden) {
    return mean_inside(shape, hidden, [&](std::size_t first) {
        double sum = 0;
        for (std::size_t i = 0; i < hidden.size(); ++i) {
            const double error =
                static_cast<double>(picture[first + i]) - static_cast<double>(truth[first + i]);
            sum += hidden[i] != 0 ? error * error : 0;
        }
        return sum;
    });
}

double psnr_of(double error) {
    constexpr double kMost = 100;
    if (std::isnan(error)) {
        return error;
    }
    return error > 0 ? std::min(kMost, -10 * std::log10(error)) : kMost;
}

double ssim_inside(std::span<const float> picture, std::span<const float> truth,
                   const ImageShape& shape, std::span<const std::uint8_t> hidden) {
    return mean_inside(shape, hidden, [&](std::size_t first) {
        return similarity_of_plane(picture.subspan(first, hidden.size()),
                                   truth.subspan(first, hidden.size()), shape, hidden);
    });
}

double sharpness_inside(std::span<const float> picture, const ImageShape& shape,
                        std::span<const std::uint8_t> hidden) {
    const auto width = static_cast<std::size_t>(shape.width);
    return mean_inside(shape, hidden, [&](std::size_t first) {
        double sum = 0;
        for (std::size_t i = 0; i < hidden.size(); ++i) {
            if (hidden[i] == 0) {
                continue;
            }
            const double here = picture[first + i];
            const double right =
                (i + 1) % width != 0 ? static_cast<double>(picture[first + i + 1]) - here : 0;
            const double below = i + width < hidden.size()
                                     ? static_cast<double>(picture[first + i + width]) - here
                                     : 0;
            sum += std::hypot(right, below);
        }
        return sum;
    });
}

}  // namespace lmser
