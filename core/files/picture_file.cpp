// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/picture_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/files/canvas.h"
#include "core/files/exif.h"
#include "core/files/file_handle.h"
#include "core/files/jpeg_codec.h"
#include "core/files/picture_limits.h"
#include "core/files/png_codec.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

constexpr const char* kCodeKeyword = "lmser:code";
constexpr std::uint64_t kMaxJpegFile = 50'000'000;
constexpr int kMaxScale = 64;

Error bad(const fs::path& file, const std::string& reason, const std::string& hint = {}) {
    return {ErrorCode::bad_data, cannot("read", file) + ": " + reason, hint};
}

/// By how much a picture is reduced while it is read, so that it never takes more than 48 MB: a power of two.
std::size_t reduction_of(std::uint64_t width, std::uint64_t height) {
    std::size_t reduction = 1;
    while (width * height / (reduction * reduction) > kKeptPicturePixels) {
        reduction *= 2;
    }
    return reduction;
}

/// Gathers the rows of a PNG: reduced, and with transparency laid over black or white.
class RowGatherer {
public:
    void accept(PngSize size) {
        size_ = size;
        reduction_ = reduction_of(size.width, size.height);
        width_ = (size.width + reduction_ - 1) / reduction_;
        height_ = (size.height + reduction_ - 1) / reduction_;
    }

    void row(std::size_t y, std::size_t channels, std::span<const float> values) {
        if (planes_.empty()) {
            colours_ = channels < 3 ? 1 : 3;
            transparent_ = channels % 2 == 0;
            planes_.resize((colours_ + (transparent_ ? 1 : 0)) * width_ * height_);
        }
        for (std::size_t x = 0; x < size_.width; ++x) {
            add(x / reduction_, y / reduction_, values.subspan(x * channels, channels),
                1 / static_cast<float>(extent(x, size_.width) * extent(y, size_.height)));
        }
    }

    /// After the last row.
    Images take() {
        const std::size_t plane = width_ * height_;
        if (transparent_ && is_dark_ink()) {
            for (std::size_t i = 0; i < colours_ * plane; ++i) {
                planes_[i] += 1 - planes_[colours_ * plane + i % plane];
            }
        }
        planes_.resize(colours_ * plane);
        for (float& value : planes_) {
            value = std::min(value, 1.F);
        }
        return {{static_cast<int>(colours_), static_cast<int>(height_), static_cast<int>(width_)},
                std::move(planes_)};
    }

private:
    /// The number of pixels of the file that become one with pixel `at`, in one direction.
    [[nodiscard]] std::size_t extent(std::size_t at, std::size_t length) const {
        const std::size_t begin = at / reduction_ * reduction_;
        return std::min(reduction_, length - begin);
    }

    void add(std::size_t x, std::size_t y, std::span<const float> pixel, float weight) {
        const std::size_t plane = width_ * height_;
        float* into = &planes_[y * width_ + x];
        const float alpha = transparent_ ? pixel.back() : 1.F;
        for (std::size_t c = 0; c < colours_; ++c) {
            into[c * plane] += weight * alpha * pixel[c];
        }
        if (transparent_) {
            into[colours_ * plane] += weight * alpha;
        }
    }

    /// Whether what is there is rather dark; then it was meant for a bright ground.
    [[nodiscard]] bool is_dark_ink() const {
        const auto seen = planes_.end() - static_cast<std::ptrdiff_t>(width_ * height_);
        double brightness = 0;
        double opacity = 0;
        for (auto value = planes_.begin(); value != seen; ++value) {
            brightness += *value;
        }
        for (auto value = seen; value != planes_.end(); ++value) {
            opacity += *value;
        }
        return opacity > 0 && brightness / static_cast<double>(colours_) < opacity / 2;
    }

    PngSize size_;
    std::size_t reduction_ = 1;
    std::size_t width_ = 0;
    std::size_t height_ = 0;
    std::size_t colours_ = 0;
    bool transparent_ = false;
    std::vector<float> planes_;  // [colours, height, width] over black; then how much is opaque
};

/// The code among the texts of a picture.
Result<std::optional<KeptCode>> code_in(const fs::path& file,
                                        const std::vector<std::string>& texts) {
    if (texts.empty()) {
        return std::optional<KeptCode>{};
    }
    if (texts.size() > 1) {
        return bad(file, "it carries " + std::to_string(texts.size()) + " codes");
    }
    auto code = kept_code_from_json(texts.front());
    if (!code) {
        return bad(file, code.error().message, "Export the picture again.");
    }
    return std::optional(*std::move(code));
}

