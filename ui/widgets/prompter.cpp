// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/prompter.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

#include "ui/training/number_text.h"

namespace lmser::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("DialogPrompter", text);
}

QString headline(const UnsavedRun& run, LossReason reason) {
    switch (reason) {
        case LossReason::closing:
            return run.training ? tr("Save %1, which is still training, and close?").arg(run.title)
                                : tr("Save %1 before closing?").arg(run.title);
        case LossReason::newRun:
            return tr("Save %1 before a new run replaces it?").arg(run.title);
        case LossReason::opening:
            break;
    }
    return tr("Save %1 before another run is opened?").arg(run.title);
}

QString saveWords(LossReason reason) {
    switch (reason) {
        case LossReason::closing:
            return tr("&Save and close");
        case LossReason::newRun:
            return tr("&Save and start");
        case LossReason::opening:
            break;
    }
    return tr("&Save and open");
}

QString discardWords(LossReason reason) {
    switch (reason) {
        case LossReason::closing:
            return tr("Close &without saving");
        case LossReason::newRun:
            return tr("Start &without saving");
        case LossReason::opening:
            break;
    }
    return tr("Open &without saving");
}

}  // namespace

KeepAnswer DialogPrompter::askToKeep(const UnsavedRun& run, LossReason reason) {
    QMessageBox box(QMessageBox::NoIcon, QCoreApplication::applicationName(), headline(run, reason),
                    QMessageBox::NoButton, window_);
    box.setObjectName(QStringLiteral("askToKeep"));
    box.setInformativeText(tr("%1 iterations are not saved; without saving they are lost.")
                               .arg(grouped(run.iterations)));
    QPushButton* save = box.addButton(saveWords(reason), QMessageBox::AcceptRole);
    save->setProperty("primary", true);
    const QAbstractButton* discard =
        box.addButton(discardWords(reason), QMessageBox::DestructiveRole);
    box.setEscapeButton(box.addButton(QMessageBox::Cancel));
    box.setDefaultButton(save);
    box.exec();
    if (box.clickedButton() == save) {
        return KeepAnswer::save;
    }
    return box.clickedButton() == discard ? KeepAnswer::discard : KeepAnswer::cancel;
}

ResetAnswer DialogPrompter::askReset(const QString& title, std::uint64_t seed) {
    QMessageBox box(QMessageBox::NoIcon, QCoreApplication::applicationName(),
                    tr("Begin %1 again?").arg(title), QMessageBox::NoButton, window_);
    box.setObjectName(QStringLiteral("askReset"));
    box.setInformativeText(
        tr("With the same seed it starts from the same weights and sees the same "
           "batches. What was trained and not saved is lost."));
    const QAbstractButton* same =
        box.addButton(tr("&Same seed (%1)").arg(seed), QMessageBox::AcceptRole);
    const QAbstractButton* fresh =
        box.addButton(tr("&New seed (%1)").arg(seed + 1), QMessageBox::AcceptRole);
    box.setEscapeButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    if (box.clickedButton() == same) {
        return ResetAnswer::sameSeed;
    }
    return box.clickedButton() == fresh ? ResetAnswer::newSeed : ResetAnswer::cancel;
}

QString DialogPrompter::askModelFile(const QString& folder) {
    return QFileDialog::getOpenFileName(
        window_, tr("Open model or run"), folder,
        tr("Models and runs (*.safetensors experiment.json);;All files (*)"));
}

QString DialogPrompter::askRunFolder(const QString& folder) {
    return QFileDialog::getExistingDirectory(window_, tr("Open run folder"), folder);
}

QString DialogPrompter::askNewFile(const NewFile& file, const QString& folder,
                                   const QString& suggestion) const {
    QFileDialog dialog(window_, file.title, folder, file.filters);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(file.suffix);
    dialog.selectFile(suggestion);
    const bool accepted = dialog.exec() == QDialog::Accepted;
    return accepted ? dialog.selectedFiles().value(0) : QString();
}

QString DialogPrompter::askCheckpointName(const QString& folder, const QString& suggestion) {
    return askNewFile(
        {tr("Save checkpoint"), tr("Checkpoints (*.safetensors)"), QStringLiteral("safetensors")},
        folder, suggestion);
}

QString DialogPrompter::askRunFolderName(const QString& folder, const QString& suggestion) {
    return QFileDialog::getSaveFileName(window_, tr("Save run as a folder"),
                                        QDir(folder).filePath(suggestion), QString(), nullptr,
                                        QFileDialog::ShowDirsOnly);
}

QString DialogPrompter::askDataFolder(const QString& folder) {
    return QFileDialog::getExistingDirectory(
        window_, tr("The folder that holds mnist, fashion-mnist or celeba"), folder);
}

QString DialogPrompter::askPictureFolder(const QString& folder) {
    return QFileDialog::getExistingDirectory(
        window_, tr("A folder of pictures, or of subfolders that are classes of pictures"), folder);
}

QString DialogPrompter::askCodeFile(const QString& folder) {
    return QFileDialog::getOpenFileName(window_, tr("Open code"), folder,
                                        tr("Codes (*.json);;All files (*)"));
}

QString DialogPrompter::askCodeName(const QString& folder, const QString& suggestion) {
    return askNewFile({tr("Save code"), tr("Codes (*.json)"), QStringLiteral("json")}, folder,
                      suggestion);
}

QString DialogPrompter::askPictureFile(const QString& folder) {
    return QFileDialog::getOpenFileName(window_, tr("Start from a picture"), folder,
                                        tr("Pictures (*.png *.jpg *.jpeg);;All files (*)"));
}

QString DialogPrompter::askPictureName(const QString& folder, const QString& suggestion) {
    return askNewFile(
        {tr("Export the picture"), tr("PNG that carries its code (*.png);;NumPy array (*.npy)"),
         QStringLiteral("png")},
        folder, suggestion);
}

QString DialogPrompter::askSheetName(const QString& folder, const QString& suggestion) {
    return askNewFile({tr("Export the sheet"), tr("PNG (*.png)"), QStringLiteral("png")}, folder,
                      suggestion);
}

QString DialogPrompter::askMorphName(const QString& folder, const QString& suggestion,
                                     MorphFormat format) {
    switch (format) {
        case MorphFormat::strip:
            return askNewFile(
                {tr("Export the morph"), tr("PNG strip (*.png)"), QStringLiteral("png")}, folder,
                suggestion);
        case MorphFormat::gif:
            return askNewFile(
                {tr("Export the morph"), tr("Animated GIF (*.gif)"), QStringLiteral("gif")}, folder,
                suggestion);
        case MorphFormat::frames:
            break;
    }
    return QFileDialog::getSaveFileName(window_, tr("Export the morph as a folder of pictures"),
                                        QDir(folder).filePath(suggestion), QString(), nullptr,
                                        QFileDialog::ShowDirsOnly);
}

QString DialogPrompter::askRecallName(const QString& folder, const QString& suggestion,
                                      RecallFormat format) {
    const bool gif = format == RecallFormat::trail_gif;
    const QString title =
        format == RecallFormat::mask ? tr("Save the mask") : tr("Export the recall");
    return askNewFile({title, gif ? tr("Animated GIF (*.gif)") : tr("PNG (*.png)"),
                       gif ? QStringLiteral("gif") : QStringLiteral("png")},
                      folder, suggestion);
}

QString DialogPrompter::askMaskFile(const QString& folder) {
    return QFileDialog::getOpenFileName(window_, tr("Open a mask: white is hidden"), folder,
                                        tr("Masks (*.png);;All files (*)"));
}

}  // namespace lmser::ui
