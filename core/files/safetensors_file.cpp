// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/safetensors_file.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>
#include <optional>
#include <set>
#include <span>
#include <string_view>

#include "core/base/text.h"
#include "core/files/checksum.h"
#include "core/files/file_handle.h"
#include "core/files/read_file.h"
#include "core/files/safetensors_format.h"
#include "core/spec/strict_json.h"

namespace lmser {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors are little-endian");

using nlohmann::json;
using Bytes = std::span<const std::byte>;

constexpr std::uint64_t kMinFile = 10;
constexpr std::uint64_t kMaxFile = std::uint64_t{1} << 30;
constexpr std::uint64_t kMaxHeader = std::uint64_t{1} << 20;
constexpr std::size_t kMaxTensors = 4096;
constexpr std::size_t kMaxRank = 8;
// A header nests object, tensor, list; a tensor has at most 7 + rank + 2 values and keys.
constexpr JsonLimits kHeaderLimits{
    .bytes = kMaxHeader, .depth = 3, .values = std::size_t{4200} * 17};

/// Where the values of a tensor lie, as the header has it.
struct Entry {
    std::string name;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

Error broken(const std::string& reason) {
    return {ErrorCode::bad_data, reason, {}};
}

bool is_pytorch(Bytes bytes) {
    constexpr std::string_view kZip = "PK\x03\x04";
    constexpr std::byte kPickle{0x80};
    return bytes[0] == kPickle || std::memcmp(bytes.data(), kZip.data(), kZip.size()) == 0;
}

/// The JSON text of the header, its trailing spaces included. `bytes` are those of the file or the first of them, at
/// least so many that the longest header is among them.
Result<std::string_view> header_text(Bytes bytes, std::uint64_t file_size) {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    const bool fits = length <= kMaxHeader && length <= file_size - sizeof length;
    const bool opens = bytes[sizeof length] == std::byte{'{'};
    if ((!fits || !opens) && is_pytorch(bytes)) {
        return Error{ErrorCode::bad_data,
                     "it is a PyTorch file; such files can run code when loaded",
                     "Convert it on a machine you trust."};
    }
    if (!fits) {
        return broken("its header would have " + std::to_string(length) + " bytes but " +
                      std::to_string(file_size - sizeof length) + " follow, and at most " +
                      std::to_string(kMaxHeader) + " are allowed");
    }
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + sizeof length,
                                static_cast<std::size_t>(length));
    const std::size_t last = text.find_last_not_of(' ');
    if (!opens || last == std::string_view::npos || text[last] != '}') {
        return broken("its header is not a JSON object");
    }
    return text;
}

std::optional<std::vector<std::uint64_t>> whole_numbers(const json& list) {
    if (!list.is_array()) {
        return std::nullopt;
    }
    std::vector<std::uint64_t> numbers;
    for (const json& number : list) {
        if (!number.is_number_unsigned()) {
            return std::nullopt;
        }
        numbers.push_back(number.get<std::uint64_t>());
    }
    return numbers;
}

/// The bytes of a float32 tensor; nothing where a size is 0 or the product is beyond any file.
std::optional<std::uint64_t> tensor_bytes(const std::vector<std::uint64_t>& shape) {
    std::uint64_t bytes = sizeof(float);
    for (const std::uint64_t size : shape) {
        if (size == 0 || size > kMaxFile || bytes > kMaxFile / size) {
            return std::nullopt;
        }
        bytes *= size;
    }
    return bytes;
}

Result<Entry> read_entry(const std::string& name, const json& described) {
    const std::string tensor = "tensor " + in_quotes(name);
    const bool exact = described.is_object() && described.size() == 3 &&
                       described.contains("dtype") && described.contains("shape") &&
                       described.contains("data_offsets");
    if (!exact) {
        return broken(tensor + " does not have exactly dtype, shape and data_offsets");
    }
    if (described["dtype"] != "F32") {
        return broken(tensor + " is not of type F32");
    }
    const auto shape = whole_numbers(described["shape"]);
    if (!shape || shape->size() > kMaxRank) {
        return broken("the shape of " + tensor + " is not a list of at most " +
                      std::to_string(kMaxRank) + " whole numbers");
    }
    const auto bytes = tensor_bytes(*shape);
    if (!bytes) {
        return broken("the shape of " + tensor + " is empty or larger than any file");
    }
    const auto offsets = whole_numbers(described["data_offsets"]);
    if (!offsets || offsets->size() != 2 || (*offsets)[0] > (*offsets)[1] ||
        (*offsets)[1] - (*offsets)[0] != *bytes) {
        return broken("the offsets of " + tensor + " do not enclose its " + std::to_string(*bytes) +
                      " bytes");
    }
    return Entry{name, {shape->begin(), shape->end()}, (*offsets)[0], (*offsets)[1]};
}

/// All tensors in the order of their data, which must lie without gap or overlap to the end of the file.
Result<std::vector<Entry>> read_entries(const json& header, std::uint64_t data_size) {
    if (header.size() - 1 > kMaxTensors) {
        return broken("it has " + std::to_string(header.size() - 1) + " tensors, more than " +
                      std::to_string(kMaxTensors));
    }
    std::vector<Entry> entries;
    for (const auto& [name, described] : header.get_ref<const json::object_t&>()) {
        if (name == kMetadataKey) {
            continue;
        }
        auto entry = read_entry(name, described);
        if (!entry) {
            return entry.error();
        }
        entries.push_back(*std::move(entry));
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.begin < b.begin; });
    std::uint64_t expected = 0;
    for (const Entry& entry : entries) {
        if (entry.begin != expected) {
            return broken("the data of tensor " + in_quotes(entry.name) + " begins at byte " +
                          std::to_string(entry.begin) + " instead of " + std::to_string(expected));
        }
        expected = entry.end;
    }
    if (expected != data_size) {
        return broken("its tensors have " + std::to_string(expected) + " bytes but " +
                      std::to_string(data_size) + " follow the header");
    }
    return entries;
}

