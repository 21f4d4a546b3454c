// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/jpeg_codec.h"

#include <turbojpeg.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

namespace lmser {

namespace {

struct Destroy {
    void operator()(void* decoder) const { tjDestroy(decoder); }
};
using Decoder = std::unique_ptr<std::remove_pointer_t<tjhandle>, Destroy>;

Error broken(const std::string& reason) {
    return {ErrorCode::bad_data, "its JPEG data is broken (" + reason + ")", {}};
}

/// The library's words for bytes between the end of the pixels and the end marker.
constexpr std::string_view kStray = " extraneous bytes before marker 0xd9";

/// Whether nothing is wrong with a JPEG but zeros before its end, which some cameras fill it up with. It is the first
/// that the library warned of; damage among the pixels comes before.
bool is_whole(std::span<const std::byte> file, std::string_view warning) {
    constexpr std::string_view kStart = "Corrupt JPEG data: ";
    const std::size_t start = warning.find(kStart);
    if (start == std::string_view::npos || !warning.ends_with(kStray)) {
        return false;
    }
    std::size_t stray = 0;
    const char* const digits = warning.data() + start + kStart.size();
    if (std::from_chars(digits, warning.data() + warning.size(), stray).ec != std::errc()) {
        return false;
    }
    constexpr std::array kEnd = {std::byte{0xFF}, std::byte{0xD9}};
    const auto end = std::find_end(file.begin(), file.end(), kEnd.begin(), kEnd.end());
    return end != file.end() && stray <= static_cast<std::size_t>(end - file.begin()) &&
           std::all_of(end - static_cast<std::ptrdiff_t>(stray), end,
                       [](std::byte byte) { return byte == std::byte{0}; });
}

int pixel_format(int components) {
    switch (components) {
        case 1:
            return TJPF_GRAY;
        case 3:
            return TJPF_RGB;
        default:
            return TJPF_CMYK;
    }
}

}  // namespace

Result<JpegPixels> decode_jpeg(std::span<const std::byte> file, const JpegHeader& header,
                               int reduction) {
    const Decoder decoder(tjInitDecompress());
    if (!decoder) {
        return Error{ErrorCode::out_of_memory, "there is not enough memory to decode it", {}};
    }
    const auto* bytes = reinterpret_cast<const unsigned char*>(file.data());
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colours = 0;
    if (tjDecompressHeader3(decoder.get(), bytes, file.size(), &width, &height, &subsampling,
                            &colours) != 0) {
        return broken(tjGetErrorStr2(decoder.get()));
    }
    if (width != static_cast<int>(header.width) || height != static_cast<int>(header.height)) {
        return broken("it holds two headers");
    }
    const tjscalingfactor factor{1, reduction};
    width = TJSCALED(width, factor);
    height = TJSCALED(height, factor);
    const auto channels = static_cast<std::size_t>(header.components);
    JpegPixels pixels{
        static_cast<std::size_t>(width), static_cast<std::size_t>(height), channels, {}};
    pixels.values.resize(pixels.width * pixels.height * channels);
    const auto decode = [&](int flags) {
        return tjDecompress2(decoder.get(), bytes, file.size(), pixels.values.data(), width, 0,
                             height, pixel_format(header.components), flags | TJFLAG_LIMITSCANS);
    };
    // A picture that is cut off is only a warning to the library, as is any other damage.
    if (decode(TJFLAG_STOPONWARNING) == 0) {
        return pixels;
    }
    const std::string warning = tjGetErrorStr2(decoder.get());
    if (!is_whole(file, warning)) {
        return broken(warning);
    }
    // Of one in several passes it gave nothing out yet. This time it does not stop, and tells of its last warning.
    if (decode(0) != 0 && warning != tjGetErrorStr2(decoder.get())) {
        return broken(tjGetErrorStr2(decoder.get()));
    }
    return pixels;
}

}  // namespace lmser
