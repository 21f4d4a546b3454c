// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDropEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QUndoGroup>
#include <QUrl>

#include "ui/bridge/qimage_conversion.h"
#include "ui/explore/explore_panel.h"
#include "ui/main_window.h"
#include "ui/recall/recall_panel.h"
#include "ui/status_line.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/log_view.h"

namespace lmser::ui {

namespace {

/// The one file or folder that is dragged; empty for anything else.
QString draggedPath(const QMimeData* data) {
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.constFirst().isLocalFile() ? urls.constFirst().toLocalFile()
                                                               : QString();
}

/// A checkpoint, a run folder or its experiment.
bool isModel(const QString& path) {
    const QString experiment = QStringLiteral("experiment.json");
    const QFileInfo file(path);
    return file.suffix() == QLatin1String("safetensors") || file.fileName() == experiment ||
           (file.isDir() && QDir(path).exists(experiment));
}

/// Of pictures, if it is no model.
bool isFolder(const QString& path) {
    return QFileInfo(path).isDir();
}

}  // namespace

void MainWindow::setTheme(ThemeChoice choice) {
    options_.theme.reset();
    settings_.theme = choice;
    applyTheme(choice);
}

void MainWindow::showWorkspace(int index) {
    tabs_->setCurrentIndex(index);
    workspaces_->setCurrentIndex(index);
    inspectors_->setCurrentIndex(index);
    const bool exploring = workspaces_->currentWidget() == explore_;
    const bool recalling = workspaces_->currentWidget() == recall_;
    status_->setDecodeVisible(exploring);
    status_->setStrokeVisible(recalling);
    exportButton_->setVisible(exploring || recalling);
    showExports(recalling);
    undo_->setActiveStack(recalling ? recall_->undoStack() : explore_->undoStack());
}

void MainWindow::showExports(bool recalling) {
    exportMenu_->clear();
    exportMenu_->addActions(recalling ? recall_->exportActions() : explore_->exportActions());
}

void MainWindow::explorePicture(const Images& picture) {
    QMimeData what;
    what.setImageData(toQImage(picture));
    showWorkspace(workspaces_->indexOf(explore_));
    explore_->take(&what);
}

void MainWindow::showError(const Error& error) {
    banners_->showError(error);
    log_->add(QString::fromStdString(sentence(error)));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QString path = draggedPath(event->mimeData());
    if (takesPicture(event->mimeData()) || isModel(path) || isFolder(path)) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QString path = draggedPath(event->mimeData());
    if (isModel(path)) {
        event->acceptProposedAction();
        openModel(path);
    } else if (isFolder(path)) {
        event->acceptProposedAction();
        choosePictures(path);
    } else if (takesPicture(event->mimeData())) {
        event->acceptProposedAction();
        if (workspaces_->currentWidget() == recall_) {
            recall_->take(event->mimeData());
        } else {
            explore_->take(event->mimeData());
        }
    }
}

bool MainWindow::takesPicture(const QMimeData* what) const {
    const QWidget* shown = workspaces_->currentWidget();
    return (shown == explore_ && explore_->canTake(what)) ||
           (shown == recall_ && recall_->canTake(what));
}

}  // namespace lmser::ui
