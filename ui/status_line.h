// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/session/session.h"

class QLabel;
class QProgressBar;

namespace lmser::ui {

/// The status bar: what the run does, how far it is, how fast, how well; at the right, what it runs on.
class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);

    void showSnapshot(const Snapshot& snapshot, double bestError);
    void showDecode(double milliseconds);
    /// Whether the decode's time is shown: where the picture of a code is.
    void setDecodeVisible(bool visible);
    /// How long the newest stroke waited for what is recalled of it.
    void showStroke(double milliseconds);
    void setStrokeVisible(bool visible);
    /// What the weights may be used for; empty: nothing limits it.
    void showWeights(const QString& words);
    void showEngine(const SessionInfo& info);
    void showNoEngine();
    /// A word while something else goes on: "saving…". Empty: the state of the run.
    void showBusy(const QString& word);

    /// What the line says, for screen readers and tests.
    [[nodiscard]] QString text() const;

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    void showState(RunState state);

    QWidget* dot_;
    QLabel* state_;
    QLabel* iteration_;
    QProgressBar* progress_;
    QLabel* figures_;
    QLabel* decode_;
    QLabel* stroke_;
    QLabel* weights_;
    QLabel* engine_;
    RunState shown_ = RunState::none;
    std::uint64_t run_ = 0;
    QString busy_;
};

/// 4 s · 3 min 20 s · 2 h 5 min
QString durationText(double seconds);

}  // namespace lmser::ui
