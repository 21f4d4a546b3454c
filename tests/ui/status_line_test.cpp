// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status_line.h"

#include <gtest/gtest.h>

#include <QLabel>

namespace lmser::ui {
namespace {

QString figuresAt(double iterationsPerSecond) {
    StatusLine line;
    Snapshot snapshot;
    snapshot.state = RunState::training;
    snapshot.target = 27'000;
    snapshot.iterations_per_second = iterationsPerSecond;
    snapshot.seconds_left = 20;
    line.showSnapshot(snapshot, 0);
    return line.findChild<QLabel*>(QStringLiteral("statusFigures"))->text();
}

TEST(StatusLine, ASlowRunHasASpeedToo) {
    EXPECT_EQ(figuresAt(.2), QStringLiteral(".2 it/s · 20 s left"));
    EXPECT_EQ(figuresAt(1.84), QStringLiteral("1.8 it/s · 20 s left"));
    EXPECT_EQ(figuresAt(412.3), QStringLiteral("412 it/s · 20 s left"));
}

TEST(StatusLine, ForgetsWhatWasMeasuredOfAnotherNetwork) {
    StatusLine line;
    Snapshot snapshot;
    snapshot.run = 1;
    line.showSnapshot(snapshot, 0);
    line.showStroke(431);
    auto* stroke = line.findChild<QLabel*>(QStringLiteral("statusStroke"));
    line.showSnapshot(snapshot, 0);
    EXPECT_FALSE(stroke->text().isEmpty());
    snapshot.run = 2;
    line.showSnapshot(snapshot, 0);
    EXPECT_TRUE(stroke->text().isEmpty());
}

}  // namespace
}  // namespace lmser::ui
