// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenuBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QUndoGroup>
#include <array>

#include "ui/bridge/session_bridge.h"
#include "ui/explore/explore_panel.h"
#include "ui/main_window.h"
#include "ui/recall/recall_panel.h"
#include "ui/run_control.h"
#include "ui/save_control.h"
#include "ui/training/run_form.h"
#include "ui/widgets/help_dialogs.h"
#include "ui/widgets/icons.h"
#include "ui/window_layout.h"

namespace lmser::ui {
namespace {

struct Words {
    QString name;  ///< the object name
    QString text;
    QString icon = {};
    QKeySequence keys = {};
};

template <class Owner, class Slot>
QAction* add(QMenu* menu, const Words& words, Owner* owner, Slot slot) {
    auto* action = menu->addAction(words.text);
    action->setObjectName(words.name);
    if (!words.icon.isEmpty()) {
        action->setIcon(icon(words.icon));
    }
    if (!words.keys.isEmpty()) {
        action->setShortcut(words.keys);
    }
    // Queued: a dialog must not keep the assistive tool waiting that chose the action.
    QObject::connect(action, &QAction::triggered, owner, slot, Qt::QueuedConnection);
    return action;
}

}  // namespace

void MainWindow::buildMenus() {
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildRunMenu();
    buildHelpMenu();
}

void MainWindow::buildFileMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    add(menu,
        {QStringLiteral("actionOpen"), tr("&Open model or run…"), QStringLiteral("open"),
         QKeySequence::Open},
        this, [this] { openModel(prompter_->askModelFile(settings_.lastFolder)); });
    add(menu,
        {QStringLiteral("actionOpenRun"), tr("Open run &folder…"), QStringLiteral("folder"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)},
        this, [this] { openModel(prompter_->askRunFolder(settings_.lastFolder)); });
    recentMenu_ = menu->addMenu(tr("Open &recent"));
    recentMenu_->setObjectName(QStringLiteral("recentMenu"));
    refreshRecent();
    menu->addSeparator();
    auto* save = add(menu,
                     {QStringLiteral("actionSave"), tr("Save checkpoint…"), QStringLiteral("save"),
                      QKeySequence::Save},
                     saveControl_, &SaveControl::saveCheckpoint);
    auto* saveRun = add(menu,
                        {QStringLiteral("actionSaveRun"),
                         tr("Save run &as…"),
                         {},
                         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
                        saveControl_, &SaveControl::saveRun);
    for (QAction* action : {save, saveRun}) {
        action->setEnabled(false);
        connect(bridge_, &SessionBridge::runOpened, action, [action] { action->setEnabled(true); });
    }
    menu->addMenu(exportMenu_);
    menu->addSeparator();
    add(menu, {QStringLiteral("actionDataFolder"), tr("Choose &data folder…")}, this,
        [this] { chooseDataFolder({}); });
    menu->addSeparator();
    add(menu, {QStringLiteral("actionQuit"), tr("&Quit"), {}, QKeySequence(Qt::CTRL | Qt::Key_Q)},
        this, [this] { close(); });
}

void MainWindow::buildEditMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    QAction* undo = undo_->createUndoAction(menu, tr("&Undo"));
    undo->setObjectName(QStringLiteral("actionUndo"));
    undo->setShortcut(QKeySequence::Undo);
    undo->setIcon(icon(QStringLiteral("undo")));
    QAction* redo = undo_->createRedoAction(menu, tr("&Redo"));
    redo->setObjectName(QStringLiteral("actionRedo"));
    redo->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    redo->setIcon(icon(QStringLiteral("redo")));
    menu->addActions({undo, redo});
    menu->addSeparator();
    add(menu,
        {QStringLiteral("actionCopyCode"), tr("&Copy code"), QStringLiteral("copy"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
        explore_, &ExplorePanel::copyCode);
    add(menu,
        {QStringLiteral("actionPasteCode"), tr("&Paste code"), QStringLiteral("paste"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V)},
        explore_, &ExplorePanel::pasteCode);
    add(menu,
        {QStringLiteral("actionPastePicture"), tr("Paste p&icture"), QStringLiteral("image"),
         QKeySequence::Paste},
        this, [this] {
            if (workspaces_->currentWidget() == recall_) {
                recall_->pastePicture();
                return;
            }
            showWorkspace(workspaces_->indexOf(explore_));
            explore_->pastePicture();
        });
    menu->addSeparator();
    add(menu, {QStringLiteral("actionCopyCommand"), tr("Copy experiment as co&mmand")}, this,
        [this] {
            QApplication::clipboard()->setText(
                QString::fromStdString(as_command(form_->experiment())));
        });
}

void MainWindow::buildViewMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    for (int i = 0; i < tabs_->count(); ++i) {
        add(menu,
            {QStringLiteral("actionWorkspace%1").arg(i),
             tabs_->tabText(i),
             {},
             QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i))},
            this, [this, i] { showWorkspace(i); });
    }
    menu->addSeparator();
    for (QDockWidget* dock : findChildren<QDockWidget*>()) {
        menu->addAction(dock->toggleViewAction());
    }
    QMenu* themes = menu->addMenu(icon(QStringLiteral("theme")), tr("&Theme"));
    auto* group = new QActionGroup(themes);
    const std::array<std::pair<ThemeChoice, QString>, 3> choices{
        {{ThemeChoice::system, tr("Follow the &system")},
         {ThemeChoice::light, tr("&Light")},
         {ThemeChoice::dark, tr("&Dark")}}};
    for (const auto& [choice, text] : choices) {
        auto* action =
            add(themes, {QStringLiteral("actionTheme%1").arg(static_cast<int>(choice)), text}, this,
                [this, chosen = choice] { setTheme(chosen); });
        action->setCheckable(true);
        action->setChecked(choice == options_.theme.value_or(settings_.theme));
        group->addAction(action);
    }
    menu->addSeparator();
    add(menu, {QStringLiteral("actionResetLayout"), tr("&Reset layout")}, layout_,
        &WindowLayout::reset);
    add(menu, {QStringLiteral("actionFullScreen"), tr("&Full screen"), {}, Qt::Key_F11}, this,
        [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
}

void MainWindow::buildRunMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Run"));
    menu->addActions({runControl_->startPause(), runControl_->step(), runControl_->epoch(),
                      runControl_->stop()});
    menu->addSeparator();
    menu->addAction(runControl_->reset());
}

