// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/gif_file.h"

#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "core/files/canvas.h"
#include "core/files/picture_limits.h"

namespace lmser {

namespace {

constexpr std::size_t kColours = 256;
constexpr int kMaxScale = 64;
// Milliseconds. Browsers take less for a mistake; two bytes hold no more than eleven minutes.
constexpr int kLeastDelay = 20;
constexpr int kMostDelay = 600'000;
constexpr std::size_t kSamples = 1U << 20U;  // pixels of all frames that the palette is made from

using Palette = std::array<GifColorType, kColours>;

/// A pixel as the palette's reader sees it.
struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
};

Colour colour_at(const Images& frames, std::size_t frame, std::size_t pixel) {
    const std::size_t plane = frames.shape.pixels() / 3;
    const auto values = frames.at(frame);
    return {byte_of(values[pixel]), byte_of(values[plane + pixel]),
            byte_of(values[2 * plane + pixel])};
}

Palette greys() {
    Palette palette{};
    for (std::size_t i = 0; i < kColours; ++i) {
        const auto grey = static_cast<GifByteType>(i);
        palette.at(i) = {grey, grey, grey};
    }
    return palette;
}

/// One palette for all frames, by median cut over pixels that lie evenly among them all. Nothing where there is no
/// memory for it.
std::optional<Palette> palette_of(const Images& frames) {
    const std::size_t plane = frames.shape.pixels() / 3;
    const std::size_t pixels = frames.count() * plane;
    const std::size_t step = (pixels + kSamples - 1) / kSamples;
    std::vector<GifByteType> red;
    std::vector<GifByteType> green;
    std::vector<GifByteType> blue;
    for (std::size_t i = 0; i < pixels; i += step) {
        const Colour colour = colour_at(frames, i / plane, i % plane);
        red.push_back(colour.red);
        green.push_back(colour.green);
        blue.push_back(colour.blue);
    }
    std::vector<GifByteType> unused(red.size());
    Palette palette{};
    int colours = static_cast<int>(kColours);
    const int made = GifQuantizeBuffer(static_cast<unsigned>(red.size()), 1, &colours, red.data(),
                                       green.data(), blue.data(), unused.data(), palette.data());
    return made == GIF_OK ? std::optional(palette) : std::nullopt;
}

/// Finds the palette's nearest entry, for a colour only once.
class NearestColour {
public:
    explicit NearestColour(const Palette& palette) : palette_(palette), known_(kKept) {}

    GifPixelType operator()(Colour colour) {
        const std::uint32_t number =
            std::uint32_t{colour.red} << 16U | std::uint32_t{colour.green} << 8U | colour.blue;
        Known& known = known_[number % kKept];
        if (known.colour != number) {
            known = {number, static_cast<GifPixelType>(search(colour))};
        }
        return known.entry;
    }

    [[nodiscard]] const GifColorType& at(GifPixelType entry) const { return palette_.at(entry); }

private:
    static constexpr std::size_t kKept = 1U << 16U;
    static constexpr std::uint32_t kNone = 1U << 24U;  // no colour
    struct Known {
        std::uint32_t colour = kNone;
        GifPixelType entry = 0;
    };

    [[nodiscard]] std::size_t search(Colour colour) const {
        std::size_t nearest = 0;
        int least = std::numeric_limits<int>::max();
        for (std::size_t i = 0; i < kColours; ++i) {
            const GifColorType& entry = palette_.at(i);
            const int red = entry.Red - colour.red;
            const int green = entry.Green - colour.green;
            const int blue = entry.Blue - colour.blue;
            const int distance = red * red + green * green + blue * blue;
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }

    const Palette& palette_;
    std::vector<Known> known_;
};

/// Colours line by line as numbers of a palette. What a number misses of its colour goes on to the neighbours that
/// follow (Floyd and Steinberg), so that a smooth face shows no steps.
class Dither {
public:
    Dither(const Palette& palette, std::size_t width)
        : nearest_(palette), width_(width), here_(3 * (width + 2)), below_(3 * (width + 2)) {}

    /// A frame begins: nothing is left from the one before.
    void begin() {
        std::fill(here_.begin(), here_.end(), 0.F);
        std::fill(below_.begin(), below_.end(), 0.F);
    }

