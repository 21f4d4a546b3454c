// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

class QBoxLayout;
class QTabBar;

namespace lmser::ui {

class ActionButton;

/// Tabs at the left, buttons at the right. Where the words of all do not fit, the buttons show their icons alone, the
/// primary one last; the tabs are never cut.
class ToolRow : public QWidget {
    Q_OBJECT
public:
    explicit ToolRow(QTabBar* tabs, QWidget* parent = nullptr);

    void addButton(ActionButton* button);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Which buttons show their words.
    enum class Words { all, primary, none };
    [[nodiscard]] static bool isCompact(const ActionButton& button, Words words);
    [[nodiscard]] int widthWith(Words words) const;
    void fit();

    QTabBar* tabs_;
    QBoxLayout* line_;
    std::vector<ActionButton*> buttons_;  ///< children
};

}  // namespace lmser::ui
