// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <turbojpeg.h>

#include <cstdint>
#include <stdexcept>
#include <string>

#include "tests/support/sample_files.h"

namespace lmser::testing {

/// How a JPEG is stored.
struct JpegKind {
    int format = TJPF_RGB;  // or TJPF_GRAY, TJPF_CMYK
    bool progressive = false;
    int quality = 95;
};

/// A JPEG of 8-bit pixels, [height, width, channels], without subsampling.
inline std::string jpeg_bytes(int width, int height, const std::string& pixels,
                              const JpegKind& kind = {}) {
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    tjhandle compressor = tjInitCompress();
    const int failed = tjCompress2(
        compressor, reinterpret_cast<const unsigned char*>(pixels.data()), width, 0, height,
        kind.format, &bytes, &size, kind.format == TJPF_GRAY ? TJSAMP_GRAY : TJSAMP_444,
        kind.quality, kind.progressive ? TJFLAG_PROGRESSIVE : 0);
    std::string result(reinterpret_cast<const char*>(bytes), size);
    tjFree(bytes);
    tjDestroy(compressor);
    if (failed != 0) {
        throw std::runtime_error("the sample cannot be compressed");
    }
    return result;
}

/// The JPEG with a segment more, right after its start.
inline std::string with_segment(const std::string& jpeg, unsigned char marker,
                                const std::string& contents) {
    const std::string length =
        big_endian(static_cast<std::uint32_t>(contents.size() + 2)).substr(2);
    return jpeg.substr(0, 2) + '\xff' + static_cast<char>(marker) + length + contents +
           jpeg.substr(2);
}

/// The contents of an APP1 segment that says how the picture is turned, in either byte order.
inline std::string exif_segment(char orientation, bool little_endian) {
    using std::string_literals::operator""s;
    if (little_endian) {
        return "Exif\0\0II\x2a\0\x8\0\0\0\1\0\x12\1\3\0\1\0\0\0"s + orientation + "\0\0\0\0\0\0\0"s;
    }
    return "Exif\0\0MM\0\x2a\0\0\0\x8\0\1\1\x12\0\3\0\0\0\1\0"s + orientation + "\0\0\0\0\0\0"s;
}

}  // namespace lmser::testing
