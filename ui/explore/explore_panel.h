// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <array>
#include <cstdint>
#include <optional>

#include "core/session/command.h"
#include "core/session/snapshot.h"
#include "ui/explore/category_mixing.h"
#include "ui/explore/code_model.h"
#include "ui/explore/explore_files.h"
#include "ui/explore/explore_requests.h"
#include "ui/explore/picture_source.h"
#include "ui/explore/unit_ranges.h"

class QAction;
class QBoxLayout;
class QLabel;
class QMimeData;
class QScrollArea;
class QStackedLayout;
class QTabBar;
class QVBoxLayout;

namespace lmser::ui {

class Card;
class ChipButton;
class CodeMapCard;
class ExploreInspector;
class ExportBar;
class GridCard;
class ImageView;
class MorphCard;
class PictureSheet;
class Prompter;
class RangeChooser;
class ReflectionSwitch;
class StyleSection;
class SweepStrip;
class UnitList;

/// The Explore workspace: the picture of the present code, the style pad, one row a top unit, the sweep of the
/// selected unit, every class in the present style, the way between two codes, the map of the codes and a grid.
/// Shows what it is given and asks through commandRequested.
class ExplorePanel : public QWidget {
    Q_OBJECT
public:
    explicit ExplorePanel(QWidget* parent = nullptr);
    ~ExplorePanel() override;

    /// Who asks for file names; without one nothing is saved, opened or exported.
    void setPrompter(Prompter* prompter) { files_.setPrompter(prompter); }

    /// The widget for the Inspector dock: category, reflections, start picture, live or kept weights, the code.
    /// It belongs to the dock once it is put there.
    [[nodiscard]] QWidget* inspector() const;

    /// The steps made on the code, for the Edit menu.
    [[nodiscard]] QUndoStack* undoStack();
    /// What can be exported, for menus.
    [[nodiscard]] const QList<QAction*>& exportActions() const { return exportActions_; }
    /// Enables what there is to export; to be called before a menu shows it.
    void refreshExports();

    void openRun(const RunOpened& run);
    void setDataset(const DatasetLoaded& dataset);
    void showExploration(const Exploration& exploration);
    void showDecoded(const DecodedPicture& picture);
    void showSwept(const SweptPictures& pictures);
    void showSheet(const DecodedSheet& sheet);
    void showMap(const CodeMap& map);
    void showMapped(const MappedPicture& mapped);
    void showEncoded(const Encoded& encoded);
    void showCodeOpened(const CodeOpened& opened);
    void showExporting(const ExportProgress& progress);
    void showExported(const Exported& exported);
    void endExporting();
    /// A command was refused: what waits for its answer waits no longer.
    void showFailure(const Failed& failure);

    /// The code to and from the clipboard, as a JSON array of numbers.
    void copyCode() const;
    void pasteCode();
    /// The picture on the clipboard becomes the start.
    void pastePicture();

    /// Whether take() can do something with what is dragged over the window.
    [[nodiscard]] bool canTake(const QMimeData* what) const;
    /// A dropped picture becomes the start; a code file or a picture that carries its code is opened.
    void take(const QMimeData* what);

Q_SIGNALS:
    void commandRequested(const lmser::Command& command);
    void failed(const lmser::Error& error);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    // explore_panel_build.cpp: what there is
    QWidget* buildEmpty();
    QWidget* buildWorkspace();
    Card* buildHero();
    Card* buildUnits();
    QVBoxLayout* buildUnitsColumn();
    QWidget* buildActions();
    Card* buildSweep();
    Card* buildClasses();
    QWidget* buildPages();
    void buildExports();
    void addShortcuts();
    void placeSweep();
    void showPage(int page);
    // explore_panel_layout.cpp: where it stands
    void reflow();
    void placeBeside(int width);
    void placeStacked(int width, bool padBesideUnits);
    void setRowHeight(std::optional<int> height);
    [[nodiscard]] int heroWidth(int width, int high) const;
    [[nodiscard]] int padSide(int width, int high) const;
    [[nodiscard]] int heightBelow() const;
    [[nodiscard]] int widthOfUnits() const;
    // explore_panel_wiring.cpp: who hears whom
    void listenToRequests();
    void listenToCode();
    void listenToUnits();
    void listenToStyle();
    void listenToPictures();
    void listenToMorph();
    void listenToMap();
    void listenToInspector();
    void listenToCodeActions();
    // explore_panel_start.cpp: what the code starts from, and what leaves the program
    void askForTestPicture(bool chosen);
    void followStart();
    void start(const PictureSource& source);
    void startFromFile(const QString& file);
    void startFromDrawing(const Images& drawing);
    void exportPicture();
    void exportMorph(MorphFormat format);
    bool answersMorphEnd(std::uint64_t id, const std::vector<float>& code, const QImage& picture);
    void showStartPicture(const Encoded& encoded);

