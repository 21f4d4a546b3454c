// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>

#include "core/session/command.h"

class QWidget;

namespace lmser::ui {

/// A run with iterations that no file holds.
struct UnsavedRun {
    QString title;                ///< lmser-un · seed 1
    std::int64_t iterations = 0;  ///< not saved
    bool training = false;        ///< it goes on while the question is open
};

/// Why an unsaved run would be lost.
enum class LossReason { closing, newRun, opening };

enum class KeepAnswer { save, discard, cancel };
enum class ResetAnswer { sameSeed, newSeed, cancel };

/// Every question that the window asks with a dialog; an interface, so that tests answer.
class Prompter {
public:
    Prompter() = default;
    Prompter(const Prompter&) = delete;
    Prompter& operator=(const Prompter&) = delete;
    virtual ~Prompter() = default;

    /// Save (the default), go on without saving, or cancel.
    virtual KeepAnswer askToKeep(const UnsavedRun& run, LossReason reason) = 0;
    /// Same seed, a new one, or cancel.
    virtual ResetAnswer askReset(const QString& title, std::uint64_t seed) = 0;

    // Paths; empty where the user cancelled. `folder` is where the dialog begins.
    virtual QString askModelFile(const QString& folder) = 0;
    virtual QString askRunFolder(const QString& folder) = 0;
    virtual QString askCheckpointName(const QString& folder, const QString& suggestion) = 0;
    virtual QString askRunFolderName(const QString& folder, const QString& suggestion) = 0;
    virtual QString askDataFolder(const QString& folder) = 0;
    /// A folder of the user's own pictures.
    virtual QString askPictureFolder(const QString& folder) = 0;
    virtual QString askCodeFile(const QString& folder) = 0;
    virtual QString askCodeName(const QString& folder, const QString& suggestion) = 0;
    virtual QString askPictureFile(const QString& folder) = 0;
    /// A PNG or, by its ending, an .npy file.
    virtual QString askPictureName(const QString& folder, const QString& suggestion) = 0;
    /// A PNG of several pictures.
    virtual QString askSheetName(const QString& folder, const QString& suggestion) = 0;
    /// A file, or for MorphFormat::frames a folder.
    virtual QString askMorphName(const QString& folder, const QString& suggestion,
                                 MorphFormat format) = 0;
    virtual QString askRecallName(const QString& folder, const QString& suggestion,
                                  RecallFormat format) = 0;
    virtual QString askMaskFile(const QString& folder) = 0;
};

/// Asks with Qt's dialogs over a window.
class DialogPrompter : public Prompter {
public:
    explicit DialogPrompter(QWidget* window) : window_(window) {}

    KeepAnswer askToKeep(const UnsavedRun& run, LossReason reason) override;
    ResetAnswer askReset(const QString& title, std::uint64_t seed) override;
    QString askModelFile(const QString& folder) override;
    QString askRunFolder(const QString& folder) override;
    QString askCheckpointName(const QString& folder, const QString& suggestion) override;
    QString askRunFolderName(const QString& folder, const QString& suggestion) override;
    QString askDataFolder(const QString& folder) override;
    QString askPictureFolder(const QString& folder) override;
    QString askCodeFile(const QString& folder) override;
    QString askCodeName(const QString& folder, const QString& suggestion) override;
    QString askPictureFile(const QString& folder) override;
    QString askPictureName(const QString& folder, const QString& suggestion) override;
    QString askSheetName(const QString& folder, const QString& suggestion) override;
    QString askMorphName(const QString& folder, const QString& suggestion,
                         MorphFormat format) override;
    QString askRecallName(const QString& folder, const QString& suggestion,
                          RecallFormat format) override;
    QString askMaskFile(const QString& folder) override;

private:
    struct NewFile {
        QString title;
        QString filters;
        QString suffix;  ///< added where the user types none
    };

    [[nodiscard]] QString askNewFile(const NewFile& file, const QString& folder,
                                     const QString& suggestion) const;

    QWidget* window_;
};

}  // namespace lmser::ui
