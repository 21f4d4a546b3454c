// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace lmser::ui {

/// What happened, a sentence a line with its time. The oldest lines are dropped.
class LogView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit LogView(QWidget* parent = nullptr);

    void add(const QString& sentence);
};

}  // namespace lmser::ui
