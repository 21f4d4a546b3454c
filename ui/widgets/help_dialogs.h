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

/// Every key of the program: what it does, and the key.
class ShortcutsDialog : public QDialog {
    Q_OBJECT
public:
    using Entry = std::pair<QString, QString>;

    ShortcutsDialog(const QList<Entry>& entries, QWidget* parent);
};

}  // namespace lmser::ui
