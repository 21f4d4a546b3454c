// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>

namespace lmser::ui {

/// A place that goes from 0 to 1 and back, again and again, by the clock.
class ThereAndBack : public QObject {
    Q_OBJECT
public:
    explicit ThereAndBack(QObject* parent = nullptr);

    /// How long it takes there and back.
    void setSeconds(int seconds) { seconds_ = seconds; }
    [[nodiscard]] int seconds() const { return seconds_; }

    /// Begins at `place`, on its way to 1.
    void start(double place);
    void stop() { timer_.stop(); }
    [[nodiscard]] bool isRunning() const { return timer_.isActive(); }

Q_SIGNALS:
    void moved(double place);

private:
    void tick();

    QTimer timer_;
    QElapsedTimer sinceTick_;
    double phase_ = 0;  ///< in [0,2): to 1 there, then back
    int seconds_ = 4;
};

}  // namespace lmser::ui
