// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/strict_json.h"

#include <set>
#include <string>
#include <vector>

#include "core/base/text.h"

namespace lmser {

namespace {

using nlohmann::json;

/// Thrown through nlohmann's parser, which knows no other way to stop half-way.
struct Refused {
    std::string reason;
};

/// Watches the parser, which is iterative, so that nothing deep, repeated or endless is ever built.
class Watch {
public:
    explicit Watch(const JsonLimits& limits) : limits_(limits) {}

    bool operator()(int depth, json::parse_event_t event, const json& parsed) {
        switch (event) {
            case json::parse_event_t::object_start:
                keys_.emplace_back();
                [[fallthrough]];
            case json::parse_event_t::array_start:
                enter(depth);
                break;
            case json::parse_event_t::key:
                count();
                remember(parsed.get_ref<const std::string&>());
                break;
            case json::parse_event_t::object_end:
                keys_.pop_back();
                break;
            case json::parse_event_t::value:
                count();
                break;
            case json::parse_event_t::array_end:
                break;
        }
        return true;
    }

private:
    void enter(int depth) {
        count();
        if (depth >= limits_.depth) {
            throw Refused{"it nests deeper than " + std::to_string(limits_.depth) + " levels"};
        }
    }

    void count() {
        if (++values_ > limits_.values) {
            throw Refused{"it holds more than " + std::to_string(limits_.values) + " values"};
        }
    }

    void remember(const std::string& key) {
        if (!keys_.back().insert(key).second) {
            throw Refused{"the key " + in_quotes(key) + " is given twice"};
        }
    }

    JsonLimits limits_;
    std::size_t values_ = 0;
    std::vector<std::set<std::string>> keys_;
};

}  // namespace

Result<json> parse_strict_json(std::string_view text, const JsonLimits& limits) {
    if (text.size() > limits.bytes) {
        return Error{ErrorCode::bad_data,
                     "it has " + std::to_string(text.size()) + " bytes, more than the " +
                         std::to_string(limits.bytes) + " allowed",
                     {}};
    }
    try {
        Watch watch(limits);
        return json::parse(text, [&watch](int depth, json::parse_event_t event, json& parsed) {
            return watch(depth, event, parsed);
        });
    } catch (const Refused& refused) {
        return Error{ErrorCode::bad_data, refused.reason, {}};
    } catch (const json::parse_error& error) {
        return Error{
            ErrorCode::bad_data, "it is not valid JSON at byte " + std::to_string(error.byte), {}};
    } catch (const json::out_of_range&) {
        return Error{ErrorCode::bad_data, "it holds a number that is too large", {}};
    }
}

}  // namespace lmser
