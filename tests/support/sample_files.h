// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <zlib.h>

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>

namespace lmser::testing {

/// Four bytes, the highest first.
inline std::string big_endian(std::uint32_t number) {
    std::string bytes;
    for (const int shift : {24, 16, 8, 0}) {
        bytes += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xFFU);
    }
    return bytes;
}

/// An IDX file of unsigned bytes whose header may lie about what follows.
inline std::string idx_bytes(std::initializer_list<std::uint32_t> sizes, std::string_view body) {
    std::string bytes = big_endian(0x0800U + static_cast<std::uint32_t>(sizes.size()));
    for (const std::uint32_t size : sizes) {
        bytes += big_endian(size);
    }
    return bytes + std::string(body);
}

/// The bytes deflated: as zlib does for PNG, or as gzip.
inline std::string deflated(std::string_view bytes, bool gzip) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip ? 31 : 15, 9, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    std::string in(bytes);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

inline std::string gzip(std::string_view bytes) {
    return deflated(bytes, true);
}

inline std::string png_chunk(const std::string& type, const std::string& data) {
    const std::string body = type + data;
    const auto sum =
        crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return big_endian(static_cast<std::uint32_t>(data.size())) + body +
           big_endian(static_cast<std::uint32_t>(sum));
}

/// How the pixels of a PNG are stored.
struct PngKind {
    char depth = 8;
    char color = 0;  // 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha
    char interlace = 0;
};

/// A PNG made by hand, so that it can lie: rows are the filter byte and the pixels of every row.
inline std::string png_bytes(std::uint32_t width, std::uint32_t height, PngKind kind,
                             std::string_view rows, const std::string& before_data = {}) {
    const std::string header = big_endian(width) + big_endian(height) + kind.depth + kind.color +
                               '\0' + '\0' + kind.interlace;
    return "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", header) + before_data +
           png_chunk("IDAT", deflated(rows, false)) + png_chunk("IEND", {});
}

/// A `.npy` file of any version whose header may lie.
inline std::string npy_bytes(const std::string& header, std::string_view body, char version = 1) {
    std::string bytes = "\x93NUMPY";
    bytes += version;
    bytes += '\0';
    const int length_bytes = version == 1 ? 2 : 4;
    for (int i = 0; i < length_bytes; ++i) {
        bytes += static_cast<char>(header.size() >> static_cast<unsigned>(8 * i) & 0xFFU);
    }
    return bytes + header + std::string(body);
}

/// The bytes of float32 values, as files of this program hold them.
inline std::string float_bytes(std::initializer_list<float> values) {
    std::string bytes(values.size() * sizeof(float), '\0');
    std::memcpy(bytes.data(), values.begin(), bytes.size());
    return bytes;
}

}  // namespace lmser::testing
