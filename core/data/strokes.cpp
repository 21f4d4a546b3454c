// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/strokes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/data/digit_shapes.h"

namespace lmser {

namespace {

constexpr int kSide = 28;
constexpr std::size_t kPixels = std::size_t{kSide} * kSide;
constexpr int kClasses = 10;
constexpr float kBox = 20;    // MNIST scales its digits into 20x20 of the 28x28 pixels
constexpr float kReach = 12;  // pixels from the middle that ink may come to
constexpr int kSamplesASpan = 5;
constexpr float kOffCentre = .25F;  // pixels that nobody sees
constexpr float kEdge = 1.3F;       // pixels over which ink fades into paper

struct Point {
    float x = 0;
    float y = 0;
};

/// A piece of a pen's line: a point and how far the ink reaches from it.
struct Ink {
    Point at;
    float radius = 1;
    bool starts = false;  // no line leads here from the piece before
};

float draw_normal(Random& random, float spread) {
    return spread * std::clamp(static_cast<float>(random.normal()), -2.2F, 2.2F);
}

float draw_uniform(Random& random, float low, float high) {
    return static_cast<float>(random.uniform(low, high));
}

/// A hand: what makes the same digit look different every time.
struct Hand {
    float width;           // the digit's breadth against its height
    float slant;           // shear to the right
    float rotation;        // radians
    float balance;         // which half is taller: heights are raised to this power
    float bend;            // amplitude of a wave through the digit
    float bend_phase;      // radians
    float unsteadiness;    // spread of every knot
    float radius;          // of the pen, pixels
    float pressure;        // how much the radius varies along a stroke
    float pressure_phase;  // radians
    float size;            // share of the box that is filled

    explicit Hand(Random& random)
        : width(draw_uniform(random, .58F, 1.02F)),
          slant(.16F + draw_normal(random, .21F)),
          rotation(draw_normal(random, .1F)),
          balance(std::exp(draw_normal(random, .13F))),
          bend(draw_normal(random, .04F)),
          bend_phase(draw_uniform(random, 0, 2 * std::numbers::pi_v<float>)),
          unsteadiness(draw_uniform(random, .014F, .04F)),
          radius(draw_uniform(random, .75F, 1.65F)),
          pressure(draw_uniform(random, 0, .22F)),
          pressure_phase(draw_uniform(random, 0, 2 * std::numbers::pi_v<float>)),
          size(draw_uniform(random, .93F, 1)) {}

