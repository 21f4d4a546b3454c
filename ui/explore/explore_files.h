// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <vector>

#include "core/session/command.h"
#include "ui/explore/code_model.h"
#include "ui/explore/explore_requests.h"

namespace lmser::ui {

class Prompter;

/// Asks where codes and pictures are to be read and written, and hands on what is to be done. Without a prompter it
/// does nothing. Names begin in the folder that was used last.
class ExploreFiles : public QObject {
    Q_OBJECT
public:
    explicit ExploreFiles(QObject* parent = nullptr) : QObject(parent) {}

    void setPrompter(Prompter* prompter) { prompter_ = prompter; }
    /// What suggested names begin with: the network.
    void setModel(const QString& name);

    void saveCode(const CodeState& state);
    /// The chosen files; empty where the user cancelled.
    [[nodiscard]] QString askCode();
    [[nodiscard]] QString askPicture();
    /// `what` tells the picture in a word or two, for its name.
    void exportPicture(const CodeState& state, bool shortcuts, const QString& what);
    /// Pictures that are shown, as one PNG.
    void exportSheet(const std::vector<QImage>& pictures, std::size_t columns, const QString& what);
    /// The request with the path that the user chose.
    void exportMorph(ExportMorph request);

Q_SIGNALS:
    void commandRequested(const lmser::Command& command);
    /// Written here, without the session.
    void written(const QString& path);
    void failed(const lmser::Error& error);

private:
    [[nodiscard]] QString suggestion(const QString& what, const QString& suffix) const;
    [[nodiscard]] QString remembered(const QString& path);

    Prompter* prompter_ = nullptr;
    QString folder_;
    QString model_;
};

}  // namespace lmser::ui
