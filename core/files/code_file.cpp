// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/code_file.h"

#include "core/files/atomic_save.h"
#include "core/files/read_file.h"
#include "core/spec/json_object.h"
#include "core/spec/strict_json.h"

namespace lmser {

namespace {

using nlohmann::ordered_json;

constexpr const char* kFormat = "lmser-code-1";
constexpr std::size_t kMaxFile = std::size_t{1} << 20;
constexpr std::size_t kMaxUnits = 16384;
constexpr std::size_t kMaxText = 200;
constexpr std::int64_t kMaxReflections = 64;
// An object of five keys, one of them a list.
constexpr JsonLimits kLimits{.bytes = kMaxFile, .depth = 2, .values = kMaxUnits + 16};

Error bad_code(const std::string& reason) {
    return {ErrorCode::bad_data, "the code cannot be used: " + reason, {}};
}

}  // namespace

std::string to_json(const KeptCode& kept) {
    ordered_json object;
    object["format"] = kFormat;
    object["fingerprint"] = kept.fingerprint;
    object["model"] = kept.model;
    object["reflections"] = kept.reflections;
    object["code"] = json_of(kept.code);
    // A model's name may come from a file name, which need not be UTF-8.
    return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Result<KeptCode> kept_code_from_json(std::string_view text) {
    const auto parsed = parse_strict_json(text, kLimits);
    if (!parsed) {
        return bad_code(parsed.error().message);
    }
    JsonObject object(*parsed, "");
    KeptCode kept;
    if (object.text("format", kMaxText) != kFormat) {
        object.fail("its format is not " + std::string(kFormat));
    }
    kept.fingerprint = object.text("fingerprint", kMaxText);
    kept.model = object.text("model", kMaxText);
    kept.reflections = static_cast<int>(object.whole_number("reflections", 0, kMaxReflections));
    kept.code = object.numbers("code");
    if (kept.code.empty() || kept.code.size() > kMaxUnits) {
        object.fail("it has " + std::to_string(kept.code.size()) + " units, not 1 to " +
                    std::to_string(kMaxUnits));
    }
    if (const auto problem = object.finish()) {
        return bad_code(*problem);
    }
    return kept;
}

Result<KeptCode> read_code_file(const std::filesystem::path& file) {
    const auto text = read_text(file, kMaxFile);
    if (!text) {
        return text.error();
    }
    auto kept = kept_code_from_json(*text);
    if (!kept) {
        return Error{kept.error().code, cannot("read", file) + ": " + kept.error().message,
                     "Choose a file that was saved as a code."};
    }
    return kept;
}

Result<void> write_code_file(const std::filesystem::path& file, const KeptCode& kept) {
    return atomic_save(file, to_json(kept) + "\n");
}

}  // namespace lmser
