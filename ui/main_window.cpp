// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCloseEvent>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QToolBar>
#include <QUndoGroup>

#include "core/spec/presets.h"
#include "ui/bridge/session_bridge.h"
#include "ui/explore/explore_panel.h"
#include "ui/project/load_bar.h"
#include "ui/project/project_panel.h"
#include "ui/recall/recall_panel.h"
#include "ui/run_control.h"
#include "ui/save_control.h"
#include "ui/status_line.h"
#include "ui/training/run_form.h"
#include "ui/training/train_panel.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/log_view.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_row.h"
#include "ui/window_layout.h"

namespace lmser::ui {
namespace {

constexpr QSize kFirstSize(1440, 900);
constexpr int kExplore = 1;  // of the workspaces

/// The model that a first start shows.
QString firstModel() {
    return QStringLiteral("mnist-cnn-gen");
}

/// An inspector with room around it, which scrolls.
QWidget* inDock(QWidget* inspector, const QString& name) {
    auto* padded = new QWidget;
    auto* column = new QVBoxLayout(padded);
    column->setContentsMargins(3 * kSpace, kSpace, 3 * kSpace, 4 * kSpace);
    column->addWidget(inspector);
    inspector->show();
    return scrolling(padded, name);
}

}  // namespace

MainWindow::MainWindow(WindowOptions options, std::unique_ptr<Prompter> prompter)
    : options_(std::move(options)),
      settingsFile_(options_.settingsPath),
      prompter_(prompter ? std::move(prompter) : std::make_unique<DialogPrompter>(this)),
      bridge_(new SessionBridge(this)),
      runControl_(new RunControl(*prompter_, this)),
      saveControl_(new SaveControl(*prompter_, this)),
      layout_(new WindowLayout(this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Lmser Studio"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    SettingsFile::Read read = settingsFile_.read();
    settings_ = std::move(read.settings);
    applyTheme(options_.theme.value_or(settings_.theme));

    buildWorkspaces();
    buildTopBar();
    buildDocks();
    buildMenus();
    status_ = new StatusLine;
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(status_, 1);
    connectSession();
    connectReplies();
    connectPanels();
    connectControls();
    restoreWindow();
    if (read.problem) {
        showError(*read.problem);
    }
    begin();
}

MainWindow::~MainWindow() {
    // The session ends before the panels that its news go to.
    delete bridge_;
}

void MainWindow::buildWorkspaces() {
    train_ = new TrainPanel;
    train_->setObjectName(QStringLiteral("trainPanel"));
    explore_ = new ExplorePanel;
    explore_->setObjectName(QStringLiteral("explorePanel"));
    explore_->setPrompter(prompter_.get());
    recall_ = new RecallPanel;
    recall_->setObjectName(QStringLiteral("recallPanel"));
    recall_->setPrompter(prompter_.get());
    undo_ = new QUndoGroup(this);
    undo_->addStack(explore_->undoStack());
    undo_->addStack(recall_->undoStack());
    undo_->setActiveStack(explore_->undoStack());
    workspaces_ = new QStackedWidget;
    workspaces_->setObjectName(QStringLiteral("workspaces"));
    workspaces_->addWidget(train_);
    workspaces_->addWidget(explore_);
    workspaces_->addWidget(recall_);

    banners_ = new BannerArea;
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(banners_);
    column->addWidget(workspaces_, 1);
    loadBar_ = new LoadBar;
    column->addWidget(loadBar_);
    setCentralWidget(middle);
}

void MainWindow::buildTopBar() {
    auto* name = new QLabel(QStringLiteral("Lmser Studio"));
    QFont strong = textFont();
    strong.setWeight(QFont::Bold);
    name->setFont(strong);
    name->setContentsMargins(3 * kSpace + 2, 0, 4 * kSpace, 0);
    menuBar()->setCornerWidget(name, Qt::TopLeftCorner);
    menuBar()->setNativeMenuBar(false);

    tabs_ = new QTabBar;
    tabs_->setObjectName(QStringLiteral("workspaceTabs"));
    tabs_->setAccessibleName(tr("Workspaces"));
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->addTab(tr("Train"));
    tabs_->addTab(tr("Explore"));
    tabs_->addTab(tr("Recall"));

    auto* row = new ToolRow(tabs_);
    row->addButton(buildExport());
    row->addButton(new ActionButton(runControl_->reset()));
    row->addButton(new ActionButton(runControl_->step()));
    auto* primary = new ActionButton(runControl_->startPause());
    primary->setPrimary(true);
    row->addButton(primary);

    auto* bar = new QToolBar(tr("Run control"));
    bar->setObjectName(QStringLiteral("topBar"));
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->toggleViewAction()->setVisible(false);
    bar->addWidget(row);
    addToolBar(Qt::TopToolBarArea, bar);
    setContextMenuPolicy(Qt::NoContextMenu);
}

ActionButton* MainWindow::buildExport() {
    exportMenu_ = new QMenu(tr("&Export"), this);
    exportMenu_->setObjectName(QStringLiteral("exportMenu"));
    exportMenu_->setIcon(icon(QStringLiteral("export")));
    showExports(false);
    connect(exportMenu_, &QMenu::aboutToShow, explore_, &ExplorePanel::refreshExports);
    auto* action = new QAction(icon(QStringLiteral("export")), tr("Export"), this);
    action->setObjectName(QStringLiteral("export"));
    action->setToolTip(tr("Writes pictures and sheets of what is shown."));
    auto* button = new ActionButton(action);
    button->hide();
    connect(action, &QAction::triggered, this, [this] {
        exportMenu_->popup(exportButton_->mapToGlobal(QPoint(0, exportButton_->height() + kSpace)));
    });
    exportButton_ = button;
    return button;
}

void MainWindow::buildDocks() {
    project_ = new ProjectPanel;
    project_->setShippedModels(options_.shipped);
    QStringList shipped;
    for (const ShippedCard& model : options_.shipped) {
        shipped << model.name;
    }
    recall_->setShippedModels(shipped);
    form_ = new RunForm;
    form_->setObjectName(QStringLiteral("runForm"));
    inspectors_ = new QStackedWidget;
    inspectors_->setObjectName(QStringLiteral("inspectors"));
    inspectors_->addWidget(form_);
    inspectors_->addWidget(inDock(explore_->inspector(), QStringLiteral("exploreInspectorScroll")));
    inspectors_->addWidget(inDock(recall_->inspector(), QStringLiteral("recallInspectorScroll")));
    log_ = new LogView;
    layout_->addProject(project_);
    layout_->addInspector(inspectors_);
    layout_->addLog(log_);
}

void MainWindow::restoreWindow() {
    resize(kFirstSize.boundedTo(screen()->availableSize()));
    layout_->reset();
    restoreGeometry(settings_.geometry);
    if (!isMaximized() && !isFullScreen()) {
        // The screen may be another than when the window was closed.
        setGeometry(within(screen()->availableGeometry(), geometry()));
    }
    layout_->restore(settings_.layout);
    project_->setRecent(settings_.recent);
    saveControl_->setFolder(settings_.lastFolder);
    offerRecovery();
}

// Something moves at once: with nothing asked for, a trained network under the sliders.
void MainWindow::begin() {
    draft(presets().empty() ? Experiment{} : *preset("lmser-un"));
    if (!options_.model.isEmpty()) {
        firstChoice_ = false;
        send(OpenModel{options_.model.toStdString()});
        return;
    }
    if (options_.recoverable.empty() && shippedModel(firstModel()) != nullptr) {
        beganShipped_ = true;
        showWorkspace(kExplore);
        send(OpenModel{firstModel().toStdString()});
        return;
    }
    beginFresh();
}

// A new network on the best data there is.
void MainWindow::beginFresh() {
    Experiment first = form_->experiment();
    first.dataset = "mnist";
    draft(first);
    project_->showDatasetLoading(QStringLiteral("mnist"));
    runControl_->newRun(first);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayClose_ && !saveControl_->isSaving()) {
        // What needs no waiting is decided within this event: a window that is closing cannot be closed again.
        const auto inside = std::make_shared<bool>(true);
        saveControl_->keepThen(LossReason::closing, [this, inside] {
            mayClose_ = true;
            if (!*inside) {
                close();
            }
        });
        *inside = false;
    }
    if (!mayClose_) {
        event->ignore();
        return;
    }
    storeSettings();
    Q_EMIT closed();
    event->accept();
}

void MainWindow::closeForSignal() {
    saveControl_->leaveForRecovery(options_.recovery, [this] { closeForGood(); });
}

void MainWindow::closeForGood() {
    mayClose_ = true;
    close();
}

void MainWindow::storeSettings() {
    settings_.geometry = saveGeometry();
    settings_.layout = layout_->save();
    if (const auto written = settingsFile_.write(settings_); !written) {
        showError(written.error());
    }
}

}  // namespace lmser::ui
