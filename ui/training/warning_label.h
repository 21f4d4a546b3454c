// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace lmser::ui {

/// A sentence in the warning colour that wraps, can be selected, and follows a change of the theme.
class WarningLabel : public QLabel {
    Q_OBJECT
public:
    explicit WarningLabel(QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void colour();

    bool settling_ = false;
};

}  // namespace lmser::ui
