// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/fit_picture.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "core/base/area_average.h"

namespace lmser {

namespace {

// MNIST: the digit fills 20 of 28 pixels. Every pixel of its pictures lies in that box, whatever is called ink.
constexpr double kInkShare = 20.0 / 28.0;
constexpr float kLeastContrast = .05F;  // of a page that is not empty
constexpr float kLeastInk = .2F;  // of the contrast; less is dirt on the paper or the pen's halo

std::size_t size_of(int side) {
    return static_cast<std::size_t>(side);
}

Plane channel_of(const Images& picture, int channel) {
    const std::size_t width = size_of(picture.shape.width);
    const std::size_t height = size_of(picture.shape.height);
    const std::span<const float> values(picture.values);
    return {values.subspan(size_of(channel) * width * height, width * height), width, height};
}

/// ITU-R BT.601 luma of a picture in colour.
std::vector<float> luminance(const Images& picture) {
    const auto red = channel_of(picture, 0).values;
    const auto green = channel_of(picture, 1).values;
    const auto blue = channel_of(picture, 2).values;
    std::vector<float> grey(red.size());
    for (std::size_t i = 0; i < grey.size(); ++i) {
        grey[i] = .299F * red[i] + .587F * green[i] + .114F * blue[i];
    }
    return grey;
}

/// The channels of a picture as another one has them: luminance for a grey one, grey for every colour.
class Channels {
public:
    Channels(const Images& picture, int wanted) : picture_(picture) {
        if (wanted < picture.shape.channels) {
            grey_ = luminance(picture);
        }
    }