Result<Picture> read_png_picture(const fs::path& file) {
    RowGatherer gatherer;
    std::vector<std::string> codes;
    const auto orientation = read_png(
        file,
        [&gatherer](PngSize size) {
            gatherer.accept(size);
            return Result<void>();
        },
        [&gatherer](std::uint32_t y, int channels, std::span<const float> values) {
            gatherer.row(y, static_cast<std::size_t>(channels), values);
        },
        [&codes](std::string_view keyword, std::string_view text) {
            if (keyword == kCodeKeyword) {
                codes.emplace_back(text);
            }
        });
    if (!orientation) {
        return orientation.error();
    }
    auto code = code_in(file, codes);
    if (!code) {
        return code.error();
    }
    return Picture{turned(gatherer.take(), *orientation), *std::move(code)};
}

/// One colour of a pixel in [0,1]; CMYK without a profile: ink takes light away.
float colour_of(std::span<const std::uint8_t> pixel, std::size_t colour, bool inverted) {
    constexpr float kWhite = 255;
    if (pixel.size() < 4) {
        return static_cast<float>(pixel[colour]) / kWhite;
    }
    const auto light = [inverted](std::uint8_t ink) {
        return (inverted ? static_cast<float>(ink) : kWhite - static_cast<float>(ink)) / kWhite;
    };
    return light(pixel[colour]) * light(pixel[3]);
}

/// As it is stored.
Images planes_of(const JpegPixels& pixels, bool inverted) {
    const std::size_t colours = pixels.channels == 1 ? 1 : 3;
    Images image{{static_cast<int>(colours), static_cast<int>(pixels.height),
                  static_cast<int>(pixels.width)},
                 {}};
    image.values.reserve(image.shape.pixels());
    for (std::size_t c = 0; c < colours; ++c) {
        for (std::size_t at = 0; at < pixels.values.size(); at += pixels.channels) {
            image.values.push_back(
                colour_of(std::span(pixels.values).subspan(at, pixels.channels), c, inverted));
        }
    }
    return image;
}

Result<Picture> read_jpeg_picture(const fs::path& file) {
    const auto bytes = read_file(file, kMaxJpegFile);
    if (!bytes) {
        return bytes.error();
    }
    const auto header = read_jpeg_header(*bytes);
    if (!header) {
        return bad(file, header.error().message, header.error().hint);
    }
    const auto pixels =
        decode_jpeg(*bytes, *header, static_cast<int>(reduction_of(header->width, header->height)));
    if (!pixels) {
        return bad(file, pixels.error().message);
    }
    return Picture{turned(planes_of(*pixels, header->adobe), header->orientation), std::nullopt};
}

}  // namespace

Result<Picture> read_picture(const fs::path& file) {
    try {
        const auto handle = FileHandle::open_regular(file);
        if (!handle) {
            return handle.error();
        }
        std::array<std::byte, 2> start{};
        if (handle->read(start) < 0) {
            return system_error("read", file, errno);
        }
        if (start[0] == std::byte{0x89} && start[1] == std::byte{'P'}) {
            return read_png_picture(file);
        }
        if (start[0] == std::byte{0xFF} && start[1] == std::byte{0xD8}) {
            return read_jpeg_picture(file);
        }
        return bad(file, "it is neither a PNG nor a JPEG", "Convert it to PNG.");
    } catch (const std::bad_alloc&) {
        return Error{
            ErrorCode::out_of_memory, cannot("read", file) + ": there is not enough memory", {}};
    }
}

Result<void> write_picture(const fs::path& file, const Images& picture, int scale,
                           const std::optional<KeptCode>& code) {
    if (picture.values.size() != picture.shape.pixels()) {
        throw std::invalid_argument("what is written is one picture");
    }
    if (scale < 1 || scale > kMaxScale) {
        return Error{ErrorCode::usage,
                     cannot("write", file) + ": a pixel cannot be enlarged " +
                         std::to_string(scale) + " times",
                     "It can be from 1 to " + std::to_string(kMaxScale) + " times."};
    }
    const auto enlarged = static_cast<std::size_t>(scale);
    const std::size_t width = static_cast<std::size_t>(picture.shape.width) * enlarged;
    const std::size_t height = static_cast<std::size_t>(picture.shape.height) * enlarged;
    if (const auto excess = beyond_limits(width, height, false)) {
        return Error{ErrorCode::usage, cannot("write", file) + ": " + *excess, "Enlarge it less."};
    }
    Canvas canvas(width, height, static_cast<std::size_t>(picture.shape.channels), 0);
    canvas.draw(picture.at(0), picture.shape, 0, 0, enlarged);
    const auto text = code ? std::optional(PngText{kCodeKeyword, to_json(*code)}) : std::nullopt;
    return canvas.save(file, text);
}

}  // namespace lmser
