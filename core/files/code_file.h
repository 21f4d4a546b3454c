// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace lmser {

/// A code with what it takes to make its picture again.
struct KeptCode {
    std::string fingerprint;  ///< of the network, see FrozenNet::fingerprint
    std::string model;        ///< its name for people: a shipped model or a preset
    std::vector<float> code;
    int reflections = 0;

    bool operator==(const KeptCode&) const = default;
};

/// The code as JSON: {"format": "lmser-code-1", "fingerprint", "model", "reflections", "code": […]}; reads back as
/// the same floats. What a code file holds, and the text chunk "lmser:code" of an exported picture.
std::string to_json(const KeptCode& kept);

/// Reads what to_json wrote; strict, as experiment_from_json is. bad_data where anything is missing, unknown,
/// mistyped, not finite, or more than 16,384 units long.
Result<KeptCode> kept_code_from_json(std::string_view text);

/// A code file, at most 1 MiB, written through atomic_save. bad_data, not_found, … name the file.
Result<KeptCode> read_code_file(const std::filesystem::path& file);
Result<void> write_code_file(const std::filesystem::path& file, const KeptCode& kept);

}  // namespace lmser
