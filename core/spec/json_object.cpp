// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/json_object.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "core/base/text.h"

namespace lmser {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// The double whose decimal is the float's shortest one; the float itself where that would not read back.
double short_double(float value) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    double number = 0;
    std::from_chars(text.data(), end, number);
    const bool fits = std::abs(number) <= std::numeric_limits<float>::max();
    return fits && static_cast<float>(number) == value ? number : static_cast<double>(value);
}

std::string count_of(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

ordered_json json_of(float value) {
    return short_double(value);
}

ordered_json json_of(std::span<const float> values) {
    ordered_json list = ordered_json::array();
    for (const float value : values) {
        list.push_back(short_double(value));
    }
    return list;
}

JsonObject::JsonObject(const json& object, std::string prefix)
    : object_(object), prefix_(std::move(prefix)) {
    if (!object.is_object()) {
        fail((prefix_.empty() ? "it" : in_quotes(prefix_.substr(0, prefix_.size() - 1))) +
             " is not an object");
    }
}

std::string JsonObject::text(const char* key, std::size_t most) {
    const json* value = member(key);
    if (value == nullptr) {
        return {};
    }
    if (!value->is_string()) {
        fail(named(key) + " is not a text");
        return {};
    }
    auto text = value->get<std::string>();
    if (text.size() > most) {
        fail(named(key) + " has " + count_of(text.size(), "byte") + ", more than " +
             std::to_string(most));
    }
    return text;
}

std::int64_t JsonObject::whole_number(const char* key, std::int64_t low, std::int64_t high) {
    const json* value = member(key);
    if (value == nullptr) {
        return low;
    }
    if (!value->is_number_integer()) {
        fail(named(key) + " is not a whole number");
        return low;
    }
    const bool fits = value->is_number_unsigned()
                          ? std::in_range<std::int64_t>(value->get<std::uint64_t>())
                          : true;
    const std::int64_t number = fits ? value->get<std::int64_t>() : 0;
    if (!fits || number < low || number > high) {
        fail(named(key) + " is " + value->dump() + ", not from " + std::to_string(low) + " to " +
             std::to_string(high));
        return low;
    }
    return number;
}

bool JsonObject::truth(const char* key) {
    const json* value = member(key);
    if (value == nullptr) {
        return false;
    }
    if (!value->is_boolean()) {
        fail(named(key) + " is neither true nor false");
        return false;
    }
    return value->get<bool>();
}

float JsonObject::number(const char* key) {
    const json* value = member(key);
    return value == nullptr ? 0 : finite(*value, key);
}

std::vector<float> JsonObject::numbers(const char* key, std::optional<std::size_t> count) {
    const json* value = member(key);
    return value == nullptr ? std::vector<float>{} : finite_list(*value, key, count);
}

std::vector<std::vector<float>> JsonObject::rows(const char* key, std::size_t count,
                                                 std::size_t length, bool fewer) {
    const json& lists = list(key);
    if (lists.size() > count || (lists.size() < count && !fewer)) {
        fail(named(key) + " has " + count_of(lists.size(), "list") + " where " +
             (fewer ? "at most " : "") + std::to_string(count) + " can be");
        return {};
    }
    std::vector<std::vector<float>> rows;
    for (const json& row : lists) {
        rows.push_back(finite_list(row, key, length));
    }
    return rows;
}

const json& JsonObject::list(const char* key) {
    static const json kNone = json::array();
    const json* value = member(key);
    if (value != nullptr && !value->is_array()) {
        fail(named(key) + " is not a list");
        return kNone;
    }
    return value == nullptr ? kNone : *value;
}

void JsonObject::fail(const std::string& problem) {
    if (!problem_) {
        problem_ = problem;
    }
}

std::optional<std::string> JsonObject::finish() {
    if (!problem_) {
        for (const auto& [key, value] : object_.get_ref<const json::object_t&>()) {
            if (known_.find(key) == known_.end()) {
                fail(named(key) + " is unknown");
            }
        }
    }
    return problem_;
}

const json* JsonObject::member(const char* key) {
    known_.insert(key);
    if (problem_) {
        return nullptr;
    }
    const auto found = object_.find(key);
    if (found == object_.end()) {
        fail(named(key) + " is missing");
        return nullptr;
    }
    return &*found;
}

std::string JsonObject::named(const std::string& key) const {
    return in_quotes(prefix_ + key);
}

float JsonObject::finite(const json& value, const char* key) {
    if (!value.is_number()) {
        fail(named(key) + " is not a number");
        return 0;
    }
    const auto number = value.get<double>();
    if (!(std::abs(number) <= std::numeric_limits<float>::max())) {
        fail(named(key) + " is " + value.dump() + ", which is too large");
        return 0;
    }
    return static_cast<float>(number);
}

std::vector<float> JsonObject::finite_list(const json& list, const char* key,
                                           std::optional<std::size_t> count) {
    if (!list.is_array()) {
        fail(named(key) + " is not a list of numbers");
        return {};
    }
    if (count && list.size() != *count) {
        fail(named(key) + " has " + count_of(list.size(), "value") + " where " +
             std::to_string(*count) + " are needed");
        return {};
    }
    std::vector<float> values;
    values.reserve(list.size());
    for (const json& value : list) {
        values.push_back(finite(value, key));
    }
    return values;
}

}  // namespace lmser
