// SPDX-License-Identifier: GPL-3.0-or-later
#include "observed_session.h"

#include <chrono>
#include <utility>

namespace lmser::test {

ObservedSession::ObservedSession(SessionOptions options) {
    options.wake = [this] {
        {
            const std::lock_guard lock(mutex_);
            news_ = true;
        }
        rung_.notify_one();
    };
    session_ = make_session(std::move(options));
}

bool ObservedSession::until(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
        {
            std::unique_lock lock(mutex_);
            if (!rung_.wait_until(lock, deadline, [this] { return news_; })) {
                return false;
            }
            news_ = false;
        }
        take();
    }
    return true;
}

bool ObservedSession::until(RunState state) {
    return until([&] { return snapshot.state == state; });
}

bool ObservedSession::opens(const Experiment& experiment) {
    const std::size_t before = replies<RunOpened>().size();
    post(NewRun{experiment});
    return until([&] { return replies<RunOpened>().size() > before; });
}

void ObservedSession::take() {
    News news = session_->take_news();
    if (news.snapshot) {
        snapshot = std::move(*news.snapshot);
    }
    if (news.exploration) {
        explorations.push_back(std::move(*news.exploration));
    }
    if (news.decoded) {
        decoded.push_back(std::move(*news.decoded));
    }
    if (news.swept) {
        swept.push_back(std::move(*news.swept));
    }
    for (DecodedSheet& sheet : news.sheets) {
        sheets.push_back(std::move(sheet));
    }
    if (news.map) {
        maps.push_back(std::move(*news.map));
    }
    if (news.mapped) {
        mapped.push_back(std::move(*news.mapped));
    }
    if (news.recalled) {
        recalled.push_back(std::move(*news.recalled));
    }
    if (news.trail) {
        trails.push_back(std::move(*news.trail));
    }
    if (news.moved) {
        moved.push_back(std::move(*news.moved));
    }
    if (news.morphed) {
        morphed.push_back(std::move(*news.morphed));
    }
    if (news.exporting) {
        exporting.push_back(std::move(*news.exporting));
    }
    if (news.loading) {
        loading.push_back(std::move(*news.loading));
    }
    for (const Losses& losses : news.losses) {
        steps.insert(steps.end(), losses.steps.begin(), losses.steps.end());
    }
    for (Reply& reply : news.replies) {
        all_replies.push_back(std::move(reply));
    }
}

SessionTest::SessionTest() {
    write_tiny_mnist(folder_.path() / "data");
}

SessionOptions SessionTest::options() const {
    SessionOptions options;
    options.recovery = recovery();
    options.data_dir = folder_.path() / "data";
    return options;
}

Experiment endless_experiment() {
    Experiment experiment = tiny_experiment();
    experiment.training.iterations = kForever;
    return experiment;
}

}  // namespace lmser::test
