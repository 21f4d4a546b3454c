// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>
#include <span>
#include <stdexcept>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/files/checksum.h"
#include "core/files/safetensors_file.h"
#include "core/files/safetensors_format.h"

namespace lmser {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kAlignment = 8;
constexpr std::string_view kNoSum = "00000000";

std::size_t data_size(const std::string& name, const StoredTensor& tensor) {
    std::size_t values = 1;
    for (const std::int64_t size : tensor.shape) {
        values *= static_cast<std::size_t>(size);
    }
    if (values == 0 || values != tensor.values.size()) {
        throw std::invalid_argument("tensor " + in_quotes(name) + " has " +
                                    std::to_string(tensor.values.size()) + " values where " +
                                    std::to_string(values) + " fit its shape");
    }
    return values * sizeof(float);
}

/// The place of the eight digits of the header's own sum. Inside of JSON strings quotes are escaped, so
/// the pattern can only be the key.
std::optional<std::size_t> place_of_sum(std::string_view header) {
    const std::string pattern = '"' + std::string(kHeaderSumKey) + "\":\"";
    const std::size_t found = header.find(pattern);
    if (found == std::string_view::npos ||
        header.find(pattern, found + 1) != std::string_view::npos) {
        return std::nullopt;
    }
    const std::size_t place = found + pattern.size();
    return place + kNoSum.size() <= header.size() ? std::optional(place) : std::nullopt;
}

void append(std::vector<std::byte>& bytes, const void* from, std::size_t size) {
    const auto* first = static_cast<const std::byte*>(from);
    bytes.insert(bytes.end(), first, first + size);
}

std::string header_of(const SafetensorsFile& file, std::span<const std::byte> data) {
    ordered_json metadata = ordered_json::object();
    for (const auto& [key, value] : file.metadata) {
        metadata[key] = value;
    }
    metadata[kDataSumKey] = checksum(data);
    metadata[kHeaderSumKey] = kNoSum;
    ordered_json header;
    header[kMetadataKey] = metadata;
    std::size_t begin = 0;
    for (const auto& [name, tensor] : file.tensors) {
        const std::size_t end = begin + data_size(name, tensor);
        header[name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {begin, end}}};
        begin = end;
    }
    std::string text;
    try {
        text = header.dump();
    } catch (const ordered_json::type_error&) {
        throw std::invalid_argument("a name or metadata of a tensor file is not UTF-8");
    }
    text.resize((text.size() + kAlignment - 1) / kAlignment * kAlignment, ' ');
    return text;
}

}  // namespace

std::optional<std::string> header_checksum(std::span<const std::byte> before_data) {
    std::string header(reinterpret_cast<const char*>(before_data.data()), before_data.size());
    const auto place = place_of_sum(header);
    if (!place) {
        return std::nullopt;
    }
    header.replace(*place, kNoSum.size(), kNoSum);
    return checksum(std::as_bytes(std::span(header)));
}

std::vector<std::byte> to_bytes(const SafetensorsFile& file) {
    std::vector<std::byte> data;
    for (const auto& [name, tensor] : file.tensors) {
        append(data, tensor.values.data(), data_size(name, tensor));
    }
    const std::string header = header_of(file, data);
    const std::uint64_t length = header.size();
    std::vector<std::byte> bytes;
    bytes.reserve(sizeof length + header.size() + data.size());
    append(bytes, &length, sizeof length);
    append(bytes, header.data(), header.size());
    const std::string sum = header_checksum(bytes).value();
    const std::size_t place = place_of_sum(header).value();
    std::memcpy(bytes.data() + sizeof length + place, sum.data(), sum.size());
    bytes.insert(bytes.end(), data.begin(), data.end());
    return bytes;
}

}  // namespace lmser
