// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "ui/widgets/prompter.h"

namespace lmser::ui {

/// Answers the window's questions as the test decided, and counts them.
class FakePrompter : public Prompter {
public:
    struct Answers {
        KeepAnswer keep = KeepAnswer::cancel;
        ResetAnswer reset = ResetAnswer::cancel;
        QString path;        ///< for every question about a file or folder
        QString suggestion;  ///< the newest name that was suggested
        std::vector<LossReason> keepAsked;
        int resetAsked = 0;
    };

    explicit FakePrompter(std::shared_ptr<Answers> answers) : answers_(std::move(answers)) {}

    KeepAnswer askToKeep(const UnsavedRun& /*run*/, LossReason reason) override {
        answers_->keepAsked.push_back(reason);
        return answers_->keep;
    }
    ResetAnswer askReset(const QString& /*title*/, std::uint64_t /*seed*/) override {
        ++answers_->resetAsked;
        return answers_->reset;
    }
    QString askModelFile(const QString& /*folder*/) override { return answers_->path; }
    QString askRunFolder(const QString& /*folder*/) override { return answers_->path; }
    QString askCheckpointName(const QString& /*folder*/, const QString& /*name*/) override {
        return answers_->path;
    }
    QString askRunFolderName(const QString& /*folder*/, const QString& /*name*/) override {
        return answers_->path;
    }
    QString askDataFolder(const QString& /*folder*/) override { return answers_->path; }
    QString askPictureFolder(const QString& /*folder*/) override { return answers_->path; }
    QString askCodeFile(const QString& /*folder*/) override { return answers_->path; }
    QString askCodeName(const QString& /*folder*/, const QString& name) override {
        answers_->suggestion = name;
        return answers_->path;
    }
    QString askPictureFile(const QString& /*folder*/) override { return answers_->path; }
    QString askPictureName(const QString& /*folder*/, const QString& name) override {
        answers_->suggestion = name;
        return answers_->path;
    }
    QString askSheetName(const QString& /*folder*/, const QString& name) override {
        answers_->suggestion = name;
        return answers_->path;
    }
    QString askMorphName(const QString& /*folder*/, const QString& name,
                         MorphFormat /*format*/) override {
        answers_->suggestion = name;
        return answers_->path;
    }

    QString askRecallName(const QString& /*folder*/, const QString& name,
                          RecallFormat /*format*/) override {
        answers_->suggestion = name;
        return answers_->path;
    }
    QString askMaskFile(const QString& /*folder*/) override { return answers_->path; }

private:
    std::shared_ptr<Answers> answers_;
};

}  // namespace lmser::ui
