// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/npy_file.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/text.h"
#include "core/files/file_handle.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

static_assert(std::endian::native == std::endian::little, "'<f4' is little-endian");

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kMaxHeader = 65535;
constexpr std::size_t kMaxRank = 8;
constexpr std::uint64_t kMaxFile = std::uint64_t{1} << 30;
constexpr std::size_t kAlignment = 64;

/// What the header's Python dictionary says.
struct NpyHeader {
    std::optional<std::string> descr;
    std::optional<bool> fortran_order;
    std::optional<std::vector<std::uint64_t>> shape;
};

/// Reads the one kind of Python literal that a header is: {'descr': '<f4', 'fortran_order': False,
/// 'shape': (2, 28, 28), }. Every key exactly once.
class HeaderParser {
public:
    explicit HeaderParser(std::string_view text) : rest_(text) {}

    std::optional<NpyHeader> parse() {
        NpyHeader header;
        if (!take('{')) {
            return std::nullopt;
        }
        while (!take('}')) {
            const auto key = quoted_text();
            if (!key || !take(':') || !value(*key, header)) {
                return std::nullopt;
            }
            if (!take(',') && !next_is('}')) {
                return std::nullopt;
            }
        }
        skip_space();
        const bool whole = header.descr && header.fortran_order && header.shape;
        return rest_.empty() && whole ? std::optional(header) : std::nullopt;
    }

private:
    bool value(std::string_view key, NpyHeader& header) {
        if (key == "descr" && !header.descr) {
            header.descr = quoted_text();
            return header.descr.has_value();
        }
        if (key == "fortran_order" && !header.fortran_order) {
            header.fortran_order = truth();
            return header.fortran_order.has_value();
        }
        if (key == "shape" && !header.shape) {
            header.shape = sizes();
            return header.shape.has_value();
        }
        return false;
    }

    void skip_space() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size()));
    }

    bool next_is(char wanted) {
        skip_space();
        return !rest_.empty() && rest_.front() == wanted;
    }

    bool take(char wanted) {
        const bool found = next_is(wanted);
        rest_.remove_prefix(found ? 1 : 0);
        return found;
    }

    bool take_word(std::string_view word) {
        skip_space();
        const bool found = rest_.starts_with(word);
        rest_.remove_prefix(found ? word.size() : 0);
        return found;
    }

    std::optional<std::string> quoted_text() {
        skip_space();
        if (rest_.empty() || (rest_.front() != '\'' && rest_.front() != '"')) {
            return std::nullopt;
        }
        const std::size_t end = rest_.find(rest_.front(), 1);
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        std::string text(rest_.substr(1, end - 1));
        rest_.remove_prefix(end + 1);
        return text;
    }

    std::optional<bool> truth() {
        if (take_word("False")) {
            return false;
        }
        return take_word("True") ? std::optional(true) : std::nullopt;
    }

    std::optional<std::vector<std::uint64_t>> sizes() {
        std::vector<std::uint64_t> result;
        if (!take('(')) {
            return std::nullopt;
        }
        while (!take(')')) {
            skip_space();
            std::uint64_t size = 0;
            const auto read = std::from_chars(rest_.data(), rest_.data() + rest_.size(), size);
            if (read.ec != std::errc() || result.size() == kMaxRank) {
                return std::nullopt;
            }
            rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
            result.push_back(size);
            if (!take(',') && !next_is(')')) {
                return std::nullopt;
            }
        }
        return result;
    }

    std::string_view rest_;
};

/// A `.npy` file that is open at some place, and how it is complained about.
class NpyReader {
public:
    NpyReader(const std::filesystem::path& path, const FileHandle& file, NpyValues allowed)
        : path_(path), file_(file), allowed_(allowed) {}

    Result<NpyHeader> header() {
        if (file_.size() > kMaxFile) {
            return bad("it has " + byte_size(file_.size()) + ", more than the 1 GiB allowed");
        }
        const auto text = header_text();
        if (!text) {
            return text.error();
        }
        auto header = HeaderParser(*text).parse();
        if (!header) {
            return bad("its header is not that of a .npy file");
        }
        if (*header->descr != "<f4" && (allowed_ == NpyValues::floats || !holds_bytes(*header))) {
            return bad("it holds " + in_quotes(*header->descr) + ", not '<f4' (float32)",
                       "Save it with .astype('float32').");
        }
        if (*header->fortran_order) {
            return bad("its values lie column by column", "Save it with numpy.ascontiguousarray.");
        }
        return *header;
    }

    Result<std::vector<float>> values(const NpyHeader& header) {
        return holds_bytes(header) ? values_of<std::uint8_t>(*header.shape)
                                   : values_of<float>(*header.shape);
    }

private:
    static bool holds_bytes(const NpyHeader& header) {
        return header.descr == "|b1" || header.descr == "|u1";
    }

