// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace lmser {

namespace {

bool is_continuation(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

/// The number of bytes of the UTF-8 character at the front, 0 where there is none.
std::size_t character_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        return is_continuation(text, 1) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        // Overlong forms and surrogates are not characters.
        const bool proper = !(first == 0xE0 && second < 0xA0) && !(first == 0xED && second > 0x9F);
        return proper && is_continuation(text, 1) && is_continuation(text, 2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool proper = !(first == 0xF0 && second < 0x90) && !(first == 0xF4 && second > 0x8F);
        return proper && is_continuation(text, 1) && is_continuation(text, 2) &&
                       is_continuation(text, 3)
                   ? 4
                   : 0;
    }
    return 0;
}

std::string escaped(char byte) {
    std::array<char, 5> text{};
    std::snprintf(text.data(), text.size(), "\\x%02x", static_cast<unsigned char>(byte));
    return text.data();
}

}  // namespace

std::string in_quotes(std::string_view text, std::size_t limit) {
    std::string result = "'";
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = character_length(text.substr(at));
        const bool control = static_cast<unsigned char>(text[at]) < 0x20 || text[at] == 0x7F;
        if (at + (length == 0 ? 1 : length) > limit) {
            result += "…";
            break;
        }
        if (length == 0 || control) {
            result += escaped(text[at]);
            ++at;
        } else {
            result += text.substr(at, length);
            at += length;
        }
    }
    return result + "'";
}

std::string shortest(double number) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

std::string byte_size(std::uint64_t bytes) {
    if (bytes < 1000) {
        return std::to_string(bytes) + " bytes";
    }
    constexpr std::array kUnits = {"KB", "MB", "GB", "TB", "PB", "EB"};
    double scaled = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    // 999.95 would be printed as 1000.0 of the smaller unit.
    while (scaled >= 999.95 && unit + 1 < kUnits.size()) {
        scaled /= 1000;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f %s", scaled, kUnits.at(unit));
    return text.data();
}

}  // namespace lmser
