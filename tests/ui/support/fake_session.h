// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "core/session/session.h"

namespace lmser::ui {

/// A session that does nothing: it records what it is asked, and answers what a test feeds it. The record
/// outlives the session, which the bridge owns.
class FakeSession : public Session {
public:
    struct Record {
        std::vector<Command> commands;
        News news;
    };

    explicit FakeSession(std::shared_ptr<Record> record) : record_(std::move(record)) {}

    void post(Command command) override { record_->commands.push_back(std::move(command)); }
    News take_news() override { return std::exchange(record_->news, {}); }
    [[nodiscard]] SessionInfo info() const override { return {"1.13.1", "OpenBLAS", "AVX2", 1}; }

private:
    std::shared_ptr<Record> record_;
};

/// The recorded commands of one kind, in their order.
template <class Kind>
std::vector<Kind> commandsOf(const FakeSession::Record& record) {
    std::vector<Kind> found;
    for (const Command& command : record.commands) {
        if (const auto* one = std::get_if<Kind>(&command)) {
            found.push_back(*one);
        }
    }
    return found;
}

}  // namespace lmser::ui
