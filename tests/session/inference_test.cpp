// SPDX-License-Identifier: GPL-3.0-or-later
// The inference thread by itself: what a model's file says of its codes, and what comes late.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <thread>

#include "core/checkpoint/run.h"
#include "core/session/inference_worker.h"
#include "observed_session.h"

namespace lmser::test {
namespace {

class Inference : public SessionTest {
protected:
    Inference()
        : dataset_(*load_dataset("mnist", path("data"))),
          run_(*lmser::Run::create(tiny_experiment(), dataset_)),
          opening_({}, outbox_, training_),
          files_({}, outbox_, opening_, requests_),
          worker_(outbox_, requests_, files_) {}

    /// The run as a model that was opened.
    [[nodiscard]] Subject subject(std::uint64_t number) const {
        Subject subject;
        subject.run = number;
        subject.net = run_.frozen();
        subject.dataset = dataset_;
        return subject;
    }
    void open(Subject subject) {
        requests_.open(std::move(subject));
        requests_.release();
    }
    /// Takes news until the condition holds; false after twenty seconds.
    bool until(const std::function<bool()>& condition) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) {
                return false;
            }
            std::this_thread::yield();
            News news = outbox_.take();
            if (news.exploration) {
                exploration_ = std::move(*news.exploration);
            }
            replies_.insert(replies_.end(), news.replies.begin(), news.replies.end());
        }
        return true;
    }

    std::shared_ptr<const Dataset> dataset_;
    lmser::Run run_;
    Outbox outbox_{{}};
    Inbox<TrainingMessage> training_;
    Requests requests_;
    OpeningWorker opening_;
    FileWorker files_;
    InferenceWorker worker_;
    Exploration exploration_;
    std::vector<Reply> replies_;
};

TEST_F(Inference, KeepsTheStatisticsOfTheFileUntilTheWeightsMove) {
    auto known = std::make_shared<CodeStatistics>();
    known->units.resize(4);
    known->units[2].maximum = 7;
    Subject model = subject(1);
    model.statistics = known;
    open(model);
    ASSERT_TRUE(until([&] { return exploration_.run == 1; }));
    EXPECT_EQ(exploration_.statistics, known);
    EXPECT_EQ(exploration_.units, known->units);
    requests_.evaluate(model.net, true);  // comes after whatever would be measured
    ASSERT_TRUE(until([&] { return !replies_.empty(); }));
    EXPECT_EQ(exploration_.statistics, known);

    ASSERT_TRUE(run_.step().ok());
    requests_.look(run_.frozen());
    ASSERT_TRUE(until([&] { return exploration_.statistics != known; }));
    EXPECT_EQ(exploration_.statistics->class_mean.size(), 10U);
    EXPECT_EQ(exploration_.units, exploration_.statistics->units);
}

TEST_F(Inference, LeavesOutAPictureThatWasMadeToFitAnotherRun) {
    open(subject(1));
    open(subject(2));
    requests_.encode(FittedStart{1, {5, images_of(*dataset_, dataset_->test, 0, 1)}, "late"});
    ASSERT_TRUE(until([&] { return exploration_.statistics != nullptr; }));
    EXPECT_TRUE(replies_.empty());
    requests_.encode(FittedStart{2, {6, images_of(*dataset_, dataset_->test, 0, 1)}, "fits"});
    ASSERT_TRUE(until([&] { return !replies_.empty(); }));
    EXPECT_EQ(std::get<Encoded>(replies_[0]).note, "fits");
    EXPECT_NE(requests_.explored().start, nullptr);
}

}  // namespace
}  // namespace lmser::test