Result<std::map<std::string, std::string>> read_metadata(const json& header) {
    const auto& members = header.get_ref<const json::object_t&>();
    const auto found = members.find(kMetadataKey);
    if (found == members.end() || !found->second.is_object()) {
        return broken("it has no metadata, so it is not a file of this program");
    }
    std::map<std::string, std::string> metadata;
    for (const auto& [key, value] : found->second.get_ref<const json::object_t&>()) {
        if (!value.is_string()) {
            return broken("its metadata " + in_quotes(key) + " is not a text");
        }
        metadata[key] = value.get<std::string>();
    }
    return metadata;
}

/// All that stands before the data.
struct Header {
    std::map<std::string, std::string> metadata;
    std::vector<Entry> entries;
    std::string data_sum;
    std::size_t data_begin = 0;
};

/// Takes the two sums out of the metadata and compares the header's own.
Result<void> take_sums(Header& header, Bytes before_data) {
    const auto data_sum = header.metadata.extract(kDataSumKey);
    const auto header_sum = header.metadata.extract(kHeaderSumKey);
    if (data_sum.empty() || header_sum.empty()) {
        return broken("it has no checksums, so it is not a file of this program");
    }
    const auto expected = header_checksum(before_data);
    if (!expected || header_sum.mapped() != *expected) {
        return broken("its header was damaged: the checksum does not match");
    }
    header.data_sum = data_sum.mapped();
    return {};
}

Result<std::map<std::string, StoredTensor>> read_tensors(std::vector<Entry> entries, Bytes data) {
    std::map<std::string, StoredTensor> tensors;
    for (Entry& entry : entries) {
        const Bytes bytes = data.subspan(entry.begin, entry.end - entry.begin);
        StoredTensor tensor{std::move(entry.shape), {}};
        tensor.values.resize(bytes.size() / sizeof(float));
        std::memcpy(tensor.values.data(), bytes.data(), bytes.size());
        if (!std::all_of(tensor.values.begin(), tensor.values.end(),
                         [](float value) { return std::isfinite(value); })) {
            return broken("tensor " + in_quotes(entry.name) + " holds a value that is not finite");
        }
        tensors.emplace(std::move(entry.name), std::move(tensor));
    }
    return tensors;
}

/// See header_text.
Result<Header> parse_header(Bytes bytes, std::uint64_t file_size) {
    if (file_size < kMinFile || file_size > kMaxFile) {
        return broken("it has " + std::to_string(file_size) + " bytes where " +
                      std::to_string(kMinFile) + " to " + std::to_string(kMaxFile) +
                      " are possible");
    }
    const auto text = header_text(bytes, file_size);
    if (!text) {
        return text.error();
    }
    const auto parsed = parse_strict_json(*text, kHeaderLimits);
    if (!parsed) {
        return broken("its header is refused: " + parsed.error().message);
    }
    auto metadata = read_metadata(*parsed);
    if (!metadata) {
        return metadata.error();
    }
    Header header{*std::move(metadata), {}, {}, sizeof(std::uint64_t) + text->size()};
    auto entries = read_entries(*parsed, file_size - header.data_begin);
    if (!entries) {
        return entries.error();
    }
    header.entries = *std::move(entries);
    if (auto sums = take_sums(header, bytes.first(header.data_begin)); !sums) {
        return sums.error();
    }
    return header;
}

Result<SafetensorsFile> parse(Bytes bytes) {
    auto header = parse_header(bytes, bytes.size());
    if (!header) {
        return header.error();
    }
    const Bytes data = bytes.subspan(header->data_begin);
    if (header->data_sum != checksum(data)) {
        return broken("its data was damaged: the checksum does not match");
    }
    auto tensors = read_tensors(std::move(header->entries), data);
    if (!tensors) {
        return tensors.error();
    }
    return SafetensorsFile{std::move(header->metadata), *std::move(tensors)};
}

Error about(const std::filesystem::path& path, const Error& error) {
    return {error.code, cannot("read", path) + ": " + error.message, error.hint};
}

Error no_memory(const std::filesystem::path& path) {
    return about(path, {ErrorCode::out_of_memory, "there is not enough memory", {}});
}

}  // namespace

Result<SafetensorsFile> parse_safetensors(const std::vector<std::byte>& bytes,
                                          const std::string& name) {
    try {
        auto file = parse(bytes);
        if (!file) {
            return about(name, file.error());
        }
        return file;
    } catch (const std::bad_alloc&) {
        return no_memory(name);
    }
}

Result<std::map<std::string, std::string>> read_safetensors_metadata(
    const std::filesystem::path& path) {
    const auto file = FileHandle::open_regular(path);
    if (!file) {
        return file.error();
    }
    try {
        std::vector<std::byte> start(
            std::min<std::uint64_t>(file->size(), sizeof(std::uint64_t) + kMaxHeader));
        const auto got = file->read(start);
        if (got < 0 || static_cast<std::size_t>(got) != start.size()) {
            return system_error("read", path, got < 0 ? errno : EIO);
        }
        auto header = parse_header(start, file->size());
        if (!header) {
            return about(path, header.error());
        }
        return std::move(header->metadata);
    } catch (const std::bad_alloc&) {
        return no_memory(path);
    }
}

Result<SafetensorsFile> read_safetensors(const std::filesystem::path& path) {
    const auto bytes = read_file(path, kMaxFile);
    if (!bytes) {
        return bytes.error();
    }
    return parse_safetensors(*bytes, path.native());
}

}  // namespace lmser