void MainWindow::buildHelpMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    add(menu,
        {QStringLiteral("actionShortcuts"), tr("&Keyboard shortcuts"), QStringLiteral("keyboard"),
         Qt::Key_F1},
        this, &MainWindow::showShortcuts);
    add(menu, {QStringLiteral("actionAbout"), tr("&About Lmser Studio"), QStringLiteral("info")},
        this, [this] { AboutDialog(bridge_->info(), this).exec(); });
}

void MainWindow::refreshRecent() {
    recentMenu_->clear();
    for (const QString& path : settings_.recent) {
        // An ampersand in a file's name is no mnemonic.
        QString text = path;
        add(recentMenu_, {QStringLiteral("actionRecent"), text.replace('&', QLatin1String("&&"))},
            this, [this, path] { openModel(path); });
    }
    recentMenu_->setEnabled(!settings_.recent.isEmpty());
}

void MainWindow::showShortcuts() {
    QList<ShortcutsDialog::Entry> entries;
    for (const QAction* top : menuBar()->actions()) {
        for (const QAction* action : top->menu()->actions()) {
            if (!action->shortcut().isEmpty()) {
                entries.append({QString(action->text()).remove(QLatin1Char('&')),
                                action->shortcut().toString(QKeySequence::NativeText)});
            }
        }
    }
    entries.append({tr("A slider: one step"), tr("Arrow keys")});
    entries.append({tr("A slider: drag at a tenth"), tr("Shift while dragging")});
    entries.append({tr("A slider: drag ten times as far"), tr("Ctrl while dragging")});
    entries.append({tr("A slider: back to its start"), tr("Double-click")});
    entries.append({tr("Explore: choose a class"), tr("0 to 9")});
    entries.append({tr("The style pad: one step, finely with Shift"), tr("Arrow keys")});
    entries.append({tr("The style pad: back to the middle"), tr("Double-click or Home")});
    entries.append({tr("Recall: brush, eraser, rectangle, swap"), tr("B, E, R, X")});
    entries.append({tr("Recall: smaller and larger brush"), tr("[ and ]")});
    entries.append({tr("Recall: invert the mask, clear it"), tr("I, Delete")});
    entries.append({tr("Recall: show the original"), tr("Hold Tab")});
    entries.append({tr("The curves: everything in view"), tr("Double-click")});
    ShortcutsDialog(entries, this).exec();
}

}  // namespace lmser::ui
