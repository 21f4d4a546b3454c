// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/exif.h"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace lmser {

namespace {

/// Numbers in the byte order of a TIFF header.
class Tiff {
public:
    /// Nothing where the bytes are no TIFF header.
    static std::optional<Tiff> in(std::string_view bytes) {
        const bool little = bytes.starts_with(std::string_view("II\x2a\0", 4));
        const bool big = bytes.starts_with(std::string_view("MM\0\x2a", 4));
        return little || big ? std::optional(Tiff(bytes, little)) : std::nullopt;
    }

    [[nodiscard]] std::optional<std::size_t> number(std::size_t offset, std::size_t length) const {
        if (offset > bytes_.size() || length > bytes_.size() - offset) {
            return std::nullopt;
        }
        std::size_t value = 0;
        for (std::size_t i = 0; i < length; ++i) {
            const char byte = bytes_[offset + (little_ ? length - 1 - i : i)];
            value = value << 8U | static_cast<unsigned char>(byte);
        }
        return value;
    }

private:
    Tiff(std::string_view bytes, bool little) : bytes_(bytes), little_(little) {}

    std::string_view bytes_;
    bool little_;
};

/// The value of the orientation entry of the first directory.
std::optional<std::size_t> orientation_in(const Tiff& tiff) {
    constexpr std::size_t kEntry = 12;
    constexpr std::size_t kOrientation = 0x0112;
    constexpr std::size_t kShort = 3;
    const auto directory = tiff.number(4, 4);
    const auto entries = directory ? tiff.number(*directory, 2) : std::nullopt;
    for (std::size_t i = 0; entries && i < *entries; ++i) {
        const std::size_t entry = *directory + 2 + i * kEntry;
        const auto tag = tiff.number(entry, 2);
        if (!tag) {
            return std::nullopt;
        }
        if (*tag == kOrientation) {
            const bool one_short =
                tiff.number(entry + 2, 2) == kShort && tiff.number(entry + 4, 4) == std::size_t{1};
            return one_short ? tiff.number(entry + 8, 2) : std::nullopt;
        }
    }
    return std::nullopt;
}

/// How a picture must be turned to be upright: rows and columns exchanged, then either direction reversed.
struct Turn {
    bool exchanged = false;
    bool x_reversed = false;
    bool y_reversed = false;
};

/// EXIF's orientations 1 to 8, told by where the stored first row and column belong.
Turn turn_of(int orientation) {
    constexpr std::array<Turn, 8> kTurns = {{{false, false, false},
                                             {false, true, false},
                                             {false, true, true},
                                             {false, false, true},
                                             {true, false, false},
                                             {true, false, true},
                                             {true, true, true},
                                             {true, true, false}}};
    return kTurns.at(static_cast<std::size_t>(orientation - 1));
}

}  // namespace

int exif_orientation(std::span<const std::byte> exif) {
    constexpr std::string_view kName("Exif\0\0", 6);
    std::string_view bytes(reinterpret_cast<const char*>(exif.data()), exif.size());
    if (bytes.starts_with(kName)) {
        bytes.remove_prefix(kName.size());
    }
    const auto tiff = Tiff::in(bytes);
    const auto found = tiff ? orientation_in(*tiff) : std::nullopt;
    return found && *found >= 1 && *found <= 8 ? static_cast<int>(*found) : 1;
}

Images turned(Images picture, int orientation) {
    if (picture.values.size() != picture.shape.pixels()) {
        throw std::invalid_argument("what is turned is one picture");
    }
    const Turn turn = turn_of(orientation);
    if (orientation == 1) {
        return picture;
    }
    const auto stored_height = static_cast<std::size_t>(picture.shape.height);
    const auto stored_width = static_cast<std::size_t>(picture.shape.width);
    const std::size_t height = turn.exchanged ? stored_width : stored_height;
    const std::size_t width = turn.exchanged ? stored_height : stored_width;
    // One colour at a time: a large picture is not in memory twice.
    std::vector<float> stored(width * height);
    auto into = picture.values.begin();
    while (into != picture.values.end()) {
        std::copy_n(into, stored.size(), stored.begin());
        for (std::size_t y = 0; y < height; ++y) {
            for (std::size_t x = 0; x < width; ++x) {
                const std::size_t column = turn.exchanged ? y : x;
                const std::size_t row = turn.exchanged ? x : y;
                const std::size_t from_x = turn.x_reversed ? stored_width - 1 - column : column;
                const std::size_t from_y = turn.y_reversed ? stored_height - 1 - row : row;
                *into++ = stored[from_y * stored_width + from_x];
            }
        }
    }
    picture.shape.height = static_cast<int>(height);
    picture.shape.width = static_cast<int>(width);
    return picture;
}

}  // namespace lmser
