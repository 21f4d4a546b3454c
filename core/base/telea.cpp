// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/telea.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <queue>
#include <stdexcept>
#include <utility>
#include <vector>

namespace lmser {

namespace {

/// What the front has made of a pixel: KNOWN and BAND of the paper are one here, since both have a value and a T.
enum class State : std::uint8_t {
    reached,
    inside,  ///< the front will come
    barred,  ///< the front never comes
};

/// Where the front arrives when: T of |grad T| = 1, by fast marching (Sethian 1996).
class Front {
public:
    Front(int height, int width)
        : height_(height),
          width_(width),
          states_(static_cast<std::size_t>(height) * static_cast<std::size_t>(width),
                  State::barred),
          times_(states_.size()) {}

    [[nodiscard]] int height() const { return height_; }
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] std::size_t pixels() const { return states_.size(); }
    [[nodiscard]] std::size_t at(int y, int x) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
               static_cast<std::size_t>(x);
    }
    [[nodiscard]] bool reached(int y, int x) const {
        return y >= 0 && y < height_ && x >= 0 && x < width_ && states_[at(y, x)] == State::reached;
    }
    [[nodiscard]] float time(std::size_t pixel) const { return times_[pixel]; }
    void set(std::size_t pixel, State state, float time) {
        states_[pixel] = state;
        times_[pixel] = time;
    }
    /// The front stands at `pixel` when the march begins.
    void start_from(std::size_t pixel) {
        set(pixel, State::reached, 0);
        push(pixel);
    }

    /// Marches until all is reached or T > farthest; enter(y, x) is called once a pixel that is reached.
    template <class Enter>
    void march(float farthest, const Enter& enter) {
        while (!waiting_.empty() && waiting_.top().time <= farthest) {
            const auto y =
                static_cast<int>(waiting_.top().pixel / static_cast<std::size_t>(width_));
            const auto x =
                static_cast<int>(waiting_.top().pixel % static_cast<std::size_t>(width_));
            waiting_.pop();
            for (const auto& [down, right] : kNeighbours) {
                reach(y + down, x + right, enter);
            }
        }
    }

    /// The slope of T at a pixel along (down, right), from what is reached before and behind it.
    [[nodiscard]] float slope(int y, int x, int down, int right) const {
        const bool before = reached(y - down, x - right);
        const bool behind = reached(y + down, x + right);
        const float first = times_[before ? at(y - down, x - right) : at(y, x)];
        const float last = times_[behind ? at(y + down, x + right) : at(y, x)];
        return before && behind ? (last - first) / 2 : last - first;
    }

private:
    struct Waiting {
        float time;
        std::size_t order;  ///< of equal times the first comes first
        std::size_t pixel;

        bool operator<(const Waiting& other) const {
            return std::pair(time, order) > std::pair(other.time, other.order);
        }
    };
    static constexpr std::array<std::pair<int, int>, 4> kNeighbours = {
        {{-1, 0}, {0, -1}, {1, 0}, {0, 1}}};

    void push(std::size_t pixel) { waiting_.push({times_[pixel], pushed_++, pixel}); }

    template <class Enter>
    void reach(int y, int x, const Enter& enter) {
        if (y < 0 || y >= height_ || x < 0 || x >= width_ || states_[at(y, x)] != State::inside) {
            return;
        }
        times_[at(y, x)] = arrival(y, x);
        enter(y, x);
        states_[at(y, x)] = State::reached;
        push(at(y, x));
    }

    /// The earliest of the neighbours before and behind; infinite where neither is reached.
    [[nodiscard]] float earliest(int y, int x, int down, int right) const {
        const auto time_of = [this](int row, int column) {
            return reached(row, column) ? times_[at(row, column)]
                                        : std::numeric_limits<float>::infinity();
        };
        return std::min(time_of(y - down, x - right), time_of(y + down, x + right));
    }

    /// T of |grad T| = 1, upwind: (T - up)² + (T - side)² = 1, or one step from the earlier where that has no solution.
    [[nodiscard]] float arrival(int y, int x) const {
        const float up = earliest(y, x, 1, 0);
        const float side = earliest(y, x, 0, 1);
        const float apart = up - side;
        if (std::abs(apart) < 1) {
            return (up + side + std::sqrt(2 - apart * apart)) / 2;
        }
        return std::min(up, side) + 1;
    }

    int height_;
    int width_;
    std::vector<State> states_;
    std::vector<float> times_;
    std::priority_queue<Waiting> waiting_;
    std::size_t pushed_ = 0;
};

/// One of the pixels that a pixel looks at.
struct Offset {
    int down;
    int right;
    float weight;  ///< of its distance, 1 / |r|², and the 1 / |r| that the direction's weight needs
};