    [[nodiscard]] Plane operator[](int channel) const {
        const Plane own = channel_of(picture_, std::min(channel, picture_.shape.channels - 1));
        return grey_.empty() ? own : Plane{grey_, own.width, own.height};
    }

private:
    const Images& picture_;
    std::vector<float> grey_;  // empty: the picture's own channels serve
};

/// The values around the edge of a plane.
std::vector<float> border_of(const Plane& plane) {
    const auto first = plane.values.first(plane.width);
    const auto last = plane.values.last(plane.width);
    std::vector<float> border(first.begin(), first.end());
    border.insert(border.end(), last.begin(), last.end());
    for (std::size_t y = 0; y < plane.height; ++y) {
        border.push_back(plane.values[y * plane.width]);
        border.push_back(plane.values[(y + 1) * plane.width - 1]);
    }
    return border;
}

float mean_of(const std::vector<float>& values) {
    double sum = 0;
    for (const float value : values) {
        sum += value;
    }
    return static_cast<float>(sum / static_cast<double>(values.size()));
}

float median_of(std::vector<float> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// What a page is written with: ink = (value - paper) / contrast, which is 1 at its strongest.
struct Writing {
    float paper = 0;
    float contrast = 0;  ///< negative for dark ink on bright paper
};

Writing writing_on(const Plane& plane) {
    // Of the border the median, so that a stroke that runs off the page does not count.
    const float paper = median_of(border_of(plane));
    const auto [darkest, brightest] = std::minmax_element(plane.values.begin(), plane.values.end());
    const float above = *brightest - paper;
    const float below = paper - *darkest;
    return {paper, below > above ? -below : above};
}

struct Box {
    std::size_t left = 0;
    std::size_t top = 0;
    std::size_t width = 0;
    std::size_t height = 0;
};

/// The smallest box around all that is ink; there is some, since the strongest ink is 1.
Box ink_box(const Plane& plane, const Writing& writing) {
    std::size_t left = plane.width;
    std::size_t right = 0;
    std::size_t top = plane.height;
    std::size_t bottom = 0;
    const float sign = writing.contrast < 0 ? -1.F : 1.F;
    const float least = sign * writing.paper + kLeastInk * std::abs(writing.contrast);
    const auto is_ink = [&](float value) { return sign * value > least; };
    for (std::size_t y = 0; y < plane.height; ++y) {
        const auto row = plane.values.subspan(y * plane.width, plane.width);
        const auto first = std::find_if(row.begin(), row.end(), is_ink);
        if (first == row.end()) {
            continue;
        }
        const auto last = std::find_if(row.rbegin(), row.rend(), is_ink);
        left = std::min(left, static_cast<std::size_t>(first - row.begin()));
        right = std::max(right, static_cast<std::size_t>(row.rend() - last));
        top = std::min(top, y);
        bottom = y + 1;
    }
    return {left, top, right - left, bottom - top};
}

std::vector<float> ink_in(const Plane& plane, const Writing& writing, const Box& box) {
    std::vector<float> ink;
    ink.reserve(box.width * box.height);
    for (std::size_t y = box.top; y < box.top + box.height; ++y) {
        for (const float value : plane.values.subspan(y * plane.width + box.left, box.width)) {
            ink.push_back(std::clamp((value - writing.paper) / writing.contrast, 0.F, 1.F));
        }
    }
    return ink;
}

/// A thin pen fades when it is scaled down; in MNIST the strongest ink is always white.
void strengthen(std::vector<float>& ink) {
    const float strongest = *std::max_element(ink.begin(), ink.end());
    for (float& value : ink) {
        value /= strongest;
    }
}

/// Where a drawing of `size` pixels begins so that its centre of mass is in the middle pixel of `room`, and all of
/// it is inside.
std::size_t centred(double centre_of_mass, std::size_t size, std::size_t room) {
    const std::size_t middle = room / 2;
    const auto start = std::lround(static_cast<double>(middle) - centre_of_mass);
    return static_cast<std::size_t>(std::clamp(start, 0L, static_cast<long>(room - size)));
}

struct Centre {
    double x = 0;
    double y = 0;
};

Centre centre_of_mass(const Plane& plane) {
    Centre centre;
    double mass = 0;
    for (std::size_t i = 0; i < plane.values.size(); ++i) {
        const double value = plane.values[i];
        const std::size_t row = i / plane.width;
        centre.x += value * static_cast<double>(i - row * plane.width);
        centre.y += value * static_cast<double>(row);
        mass += value;
    }
    return {centre.x / mass, centre.y / mass};
}

/// Ink as large as it is in a network's picture.
struct Drawing {
    std::vector<float> values;
    std::size_t width = 0;
    std::size_t height = 0;

    [[nodiscard]] Plane plane() const { return {values, width, height}; }
};

/// The ink of a box, scaled into its part of a picture of that size.
Drawing scaled_ink(const Plane& ink, const ImageShape& shape) {
    const double step = std::max(static_cast<double>(ink.width) / (kInkShare * shape.width),
                                 static_cast<double>(ink.height) / (kInkShare * shape.height));
    // A hair more than a whole pixel is not one more.
    const auto cells = [step](std::size_t length, int room) {
        const double exact = std::ceil(static_cast<double>(length) / step - 1e-6);
        return std::clamp<std::size_t>(static_cast<std::size_t>(exact), 1, size_of(room));
    };
    Drawing drawing{{}, cells(ink.width, shape.width), cells(ink.height, shape.height)};
    drawing.values = area_averages(ink, {drawing.width, drawing.height, 0, 0, step}, 0);
    strengthen(drawing.values);
    return drawing;
}

/// The drawing in every channel of a black picture, centred.
Images centred_picture(const Drawing& drawing, const ImageShape& shape) {
    Images picture{shape, std::vector<float>(shape.pixels())};
    const std::size_t width = size_of(shape.width);
    const std::size_t height = size_of(shape.height);
    const Centre centre = centre_of_mass(drawing.plane());
    const std::size_t left = centred(centre.x, drawing.width, width);
    const std::size_t top = centred(centre.y, drawing.height, height);
    for (std::size_t c = 0; c < size_of(shape.channels); ++c) {
        for (std::size_t y = 0; y < drawing.height; ++y) {
            const auto row = std::span(drawing.values).subspan(y * drawing.width, drawing.width);
            const std::size_t into = (c * height + top + y) * width + left;
            std::copy(row.begin(), row.end(),
                      picture.values.begin() + static_cast<std::ptrdiff_t>(into));
        }
    }
    return picture;
}

FittedPicture as_handwritten(const Images& picture, const ImageShape& shape) {
    const Channels channels(picture, 1);
    const Plane page = channels[0];
    const Writing writing = writing_on(page);
    if (std::abs(writing.contrast) < kLeastContrast) {
        return {{shape, std::vector<float>(shape.pixels())}, "nothing is drawn on it"};
    }
    const Box box = ink_box(page, writing);
    const std::vector<float> ink = ink_in(page, writing, box);
    return {centred_picture(scaled_ink({ink, box.width, box.height}, shape), shape),
            writing.contrast < 0 ? "inverted, centred as MNIST is" : "centred as MNIST is"};
}

std::string size_text(const ImageShape& shape) {
    return std::to_string(shape.width) + "x" + std::to_string(shape.height);
}

bool same_size(const ImageShape& a, const ImageShape& b) {
    return a.width == b.width && a.height == b.height;
}

/// "scaled from 640x480, without its colours"
std::string whole_note(const ImageShape& from, const ImageShape& to) {
    std::string note;
    if (!same_size(from, to)) {
        note = "scaled from " + size_text(from) + " to " + size_text(to);
    }
    if (from.channels > to.channels) {
        note += note.empty() ? "without its colours" : ", without its colours";
    }
    return note;
}

/// The grid that makes all of a picture fit into the middle of a shape.
PixelGrid whole_grid(const ImageShape& from, const ImageShape& to) {
    PixelGrid grid{size_of(to.width), size_of(to.height)};
    grid.step = std::max(static_cast<double>(from.width) / to.width,
                         static_cast<double>(from.height) / to.height);
    grid.left = (from.width - grid.step * to.width) / 2;
    grid.top = (from.height - grid.step * to.height) / 2;
    return grid;
}

FittedPicture as_whole(const Images& picture, const ImageShape& shape) {
    FittedPicture fitted{{shape, {}}, whole_note(picture.shape, shape)};
    std::vector<float>& values = fitted.picture.values;
    const Channels channels(picture, shape.channels);
    const PixelGrid grid = whole_grid(picture.shape, shape);
    for (int c = 0; c < shape.channels; ++c) {
        const Plane plane = channels[c];
        if (same_size(picture.shape, shape)) {
            values.insert(values.end(), plane.values.begin(), plane.values.end());
            continue;
        }
        for (const float value : area_averages(plane, grid, mean_of(border_of(plane)))) {
            values.push_back(std::clamp(value, 0.F, 1.F));
        }
    }
    return fitted;
}

}  // namespace

FittedPicture fit_picture(const Images& picture, const ImageShape& shape, PictureFit fit,
                          bool digits) {
    const int channels = picture.shape.channels;
    if ((channels != 1 && channels != 3) || picture.values.empty() ||
        picture.values.size() != picture.shape.pixels()) {
        throw std::invalid_argument("what is fitted is one picture, grey or in colour");
    }
    const bool handwritten =
        fit == PictureFit::handwritten ||
        (fit == PictureFit::automatic && digits && !same_size(picture.shape, shape));
    return handwritten ? as_handwritten(picture, shape) : as_whole(picture, shape);
}

}  // namespace lmser
