// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/session/session.h"
#include "ui/project/shipped_card.h"
#include "ui/settings/ui_settings.h"
#include "ui/widgets/prompter.h"

class QMenu;
class QMimeData;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QUndoGroup;

namespace lmser::ui {

class ActionButton;
class BannerArea;
class ExplorePanel;
class LoadBar;
class LogView;
class ProjectPanel;
class RecallPanel;
class RunControl;
class RunForm;
class SaveControl;
class SessionBridge;
class StatusLine;
class TrainPanel;
class WindowLayout;

/// What the window is started with.
struct WindowOptions {
    QString settingsPath;            ///< empty: the user's own
    std::filesystem::path recovery;  ///< as in SessionOptions
    QString dataFolder;  ///< searched first; empty: the remembered one, or the usual places
    QString
        model;  ///< opened at once; empty: a shipped model, or a new run of the default experiment
    std::optional<ThemeChoice> theme;      ///< instead of the remembered one
    std::vector<Recoverable> recoverable;  ///< what a killed process left
    QList<ShippedCard> shipped;            ///< the models that come with the program
};

/// The window: makes bars, docks and workspaces, and connects them with the session. What is decided is
/// decided by RunControl and SaveControl.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// prompter: nullptr asks with Qt's dialogs.
    explicit MainWindow(WindowOptions options, std::unique_ptr<Prompter> prompter = nullptr);
    ~MainWindow() override;

    [[nodiscard]] SessionBridge& bridge() const { return *bridge_; }
    [[nodiscard]] const UiSettings& settings() const { return settings_; }

    /// Opens a checkpoint or run folder, asking first where a run would be lost.
    void openModel(const QString& path);
    /// Ends without a question: what is not saved is left for recovery.
    void closeForSignal();

Q_SIGNALS:
    /// The window is about to go for good.
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    // main_window.cpp: what there is
    void buildWorkspaces();
    void buildTopBar();
    ActionButton* buildExport();
    void buildDocks();
    void restoreWindow();
    void begin();
    void beginFresh();
    // main_window_menus.cpp
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildRunMenu();
    void buildHelpMenu();
    void refreshRecent();
    void showShortcuts();
    // main_window_wiring.cpp: who hears whom
    void connectSession();
    void connectReplies();
    void connectPanels();
    void connectRecall();
    void connectControls();
    void send(const Command& command);
    // main_window_data.cpp: datasets, and what is trained on them
    void draft(const Experiment& experiment);
    void settle();
    void chooseDataset(const QString& name);
    void useDataset(const QString& name);
    void choosePictures(const QString& folder);
    void load(const QString& name, const Experiment& experiment);
    [[nodiscard]] std::filesystem::path folderOf(const QString& dataset) const;
    void choosePreset(const QString& name);
    void trainPreset(const QString& name);
    void chooseDataFolder(const QString& dataset);
    void onDatasetLoaded(const DatasetLoaded& dataset);
    void onLoadProgress(const LoadProgress& progress);
    void onLoadCancelled(const LoadCancelled& cancelled);
    void endLoading(const QString& name);
    void endDecoding();
    void forgetLoad(const QString& name);
    void loadFailed(const Error& error);
    void frameData();
    // main_window_runs.cpp: runs and models that come, fail and are kept
    [[nodiscard]] const ShippedCard* shippedModel(const QString& name) const;
    [[nodiscard]] const ShippedCard* shippedModel(const RunOpened& run) const;
    void showModelDetails(const QString& name);
    void onRunOpened(const RunOpened& run);
    void onRunCompleted(const RunCompleted& run);
    void onSnapshot(const Snapshot& snapshot);
    void onFailed(const Failed& failure);
    bool newRunFailed(const Error& error);
    QString forgetNewRun();
    void onSaved(const Saved& saved);
    void offerRecovery();
    void rememberPath(const QString& path);
    // main_window_notices.cpp: what is said of what goes well
    void onExported(const Exported& exported);
    void noticeSameRun(const QString& preset);
    void showBusy();
    // main_window_views.cpp: what is shown, and what is dropped on it
    void setTheme(ThemeChoice choice);
    void showWorkspace(int index);
    void showExports(bool recalling);
    void explorePicture(const Images& picture);
    [[nodiscard]] bool takesPicture(const QMimeData* what) const;
    void showError(const Error& error);
    // main_window.cpp: its end
    void storeSettings();
    void closeForGood();

    WindowOptions options_;
    SettingsFile settingsFile_;
    UiSettings settings_;
    std::unique_ptr<Prompter> prompter_;

    SessionBridge* bridge_;
    RunControl* runControl_;
    SaveControl* saveControl_;
    WindowLayout* layout_;

    QTabBar* tabs_ = nullptr;
    QStackedWidget* workspaces_ = nullptr;
    QStackedWidget* inspectors_ = nullptr;
    BannerArea* banners_ = nullptr;
    LoadBar* loadBar_ = nullptr;
    ProjectPanel* project_ = nullptr;
    TrainPanel* train_ = nullptr;
    RunForm* form_ = nullptr;
    ExplorePanel* explore_ = nullptr;
    RecallPanel* recall_ = nullptr;
    QUndoGroup* undo_ = nullptr;  ///< the steps of the workspace that is shown
    StatusLine* status_ = nullptr;
    LogView* log_ = nullptr;
    QMenu* recentMenu_ = nullptr;
    QMenu* exportMenu_ = nullptr;
    QPushButton* exportButton_ = nullptr;

    /// The run that is shown, as far as its data go.
    struct ShownRun {
        std::uint64_t number = 0;
        QString dataset;
        bool shipped = false;
        bool withoutData = false;
    };
    ShownRun run_;
    QString loadedDataset_;
    std::deque<QString> loadingDatasets_;  ///< asked for and not yet answered
    QString decoding_;                     ///< the dataset that the bar tells of
    QString picturesAsked_;                ///< the folder that is the data once it is loaded
    std::optional<Experiment> settled_;    ///< what the form showed last that needs no loading
    std::optional<Error> notWritten_;      ///< what became of the last file, until one is written
    QString opening_;                      ///< the path that the user asked to open
    std::deque<Experiment> asked_;         ///< new runs that were asked for and not yet answered
    bool beganShipped_ = false;            ///< until the shipped model of the start is open
    bool firstChoice_ = true;              ///< until data was found for the first run
    bool mayClose_ = false;
};

}  // namespace lmser::ui
