// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace lmser {

/// SIGTERM, SIGINT and SIGHUP as a Qt signal in the GUI thread. While it lives they do not end the program.
class QuitSignals : public QObject {
    Q_OBJECT
public:
    explicit QuitSignals(QObject* parent = nullptr);
    ~QuitSignals() override;

    /// The signal that came first; 0 while none came.
    [[nodiscard]] int number() const { return number_; }
    /// 128 + number, as a shell tells it.
    [[nodiscard]] int exitCode() const;

Q_SIGNALS:
    void received();

private:
    void read();

    QSocketNotifier* notifier_;
    int number_ = 0;
};

}  // namespace lmser
