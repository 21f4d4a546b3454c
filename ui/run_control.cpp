// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_control.h"

#include <QAction>
#include <algorithm>
#include <tuple>
#include <utility>

#include "ui/project/project_panel.h"
#include "ui/training/number_text.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/prompter.h"

namespace lmser::ui {

bool needsNewRun(const Experiment& draft, const Experiment& run, std::int64_t iteration) {
    Experiment wanted = draft;
    if (iteration > 0) {
        wanted.training.iterations = run.training.iterations;
        wanted.training.learning_rate = run.training.learning_rate;
    }
    return wanted != run;
}

RunControl::RunControl(Prompter& prompter, QObject* parent)
    : QObject(parent),
      prompter_(prompter),
      startPause_(make(QStringLiteral("play"), QStringLiteral("actionStartPause"),
                       QKeySequence(Qt::Key_F5))),
      step_(make(QStringLiteral("step"), QStringLiteral("actionStep"), QKeySequence(Qt::Key_F10))),
      epoch_(make(QStringLiteral("epoch"), QStringLiteral("actionEpoch"),
                  QKeySequence(Qt::SHIFT | Qt::Key_F10))),
      stop_(make(QStringLiteral("stop"), QStringLiteral("actionStop"),
                 QKeySequence(Qt::SHIFT | Qt::Key_F5))),
      reset_(make(QStringLiteral("reset"), QStringLiteral("actionReset"))) {
    step_->setText(tr("Step"));
    step_->setToolTip(tr("One batch: perceive, compare, change the weights once, then pause"));
    epoch_->setText(tr("Epoch"));
    epoch_->setToolTip(tr("Until every training picture was seen once more, then pause"));
    stop_->setText(tr("Stop"));
    stop_->setToolTip(tr("Pause, and keep a checkpoint in the recovery folder"));
    reset_->setText(tr("Reset…"));
    reset_->setToolTip(tr("Begin the run again, with the same seed or a new one"));
    connect(startPause_, &QAction::triggered, this, &RunControl::onStartPause);
    connect(step_, &QAction::triggered, this, [this] { move(Step{}); });
    connect(epoch_, &QAction::triggered, this, [this] { move(StepEpoch{}); });
    connect(stop_, &QAction::triggered, this, [this] { Q_EMIT commandRequested(Stop{}); });
    connect(reset_, &QAction::triggered, this, &RunControl::onReset);
    refresh();
}

QAction* RunControl::make(const QString& iconName, const QString& name, const QKeySequence& keys) {
    auto* action = new QAction(icon(iconName), QString(), this);
    action->setObjectName(name);
    action->setShortcut(keys);
    return action;
}

void RunControl::setDraft(const Experiment& draft) {
    draft_ = draft;
    refresh();
}

void RunControl::openRun(const RunOpened& run) {
    run_ = run;
    run_->steps.clear();
    run_->evaluations.clear();
    onTheirWay_ = std::max(0, onTheirWay_ - 1);
    Q_EMIT openingChanged();
    iteration_ = run.iteration;
    target_ = run.experiment.training.iterations;
    state_ = iteration_ >= target_ ? RunState::finished : RunState::paused;
    refresh();
    if (onTheirWay_ > 0) {
        return;
    }
    if (const auto then = std::exchange(then_, std::nullopt)) {
        Q_EMIT commandRequested(*then);
    }
}

void RunControl::completeRun(const RunCompleted& run) {
    if (run_ && run_->run == run.run) {
        run_->trainable = run.trainable;
        refresh();
    }
}

void RunControl::showSnapshot(const Snapshot& snapshot) {
    if (!run_ || snapshot.run != run_->run) {
        return;
    }
    const auto before = std::tuple(state_, iteration_ > 0, target_);
    state_ = snapshot.state;
    iteration_ = snapshot.iteration;
    target_ = snapshot.target;
    if (before != std::tuple(state_, iteration_ > 0, target_)) {
        refresh();
    }
}

void RunControl::openingFailed() {
    onTheirWay_ = std::max(0, onTheirWay_ - 1);
    Q_EMIT openingChanged();
    if (onTheirWay_ == 0) {
        then_.reset();
    }
    refresh();
}

void RunControl::newRun(const Experiment& experiment, std::optional<Command> then) {
    ++onTheirWay_;
    refresh();
    Q_EMIT openingChanged();
    if (then) {
        then_ = std::move(then);
    }
    Q_EMIT commandRequested(NewRun{experiment});
}

NextMove RunControl::next() const {
    if (isReplacing()) {
        return NextMove::start;  // of the run that comes
    }
    if (state_ == RunState::training) {
        return NextMove::pause;
    }
    if (!run_ || needsNewRun(draft_, run_->experiment, iteration_)) {
        return run_ && iteration_ > 0 ? NextMove::startNew : NextMove::start;
    }
    if (state_ == RunState::finished) {
        return NextMove::extend;
    }
    return iteration_ > 0 ? NextMove::resume : NextMove::start;
}

// Start, Step and Epoch: on the present run, or on a new one where the form shows another experiment.
void RunControl::move(const Command& command) {
    const bool another = !run_ || needsNewRun(draft_, run_->experiment, iteration_);
    if (onTheirWay_ > 0) {
        then_ = command;
    } else if (state_ == RunState::training || !another) {
        Q_EMIT commandRequested(command);
    } else if (isTrained()) {
        Q_EMIT replacementWanted(draft_, command);
    } else {
        newRun(draft_, command);
    }
}

void RunControl::onStartPause() {
    switch (next()) {
        case NextMove::pause:
            Q_EMIT commandRequested(Pause{});
            return;
        case NextMove::extend: {
            const std::int64_t target = target_ + run_->experiment.training.iterations;
            Q_EMIT commandRequested(SetTarget{target});
            Q_EMIT targetRaised(target);
            Q_EMIT commandRequested(Start{});
            return;
        }
        case NextMove::start:
        case NextMove::resume:
        case NextMove::startNew:
            move(Start{});
    }
}

void RunControl::onReset() {
    if (!run_) {
        return;
    }
    Experiment again = run_->experiment;
    const ResetAnswer answer = prompter_.askReset(titleOf(again), again.seed);
    if (answer == ResetAnswer::cancel) {
        return;
    }
    if (answer == ResetAnswer::newSeed) {
        ++again.seed;
    }
    Q_EMIT resetChosen(again);
    newRun(again);
}

void RunControl::refresh() {
    const NextMove move = next();
    const bool pausing = move == NextMove::pause;
    startPause_->setIcon(icon(pausing ? QStringLiteral("pause") : QStringLiteral("play")));
    switch (move) {
        case NextMove::start:
            startPause_->setText(tr("Start"));
            startPause_->setToolTip(tr("Train until the target is reached"));
            break;
        case NextMove::pause:
            startPause_->setText(tr("Pause"));
            startPause_->setToolTip(tr("Pause after the present batch"));
            break;
        case NextMove::resume:
            startPause_->setText(tr("Continue"));
            startPause_->setToolTip(tr("Train on from iteration %1").arg(grouped(iteration_)));
            break;
        case NextMove::startNew:
            startPause_->setText(tr("Start new run"));
            startPause_->setToolTip(
                tr("The form shows another experiment: train it from its "
                   "beginning"));
            break;
        case NextMove::extend:
            startPause_->setText(
                tr("Train %1 more").arg(grouped(run_->experiment.training.iterations)));
            startPause_->setToolTip(
                tr("The target is reached: raise it and train on, from the learning rate that it "
                   "ended "
                   "with"));
            break;
    }
    const bool trainable =
        !run_ || run_->trainable || needsNewRun(draft_, run_->experiment, iteration_);
    startPause_->setEnabled(trainable);
    step_->setEnabled(trainable && !pausing && move != NextMove::extend);
    epoch_->setEnabled(trainable && !pausing && move != NextMove::extend);
    stop_->setEnabled(run_.has_value() && iteration_ > 0);
    reset_->setEnabled(run_.has_value() && iteration_ > 0);
}

}  // namespace lmser::ui
