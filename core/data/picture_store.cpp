// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/picture_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "core/base/failure.h"
#include "core/base/text.h"
#include "core/files/checksum.h"
#include "core/files/picture_limits.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "LMSERPIC";
constexpr std::uint32_t kVersion = 3;
constexpr std::size_t kHeaderBytes = 4096;
constexpr std::size_t kMaxNames = 3000;
constexpr int kMaxChannels = 4;
constexpr std::size_t kChecksumDigits = 8;
constexpr std::size_t kEntryBytes = kChecksumDigits + 1;  // of the index
constexpr std::size_t kBuffer = std::size_t{4} << 20;
constexpr mode_t kNewFileMode = 0666;  // less what the umask takes
constexpr const char* kAnew =
    "The pictures are decoded anew when the run is opened or the command is given again.";

/// Numbers into a header, the lowest byte first.
class HeaderWriter {
public:
    void text(std::string_view value) { bytes_ += value; }
    void number(std::uint64_t value, int length) {
        for (int i = 0; i < length; ++i) {
            bytes_ += static_cast<char>(value >> static_cast<unsigned>(8 * i) & 0xFFU);
        }
    }
    /// Padded, with its checksum at the end.
    std::string take() {
        bytes_.resize(kHeaderBytes - kChecksumDigits, '\0');
        bytes_ += checksum(std::as_bytes(std::span(bytes_)));
        return std::move(bytes_);
    }

private:
    std::string bytes_;
};

/// Numbers out of a header.
class HeaderReader {
public:
    explicit HeaderReader(std::string_view bytes) : bytes_(bytes) {}

