// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/similarity.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lmser {

namespace {

constexpr std::size_t kWindow = kSimilarityWindow;
constexpr std::size_t kRadius = kWindow / 2;

/// Means over the window around every pixel of planes of one size, zeros beyond the border.
template <class Value>
class Window {
public:
    Window(std::size_t height, std::size_t width)
        : height_(height), width_(width), columns_(width + 2 * kRadius) {}

    void mean(const std::vector<Value>& plane, std::vector<Value>& out) {
        constexpr Value kShare = Value{1} / static_cast<Value>(kWindow * kWindow);
        for (std::size_t y = 0; y < height_; ++y) {
            sum_rows(plane, y < kRadius ? 0 : y - kRadius, std::min(height_, y + kRadius + 1));
            const Value* columns = columns_.data();
            Value* row = out.data() + y * width_;
            for (std::size_t x = 0; x < width_; ++x) {
                Value sum = 0;
                for (std::size_t i = 0; i < kWindow; ++i) {
                    sum += columns[x + i];
                }
                row[x] = kShare * sum;
            }
        }
    }

private:
    void sum_rows(const std::vector<Value>& plane, std::size_t first, std::size_t end) {
        Value* sums = columns_.data() + kRadius;
        std::fill_n(sums, width_, Value{0});
        for (std::size_t y = first; y < end; ++y) {
            const Value* row = plane.data() + y * width_;
            for (std::size_t x = 0; x < width_; ++x) {
                sums[x] += row[x];
            }
        }
    }

    std::size_t height_;
    std::size_t width_;
    std::vector<Value> columns_;  ///< sums of the rows in the window, zeros at both ends
};

/// One channel. a is the truth, b the picture; means, second moments, and what the similarity of a window changes by
/// with them.
template <class Value>
struct Plane {
    explicit Plane(std::size_t pixels)
        : a(pixels),
          b(pixels),
          product(pixels),
          mean_a(pixels),
          mean_b(pixels),
          aa(pixels),
          bb(pixels),
          ab(pixels) {}

    void take(std::span<const Value> truth, std::span<const Value> picture, Window<Value>& window) {
        std::copy(truth.begin(), truth.end(), a.begin());
        std::copy(picture.begin(), picture.end(), b.begin());
        window.mean(a, mean_a);
        window.mean(b, mean_b);
        multiply(a, a);
        window.mean(product, aa);
        multiply(b, b);
        window.mean(product, bb);
        multiply(a, b);
        window.mean(product, ab);
    }

    /// The sum of 1 - SSIM where `counts`. Leaves the slopes by mean_b, bb and ab in their places, 0 elsewhere.
    double lack(const std::vector<std::uint8_t>& counts) {
        constexpr Value kC1 = static_cast<Value>(.01 * .01);
        constexpr Value kC2 = static_cast<Value>(.03 * .03);
        double sum = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const Value ma = mean_a[i];
            const Value mb = mean_b[i];
            const Value means = 2 * ma * mb + kC1;
            const Value squares = ma * ma + mb * mb + kC1;
            const Value covariance = 2 * (ab[i] - ma * mb) + kC2;
            const Value variances = aa[i] - ma * ma + bb[i] - mb * mb + kC2;
            const Value divisor = squares * variances;
            const Value similarity = means * covariance / divisor;
            const Value weight = counts[i] != 0 ? Value{1} : Value{0};
            mean_b[i] = weight * (2 * ma * (covariance - means) / divisor +
                                  2 * mb * similarity * (1 / variances - 1 / squares));
            bb[i] = -weight * similarity / variances;
            ab[i] = weight * 2 * means / divisor;
            sum += static_cast<double>(weight * (1 - similarity));
        }
        return sum;
    }

    /// Adds the gradient of scale · lack() by b: every pixel hears of all windows that it lies in.
    void add_gradient(Window<Value>& window, Value scale, std::span<Value> gradient) {
        window.mean(mean_b, product);
        add(gradient, [&](std::size_t i) { return -scale * product[i]; });
        window.mean(bb, product);
        add(gradient, [&](std::size_t i) { return -scale * 2 * b[i] * product[i]; });
        window.mean(ab, product);
        add(gradient, [&](std::size_t i) { return -scale * a[i] * product[i]; });
    }

    std::vector<Value> a, b, product, mean_a, mean_b, aa, bb, ab;

private:
    void multiply(const std::vector<Value>& left, const std::vector<Value>& right) {
        std::transform(left.begin(), left.end(), right.begin(), product.begin(),
                       [](Value l, Value r) { return l * r; });
    }

    template <class At>
    static void add(std::span<Value> gradient, const At& at) {
        for (std::size_t i = 0; i < gradient.size(); ++i) {
            gradient[i] += at(i);
        }
    }
};

/// Where a pixel is hidden and its window lies in the picture.
std::vector<std::uint8_t> counted(std::span<const std::uint8_t> hidden, std::size_t height,
                                  std::size_t width) {
    std::vector<std::uint8_t> counts(hidden.size());
    for (std::size_t y = kRadius; y + kRadius < height; ++y) {
        for (std::size_t x = kRadius; x + kRadius < width; ++x) {
            counts[y * width + x] = hidden[y * width + x] != 0 ? 1 : 0;
        }
    }
    return counts;
}

}  // namespace

template <class Value>
double dissimilarity(std::span<const Value> picture, std::span<const Value> truth,
                     const ImageShape& shape, std::span<const std::uint8_t> hidden, Value scale,
                     std::span<Value> gradient) {
    const auto height = static_cast<std::size_t>(shape.height);
    const auto width = static_cast<std::size_t>(shape.width);
    const std::size_t pixels = height * width;
    const std::vector<std::uint8_t> counts = counted(hidden, height, width);
    Window<Value> window(height, width);
    Plane<Value> plane(pixels);
    double sum = 0;
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(shape.channels); ++channel) {
        const std::size_t first = channel * pixels;
        plane.take(truth.subspan(first, pixels), picture.subspan(first, pixels), window);
        sum += plane.lack(counts);
        plane.add_gradient(window, scale, gradient.subspan(first, pixels));
    }
    return sum;
}

template double dissimilarity(std::span<const float>, std::span<const float>, const ImageShape&,
                              std::span<const std::uint8_t>, float, std::span<float>);
template double dissimilarity(std::span<const double>, std::span<const double>, const ImageShape&,
                              std::span<const std::uint8_t>, double, std::span<double>);

}  // namespace lmser
