// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/face_alignment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <stdexcept>
#include <utility>

namespace lmser {

namespace {

constexpr double kFrameSide = 128;  // of which the frame's points are given
constexpr FacePoints kFrame = {{47, 66}, {80, 66}, {64, 101}};
constexpr double kReach = 16;  // sides of the photo that a point may be away

std::size_t size_of(int side) {
    return static_cast<std::size_t>(side);
}

FacePoints scaled(const FacePoints& points, double across, double down, PicturePoint corner) {
    const auto moved = [&](PicturePoint point) {
        return PicturePoint{corner.x + across * point.x, corner.y + down * point.y};
    };
    return {moved(points.left_eye), moved(points.right_eye), moved(points.mouth)};
}

std::array<PicturePoint, 3> list_of(const FacePoints& points) {
    return {points.left_eye, points.right_eye, points.mouth};
}

double distance(PicturePoint a, PicturePoint b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

PicturePoint middle_of(const std::array<PicturePoint, 3>& points) {
    return {(points[0].x + points[1].x + points[2].x) / 3,
            (points[0].y + points[1].y + points[2].y) / 3};
}

/// x' = a x - b y + c, y' = b x + a y + d: a turn, a scale and a move.
struct Similarity {
    double a = 1;
    double b = 0;
    double c = 0;
    double d = 0;

    [[nodiscard]] double scale() const { return std::hypot(a, b); }
    [[nodiscard]] Similarity divided_by(double factor) const {
        return {a / factor, b / factor, c / factor, d / factor};
    }
    [[nodiscard]] PicturePoint operator()(PicturePoint point) const {
        return {a * point.x - b * point.y + c, b * point.x + a * point.y + d};
    }
};

/// How points of a photo fit those of a frame when both are taken for complex numbers around their middles: the best
/// similarity (least squares) multiplies by product / spread.
struct Fit {
    PicturePoint photo_middle;
    PicturePoint frame_middle;
    double real = 0;  ///< of the product: the sum of conj(photo) · frame
    double turned = 0;
    double photo_spread = 0;  ///< sum of squares
    double frame_spread = 0;

    Fit(const FacePoints& photo_points, const FacePoints& frame_points) {
        const auto photo = list_of(photo_points);
        const auto frame = list_of(frame_points);
        photo_middle = middle_of(photo);
        frame_middle = middle_of(frame);
        for (std::size_t i = 0; i < photo.size(); ++i) {
            const PicturePoint p{photo[i].x - photo_middle.x, photo[i].y - photo_middle.y};
            const PicturePoint f{frame[i].x - frame_middle.x, frame[i].y - frame_middle.y};
            real += p.x * f.x + p.y * f.y;
            turned += p.x * f.y - p.y * f.x;
            photo_spread += p.x * p.x + p.y * p.y;
            frame_spread += f.x * f.x + f.y * f.y;
        }
    }

    /// 1: but for a similarity the points are the same; 0: no turn fits better than another.
    [[nodiscard]] double agreement() const {
        return photo_spread > 0 ? std::hypot(real, turned) / std::sqrt(photo_spread * frame_spread)
                                : 0;
    }

    /// From the frame back to the photo: it divides by product / spread.
    [[nodiscard]] Similarity back() const {
        const double norm = real * real + turned * turned;
        Similarity similarity{real * photo_spread / norm, -turned * photo_spread / norm, 0, 0};
        const PicturePoint moved = similarity(frame_middle);
        similarity.c = photo_middle.x - moved.x;
        similarity.d = photo_middle.y - moved.y;
        return similarity;
    }
};

/// A photo between its pixels.
class Surface {
public:
    explicit Surface(const Images& photo)
        : values_(photo.values),
          channels_(size_of(photo.shape.channels)),
          height_(size_of(photo.shape.height)),
          width_(size_of(photo.shape.width)) {}

    /// A channel of the photo as a picture of so many channels has it: luminance (BT.601) of colours, grey for every
    /// colour.
    [[nodiscard]] double at(PicturePoint point, std::size_t channel, std::size_t wanted) const {
        if (wanted < channels_) {
            return .299 * at(point, 0) + .587 * at(point, 1) + .114 * at(point, 2);
        }
        return at(point, std::min(channel, channels_ - 1));
    }

private:
    /// Bilinear between the centres of pixels; beyond the photo its border goes on.
    [[nodiscard]] double at(PicturePoint point, std::size_t channel) const {
        const double x = std::clamp(point.x - .5, 0.0, static_cast<double>(width_ - 1));
        const double y = std::clamp(point.y - .5, 0.0, static_cast<double>(height_ - 1));
        const auto left = static_cast<std::size_t>(x);
        const auto top = static_cast<std::size_t>(y);
        const double across = x - static_cast<double>(left);
        const double down = y - static_cast<double>(top);
        const auto row = [&](std::size_t line) {
            const float* values = values_.data() + (channel * height_ + line) * width_;
            return (1 - across) * static_cast<double>(values[left]) +
                   across * static_cast<double>(values[std::min(left + 1, width_ - 1)]);
        };
        return (1 - down) * row(top) + down * row(std::min(top + 1, height_ - 1));
    }

    std::span<const float> values_;
    std::size_t channels_;
    std::size_t height_;
    std::size_t width_;
};

/// Every pixel of the answer is the mean of a square of `factor` pixels, or of what the photo has of it.
Images shrunk_by(const Images& photo, int factor) {
    const ImageShape& shape = photo.shape;
    const auto part = [factor](int side) { return (side + factor - 1) / factor; };
    Images small{{shape.channels, part(shape.height), part(shape.width)}, {}};
    small.values.reserve(small.shape.pixels());
    const std::size_t width = size_of(shape.width);
    for (int row = 0; row < shape.channels * small.shape.height; ++row) {
        const int channel = row / small.shape.height;
        const int top = row % small.shape.height * factor;
        const int lines = std::min(factor, shape.height - top);
        const float* from =
            photo.values.data() + (size_of(channel) * size_of(shape.height) + size_of(top)) * width;
        for (int left = 0; left < shape.width; left += factor) {
            const int columns = std::min(factor, shape.width - left);
            double sum = 0;
            for (int y = 0; y < lines; ++y) {
                const float* line = from + size_of(y) * width + size_of(left);
                sum = std::accumulate(line, line + columns, sum);
            }
            small.values.push_back(static_cast<float>(sum / (lines * columns)));
        }
    }
    return small;
}

/// How a pixel of the frame looks at the photo: at the places of a grid within it.
struct Sight {
    Similarity back;  ///< from the frame to the photo that is looked at
    int places = 1;   ///< in a row of the grid

    [[nodiscard]] double mean(const Surface& surface, int x, int y, std::size_t channel,
                              std::size_t channels) const {
        double sum = 0;
        for (int i = 0; i < places * places; ++i) {
            const int row = i / places;
            const int column = i % places;
            const PicturePoint place{x + (column + .5) / places, y + (row + .5) / places};
            sum += surface.at(back(place), channel, channels);
        }
        return sum / (places * places);
    }
};

}  // namespace

FacePoints points_of_frame(int height, int width) {
    return scaled(kFrame, width / kFrameSide, height / kFrameSide, {});
}

FacePoints guessed_points(const ImageShape& photo) {
    const int side = std::min(photo.height, photo.width);
    const PicturePoint corner{(photo.width - side) / 2.0, (photo.height - side) / 2.0};
    return scaled(kFrame, side / kFrameSide, side / kFrameSide, corner);
}

bool usable(const FacePoints& points, const ImageShape& photo) {
    constexpr double kClosest = 1e-3;  // pixels between two of the points
    constexpr double kLeastAgreement = 1e-3;
    const double across = kReach * photo.width;
    const double down = kReach * photo.height;
    bool seen = false;
    for (const PicturePoint& point : list_of(points)) {
        const bool near = std::abs(point.x) <= across && std::abs(point.y) <= down;
        if (!near) {  // nor where it is no number
            return false;
        }
        seen = seen ||
               (point.x >= 0 && point.x <= photo.width && point.y >= 0 && point.y <= photo.height);
    }
    return seen && distance(points.left_eye, points.right_eye) > kClosest &&
           distance(points.left_eye, points.mouth) > kClosest &&
           distance(points.right_eye, points.mouth) > kClosest &&
           Fit(points, kFrame).agreement() > kLeastAgreement;
}

Images aligned(const Images& photo, const FacePoints& points, const ImageShape& frame) {
    const ImageShape& shape = photo.shape;
    if (photo.values.empty() || photo.values.size() != shape.pixels() || !usable(points, shape)) {
        throw std::invalid_argument("one photo and the points of a face are aligned");
    }
    const Similarity whole = Fit(points, points_of_frame(frame.height, frame.width)).back();
    // The places are at most a pixel of the photo apart. Where that would be too many, the photo is shrunk first.
    constexpr double kMostPlaces = 4;
    const int longest = std::max(shape.height, shape.width);
    const int factor = static_cast<int>(
        std::clamp(std::floor(whole.scale() / kMostPlaces), 1.0, static_cast<double>(longest)));
    const Images small = factor > 1 ? shrunk_by(photo, factor) : Images{};
    const Surface surface(factor > 1 ? small : photo);
    const Sight sight{
        whole.divided_by(factor),
        static_cast<int>(std::ceil(std::clamp(whole.scale() / factor, 1.0, 2 * kMostPlaces)))};
    const std::size_t channels = size_of(frame.channels);
    Images answer{frame, {}};
    answer.values.reserve(frame.pixels());
    for (std::size_t channel = 0; channel < channels; ++channel) {
        for (int y = 0; y < frame.height; ++y) {
            for (int x = 0; x < frame.width; ++x) {
                answer.values.push_back(
                    static_cast<float>(sight.mean(surface, x, y, channel, channels)));
            }
        }
    }
    return answer;
}

Images shrunk(Images photo, std::size_t most) {
    const ImageShape& shape = photo.shape;
    const auto pixels = [&](int factor) {
        const auto part = [factor](int side) { return size_of((side + factor - 1) / factor); };
        return part(shape.height) * part(shape.width);
    };
    int factor = 1;
    while (pixels(factor) > std::max<std::size_t>(most, 1)) {
        ++factor;
    }
    if (factor > 1) {
        photo = shrunk_by(photo, factor);
    }
    return photo;
}

}  // namespace lmser