    std::string_view text(std::size_t length) {
        const std::string_view value = bytes_.substr(at_, length);
        at_ += length;
        return value;
    }
    std::uint64_t number(std::size_t length) {
        std::uint64_t value = 0;
        const std::string_view bytes = text(length);
        for (std::size_t i = bytes.size(); i-- > 0;) {
            value = value << 8U | static_cast<unsigned char>(bytes[i]);
        }
        return value;
    }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

/// The start of the file, which is: header | pictures | index | checksum of the index.
std::string header_bytes(const StoreHeader& header) {
    HeaderWriter bytes;
    bytes.text(kMagic);
    bytes.number(kVersion, 4);
    for (const int size : {header.shape.channels, header.shape.height, header.shape.width}) {
        bytes.number(static_cast<std::uint64_t>(size), 4);
    }
    for (const std::uint32_t side : header.crop) {
        bytes.number(side, 4);
    }
    bytes.number(header.fingerprint, 8);
    for (const std::uint64_t count : header.counts) {
        bytes.number(count, 8);
    }
    bytes.number(header.unreadable, 8);
    const std::string_view names = std::string_view(header.first_unreadable).substr(0, kMaxNames);
    bytes.number(names.size(), 4);
    bytes.text(names);
    return bytes.take();
}

/// Why the bytes are no header, or what they say.
Result<StoreHeader> header_of(std::string_view bytes) {
    const auto bad = [](const char* reason) { return Error{ErrorCode::bad_data, reason, {}}; };
    if (bytes.size() != kHeaderBytes || !bytes.starts_with(kMagic)) {
        return bad("it is no file of decoded pictures");
    }
    const std::string_view summed = bytes.substr(0, kHeaderBytes - kChecksumDigits);
    if (checksum(std::as_bytes(std::span(summed))) != bytes.substr(summed.size())) {
        return bad("its header is damaged");
    }
    HeaderReader reader(bytes);
    reader.text(kMagic.size());
    if (reader.number(4) != kVersion) {
        return bad("it is of another version");
    }
    StoreHeader header;
    for (int* size : {&header.shape.channels, &header.shape.height, &header.shape.width}) {
        *size = static_cast<int>(reader.number(4));
    }
    for (std::uint32_t& side : header.crop) {
        side = static_cast<std::uint32_t>(reader.number(4));
    }
    header.fingerprint = reader.number(8);
    for (std::uint64_t& count : header.counts) {
        count = reader.number(8);
    }
    header.unreadable = reader.number(8);
    header.first_unreadable = reader.text(std::min<std::uint64_t>(reader.number(4), kMaxNames));
    return header;
}

/// Where picture i begins, and after the last one the index.
std::uint64_t offset_of(const ImageShape& shape, std::uint64_t i) {
    return kHeaderBytes + i * shape.pixels();
}

std::uint64_t file_bytes(const ImageShape& shape, std::uint64_t count) {
    return offset_of(shape, count) + count * kEntryBytes + kChecksumDigits;
}

/// Whether a file of that size is of that header. Its numbers are anybody's: none is used before it is in range.
bool fits(const StoreHeader& header, std::uint64_t size) {
    const auto in_range = [](int side) {
        return side >= 1 && side <= static_cast<int>(kMaxPictureSide);
    };
    const ImageShape& shape = header.shape;
    if (shape.channels < 1 || shape.channels > kMaxChannels || !in_range(shape.height) ||
        !in_range(shape.width)) {
        return false;
    }
    const std::uint64_t most = size / (shape.pixels() + kEntryBytes);
    return std::all_of(header.counts.begin(), header.counts.end(),
                       [most](std::uint64_t count) { return count <= most; }) &&
           header.count() <= most && size == file_bytes(shape, header.count());
}

std::string sum_of(std::string_view text) {
    return checksum(std::as_bytes(std::span(text)));
}

/// Writes all of it at a place of the file; errno, 0 where it went well.
int write_at(int descriptor, std::span<const std::byte> bytes, std::uint64_t offset) {
    while (!bytes.empty()) {
        const auto wrote =
            ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (wrote < 0 && errno != EINTR) {
            return errno;
        }
        const auto done = wrote > 0 ? static_cast<std::size_t>(wrote) : 0;
        bytes = bytes.subspan(done);
        offset += done;
    }
    return 0;
}

/// Reads as much as fits into `into`, from a place of the file; errno, -1 where the file ends before, else 0.
int read_at(int descriptor, std::span<std::byte> into, std::uint64_t offset) {
    while (!into.empty()) {
        const auto got = ::pread(descriptor, into.data(), into.size(), static_cast<off_t>(offset));
        if (got == 0) {
            return -1;
        }
        if (got < 0 && errno != EINTR) {
            return errno;
        }
        const auto done = got > 0 ? static_cast<std::size_t>(got) : 0;
        into = into.subspan(done);
        offset += done;
    }
    return 0;
}

/// Whether the open file is still the one of that name: another process may have put it into its place meanwhile.
bool is_still(const FileHandle& file, const fs::path& path) {
    struct stat opened {};
    struct stat named {};
    return ::fstat(file.descriptor(), &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
           opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

/// The unfinished file, locked: what a killed process left is written over.
Result<FileHandle> locked_part(const fs::path& part) {
    for (;;) {
        FileHandle file(
            ::open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kNewFileMode));
        if (file.descriptor() < 0) {
            return system_error("write", part, errno);
        }
        if (::flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
            return Error{ErrorCode::in_use,
                         cannot("write", part) + ": the pictures are being decoded already",
                         "Wait until that is done, then try again."};
        }
        if (is_still(file, part)) {
            return file;
        }
    }
}

Result<std::string> read_index(const FileHandle& file, const StoreHeader& header) {
    std::string index(header.count() * kEntryBytes + kChecksumDigits, '\0');
    if (read_at(file.descriptor(), std::as_writable_bytes(std::span(index)),
                offset_of(header.shape, header.count())) != 0) {
        return Error{ErrorCode::io, "its index cannot be read", {}};
    }
    const std::string sum = index.substr(index.size() - kChecksumDigits);
    index.resize(index.size() - kChecksumDigits);
    if (sum_of(index) != sum) {
        return Error{ErrorCode::bad_data, "its index is damaged", {}};
    }
    return index;
}

/// Asks for the room at once, so that a full disk is known before an hour of work; errno. File systems that cannot
/// promise it are let pass.
int reserve(const FileHandle& file, std::uint64_t bytes) {
    if (::ftruncate(file.descriptor(), 0) != 0) {
        return errno;
    }
    if (::fallocate(file.descriptor(), 0, 0, static_cast<off_t>(bytes)) == 0) {
        return 0;
    }
    return errno == EOPNOTSUPP || errno == ENOSYS ? 0 : errno;
}

}  // namespace

PictureStore::PictureStore(fs::path path, FileHandle file, StoreHeader header, std::string index)
    : path_(std::move(path)),
      file_(std::move(file)),
      header_(std::move(header)),
      index_(std::move(index)) {}

Result<std::shared_ptr<const PictureStore>> PictureStore::open(const fs::path& file) {
    auto handle = FileHandle::open_regular(file);
    if (!handle) {
        return handle.error();
    }
    std::string bytes(kHeaderBytes, '\0');
    const auto got = handle->read(std::as_writable_bytes(std::span(bytes)));
    if (got < 0) {
        return system_error("read", file, errno);
    }
    bytes.resize(static_cast<std::size_t>(got));
    auto header = header_of(bytes);
    if (!header) {
        return Error{header.error().code, cannot("use", file) + ": " + header.error().message, {}};
    }
    if (!fits(*header, handle->size())) {
        return Error{ErrorCode::bad_data,
                     cannot("use", file) + ": its header does not fit its " +
                         std::to_string(handle->size()) + " bytes",
                     {}};
    }
    auto index = read_index(*handle, *header);
    if (!index) {
        return Error{index.error().code, cannot("use", file) + ": " + index.error().message, {}};
    }
    return std::shared_ptr<const PictureStore>(
        new PictureStore(file, *std::move(handle), *std::move(header), *std::move(index)));
}

void PictureStore::copy(std::uint64_t i, std::span<std::uint8_t> out) const {
    if (i >= header_.count()) {
        throw std::out_of_range("picture " + std::to_string(i) + " of " +
                                std::to_string(header_.count()));
    }
    if (out.size() != header_.shape.pixels()) {
        throw std::invalid_argument("a picture has " + std::to_string(header_.shape.pixels()) +
                                    " bytes, not " + std::to_string(out.size()));
    }
    const int number =
        read_at(file_.descriptor(), std::as_writable_bytes(out), offset_of(header_.shape, i));
    if (number > 0) {
        throw Failure(system_error("read", path_, number));
    }
    if (number < 0) {
        throw Failure(
            {ErrorCode::io, cannot("read", path_) + ": it was cut while it was in use", kAnew});
    }
    check(i, out);
}

void PictureStore::check(std::uint64_t i, std::span<const std::uint8_t> picture) const {
    if (std::string_view(index_).substr(i * kEntryBytes, kChecksumDigits) ==
        checksum(std::as_bytes(picture))) {
        return;
    }
    if (is_still(file_, path_)) {
        ::unlink(path_.c_str());
    }
    throw Failure({ErrorCode::bad_data,
                   cannot("use", path_) + ": picture " + std::to_string(i) +
                       " was damaged since it was decoded",
                   kAnew});
}

std::uint8_t PictureStore::label(std::uint64_t i) const {
    return static_cast<std::uint8_t>(index_.at(i * kEntryBytes + kChecksumDigits));
}

PictureStoreWriter::PictureStoreWriter(fs::path target, FileHandle file, std::uint64_t needed)
    : target_(std::move(target)),
      part_(target_.native() + ".part"),
      file_(std::move(file)),
      needed_(needed) {}

PictureStoreWriter::PictureStoreWriter(PictureStoreWriter&& other) noexcept
    : target_(std::move(other.target_)),
      part_(std::exchange(other.part_, {})),
      file_(std::move(other.file_)),
      needed_(other.needed_),
      written_(other.written_),
      buffer_(std::move(other.buffer_)),
      index_(std::move(other.index_)) {}

PictureStoreWriter::~PictureStoreWriter() {
    // While it is locked: afterwards it may be another process's.
    if (!part_.empty()) {
        ::unlink(part_.c_str());
    }
}

Result<PictureStoreWriter> PictureStoreWriter::create(const fs::path& file, const ImageShape& shape,
                                                      std::uint64_t most) {
    auto part = locked_part(file.native() + ".part");
    if (!part) {
        return part.error();
    }
    PictureStoreWriter writer(file, *std::move(part), file_bytes(shape, most));
    if (const int number = reserve(writer.file_, writer.needed_); number != 0) {
        return writer.failed(number);
    }
    return writer;
}

Result<void> PictureStoreWriter::add(std::span<const std::uint8_t> picture, std::uint8_t label) {
    index_ += checksum(std::as_bytes(picture));
    index_ += static_cast<char>(label);
    buffer_.insert(buffer_.end(), picture.begin(), picture.end());
    return buffer_.size() < kBuffer ? Result<void>() : flush();
}

Result<void> PictureStoreWriter::flush() {
    const int number =
        write_at(file_.descriptor(), std::as_bytes(std::span(buffer_)), kHeaderBytes + written_);
    if (number != 0) {
        return failed(number);
    }
    written_ += buffer_.size();
    buffer_.clear();
    return {};
}

Result<void> PictureStoreWriter::finish(const StoreHeader& header) {
    if (auto flushed = flush(); !flushed) {
        return flushed;
    }
    if (kHeaderBytes + written_ != offset_of(header.shape, header.count())) {
        throw std::invalid_argument("a header of " + std::to_string(header.count()) +
                                    " pictures does not fit what was added");
    }
    const std::uint64_t size = file_bytes(header.shape, header.count());
    const std::string index = index_ + sum_of(index_);
    const std::string start = header_bytes(header);
    int number = write_at(file_.descriptor(), std::as_bytes(std::span(index)), size - index.size());
    if (number == 0) {
        number = write_at(file_.descriptor(), std::as_bytes(std::span(start)), 0);
    }
    if (number != 0) {
        return failed(number);
    }
    if (::ftruncate(file_.descriptor(), static_cast<off_t>(size)) != 0 ||
        ::fsync(file_.descriptor()) != 0 || std::rename(part_.c_str(), target_.c_str()) != 0) {
        return failed(errno);
    }
    part_.clear();
    return {};
}

Error PictureStoreWriter::failed(int number) const {
    const std::string hint = "Make room, or name a folder on another disk with XDG_CACHE_HOME.";
    if (number == EFBIG) {
        return {ErrorCode::io,
                cannot("write", target_) + ": its " + byte_size(needed_) +
                    " are more than a file may have here",
                hint};
    }
    if (number != ENOSPC && number != EDQUOT) {
        return system_error("write", target_, number);
    }
    // What it took already counts as free: it is removed.
    struct statvfs disk {};
    const bool known =
        ::ftruncate(file_.descriptor(), 0) == 0 && ::fstatvfs(file_.descriptor(), &disk) == 0;
    const std::string free =
        known ? ", " + byte_size(std::uint64_t{disk.f_bavail} * disk.f_frsize) + " free" : "";
    return {
        ErrorCode::io,
        cannot("write", target_) + ": the disk is full (needs " + byte_size(needed_) + free + ")",
        hint};
}

}  // namespace lmser
