// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace lmser {

/// One float32 tensor of a file. Other types are refused: no checkpoint of this program has them.
struct StoredTensor {
    std::vector<std::int64_t> shape;
    std::vector<float> values;  ///< row by row; as many as the product of the shape
    bool operator==(const StoredTensor&) const = default;
};

/// A safetensors file as a value.
struct SafetensorsFile {
    std::map<std::string, std::string> metadata;
    std::map<std::string, StoredTensor> tensors;
    bool operator==(const SafetensorsFile&) const = default;
};

/// Reads a file by the strict rules of SAFETY (limits, exact keys, contiguous offsets, CRC-32, finite
/// values). bad_data says which rule it breaks; a PyTorch or zip file is named as such. Throws nothing.
Result<SafetensorsFile> read_safetensors(const std::filesystem::path& path);

/// The same, from the bytes of a file; `name` stands in messages. This is what the fuzzer calls.
Result<SafetensorsFile> parse_safetensors(const std::vector<std::byte>& bytes,
                                          const std::string& name);

/// The metadata of a file by the same rules, as far as its header tells: neither the data nor their sum are looked at.
Result<std::map<std::string, std::string>> read_safetensors_metadata(
    const std::filesystem::path& path);

/// The bytes of a file: tensors in the order of their names, header padded to 8 bytes. Two sums join the
/// metadata, eight hexadecimal digits each, and leave it again on reading: "crc32", the CRC-32 of the
/// tensor data, and "header_crc32", that of everything before it with this sum's own digits as zeros.
/// So no bit of a file can flip unseen. Same value, same bytes. A shape that does not match its values,
/// or text that is not UTF-8, throws std::invalid_argument.
std::vector<std::byte> to_bytes(const SafetensorsFile& file);

}  // namespace lmser
