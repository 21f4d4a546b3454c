// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/save_control.h"

#include <QCoreApplication>
#include <QDateTime>
#include <system_error>
#include <utility>

#include "ui/project/project_panel.h"

namespace lmser::ui {
namespace {

namespace fs = std::filesystem;

/// The run folder that a checkpoint lies in; empty where it lies elsewhere.
fs::path runFolderOf(const fs::path& checkpoint) {
    std::error_code ignored;
    const fs::path folder = checkpoint.parent_path();
    const bool holds = fs::exists(folder / "experiment.json", ignored);
    return !checkpoint.empty() && holds ? folder : fs::path();
}

fs::path pathOf(const QString& text) {
    return {text.toStdString()};
}

}  // namespace

SaveControl::SaveControl(Prompter& prompter, QObject* parent)
    : QObject(parent), prompter_(prompter) {}

void SaveControl::openRun(const RunOpened& run) {
    run_ = run.run;
    title_ = titleOf(run.experiment);
    suggestion_ = QStringLiteral("%1-%2-seed%3")
                      .arg(QString::fromStdString(run.experiment.preset),
                           QString::fromStdString(run.experiment.dataset))
                      .arg(run.experiment.seed);
    known_ = runFolderOf(run.source);
    knownIsFolder_ = !known_.empty();
    iteration_ = run.iteration;
    // A recovered run has iterations and no file of the user's.
    savedIteration_ = run.source.empty() ? 0 : run.iteration;
    training_ = false;
}

void SaveControl::showSnapshot(const Snapshot& snapshot) {
    if (snapshot.run == run_) {
        iteration_ = snapshot.iteration;
        training_ = snapshot.state == RunState::training;
    }
}

std::int64_t SaveControl::unsavedIterations() const {
    return run_ == 0 ? 0 : iteration_ - savedIteration_;
}

void SaveControl::keepThen(LossReason reason, std::function<void()> next) {
    if (unsavedIterations() == 0) {
        next();
        return;
    }
    switch (prompter_.askToKeep({title_, unsavedIterations(), training_}, reason)) {
        case KeepAnswer::cancel:
            return;
        case KeepAnswer::discard:
            next();
            return;
        case KeepAnswer::save:
            break;
    }
    if (training_) {
        Q_EMIT commandRequested(Pause{});  // what is saved is then the whole of it
    }
    next_ = std::move(next);
    if (!saveAnywhere()) {
        next_ = nullptr;
    }
}

bool SaveControl::saveAnywhere() {
    if (!known_.empty()) {
        save(knownIsFolder_ ? Command(SaveRun{known_}) : Command(SaveCheckpoint{known_}));
        return true;
    }
    saveCheckpoint();
    return saving_;
}

void SaveControl::saveCheckpoint() {
    const QString name =
        prompter_.askCheckpointName(folder_, suggestion_ + QStringLiteral(".safetensors"));
    if (!name.isEmpty()) {
        known_ = pathOf(name);
        knownIsFolder_ = false;
        save(SaveCheckpoint{known_});
    }
}

void SaveControl::saveRun() {
    const QString name = prompter_.askRunFolderName(folder_, suggestion_);
    if (!name.isEmpty()) {
        known_ = pathOf(name);
        knownIsFolder_ = true;
        save(SaveRun{known_});
    }
}

void SaveControl::leaveForRecovery(const fs::path& recovery, std::function<void()> next) {
    if (unsavedIterations() == 0 || recovery.empty()) {
        next();
        return;
    }
    const QString name =
        QStringLiteral("%1-%2-stopped")
            .arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss")))
            .arg(QCoreApplication::applicationPid());
    next_ = std::move(next);
    Q_EMIT commandRequested(Pause{});
    save(SaveRun{recovery / name.toStdString()});
}

void SaveControl::save(const Command& command) {
    saving_ = true;
    Q_EMIT savingChanged(true);
    Q_EMIT commandRequested(command);
}

void SaveControl::saved(const Saved& reply) {
    savedIteration_ = reply.iteration;
    saving_ = false;
    Q_EMIT savingChanged(false);
    if (const auto next = std::exchange(next_, nullptr)) {
        next();
    }
}

void SaveControl::savingFailed() {
    saving_ = false;
    next_ = nullptr;
    known_.clear();
    Q_EMIT savingChanged(false);
}

}  // namespace lmser::ui
