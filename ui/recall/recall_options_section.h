// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/spec/recall_options.h"

class QComboBox;
class QSpinBox;

namespace lmser::ui {

/// How a hole is recalled: what fills it first, how many rounds, how the recall is set into it.
class RecallOptionsSection : public QWidget {
    Q_OBJECT
public:
    explicit RecallOptionsSection(QWidget* parent = nullptr);

    [[nodiscard]] const RecallOptions& options() const { return options_; }
    /// Shows other options without telling anybody.
    void setOptions(const RecallOptions& options);

Q_SIGNALS:
    void optionsEdited(const lmser::RecallOptions& options);

private:
    void listen();
    void edit(const RecallOptions& options);

    RecallOptions options_;
    QComboBox* fill_;
    QSpinBox* rounds_;
    QComboBox* composition_;
    QSpinBox* membrane_;
};

}  // namespace lmser::ui
