// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace lmser {

/// The floats as a JSON list of short decimals that read back as the same floats.
nlohmann::ordered_json json_of(std::span<const float> values);
/// A float as a JSON number, short as well.
nlohmann::ordered_json json_of(float value);

/// Takes the members of a JSON object one after another, strictly, and remembers the first thing that is wrong:
/// "'units[3].std' is not a number". What is returned after that has no meaning.
class JsonObject {
public:
    /// `prefix` stands before the keys in messages: "units[3].".
    JsonObject(const nlohmann::json& object, std::string prefix);

    /// Text of at most `most` bytes.
    std::string text(const char* key, std::size_t most);
    std::int64_t whole_number(const char* key, std::int64_t low, std::int64_t high);
    bool truth(const char* key);
    /// A finite float32.
    float number(const char* key);
    /// A list of finite float32; of exactly `count` where that is given.
    std::vector<float> numbers(const char* key, std::optional<std::size_t> count = {});
    /// A list of `count` lists of `length` numbers; of at most `count` where `fewer`.
    std::vector<std::vector<float>> rows(const char* key, std::size_t count, std::size_t length,
                                         bool fewer = false);
    /// A list of anything; empty where there is none.
    const nlohmann::json& list(const char* key);

    /// Remembers a problem, unless there is one already.
    void fail(const std::string& problem);
    /// The first problem; what was not asked for is one too.
    std::optional<std::string> finish();

private:
    const nlohmann::json* member(const char* key);
    [[nodiscard]] std::string named(const std::string& key) const;
    float finite(const nlohmann::json& value, const char* key);
    std::vector<float> finite_list(const nlohmann::json& list, const char* key,
                                   std::optional<std::size_t> count);

    const nlohmann::json& object_;
    std::string prefix_;
    std::set<std::string, std::less<>> known_;
    std::optional<std::string> problem_;
};

}  // namespace lmser
