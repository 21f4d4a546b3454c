// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/byte_stream.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <new>
#include <string>
#include <utility>

#include "core/files/read_file.h"

namespace lmser {

namespace {

constexpr std::size_t kBuffer = std::size_t{64} << 10;
// deflate cannot shrink by more: 258 bytes in two bits.
constexpr std::uint64_t kMostInflation = 1032;
constexpr int kGzipWindow = 16 + MAX_WBITS;

}  // namespace

/// zlib keeps a pointer to its z_stream, so the stream must stay where it is.
struct ByteStream::Inflater {
    z_stream stream{};
    bool finished = false;

    Inflater() {
        if (inflateInit2(&stream, kGzipWindow) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream); }
};

ByteStream::ByteStream(std::filesystem::path path, FileHandle file)
    : path_(std::move(path)), file_(std::move(file)) {}
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;
ByteStream::~ByteStream() = default;

Result<ByteStream> ByteStream::open(const std::filesystem::path& path) {
    auto file = FileHandle::open_regular(path);
    if (!file) {
        return file.error();
    }
    ByteStream stream(path, *std::move(file));
    if (auto first = stream.refill(); !first) {
        return first.error();
    }
    const auto& start = stream.buffer_;
    if (start.size() >= 2 && start[0] == std::byte{0x1f} && start[1] == std::byte{0x8b}) {
        stream.inflater_ = std::make_unique<Inflater>();
    }
    return stream;
}

std::uint64_t ByteStream::most_bytes() const {
    if (!compressed()) {
        return file_size();
    }
    constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
    return file_size() > kMost / kMostInflation ? kMost : file_size() * kMostInflation;
}

Result<std::size_t> ByteStream::read(std::span<std::byte> into) {
    return compressed() ? inflate_into(into) : read_plain(into);
}

Result<std::size_t> ByteStream::read_plain(std::span<std::byte> into) {
    const std::size_t kept = std::min(into.size(), buffer_.size() - used_);
    std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(used_), kept, into.begin());
    used_ += kept;
    const auto got = file_.read(into.subspan(kept));
    if (got < 0) {
        return system_error("read", path_, errno);
    }
    return kept + static_cast<std::size_t>(got);
}

Result<std::size_t> ByteStream::inflate_into(std::span<std::byte> into) {
    std::size_t done = 0;
    z_stream& stream = inflater_->stream;
    while (done < into.size() && !inflater_->finished) {
        if (used_ == buffer_.size()) {
            if (auto more = refill(); !more) {
                return more.error();
            }
            if (buffer_.empty()) {
                return bad("its gzip data is cut off");
            }
        }
        const std::size_t room =
            std::min(into.size() - done, std::size_t{std::numeric_limits<uInt>::max()});
        stream.next_in = reinterpret_cast<Bytef*>(buffer_.data() + used_);
        stream.avail_in = static_cast<uInt>(buffer_.size() - used_);
        stream.next_out = reinterpret_cast<Bytef*>(into.data() + done);
        stream.avail_out = static_cast<uInt>(room);
        const int status = inflate(&stream, Z_NO_FLUSH);
        used_ = buffer_.size() - stream.avail_in;
        done += room - stream.avail_out;
        inflater_->finished = status == Z_STREAM_END;
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
            return bad("its gzip data is broken");
        }
    }
    if (inflater_->finished && used_ != buffer_.size()) {
        return bad("bytes follow after the end of its gzip data");
    }
    return done;
}

Result<void> ByteStream::refill() {
    buffer_.resize(kBuffer);
    used_ = 0;
    const auto got = file_.read(buffer_);
    buffer_.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    if (got < 0) {
        return system_error("read", path_, errno);
    }
    return {};
}

Error ByteStream::bad(const std::string& reason) const {
    return {ErrorCode::bad_data, cannot("read", path_) + ": " + reason, "Get the file again."};
}

}  // namespace lmser
