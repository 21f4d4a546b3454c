// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/recall.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "core/base/hole.h"

namespace lmser {

namespace {

std::size_t plane_size(const ImageShape& shape) {
    return static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width);
}

/// Calls visit(hole, hidden, first) for every picture: `first` is where its values begin.
template <class Visit>
void each_picture(const Images& pictures, std::span<const std::uint8_t> hidden,
                  const Visit& visit) {
    const std::size_t plane = plane_size(pictures.shape);
    if (hidden.size() != pictures.count() * plane) {
        throw std::invalid_argument("every picture has a mask of its size");
    }
    for (std::size_t i = 0; i < pictures.count(); ++i) {
        const auto mask = hidden.subspan(i * plane, plane);
        visit(Hole(pictures.shape.height, pictures.shape.width, mask), mask,
              i * pictures.shape.pixels());
    }
}

/// One plane of a recall set into its hole.
void compose_plane(const Hole& hole, std::span<const std::uint8_t> hidden,
                   std::span<const float> picture, std::span<float> recalled, int rounds) {
    std::vector<float> surface(picture.size());
    std::transform(picture.begin(), picture.end(), recalled.begin(), surface.begin(),
                   std::minus<>());
    hole.span_membrane(std::span(surface), rounds);
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        recalled[i] = hidden[i] != 0 ? std::clamp(recalled[i] + surface[i], 0.F, 1.F) : picture[i];
    }
}

/// The root mean square of a difference over hidden pixels.
double change_inside(const Images& before, const Images& after,
                     std::span<const std::uint8_t> hidden) {
    const std::size_t plane = plane_size(before.shape);
    const std::size_t channels = before.shape.pixels() / plane;
    double sum = 0;
    double count = 0;
    for (std::size_t i = 0; i < before.values.size(); ++i) {
        const std::size_t picture = i / plane / channels;
        if (hidden[picture * plane + i % plane] != 0) {
            const double difference =
                static_cast<double>(after.values[i]) - static_cast<double>(before.values[i]);
            sum += difference * difference;
            ++count;
        }
    }
    return count > 0 ? std::sqrt(sum / count) : 0;
}

/// Every row of `width` values the other way round.
template <class Value>
std::vector<Value> mirrored(std::span<const Value> rows, std::size_t width) {
    std::vector<Value> turned(rows.begin(), rows.end());
    for (auto row = turned.begin(); row != turned.end();
         row += static_cast<std::ptrdiff_t>(width)) {
        std::reverse(row, row + static_cast<std::ptrdiff_t>(width));
    }
    return turned;
}

Images recalled_once(const FrozenNet& net, const Images& seen, std::span<const std::uint8_t> hidden,
                     HoleFill fill, bool both_ways) {
    Images answer = net.recall(seen, hidden, fill);
    if (both_ways) {
        const auto width = static_cast<std::size_t>(seen.shape.width);
        const Images other = net.recall({seen.shape, mirrored(std::span(seen.values), width)},
                                        mirrored(hidden, width), fill);
        const std::vector<float> turned = mirrored(std::span(other.values), width);
        std::transform(answer.values.begin(), answer.values.end(), turned.begin(),
                       answer.values.begin(), [](float a, float b) { return (a + b) / 2; });
    }
    return answer;
}

}  // namespace

Images filled(const FrozenNet& net, const Images& pictures, std::span<const std::uint8_t> hidden,
              HoleFill fill) {
    if (fill == HoleFill::given) {
        return pictures;
    }
    Images start = pictures;
    const Images mean = net.mean_picture();
    const std::size_t plane = plane_size(pictures.shape);
    each_picture(pictures, hidden, [&](const Hole& hole, auto mask, std::size_t first) {
        for (std::size_t at = 0; at < pictures.shape.pixels(); at += plane) {
            const auto values = std::span(start.values).subspan(first + at, plane);
            const auto means = std::span(mean.values).subspan(at, plane);
            std::transform(values.begin(), values.end(), means.begin(), values.begin(),
                           std::minus<>());
            if (fill == HoleFill::smooth) {
                hole.fill(values);
            }
            for (std::size_t i = 0; i < plane; ++i) {
                values[i] =
                    fill == HoleFill::mean && mask[i] != 0 ? means[i] : values[i] + means[i];
            }
        }
    });
    return start;
}

Images with_grey_holes(Images pictures, std::span<const std::uint8_t> hidden) {
    constexpr float kGrey = .5F;
    const std::size_t plane = plane_size(pictures.shape);
    each_picture(pictures, hidden, [&](const Hole&, auto mask, std::size_t first) {
        for (std::size_t i = 0; i < pictures.shape.pixels(); ++i) {
            if (mask[i % plane] != 0) {
                pictures.values[first + i] = kGrey;
            }
        }
    });
    return pictures;
}

Images composed(const Images& pictures, const Images& recalled,
                std::span<const std::uint8_t> hidden, Composition composition,
                int membrane_rounds) {
    if (recalled.shape != pictures.shape || recalled.values.size() != pictures.values.size()) {
        throw std::invalid_argument("a recall has the size of its picture");
    }
    Images whole = recalled;
    const std::size_t plane = plane_size(pictures.shape);
    each_picture(pictures, hidden, [&](const Hole& hole, auto mask, std::size_t first) {
        for (std::size_t at = first; at < first + pictures.shape.pixels(); at += plane) {
            const auto picture = std::span(pictures.values).subspan(at, plane);
            const auto values = std::span(whole.values).subspan(at, plane);
            if (composition == Composition::membrane) {
                compose_plane(hole, mask, picture, values, membrane_rounds);
                continue;
            }
            for (std::size_t i = 0; i < plane; ++i) {
                values[i] = mask[i] != 0 ? values[i] : picture[i];
            }
        }
    });
    return whole;
}

Recalled recall(const FrozenNet& net, const Images& pictures, std::span<const std::uint8_t> hidden,
                const RecallOptions& options) {
    if (options.rounds < 1) {
        throw std::invalid_argument("a recall has one round at least");
    }
    Recalled answer;
    Images before = filled(net, pictures, hidden, options.fill);
    Images seen = pictures;
    HoleFill fill = options.fill;
    for (int round = 1; round <= options.rounds; ++round) {
        answer.recalled = recalled_once(net, seen, hidden, fill, options.mirrored);
        answer.composed = composed(pictures, answer.recalled, hidden, options.composition,
                                   options.membrane_rounds);
        answer.change.push_back(change_inside(before, answer.recalled, hidden));
        answer.trail.push_back(answer.composed);
        before = answer.recalled;
        seen = composed(pictures, answer.recalled, hidden, Composition::pasted, 0);
        fill = HoleFill::given;
    }
    return answer;
}

}  // namespace lmser
