// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

class QAction;

namespace lmser::ui {

/// A push button that follows an action: its words, icon, tool tip, and whether it may be pressed. The
/// action's shortcut stands small behind the words.
class ActionButton : public QPushButton {
    Q_OBJECT
public:
    explicit ActionButton(QAction* action, QWidget* parent = nullptr);

    /// The one button of the window that is filled with the accent.
    void setPrimary(bool primary);
    [[nodiscard]] bool isPrimary() const { return primary_; }
    /// The icon alone, where there is no room for the words.
    void setCompact(bool compact);
    [[nodiscard]] bool isCompact() const { return compact_; }

    /// The size that it wants compact, or with its words.
    [[nodiscard]] QSize sizeWhere(bool compact) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();
    void paintWords(QPainter& painter, const QFont& words, const QRect& room) const;
    [[nodiscard]] QFont hintFont() const;
    [[nodiscard]] QString hintText() const;

    QAction* action_;
    bool primary_ = false;
    bool compact_ = false;
};

}  // namespace lmser::ui
