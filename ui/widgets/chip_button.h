// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace lmser::ui {

/// A pill: a small switch ("log", "follow") or action ("fit", "export") of a panel. Checked it is tinted with
/// the accent. Checkable unless told otherwise.
class ChipButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit ChipButton(const QString& text, QWidget* parent = nullptr, bool checkable = true);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
};

/// A chip that does something at once: its object name, an icon of its own (empty: none), its words, and what it does.
ChipButton* actionChip(const QString& name, const QString& iconName, const QString& text,
                       const QString& tip, QWidget* parent);

}  // namespace lmser::ui
