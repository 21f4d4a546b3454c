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
int mirrored(int i, int count) {
    while (i < 0 || i >= count) {
        i = i < 0 ? -i - 1 : 2 * count - i - 1;
    }
    return i;
}

/// A plane seen through the Gaussian window, along rows and then along columns.
std::vector<double> blurred(const std::vector<double>& plane, int height, int width) {
    static const auto weights = gaussian();
    const auto at = [width](int y, int x) {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
               static_cast<std::size_t>(x);
    };
    std::vector<double> rows(plane.size());
    std::vector<double> both(plane.size());
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            double sum = 0;
            for (std::size_t i = 0; i < weights.size(); ++i) {
                sum +=
                    weights[i] * plane[at(y, mirrored(x + static_cast<int>(i) - kRadius, width))];
            }
            rows[at(y, x)] = sum;
        }
    }
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            double sum = 0;
            for (std::size_t i = 0; i < weights.size(); ++i) {
                sum +=
                    weights[i] * rows[at(mirrored(y + static_cast<int>(i) - kRadius, height), x)];
            }
            both[at(y, x)] = sum;
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