    /// Where the hand puts a knot of the ideal digit.
    [[nodiscard]] Point place(const Knot& knot, Random& random) const {
        const float x = knot.x + draw_normal(random, unsteadiness) - .5F;
        const float height = std::clamp(knot.y + draw_normal(random, unsteadiness), 0.0F, 1.1F);
        const float y = std::pow(height, balance) - .5F;
        const float bent =
            x * width + bend * std::sin(2 * std::numbers::pi_v<float> * y + bend_phase);
        const float slanted = bent - slant * y;
        return {std::cos(rotation) * slanted - std::sin(rotation) * y,
                std::sin(rotation) * slanted + std::cos(rotation) * y};
    }
};

const DigitShape& choose_shape(int digit, Random& random) {
    const auto& shapes = shapes_of(digit);
    auto left = static_cast<float>(random.uniform());
    for (const DigitShape& shape : shapes) {
        left -= shape.share;
        if (left < 0) {
            return shape;
        }
    }
    return shapes.back();
}

Point mix(Point a, Point b, float t) {
    return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

/// The centripetal Catmull-Rom curve between b and c; it makes neither loops nor cusps.
Point curve(const std::array<Point, 4>& knots, float t) {
    std::array<float, 4> time{};
    for (std::size_t i = 1; i < knots.size(); ++i) {
        const float step = std::hypot(knots[i].x - knots[i - 1].x, knots[i].y - knots[i - 1].y);
        time[i] = time[i - 1] + std::sqrt(std::max(step, 1e-6F));
    }
    const float now = time[1] + t * (time[2] - time[1]);
    std::array<Point, 4> points = knots;
    // Barry and Goldman's pyramid of interpolations.
    for (std::size_t level = 1; level < knots.size(); ++level) {
        for (std::size_t i = 0; i + level < knots.size(); ++i) {
            const std::size_t low = level == 3 ? 1 : i;
            const std::size_t high = level == 3 ? 2 : i + level;
            points[i] = mix(points[i], points[i + 1], (now - time[low]) / (time[high] - time[low]));
        }
    }
    return points[0];
}

/// Appends the line through knots[first] … knots[last], rounded between them.
void follow(std::span<const Point> knots, std::vector<Ink>& line) {
    const std::size_t spans = knots.size() - 1;
    for (std::size_t i = 0; i < spans; ++i) {
        const Point b = knots[i];
        const Point c = knots[i + 1];
        // The curve needs a neighbour beyond each end: the mirror of the next knot.
        const Point a = i > 0 ? knots[i - 1] : Point{2 * b.x - c.x, 2 * b.y - c.y};
        const Point d = i + 1 < spans ? knots[i + 2] : Point{2 * c.x - b.x, 2 * c.y - b.y};
        for (int sample = 1; sample <= kSamplesASpan; ++sample) {
            line.push_back(
                {curve({a, b, c, d}, static_cast<float>(sample) / kSamplesASpan), 1, false});
        }
    }
}

void draw_stroke(const PenStroke& stroke, const Hand& hand, Random& random,
                 std::vector<Ink>& line) {
    std::vector<Point> knots;
    line.reserve(line.size() + stroke.size() * kSamplesASpan);
    for (const Knot& knot : stroke) {
        knots.push_back(hand.place(knot, random));
    }
    if (knots.empty()) {
        return;
    }
    const std::size_t begin = line.size();
    line.push_back({knots.front(), 1, true});
    std::size_t first = 0;
    for (std::size_t last = 1; last < knots.size(); ++last) {
        if (stroke[last].corner || last + 1 == knots.size()) {
            follow(std::span(knots).subspan(first, last - first + 1), line);
            first = last;
        }
    }
    const auto length = static_cast<float>(line.size() - begin);
    for (std::size_t i = begin; i < line.size(); ++i) {
        const float along = static_cast<float>(i - begin) / length;
        line[i].radius = 1 + hand.pressure * std::sin(5 * along + hand.pressure_phase);
    }
}

/// Scales the line into MNIST's box and moves its mass to the middle of the picture.
void fit(std::vector<Ink>& line, const Hand& hand) {
    constexpr float kFar = 1e9F;
    Point low{kFar, kFar};
    Point high{-kFar, -kFar};
    for (const Ink& ink : line) {
        low = {std::min(low.x, ink.at.x), std::min(low.y, ink.at.y)};
        high = {std::max(high.x, ink.at.x), std::max(high.y, ink.at.y)};
    }
    const float extent = std::max(high.x - low.x, high.y - low.y);
    const float scale = (kBox * hand.size - 2 * hand.radius) / extent;
    float mass = 0;
    Point centre;
    for (std::size_t i = 0; i < line.size(); ++i) {
        line[i].at = {line[i].at.x * scale, line[i].at.y * scale};
        line[i].radius *= hand.radius;
        if (!line[i].starts) {
            const Point middle = mix(line[i - 1].at, line[i].at, .5F);
            const float weight = line[i].radius * std::hypot(line[i].at.x - line[i - 1].at.x,
                                                             line[i].at.y - line[i - 1].at.y);
            mass += weight;
            centre = {centre.x + weight * middle.x, centre.y + weight * middle.y};
        }
    }
    centre = {centre.x / mass, centre.y / mass};
    float reach = 0;
    for (const Ink& ink : line) {
        reach = std::max({reach, std::abs(ink.at.x - centre.x), std::abs(ink.at.y - centre.y)});
    }
    // A long tail far from the mass, as that of a 7, would leave the picture.
    const float most = kReach - hand.radius;
    const float shrink = reach > most ? most / reach : 1;
    for (Ink& ink : line) {
        ink.at = {kSide / 2.0F + (ink.at.x - centre.x) * shrink,
                  kSide / 2.0F + (ink.at.y - centre.y) * shrink};
    }
}

float squared_distance(Point p, Point a, Point b) {
    const Point along{b.x - a.x, b.y - a.y};
    const float squared = along.x * along.x + along.y * along.y;
    const float t = squared > 0 ? ((p.x - a.x) * along.x + (p.y - a.y) * along.y) / squared : 0;
    const float nearest = std::clamp(t, 0.0F, 1.0F);
    const float dx = p.x - a.x - nearest * along.x;
    const float dy = p.y - a.y - nearest * along.y;
    return dx * dx + dy * dy;
}

/// Inks the pixels around one piece of the line by their distance from it.
void ink_piece(const Ink& from, const Ink& to, std::span<float> picture) {
    const float reach = std::max(from.radius, to.radius) + kEdge / 2;
    const auto first = [reach](float a, float b) {
        return std::clamp(static_cast<int>(std::floor(std::min(a, b) - reach - .5F)), 0, kSide);
    };
    const auto last = [reach](float a, float b) {
        return std::clamp(static_cast<int>(std::ceil(std::max(a, b) + reach + .5F)), 0, kSide);
    };
    for (int y = first(from.at.y, to.at.y); y < last(from.at.y, to.at.y); ++y) {
        for (int x = first(from.at.x, to.at.x); x < last(from.at.x, to.at.x); ++x) {
            const Point centre{static_cast<float>(x) + .5F, static_cast<float>(y) + .5F};
            const float squared = squared_distance(centre, from.at, to.at);
            if (squared >= reach * reach) {
                continue;
            }
            const float ink = .5F + (to.radius - std::sqrt(squared)) / kEdge;
            float& pixel =
                picture[static_cast<std::size_t>(y) * kSide + static_cast<std::size_t>(x)];
            pixel = std::max(pixel, std::min(ink, 1.0F));
        }
    }
}

using Picture = std::array<float, kPixels>;

Picture ink(std::span<const Ink> line) {
    Picture picture{};
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (!line[i].starts) {
            ink_piece(line[i - 1], line[i], picture);
        }
    }
    return picture;
}

/// How far the mass of a picture lies from its middle.
Point off_centre(const Picture& picture) {
    float mass = 0;
    Point centre;
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            const float value =
                picture[static_cast<std::size_t>(y) * kSide + static_cast<std::size_t>(x)];
            mass += value;
            centre.x += value * (static_cast<float>(x) + .5F);
            centre.y += value * (static_cast<float>(y) + .5F);
        }
    }
    return {centre.x / mass - kSide / 2.0F, centre.y / mass - kSide / 2.0F};
}