    void askForPicture();
    void askForSheets();
    void askForSweep();
    void askForGrid();
    void applyExploration();
    void updateRanges();
    void beginCode();
    void chooseClass(std::size_t category);
    void setMixing(Mixing mixing);
    void followMixing();
    void moveUnit(std::size_t unit, double value);
    void resetUnit(std::size_t unit);
    void moveStyle(const QPointF& point);
    void centreStyle();
    [[nodiscard]] std::vector<float> withStyle(const QPointF& point) const;
    void walkTo(const std::vector<float>& code);
    void randomise();
    void showCode();
    void showStyle();
    void showHero();
    void preview(const QImage& picture, const QString& words);
    void endPreview();
    void showStatus();
    void showSweepHead();
    void showNames();
    void followLive(bool live);

    [[nodiscard]] const NetworkSpec& network() const { return run_->experiment.network; }
    [[nodiscard]] DecodeOptions options() const { return {shortcuts_, code_.reflections()}; }
    [[nodiscard]] UnitRange rangeOfUnit(std::size_t unit) const;
    [[nodiscard]] bool isCategory(std::size_t unit) const { return unit < labels_; }
    [[nodiscard]] QStringList classNames() const;
    [[nodiscard]] QStringList unitNames() const;
    [[nodiscard]] bool dataFits() const;

    CodeModel code_;
    ExploreRequests requests_;
    ExploreFiles files_;

    std::optional<RunOpened> run_;
    std::optional<DatasetLoaded> dataset_;
    Exploration exploration_;           ///< newest of any run
    bool explorable_ = false;           ///< exploration_ is of run_ and fits it
    std::optional<bool> awaitingLive_;  ///< asked for and not yet confirmed
    std::size_t labels_ = 0;            ///< label units of a code with styles; 0 without styles
    std::size_t styles_ = 0;
    Mixing mixing_ = Mixing::oneClass;
    QStringList names_;  ///< of the units, as they are shown

    QString startStep_;     ///< the step of a start that the user chose and that is on its way
    bool drawing_ = false;  ///< the start that was asked for is a drawing
    bool startIsTestPicture_ = true;            ///< else it is startPicture_
    std::optional<Images> startPicture_;        ///< of the network's shape
    std::array<std::uint64_t, 2> morphEnds_{};  ///< encodings on their way to A and B; 0: none
    bool pictureAsked_ = false;                 ///< a picture of this run
    bool shortcuts_ = false;

    QImage picture_;  ///< of the present code
    QImage preview_;  ///< of a strip, in its place
    QString previewWords_;
    double milliseconds_ = 0;
    QTimer codeText_;
    QList<QAction*> exportActions_;

    QStackedLayout* pages_ = nullptr;
    QScrollArea* scroll_ = nullptr;
    QVBoxLayout* rows_ = nullptr;
    QBoxLayout* columns_ = nullptr;
    Card* heroCard_ = nullptr;
    Card* unitsCard_ = nullptr;
    QBoxLayout* styleAndUnits_ = nullptr;
    Card* sweepCard_ = nullptr;
    Card* classesCard_ = nullptr;
    ImageView* hero_ = nullptr;
    ReflectionSwitch* reflection_ = nullptr;
    QLabel* status_ = nullptr;
    StyleSection* style_ = nullptr;
    UnitList* units_ = nullptr;
    RangeChooser* range_ = nullptr;
    QLabel* sweepHead_ = nullptr;
    SweepStrip* sweep_ = nullptr;
    PictureSheet* classes_ = nullptr;
    QTabBar* tabs_ = nullptr;
    QWidget* tabPages_ = nullptr;
    MorphCard* morph_ = nullptr;
    CodeMapCard* map_ = nullptr;
    GridCard* grid_ = nullptr;
    ExportBar* exportBar_ = nullptr;
    QPointer<ExploreInspector> inspector_;
};

}  // namespace lmser::ui
