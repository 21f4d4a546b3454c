// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/files/exif.h"
#include "core/files/jpeg_codec.h"
#include "core/files/picture_limits.h"

namespace lmser {

namespace {

using Bytes = std::span<const std::byte>;

// Markers, after a byte of ones.
constexpr unsigned kStart = 0xD8;
constexpr unsigned kScan = 0xDA;
constexpr unsigned kExif = 0xE1;
constexpr unsigned kAdobe = 0xEE;
constexpr unsigned kProgressive = 0xC2;
// A block of 8x8 pixels takes one bit at least.
constexpr std::uint64_t kMostPixelsPerByte = std::uint64_t{8} * 64;

unsigned at(Bytes bytes, std::size_t i) {
    return std::to_integer<unsigned>(bytes[i]);
}

unsigned big_endian_pair(Bytes bytes, std::size_t i) {
    return at(bytes, i) << 8U | at(bytes, i + 1);
}

bool starts_with(Bytes bytes, std::string_view text) {
    return bytes.size() >= text.size() &&
           std::equal(text.begin(), text.end(), bytes.begin(),
                      [](char a, std::byte b) { return static_cast<std::byte>(a) == b; });
}

Error broken(const std::string& reason) {
    return {ErrorCode::bad_data, reason, {}};
}

/// A marker and what it carries.
struct Segment {
    unsigned marker = 0;
    Bytes contents;
};

/// The segments of a JPEG one after another, up to its first scan.
class Segments {
public:
    explicit Segments(Bytes file) : file_(file) {}

    /// Nothing where the file is cut off or no segment is there.
    std::optional<Segment> next() {
        if (at_ >= file_.size() || at(file_, at_) != 0xFF) {
            return std::nullopt;
        }
        while (at_ < file_.size() && at(file_, at_) == 0xFF) {
            ++at_;
        }
        if (file_.size() - at_ < 3) {
            return std::nullopt;
        }
        const unsigned marker = at(file_, at_);
        const std::size_t length = big_endian_pair(file_, at_ + 1);
        if (length < 2 || length > file_.size() - at_ - 1) {
            return std::nullopt;
        }
        const Segment segment{marker, file_.subspan(at_ + 3, length - 2)};
        at_ += 1 + length;
        return segment;
    }

    [[nodiscard]] std::size_t bytes_left() const { return file_.size() - at_; }

private:
    Bytes file_;
    std::size_t at_ = 2;  // after the start marker
};

/// SOF0 to SOF15, without the three markers among them that are tables.
bool is_frame(unsigned marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

Result<void> read_frame(const Segment& frame, JpegHeader& header) {
    constexpr std::size_t kFixed = 6;
    if (frame.contents.size() < kFixed) {
        return broken("its header is cut off");
    }
    if (frame.marker > kProgressive || at(frame.contents, 0) != 8) {
        return Error{ErrorCode::bad_data,
                     "it is a JPEG of a rare kind (SOF" + std::to_string(frame.marker - 0xC0) +
                         ", " + std::to_string(at(frame.contents, 0)) + " bits)",
                     "Save it as an ordinary JPEG or as PNG."};
    }
    header.height = big_endian_pair(frame.contents, 1);
    header.width = big_endian_pair(frame.contents, 3);
    header.components = static_cast<int>(at(frame.contents, 5));
    header.several_passes = frame.marker == kProgressive;
    if (header.components != 1 && header.components != 3 && header.components != 4) {
        return broken("it has " + std::to_string(header.components) +
                      " colour components, not 1, 3 or 4");
    }
    if (header.width == 0 || header.height == 0) {
        return broken("it is " + size_text(header.width, header.height) + " pixels");
    }
    return {};
}

Result<JpegHeader> checked(JpegHeader header, const Segment& scan, std::size_t bytes_left) {
    if (header.components == 0 || scan.contents.empty()) {
        return broken("its pixels come before its size");
    }
    header.several_passes |= static_cast<int>(at(scan.contents, 0)) < header.components;
    if (auto excess = beyond_limits(header.width, header.height, header.several_passes)) {
        return broken(*excess);
    }
    if (std::uint64_t{header.width} * header.height / kMostPixelsPerByte > bytes_left) {
        return broken("its header promises " + size_text(header.width, header.height) +
                      " pixels but " + std::to_string(bytes_left) + " bytes cannot hold them");
    }
    return header;
}

}  // namespace

Result<JpegHeader> read_jpeg_header(std::span<const std::byte> file) {
    if (file.size() < 4 || at(file, 0) != 0xFF || at(file, 1) != kStart) {
        return broken("it is no JPEG");
    }
    JpegHeader header;
    Segments segments(file);
    while (const auto segment = segments.next()) {
        if (segment->marker == kScan) {
            return checked(header, *segment, segments.bytes_left());
        }
        if (segment->marker == kExif && header.orientation == 1) {
            header.orientation = exif_orientation(segment->contents);
        } else if (segment->marker == kAdobe) {
            header.adobe |= starts_with(segment->contents, "Adobe");
        } else if (is_frame(segment->marker)) {
            if (auto read = read_frame(*segment, header); !read) {
                return read.error();
            }
        }
    }
    return broken("its JPEG header is broken or cut off");
}

}  // namespace lmser