    GifPixelType operator()(std::size_t x, Colour colour) {
        const std::array<int, 3> wanted{colour.red, colour.green, colour.blue};
        std::array<float, 3> owed{};
        std::array<std::uint8_t, 3> sought{};
        for (std::size_t c = 0; c < 3; ++c) {
            owed.at(c) = static_cast<float>(wanted.at(c)) + here_[3 * (x + 1) + c];
            sought.at(c) = static_cast<std::uint8_t>(std::clamp(std::lround(owed.at(c)), 0L, 255L));
        }
        const GifPixelType entry = nearest_({sought[0], sought[1], sought[2]});
        const GifColorType& given = nearest_.at(entry);
        const std::array<int, 3> had{given.Red, given.Green, given.Blue};
        for (std::size_t c = 0; c < 3; ++c) {
            // Of a colour beyond the palette no more is owed than can be paid.
            const float missed =
                std::clamp(owed.at(c) - static_cast<float>(had.at(c)), -kMost, kMost);
            here_[3 * (x + 2) + c] += missed * 7 / 16;
            below_[3 * x + c] += missed * 3 / 16;
            below_[3 * (x + 1) + c] += missed * 5 / 16;
            below_[3 * (x + 2) + c] += missed * 1 / 16;
        }
        if (x + 1 == width_) {
            std::swap(here_, below_);
            std::fill(below_.begin(), below_.end(), 0.F);
        }
        return entry;
    }

private:
    static constexpr float kMost = 32;

    NearestColour nearest_;
    std::size_t width_;
    std::vector<float> here_;   // what is owed to this line, a pixel beyond either end
    std::vector<float> below_;  // and to the next one
};

int append(GifFileType* gif, const GifByteType* from, int size) noexcept {
    auto* bytes = static_cast<std::vector<std::byte>*>(gif->UserData);
    const auto* first = reinterpret_cast<const std::byte*>(from);
    try {
        bytes->insert(bytes->end(), first, first + size);
        return size;
    } catch (const std::bad_alloc&) {
        return 0;
    }
}

/// A GIF that is being written. Every step is false where memory ran out, which is all that can happen.
class GifWriter {
public:
    GifWriter(std::size_t width, std::size_t height, std::vector<std::byte>& bytes)
        : width_(static_cast<int>(width)), height_(static_cast<int>(height)) {
        int error = 0;
        gif_ = EGifOpen(&bytes, append, &error);
    }
    GifWriter(const GifWriter&) = delete;
    GifWriter& operator=(const GifWriter&) = delete;
    ~GifWriter() { finish(); }

    bool begin(const Palette& palette) {
        if (gif_ == nullptr) {
            return false;
        }
        EGifSetGifVersion(gif_, true);
        const std::unique_ptr<ColorMapObject, void (*)(ColorMapObject*)> map(
            GifMakeMapObject(static_cast<int>(kColours), palette.data()), GifFreeMapObject);
        return map && EGifPutScreenDesc(gif_, width_, height_, 8, 0, map.get()) == GIF_OK && loop();
    }

    /// Until the next frame `delay` hundredths of a second pass.
    bool begin_frame(int delay) {
        const GraphicsControlBlock control{DISPOSE_DO_NOT, false, delay, NO_TRANSPARENT_COLOR};
        std::array<GifByteType, 4> packed{};
        const auto size = EGifGCBToExtension(&control, packed.data());
        return EGifPutExtension(gif_, GRAPHICS_EXT_FUNC_CODE, static_cast<int>(size),
                                packed.data()) == GIF_OK &&
               EGifPutImageDesc(gif_, 0, 0, width_, height_, false, nullptr) == GIF_OK;
    }

    bool line(std::vector<GifPixelType>& pixels) {
        return EGifPutLine(gif_, pixels.data(), width_) == GIF_OK;
    }

    bool finish() {
        int error = 0;
        GifFileType* gif = std::exchange(gif_, nullptr);
        return gif != nullptr && EGifCloseFile(gif, &error) == GIF_OK;
    }

private:
    /// Netscape's extension: 0 rounds are as many as one likes.
    bool loop() {
        constexpr std::array<GifByteType, 3> kForEver = {1, 0, 0};
        return EGifPutExtensionLeader(gif_, APPLICATION_EXT_FUNC_CODE) == GIF_OK &&
               EGifPutExtensionBlock(gif_, 11, "NETSCAPE2.0") == GIF_OK &&
               EGifPutExtensionBlock(gif_, static_cast<int>(kForEver.size()), kForEver.data()) ==
                   GIF_OK &&
               EGifPutExtensionTrailer(gif_) == GIF_OK;
    }

