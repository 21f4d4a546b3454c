// SPDX-License-Identifier: GPL-3.0-or-later
// How values pass between threads: Mailbox, Feed, Inbox, Outbox.
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <numeric>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/session/feed.h"
#include "core/session/inbox.h"
#include "core/session/mailbox.h"
#include "core/session/outbox.h"

namespace lmser {
namespace {

TEST(Mailbox, GivesTheNewestValueOnce) {
    Mailbox<int> mailbox;
    mailbox.put(1);
    mailbox.put(2);
    EXPECT_EQ(mailbox.take(), 2);
    EXPECT_EQ(mailbox.take(), std::nullopt);
}

TEST(Feed, DropsNothingBetweenTwoThreads) {
    constexpr int kCount = 20000;
    Feed<int> feed;
    std::jthread writer([&feed] {
        for (int i = 0; i < kCount; ++i) {
            feed.add(i);
        }
    });
    std::vector<int> taken;
    while (taken.size() < kCount) {
        const std::vector<int> part = feed.take();
        taken.insert(taken.end(), part.begin(), part.end());
    }
    std::vector<int> expected(kCount);
    std::iota(expected.begin(), expected.end(), 0);
    EXPECT_EQ(taken, expected);
}

TEST(Inbox, GivesWhatIsLeftAfterAStopAndThenNothing) {
    Inbox<int> inbox;
    inbox.put(7);
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(inbox.take(source.get_token()), 7);
    EXPECT_EQ(inbox.take(source.get_token()), std::nullopt);
}

TEST(Inbox, EndsAWaitWhenAStopIsRequested) {
    Inbox<int> inbox;
    std::optional<int> taken = 1;
    {
        std::jthread reader([&](const std::stop_token& stop) { taken = inbox.take(stop); });
    }
    EXPECT_EQ(taken, std::nullopt);
}

TEST(Outbox, WakesOnceUntilTheNewsAreTaken) {
    int calls = 0;
    Outbox outbox([&calls] { ++calls; });
    outbox.add(Losses{});
    outbox.add(Failed{});
    outbox.publish(Exploration{});
    EXPECT_EQ(calls, 1);
    outbox.take();
    outbox.add(Failed{});
    EXPECT_EQ(calls, 2);
}

TEST(Outbox, WakesForEverythingThatArrivesWhileNewsAreTaken) {
    constexpr int kCount = 20000;
    std::atomic<bool> awake = false;
    Outbox outbox([&awake] {
        awake = true;
        awake.notify_one();
    });
    std::jthread writer([&outbox] {
        for (int i = 0; i < kCount; ++i) {
            outbox.add(Losses{1, {StepReport{i}}});
        }
    });
    // Takes only when woken: a lost call would leave this waiting for ever.
    std::vector<StepReport> steps;
    while (steps.size() < kCount) {
        awake.wait(false);
        awake = false;
        for (const Losses& losses : outbox.take().losses) {
            steps.insert(steps.end(), losses.steps.begin(), losses.steps.end());
        }
    }
    for (int i = 0; i < kCount; ++i) {
        ASSERT_EQ(steps[static_cast<std::size_t>(i)].iteration, i);
    }
}

TEST(Outbox, JoinsWhatTwoWorkersWriteIntoTheSnapshot) {
    Outbox outbox(nullptr);
    outbox.update([](Snapshot& snapshot) { snapshot.iteration = 3; });
    outbox.update([](Snapshot& snapshot) { snapshot.pictures_iteration = 2; });
    const News news = outbox.take();
    ASSERT_TRUE(news.snapshot);
    EXPECT_EQ(news.snapshot->iteration, 3);
    EXPECT_EQ(news.snapshot->pictures_iteration, 2);
    EXPECT_FALSE(outbox.take().snapshot);
}

TEST(Outbox, TellsNoProgressOnceTheExportHasEnded) {
    Outbox outbox({});
    outbox.publish(ExportProgress{"a.gif", 4, 5});
    outbox.end_export(Exported{"a.gif"});
    const News news = outbox.take();
    EXPECT_EQ(news.replies.size(), 1U);
    EXPECT_FALSE(news.exporting.has_value());
}

TEST(Outbox, TellsNoProgressOnceALoadHasEnded) {
    Outbox outbox({});
    outbox.publish(LoadProgress{"celeba", "CelebA", 4, 5});
    EXPECT_EQ(outbox.take().loading->done, 4U);
    outbox.publish(LoadProgress{"celeba", "CelebA", 5, 5});
    outbox.end_load();
    outbox.add(DatasetLoaded{});
    const News news = outbox.take();
    EXPECT_EQ(news.replies.size(), 1U);
    EXPECT_FALSE(news.loading.has_value());
}

TEST(Outbox, GivesTheNewestSheetOfEveryKind) {
    Outbox outbox({});
    outbox.publish(DecodedSheet{1, SheetKind::grid, {}, {}, 0});
    outbox.publish(DecodedSheet{2, SheetKind::classes, {}, {}, 0});
    outbox.publish(DecodedSheet{3, SheetKind::grid, {}, {}, 0});
    const News news = outbox.take();
    ASSERT_EQ(news.sheets.size(), 2U);
    EXPECT_EQ(news.sheets[0].id, 2U);
    EXPECT_EQ(news.sheets[1].id, 3U);
}

}  // namespace
}  // namespace lmser
