// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <optional>

#include "core/session/command.h"
#include "ui/recall/recall_requests.h"

class QAction;

namespace lmser::ui {

class Prompter;

/// What Recall writes and reads: asks for a name, and remembers the folder.
class RecallExports : public QObject {
    Q_OBJECT
public:
    explicit RecallExports(QObject* parent = nullptr);

    void setPrompter(Prompter* prompter) { prompter_ = prompter; }
    void setModel(const QString& name) { model_ = name; }
    /// What there is to export; the actions are enabled by it.
    void setSubject(const std::optional<RecallSubject>& subject);

    /// Composed picture, mask, contact sheet, trail; for menus.
    [[nodiscard]] const QList<QAction*>& actions() const { return actions_; }

    void saveMask(const Mask& mask);
    /// With the path that the user chose.
    void exportMorph(ExportMorph request);
    /// Empty where the user cancelled.
    QString askMask();
    QString askPhoto();

Q_SIGNALS:
    void commandRequested(const lmser::Command& command);

private:
    void add(RecallFormat format, const char* name, const QString& text);
    void exportAs(RecallFormat format);
    QString askName(RecallFormat format);
    [[nodiscard]] QString suggestion(const QString& suffix) const;
    QString remembered(const QString& path);

    Prompter* prompter_ = nullptr;
    std::optional<RecallSubject> subject_;
    QList<QAction*> actions_;
    QString model_;
    QString folder_;
};

}  // namespace lmser::ui