    template <class Value>
    Result<std::vector<float>> values_of(const std::vector<std::uint64_t>& shape) {
        const std::uint64_t follow = file_.size() - done_;
        const auto promised = bytes_of(shape, sizeof(Value));
        if (promised != follow) {
            return bad("its header promises " + shape_text(shape) + " values" +
                       (promised ? " (" + std::to_string(*promised) + " bytes)" : "") + " but " +
                       std::to_string(follow) + " bytes follow");
        }
        const std::uint64_t count = follow / sizeof(Value);
        if (count > kMaxFile / sizeof(float)) {
            return bad("it has " + std::to_string(count) + " values, more than the " +
                       std::to_string(kMaxFile / sizeof(float)) + " allowed");
        }
        std::vector<Value> values(count);
        if (auto got = fill(std::as_writable_bytes(std::span(values))); !got) {
            return got.error();
        }
        if constexpr (std::is_same_v<Value, float>) {
            return values;
        } else {
            return std::vector<float>(values.begin(), values.end());
        }
    }

    Result<std::string> header_text() {
        std::array<char, 12> start{};
        constexpr std::size_t kFirst = 10;
        if (auto got = fill(std::as_writable_bytes(std::span(start).first(kFirst))); !got) {
            return got.error();
        }
        const auto byte = [&start](std::size_t i) {
            return std::size_t{static_cast<unsigned char>(start.at(i))};
        };
        if (!std::string_view(start.data(), kMagic.size()).starts_with(kMagic)) {
            return bad("it does not begin as a .npy file does");
        }
        const std::size_t version = byte(6);
        if (version != 1 && version != 2) {
            return bad("it is a .npy of version " + std::to_string(version) + ", not 1 or 2");
        }
        std::size_t length = byte(8) | byte(9) << 8U;
        if (version == 2) {
            if (auto got = fill(std::as_writable_bytes(std::span(start).subspan(kFirst))); !got) {
                return got.error();
            }
            length |= byte(10) << 16U | byte(11) << 24U;
        }
        if (length > kMaxHeader || length > file_.size() - done_) {
            return bad("its header would have " + std::to_string(length) + " bytes but " +
                       std::to_string(file_.size() - done_) + " follow, and at most " +
                       std::to_string(kMaxHeader) + " are allowed");
        }
        std::string text(length, ' ');
        if (auto got = fill(std::as_writable_bytes(std::span(text))); !got) {
            return got.error();
        }
        return text;
    }

    Result<void> fill(std::span<std::byte> into) {
        const auto got = file_.read(into);
        if (got < 0) {
            return system_error("read", path_, errno);
        }
        done_ += static_cast<std::uint64_t>(got);
        if (static_cast<std::size_t>(got) != into.size()) {
            return bad("it is cut off after " + std::to_string(done_) + " bytes");
        }
        return {};
    }

    static std::optional<std::uint64_t> bytes_of(const std::vector<std::uint64_t>& shape,
                                                 std::uint64_t bytes) {
        for (const std::uint64_t size : shape) {
            if (__builtin_mul_overflow(bytes, size, &bytes)) {
                return std::nullopt;
            }
        }
        return bytes;
    }

    static std::string shape_text(const std::vector<std::uint64_t>& shape) {
        std::string text;
        for (const std::uint64_t size : shape) {
            text += (text.empty() ? "" : "x") + std::to_string(size);
        }
        return text;
    }

    [[nodiscard]] Error bad(const std::string& reason, const std::string& hint = {}) const {
        return {ErrorCode::bad_data, cannot("read", path_) + ": " + reason, hint};
    }

    const std::filesystem::path& path_;
    const FileHandle& file_;
    NpyValues allowed_;
    std::uint64_t done_ = 0;
};

}  // namespace

Result<NpyFile> read_npy(
    const std::filesystem::path& path,
    const std::function<Result<void>(const std::vector<std::uint64_t>&)>& accept,
    NpyValues allowed) {
    const auto file = FileHandle::open_regular(path);
    if (!file) {
        return file.error();
    }
    NpyReader reader(path, *file, allowed);
    const auto header = reader.header();
    if (!header) {
        return header.error();
    }
    if (auto accepted = accept(*header->shape); !accepted) {
        return accepted.error();
    }
    auto values = reader.values(*header);
    if (!values) {
        return values.error();
    }
    return NpyFile{*header->shape, *std::move(values)};
}

std::vector<std::byte> encode_npy(std::span<const std::uint64_t> shape,
                                  std::span<const float> values) {
    std::string dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
    for (const std::uint64_t size : shape) {
        dictionary += std::to_string(size) + ", ";
    }
    dictionary += "), }";
    constexpr std::size_t kBefore = 10;
    const std::size_t whole =
        (kBefore + dictionary.size() + 1 + kAlignment - 1) / kAlignment * kAlignment;
    dictionary.resize(whole - kBefore - 1, ' ');
    dictionary += '\n';
    std::string header(kMagic);
    header += '\x01';
    header += '\x00';
    header += static_cast<char>(dictionary.size() & 0xFFU);
    header += static_cast<char>(dictionary.size() >> 8U);
    header += dictionary;
    std::vector<std::byte> bytes(header.size() + values.size_bytes());
    std::memcpy(bytes.data(), header.data(), header.size());
    if (!values.empty()) {
        std::memcpy(bytes.data() + header.size(), values.data(), values.size_bytes());
    }
    return bytes;
}

}  // namespace lmser
