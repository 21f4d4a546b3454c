// SPDX-License-Identifier: GPL-3.0-or-later
// How much is done at a time: Pace and SheetQueue.
#include <gtest/gtest.h>

#include <vector>

#include "core/session/pace.h"
#include "core/session/sheet_queue.h"

namespace lmser {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using Clock = SheetQueue::Clock;

TEST(Pace, TakesAsManyPicturesAsFitTheTime) {
    Pace pace(milliseconds(4), 10, 400);
    EXPECT_EQ(pace.pictures(), 10U);
    pace.took(10, milliseconds(4));
    EXPECT_EQ(pace.pictures(), 10U);
    pace.took(10, milliseconds(20));
    EXPECT_EQ(pace.pictures(), 2U);
    pace.took(2, milliseconds(100));
    EXPECT_EQ(pace.pictures(), 1U);
}

TEST(Pace, GrowsByDoublingUpToItsLargest) {
    Pace pace(milliseconds(4), 10, 30);
    pace.took(10, microseconds(10));
    EXPECT_EQ(pace.pictures(), 20U);
    pace.took(20, microseconds(10));
    EXPECT_EQ(pace.pictures(), 30U);
}

TEST(Pace, DoesNotTakeMoreThanIsLeft) {
    Pace pace(milliseconds(4), 10, 30);
    EXPECT_EQ(pace.part(3, [](std::size_t) {}), 3U);
    EXPECT_EQ(pace.part(0, [](std::size_t) {}), 0U);
}

constexpr Clock::time_point kNow = Clock::time_point(std::chrono::hours(1));

SheetJob sheet(std::uint64_t id, SheetKind kind) {
    return {id, kind, {1, 2}, false, 0};
}

SheetJob sweep(std::uint64_t id) {
    return {id, SweptUnit{0, {1}}, {1, 2}, false, 0};
}

std::vector<std::uint64_t> ids(SheetQueue& queue, Clock::time_point now) {
    std::vector<std::uint64_t> taken;
    while (const auto job = queue.take(now, kNow)) {
        taken.push_back(job->id);
    }
    return taken;
}

TEST(SheetQueue, TakesClassesThenTheSweepThenTheOthers) {
    SheetQueue queue;
    queue.put(sheet(1, SheetKind::comparison), kNow);
    queue.put(sheet(2, SheetKind::grid), kNow);
    queue.put(sweep(3), kNow);
    queue.put(sheet(4, SheetKind::classes), kNow);
    queue.put(sheet(5, SheetKind::morph), kNow);
    EXPECT_EQ(ids(queue, kNow), (std::vector<std::uint64_t>{4, 3, 2, 5, 1}));
}

TEST(SheetQueue, KeepsTheNewestOfEveryKind) {
    SheetQueue queue;
    queue.put(sheet(1, SheetKind::grid), kNow);
    queue.put(sheet(2, SheetKind::morph), kNow);
    queue.put(sheet(3, SheetKind::grid), kNow);
    EXPECT_EQ(ids(queue, kNow), (std::vector<std::uint64_t>{3, 2}));
}

TEST(SheetQueue, PutsWhatWaitedLongFirst) {
    SheetQueue queue;
    queue.put(sheet(1, SheetKind::grid), kNow);
    queue.put(sheet(2, SheetKind::grid), kNow + milliseconds(150));
    queue.put(sheet(3, SheetKind::classes), kNow + milliseconds(210));
    EXPECT_EQ(ids(queue, kNow + milliseconds(210)), (std::vector<std::uint64_t>{2, 3}));
}

TEST(SheetQueue, GivesSheetsAgainWithoutAnIdAfterTheWeightsMoved) {
    SheetQueue queue;
    queue.put(sheet(1, SheetKind::grid), kNow);
    queue.put(sweep(2), kNow);
    EXPECT_EQ(ids(queue, kNow), (std::vector<std::uint64_t>{2, 1}));
    queue.weights_moved();
    EXPECT_EQ(queue.due(kNow + milliseconds(5)), kNow + milliseconds(5));
    EXPECT_FALSE(queue.take(kNow, kNow + milliseconds(5)));
    EXPECT_EQ(ids(queue, kNow + milliseconds(5)), (std::vector<std::uint64_t>{0}));
    EXPECT_FALSE(queue.due(kNow));
}

TEST(SheetQueue, LetsANewerSheetStandForTheOneThatWouldComeAgain) {
    SheetQueue queue;
    queue.put(sheet(1, SheetKind::grid), kNow);
    EXPECT_TRUE(queue.take(kNow, kNow));
    queue.weights_moved();
    queue.put(sheet(2, SheetKind::grid), kNow);
    EXPECT_EQ(ids(queue, kNow), (std::vector<std::uint64_t>{2}));
}

}  // namespace
}  // namespace lmser