    int width_;
    int height_;
    GifFileType* gif_ = nullptr;
};

/// The colours of frames as numbers of a palette, a frame at a time.
class FramePainter {
public:
    FramePainter(const Images& frames, const Palette& palette, std::size_t scale)
        : frames_(frames),
          dither_(palette, static_cast<std::size_t>(frames.shape.width)),
          scale_(scale) {}

    bool paint(GifWriter& gif, std::size_t frame) {
        const auto width = static_cast<std::size_t>(frames_.shape.width);
        const auto height = static_cast<std::size_t>(frames_.shape.height);
        dither_.begin();
        for (std::size_t y = 0; y < height; ++y) {
            line_.clear();
            for (std::size_t x = 0; x < width; ++x) {
                line_.insert(line_.end(), scale_, number(frame, x, y * width + x));
            }
            for (std::size_t copy = 0; copy < scale_; ++copy) {
                // The library masks what it is given in place, which leaves numbers of eight bits as they are.
                if (!gif.line(line_)) {
                    return false;
                }
            }
        }
        return true;
    }

private:
    GifPixelType number(std::size_t frame, std::size_t x, std::size_t pixel) {
        return frames_.shape.channels == 1 ? byte_of(frames_.at(frame)[pixel])
                                           : dither_(x, colour_at(frames_, frame, pixel));
    }

    const Images& frames_;
    Dither dither_;
    std::size_t scale_;
    std::vector<GifPixelType> line_;
};

Error usage(const std::string& message, const std::string& hint) {
    return {ErrorCode::usage, "the GIF cannot be made: " + message, hint};
}

Error no_memory() {
    return {ErrorCode::out_of_memory, "the GIF cannot be made: there is not enough memory", {}};
}

Result<void> check_request(const Images& frames, const GifOptions& options) {
    if (frames.count() == 0) {
        return usage("there are no pictures", {});
    }
    if (options.scale < 1 || options.scale > kMaxScale) {
        return usage("a pixel cannot be enlarged " + std::to_string(options.scale) + " times",
                     "It can be from 1 to 64 times.");
    }
    const auto scale = static_cast<std::uint64_t>(options.scale);
    if (const auto excess =
            beyond_limits(static_cast<std::uint64_t>(frames.shape.width) * scale,
                          static_cast<std::uint64_t>(frames.shape.height) * scale, false)) {
        return usage(*excess, "Enlarge it less.");
    }
    return {};
}

/// Which picture every frame shows.
std::vector<std::size_t> order_of(std::size_t count, bool there_and_back) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < count; ++i) {
        order.push_back(i);
    }
    for (std::size_t i = count - 1; there_and_back && i-- > 1;) {
        order.push_back(i);
    }
    return order;
}

}  // namespace

Result<std::vector<std::byte>> encode_gif(
    const Images& frames, const GifOptions& options,
    const std::function<bool(std::size_t done, std::size_t total)>& proceed) try {
    if (auto checked = check_request(frames, options); !checked) {
        return checked.error();
    }
    const auto palette = frames.shape.channels == 1 ? std::optional(greys()) : palette_of(frames);
    if (!palette) {
        return no_memory();
    }
    const auto scale = static_cast<std::size_t>(options.scale);
    const int delay = (std::clamp(options.frame_milliseconds, kLeastDelay, kMostDelay) + 5) / 10;
    std::vector<std::byte> bytes;
    GifWriter gif(static_cast<std::size_t>(frames.shape.width) * scale,
                  static_cast<std::size_t>(frames.shape.height) * scale, bytes);
    if (!gif.begin(*palette)) {
        return no_memory();
    }
    FramePainter painter(frames, *palette, scale);
    const auto order = order_of(frames.count(), options.there_and_back);
    for (std::size_t done = 0; done < order.size(); ++done) {
        if (!gif.begin_frame(delay) || !painter.paint(gif, order[done])) {
            return no_memory();
        }
        if (proceed && !proceed(done + 1, order.size())) {
            return usage("it was stopped after " + std::to_string(done + 1) + " of " +
                             std::to_string(order.size()) + " frames",
                         {});
        }
    }
    if (!gif.finish()) {
        return no_memory();
    }
    return bytes;
} catch (const std::bad_alloc&) {
    return no_memory();
}

}  // namespace lmser