std::vector<Offset> disc(int radius) {
    std::vector<Offset> offsets;
    for (int down = -radius; down <= radius; ++down) {
        for (int right = -radius; right <= radius; ++right) {
            const int square = down * down + right * right;
            if (square > 0 && square <= radius * radius) {
                const auto length = std::sqrt(static_cast<float>(square));
                offsets.push_back({down, right, 1 / (length * length * length)});
            }
        }
    }
    return offsets;
}

/// The visible pixels that touch a hidden one; the march begins there, on both sides.
std::vector<std::size_t> border_of(const Front& front, std::span<const std::uint8_t> hidden) {
    std::vector<std::size_t> border;
    const auto is_hidden = [&](int y, int x) {
        return y >= 0 && y < front.height() && x >= 0 && x < front.width() &&
               hidden[front.at(y, x)] != 0;
    };
    for (int y = 0; y < front.height(); ++y) {
        for (int x = 0; x < front.width(); ++x) {
            if (!is_hidden(y, x) && (is_hidden(y - 1, x) || is_hidden(y + 1, x) ||
                                     is_hidden(y, x - 1) || is_hidden(y, x + 1))) {
                border.push_back(front.at(y, x));
            }
        }
    }
    return border;
}

/// T <= 0 of the visible pixels: how long ago the front that enters the hole would have passed them. As far as
/// `farthest` from the border, beyond which nothing looks.
std::vector<float> times_outside(const ImageShape& shape, std::span<const std::uint8_t> hidden,
                                 float farthest) {
    Front front(shape.height, shape.width);
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        front.set(i, hidden[i] != 0 ? State::barred : State::inside, farthest);
    }
    for (const std::size_t pixel : border_of(front, hidden)) {
        front.start_from(pixel);
    }
    front.march(farthest, [](int, int) {});
    std::vector<float> times(hidden.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
        times[i] = -front.time(i);
    }
    return times;
}

/// Gives one hidden pixel p its value. Eq. (2): the mean of I(q) over what is reached around p, weighted by direction
/// (towards grad T), distance, and how near to p's level of T it lies. The paper adds grad I(q) · (p - q) to every I(q),
/// by which errors grow from ring to ring: inside boxes and halves of faces it costs 4 dB. OpenCV bounds it to about a
/// grey level; here it is left out.
void inpaint_pixel(std::span<float> picture, const Front& front, const std::vector<Offset>& offsets,
                   int y, int x) {
    constexpr float kLeast = 1e-6F;  // what lies along the front counts where nothing else does
    const std::size_t here = front.at(y, x);
    const float down_slope = front.slope(y, x, 1, 0);
    const float right_slope = front.slope(y, x, 0, 1);
    for (std::size_t first = 0; first < picture.size(); first += front.pixels()) {
        picture[first + here] = 0;
    }
    float weights = 0;
    for (const Offset& offset : offsets) {
        if (!front.reached(y + offset.down, x + offset.right)) {
            continue;
        }
        const std::size_t there = front.at(y + offset.down, x + offset.right);
        const float direction = std::abs(static_cast<float>(offset.down) * down_slope +
                                         static_cast<float>(offset.right) * right_slope);
        const float level = 1 / (1 + std::abs(front.time(there) - front.time(here)));
        const float weight = std::max(direction, kLeast) * offset.weight * level;
        weights += weight;
        for (std::size_t first = 0; first < picture.size(); first += front.pixels()) {
            picture[first + here] += weight * picture[first + there];
        }
    }
    for (std::size_t first = 0; first < picture.size(); first += front.pixels()) {
        picture[first + here] = std::clamp(picture[first + here] / weights, 0.F, 1.F);
    }
}

}  // namespace

void inpaint_telea(std::span<float> picture, const ImageShape& shape,
                   std::span<const std::uint8_t> hidden, int radius) {
    if (picture.size() != shape.pixels() || radius < 1 ||
        hidden.size() * static_cast<std::size_t>(shape.channels) != picture.size()) {
        throw std::invalid_argument("a mask has one value a pixel, and a radius is at least 1");
    }
    const std::vector<float> outside = times_outside(shape, hidden, static_cast<float>(radius + 1));
    Front front(shape.height, shape.width);
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        front.set(i, hidden[i] != 0 ? State::inside : State::reached, outside[i]);
    }
    for (const std::size_t pixel : border_of(front, hidden)) {
        front.start_from(pixel);
    }
    const std::vector<Offset> offsets = disc(radius);
    front.march(std::numeric_limits<float>::infinity(),
                [&](int y, int x) { inpaint_pixel(picture, front, offsets, y, x); });
}

}  // namespace lmser
