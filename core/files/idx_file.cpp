// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/idx_file.h"

#include <algorithm>
#include <array>
#include <new>
#include <optional>
#include <string>

#include "core/files/byte_stream.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

constexpr int kMaxRank = 3;
constexpr std::size_t kSizeBytes = 4;
constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 30;
constexpr std::size_t kChunk = std::size_t{1} << 18;
constexpr const char* kHint = "Get the file again.";

Error bad(const std::filesystem::path& path, const std::string& reason) {
    return {ErrorCode::bad_data, cannot("read", path) + ": " + reason, kHint};
}

std::optional<std::uint64_t> product(const std::vector<std::uint32_t>& sizes) {
    std::uint64_t result = 1;
    for (const std::uint32_t size : sizes) {
        if (__builtin_mul_overflow(result, std::uint64_t{size}, &result)) {
            return std::nullopt;
        }
    }
    return result;
}

/// What a header promises, in words: "60000 images of 28x28 (47040000 bytes)".
std::string promise(const std::vector<std::uint32_t>& sizes) {
    std::string text = std::to_string(sizes[0]);
    if (sizes.size() == 1) {
        return text + " labels";
    }
    text += " images of " + std::to_string(sizes[1]);
    if (sizes.size() == kMaxRank) {
        text += "x" + std::to_string(sizes[2]);
    }
    const auto bytes = product(sizes);
    return text + (bytes ? " (" + std::to_string(*bytes) + " bytes)" : " (over 2^64 bytes)");
}

std::string hexadecimal(std::uint32_t number) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "0x%08x", number);
    return text.data();
}

std::uint32_t big_endian(std::span<const std::byte> bytes) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < kSizeBytes; ++i) {
        number = number << 8U | std::to_integer<std::uint32_t>(bytes[i]);
    }
    return number;
}

Result<std::vector<std::uint32_t>> read_header(ByteStream& stream,
                                               const std::filesystem::path& path, int rank) {
    std::array<std::byte, kSizeBytes*(1 + kMaxRank)> header{};
    const std::size_t length = kSizeBytes * static_cast<std::size_t>(1 + rank);
    const auto got = stream.read(std::span(header).first(length));
    if (!got) {
        return got.error();
    }
    const auto too_short = [&] {
        return bad(path, "it has only " + std::to_string(*got) + " of the " +
                             std::to_string(length) + " bytes of an IDX header");
    };
    if (*got < kSizeBytes) {
        return too_short();
    }
    // Two zeros, 8 for unsigned bytes, the number of dimensions.
    const std::uint32_t magic = big_endian(header);
    const std::uint32_t expected = 0x0800U | static_cast<std::uint32_t>(rank);
    if (magic != expected) {
        return bad(path, "it begins with " + hexadecimal(magic) + " where an IDX file of " +
                             (rank == 1 ? "labels" : "images") + " begins with " +
                             hexadecimal(expected));
    }
    if (*got < length) {
        return too_short();
    }
    std::vector<std::uint32_t> sizes;
    for (std::size_t at = kSizeBytes; at < length; at += kSizeBytes) {
        sizes.push_back(big_endian(std::span(header).subspan(at, kSizeBytes)));
    }
    return sizes;
}

/// Whether the promised bytes can follow, before a single one is allocated.
Result<std::uint64_t> check_promise(const ByteStream& stream, const std::filesystem::path& path,
                                    const std::vector<std::uint32_t>& sizes) {
    const std::uint64_t header = kSizeBytes * (1 + sizes.size());
    const auto promised = product(sizes);
    const std::string promises = "its header promises " + promise(sizes);
    if (!stream.compressed() && promised != stream.file_size() - header) {
        return bad(path, promises + " but " + std::to_string(stream.file_size() - header) +
                             " bytes follow");
    }
    if (!promised || *promised > stream.most_bytes()) {
        return bad(path, promises + " but its " + std::to_string(stream.file_size()) +
                             " compressed bytes cannot hold more than " +
                             std::to_string(stream.most_bytes()));
    }
    if (*promised > kMaxBytes) {
        return bad(path, promises + ", more than the " + std::to_string(kMaxBytes) + " allowed");
    }
    return *promised;
}

/// Reads exactly `promised` bytes; memory grows with what really comes, not with the promise.
Result<std::vector<std::uint8_t>> read_body(ByteStream& stream, const std::filesystem::path& path,
                                            const std::vector<std::uint32_t>& sizes,
                                            std::uint64_t promised) {
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < promised) {
        const std::size_t done = bytes.size();
        const std::size_t wanted = std::min<std::uint64_t>(kChunk, promised - done);
        bytes.resize(done + wanted);
        const auto got = stream.read(std::as_writable_bytes(std::span(bytes).subspan(done)));
        if (!got) {
            return got.error();
        }
        if (*got < wanted) {
            return bad(path, "its header promises " + promise(sizes) + " but only " +
                                 std::to_string(done + *got) + " bytes follow");
        }
    }
    // One more byte: there must be none, and asking makes gzip check its own sum.
    std::byte extra{};
    const auto got = stream.read(std::span(&extra, 1));
    if (!got) {
        return got.error();
    }
    if (*got != 0) {
        return bad(path, "its header promises " + promise(sizes) + " but more bytes follow");
    }
    return bytes;
}

}  // namespace

Result<IdxFile> read_idx(const std::filesystem::path& path, int rank) {
    try {
        auto stream = ByteStream::open(path);
        if (!stream) {
            return stream.error();
        }
        auto sizes = read_header(*stream, path, rank);
        if (!sizes) {
            return sizes.error();
        }
        const auto promised = check_promise(*stream, path, *sizes);
        if (!promised) {
            return promised.error();
        }
        auto bytes = read_body(*stream, path, *sizes, *promised);
        if (!bytes) {
            return bytes.error();
        }
        return IdxFile{*std::move(sizes), *std::move(bytes)};
    } catch (const std::bad_alloc&) {
        return Error{
            ErrorCode::out_of_memory, cannot("read", path) + ": there is not enough memory", {}};
    }
}

}  // namespace lmser
