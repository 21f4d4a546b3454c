// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <functional>

#include "core/session/command.h"
#include "core/session/snapshot.h"
#include "ui/widgets/prompter.h"

namespace lmser::ui {

/// Knows what of the present run no file holds, saves it, and asks before it would be lost.
class SaveControl : public QObject {
    Q_OBJECT
public:
    explicit SaveControl(Prompter& prompter, QObject* parent = nullptr);

    void openRun(const RunOpened& run);
    void showSnapshot(const Snapshot& snapshot);
    void saved(const Saved& reply);
    void savingFailed();

    /// The iterations that no file holds; 0 where nothing would be lost.
    [[nodiscard]] std::int64_t unsavedIterations() const;
    [[nodiscard]] bool isSaving() const { return saving_; }
    /// The number of the present run; 0 without one.
    [[nodiscard]] std::uint64_t run() const { return run_; }

    /// Does `next` when nothing is lost by it: at once, after saving, or never, as the user decides.
    void keepThen(LossReason reason, std::function<void()> next);

    /// Asks for a name and saves. `folder` is where the dialog begins.
    void saveCheckpoint();
    void saveRun();
    void setFolder(const QString& folder) { folder_ = folder; }

    /// Without a question: an unsaved run goes into a folder of its own in `recovery`, where the next start
    /// finds it; then `next`.
    void leaveForRecovery(const std::filesystem::path& recovery, std::function<void()> next);

Q_SIGNALS:
    void commandRequested(const lmser::Command& command);
    void savingChanged(bool saving);

private:
    void save(const Command& command);
    /// Saves where the run was saved before, else asks for a name. False where the user cancelled.
    bool saveAnywhere();

    Prompter& prompter_;
    std::uint64_t run_ = 0;
    QString title_;
    QString suggestion_;
    QString folder_;
    std::filesystem::path known_;  ///< where the user saved it
    bool knownIsFolder_ = false;
    std::int64_t iteration_ = 0;
    std::int64_t savedIteration_ = 0;
    bool training_ = false;
    bool saving_ = false;
    std::function<void()> next_;
};

}  // namespace lmser::ui
