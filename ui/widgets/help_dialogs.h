// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>
#include <utility>

#include "core/session/session.h"

namespace lmser::ui {

/// What the program is, under which licence, and the versions of what it runs on; all of it can be copied.
class AboutDialog : public QDialog {
    Q_OBJECT
public:
    AboutDialog(const SessionInfo& engine, QWidget* parent);

    /// The versions, a line each.
    [[nodiscard]] QString versions() const { return versions_; }

private:
    QString versions_;
};

/// The description of a model that comes with the program: how it was trained, its figures, the licence of its
/// data. Read only; nothing that it refers to is opened.
class ModelCardDialog : public QDialog {
    Q_OBJECT
public:
    /// `file` is Markdown; where it cannot be read, the dialog says so.
    ModelCardDialog(const QString& name, const QString& file, QWidget* parent);
};

/// Every key of the program: what it does, and the key.
class ShortcutsDialog : public QDialog {
    Q_OBJECT
public:
    using Entry = std::pair<QString, QString>;

    ShortcutsDialog(const QList<Entry>& entries, QWidget* parent);
};

}  // namespace lmser::ui
