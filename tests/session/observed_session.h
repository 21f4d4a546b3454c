// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "core/session/session.h"
#include "tiny_data.h"

namespace lmser::test {

/// A session and everything that it ever told, for tests that wait until something was told.
class ObservedSession {
public:
    explicit ObservedSession(SessionOptions options);

    void post(Command command) { session_->post(std::move(command)); }

    /// Takes news until the condition holds; false after twenty seconds.
    [[nodiscard]] bool until(const std::function<bool()>& condition);
    /// Waits until the newest snapshot shows the state.
    [[nodiscard]] bool until(RunState state);
    /// Posts NewRun and waits for its reply.
    [[nodiscard]] bool opens(const Experiment& experiment);

    /// The replies of one kind, oldest first.
    template <class Kind>
    [[nodiscard]] std::vector<Kind> replies() const {
        std::vector<Kind> found;
        for (const Reply& reply : all_replies) {
            if (const auto* one = std::get_if<Kind>(&reply)) {
                found.push_back(*one);
            }
        }
        return found;
    }
    /// Waits for a reply of one kind beyond those that came before; throws where none comes.
    template <class Kind>
    Kind next(const Command& command) {
        const std::size_t before = replies<Kind>().size();
        post(command);
        if (!until([&] { return replies<Kind>().size() > before; })) {
            throw std::runtime_error("command " + std::to_string(command.index()) +
                                     " had no such reply in time");
        }
        return replies<Kind>().back();
    }

    Snapshot snapshot;  ///< newest
    std::vector<Exploration> explorations;
    std::vector<DecodedPicture> decoded;
    std::vector<SweptPictures> swept;
    std::vector<DecodedSheet> sheets;
    std::vector<CodeMap> maps;
    std::vector<MappedPicture> mapped;
    std::vector<RecalledPicture> recalled;
    std::vector<RecalledTrail> trails;
    std::vector<MovedFace> moved;
    std::vector<MorphedFaces> morphed;
    std::vector<ExportProgress> exporting;
    std::vector<LoadProgress> loading;
    std::vector<StepReport> steps;  ///< of all runs
    std::vector<Reply> all_replies;

private:
    void take();

    std::mutex mutex_;
    std::condition_variable rung_;
    bool news_ = false;
    std::unique_ptr<Session> session_;
};

/// A tiny dataset, a recovery folder and a folder to save to.
class SessionTest : public ::testing::Test {
protected:
    SessionTest();

    [[nodiscard]] SessionOptions options() const;
    [[nodiscard]] std::filesystem::path recovery() const { return folder_.path() / "recovery"; }
    [[nodiscard]] std::filesystem::path path(const std::string& name) const {
        return folder_.path() / name;
    }

private:
    TemporaryFolder folder_;
};

/// So many steps that no test reaches them.
inline constexpr std::int64_t kForever = 100'000'000;

/// The tiny experiment with such a target.
Experiment endless_experiment();

}  // namespace lmser::test
