// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QRect>

class QDockWidget;
class QMainWindow;

namespace lmser::ui {

/// Where the docks of the window stand: Project left, Inspector right, Log below and hidden. In a narrow
/// window Project and Inspector share the right side as tabs, so that the workspace keeps its room.
class WindowLayout : public QObject {
    Q_OBJECT
public:
    explicit WindowLayout(QMainWindow* window);

    /// Makes a dock of a panel; its content scrolls where it has not enough room.
    QDockWidget* addProject(QWidget* panel);
    QDockWidget* addInspector(QWidget* panel);
    QDockWidget* addLog(QWidget* panel);

    /// The layout of the first start.
    void reset();
    /// The state as bytes with a version; restore() refuses those of another.
    [[nodiscard]] QByteArray save() const;
    bool restore(const QByteArray& state);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] int stateVersion() const;
    QDockWidget* make(const QString& name, const QString& title, QWidget* content);
    void arrange(bool narrow);

    QMainWindow* window_;
    QDockWidget* project_ = nullptr;
    QDockWidget* inspector_ = nullptr;
    QDockWidget* log_ = nullptr;
    bool narrow_ = false;
};

/// The frame of a window as it fits into the free part of a screen: no larger, and nowhere outside.
[[nodiscard]] QRect within(const QRect& screen, const QRect& window);

/// A scroll area without a frame around `content`, which grows with it.
QWidget* scrolling(QWidget* content, const QString& name);

}  // namespace lmser::ui
