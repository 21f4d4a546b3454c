// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>

#include "core/session/command.h"
#include "core/session/snapshot.h"
#include "ui/recall/recall_exports.h"
#include "ui/recall/recall_requests.h"

class QAction;
class QBoxLayout;
class QLabel;
class QMimeData;
class QScrollArea;
class QUndoStack;

namespace lmser::ui {

class BrushBar;
class Card;
class ChipButton;
class ExportBar;
class MaskCanvas;
class Prompter;
class RecallInspector;
class RecalledCard;
class TrailCard;

/// The Recall workspace: a picture under a mask brush, what the network remembers of the hole while it is painted, and
/// the recall round after round. Shows what it is given and asks through commandRequested.
class RecallPanel : public QWidget {
    Q_OBJECT
public:
    explicit RecallPanel(QWidget* parent = nullptr);
    ~RecallPanel() override;

    /// Who asks for file names; without one nothing is saved, opened or exported.
    void setPrompter(Prompter* prompter) { exports_.setPrompter(prompter); }
    /// The names of the models that come with the program.
    void setShippedModels(const QStringList& names);

    /// The widget for the Inspector dock. It belongs to the dock once it is put there.
    [[nodiscard]] QWidget* inspector() const;
    /// The steps made on the mask, for the Edit menu.
    [[nodiscard]] QUndoStack* undoStack();
    /// What can be exported, for menus.
    [[nodiscard]] const QList<QAction*>& exportActions() const { return exports_.actions(); }

    void openRun(const RunOpened& run);
    /// The run at hand can be opened again from there.
    void setRunPath(const QString& path);
    void setDataset(const DatasetLoaded& dataset);
    void showExploration(const Exploration& exploration);
    void showSamples(const Samples& samples);
    void showTaken(const TakenPicture& taken);
    void showRecalled(const RecalledPicture& recalled);
    void showTrail(const RecalledTrail& trail);
    void showMoved(const MovedFace& moved);
    void showMorphed(const MorphedFaces& morphed);
    void showOpenedMask(const OpenedMask& opened);
    void showExporting(const ExportProgress& progress);
    void showExported(const Exported& exported);
    void endExporting();
    /// A command was refused: what waits for its answer waits no longer.
    void showFailure(const Failed& failure);

    /// The picture on the clipboard becomes the picture.
    void pastePicture();
    /// Whether take() can do something with what is dragged over the window.
    [[nodiscard]] bool canTake(const QMimeData* what) const;
    /// A dropped photo becomes the picture.
    void take(const QMimeData* what);

Q_SIGNALS:
    void commandRequested(const lmser::Command& command);
    void failed(const lmser::Error& error);
    /// From the pointer's move to what is recalled of it, in milliseconds.
    void strokeMeasured(double milliseconds);
    /// A path, or the name of a model that comes with the program.
    void modelWanted(const QString& path);
    /// A new run of that preset is to be trained.
    void trainingWanted(const QString& preset);
    /// The picture is to be explored.
    void exploreWanted(const lmser::Images& picture);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    // recall_panel_build.cpp: what there is, and who hears whom
    void build();
    Card* buildCanvas();
    QWidget* buildMaskRow();
    void reflow();
    void listenToCanvas();
    void listenToPicture();
    void listenToInspector();
    void listenToMorph();

    // recall_panel_pictures.cpp: where the picture comes from
    void takeFirst();
    void takeSample(std::size_t index);
    void takeTestPicture(std::size_t index);
    void openPhoto();
    void alignTo(const FacePoints& points);
    void usePicture(const Images& picture, bool keepMask);
    void awaitPicture();
    void endWaiting();

    void begin();
    void askForFaces();
    [[nodiscard]] QString modelName() const;
    void showModelNote();
    void showHidden();
    void setOptions(const RecallOptions& options);
    void recall(bool settle);
    void settle();
    void openMask();
    [[nodiscard]] RecallSubject subject() const;
    [[nodiscard]] bool hasPicture() const { return !picture_.values.empty(); }
    [[nodiscard]] const ImageShape& frame() const { return run_->experiment.network.input; }

    RecallRequests requests_;
    RecallExports exports_;
    std::optional<RunOpened> run_;
    std::optional<DatasetLoaded> dataset_;
    bool explorable_ = false;              ///< the weights of run_ are there
    bool begun_ = false;                   ///< its samples were asked for
    bool statistics_ = false;              ///< of its codes are there
    std::optional<std::size_t> samples_;   ///< how many its network has, once that is told
    std::int64_t iteration_ = 0;           ///< of the weights that recall
    Images picture_;                       ///< in the network's shape; none until one is taken
    std::shared_ptr<const Images> photo_;  ///< that it was cut out of
    FacePoints points_;
    RecallOptions recallOptions_;
    QTimer settle_;   ///< after what changes often
    QTimer moved_;    ///< while the weights move
    QTimer late_;     ///< until it is told that a picture is on its way
    Mask maskAsked_;  ///< what was hidden when the picture was asked for
    bool waiting_ = false;

    QScrollArea* scroll_ = nullptr;
    QBoxLayout* columns_ = nullptr;
    BrushBar* brushes_ = nullptr;
    MaskCanvas* canvas_ = nullptr;
    QLabel* note_ = nullptr;
    QWidget* noteWays_ = nullptr;  ///< to models that were shown holes, beneath the note
    QLabel* hidden_ = nullptr;
    ChipButton* keepMask_ = nullptr;
    RecalledCard* recalled_ = nullptr;
    TrailCard* trail_ = nullptr;
    ExportBar* exportBar_ = nullptr;
    RecallInspector* inspector_ = nullptr;  ///< its owner is the dock that shows it
};

}  // namespace lmser::ui