void draw_digit(int digit, Random random, std::span<std::uint8_t> into) {
    const Hand hand(random);
    std::vector<Ink> line;
    for (const PenStroke& stroke : choose_shape(digit, random).strokes) {
        draw_stroke(stroke, hand, random, line);
    }
    fit(line, hand);
    Picture picture = ink(line);
    // Where strokes overlap, the line has more mass than its picture: measure, and draw once more.
    const Point off = off_centre(picture);
    if (std::hypot(off.x, off.y) > kOffCentre) {
        for (Ink& piece : line) {
            piece.at = {piece.at.x - off.x, piece.at.y - off.y};
        }
        picture = ink(line);
    }
    std::transform(picture.begin(), picture.end(), into.begin(),
                   [](float value) { return static_cast<std::uint8_t>(std::lround(value * 255)); });
}

}  // namespace

LabelledImages draw_strokes(std::size_t count, std::uint64_t seed) {
    LabelledImages drawn{std::vector<std::uint8_t>(count * kPixels),
                         std::vector<std::uint8_t>(count)};
    for (std::size_t i = 0; i < count; ++i) {
        const int digit = static_cast<int>(i % kClasses);
        drawn.labels[i] = static_cast<std::uint8_t>(digit);
        draw_digit(digit, Random(seed, RandomPurpose::strokes, i),
                   std::span(drawn.pixels).subspan(i * kPixels, kPixels));
    }
    return drawn;
}

}  // namespace lmser
