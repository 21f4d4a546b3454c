// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QObject>
#include <cstdint>
#include <optional>

#include "core/session/command.h"
#include "core/session/snapshot.h"

class QAction;

namespace lmser::ui {

class Prompter;

/// What F5 does next; the primary button says it.
enum class NextMove {
    start,     ///< the run is new and what the form shows
    pause,     ///< it is training
    resume,    ///< it was paused
    startNew,  ///< there is no run, or the form shows another experiment
    extend,    ///< the target is reached: as many iterations again
};

/// Whether training the draft needs a new run. Target and learning rate act on a run that was trained;
/// before its first step they are part of the experiment like everything else.
bool needsNewRun(const Experiment& draft, const Experiment& run, std::int64_t iteration);

/// The actions that control a run, and the rules of what they ask of the session. It holds no run itself: it
/// is told of runs, snapshots and the form's draft.
class RunControl : public QObject {
    Q_OBJECT
public:
    explicit RunControl(Prompter& prompter, QObject* parent = nullptr);

    [[nodiscard]] QAction* startPause() const { return startPause_; }
    [[nodiscard]] QAction* step() const { return step_; }
    [[nodiscard]] QAction* epoch() const { return epoch_; }
    [[nodiscard]] QAction* stop() const { return stop_; }
    [[nodiscard]] QAction* reset() const { return reset_; }

    void setDraft(const Experiment& draft);
    void openRun(const RunOpened& run);
    /// The dataset of a model that was opened is there, or will not be.
    void completeRun(const RunCompleted& run);
    void showSnapshot(const Snapshot& snapshot);
    /// A new run that was asked for does not come. What was to follow waits for the next one on its way.
    void openingFailed();

    /// Asks for a new run; `then`, or what was to follow a run still on its way, follows when it is there.
    void newRun(const Experiment& experiment, std::optional<Command> then = std::nullopt);

    [[nodiscard]] NextMove next() const;
    /// Whether another run than the present one is on its way.
    [[nodiscard]] bool isReplacing() const { return run_.has_value() && onTheirWay_ > 0; }
    /// Whether the present run has made a step.
    [[nodiscard]] bool isTrained() const { return iteration_ > 0; }

Q_SIGNALS:
    void commandRequested(const lmser::Command& command);
    /// A run that was trained is about to be replaced: whoever listens may ask first, then calls newRun().
    void replacementWanted(const lmser::Experiment& experiment, const lmser::Command& then);
    /// The run begins again, as that experiment.
    void resetChosen(const lmser::Experiment& experiment);
    /// isReplacing() says something else.
    void openingChanged();
    /// Training goes on to a higher target.
    void targetRaised(qint64 iterations);

private:
    QAction* make(const QString& iconName, const QString& name, const QKeySequence& keys = {});
    void move(const Command& command);
    void onStartPause();
    void onReset();
    void refresh();

    Prompter& prompter_;
    QAction* startPause_;
    QAction* step_;
    QAction* epoch_;
    QAction* stop_;
    QAction* reset_;

    Experiment draft_;
    std::optional<RunOpened> run_;
    RunState state_ = RunState::none;
    std::int64_t iteration_ = 0;
    std::int64_t target_ = 0;
    int onTheirWay_ = 0;  ///< new runs that were asked for and not yet answered
    std::optional<Command> then_;
};

}  // namespace lmser::ui
