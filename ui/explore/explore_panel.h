// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <optional>

#include "core/session/command.h"
#include "core/session/snapshot.h"
#include "ui/explore/code_model.h"
#include "ui/explore/explore_requests.h"
#include "ui/explore/unit_ranges.h"

class QBoxLayout;
class QLabel;
class QStackedLayout;

namespace lmser::ui {

class Card;
class ChipButton;
class ExploreInspector;
class ImageView;
class RangeChooser;
class SweepStrip;
class UnitList;

/// The Explore workspace: the picture of the present code, one row a top unit, the sweep of the selected unit,
/// the start picture. Shows what it is given and asks through commandRequested.
class ExplorePanel : public QWidget {
    Q_OBJECT
public:
    explicit ExplorePanel(QWidget* parent = nullptr);
    ~ExplorePanel() override;

    /// The widget for the Inspector dock: the start picture, live or kept weights, shortcuts, the code.
    /// It belongs to the dock once it is put there.
    [[nodiscard]] QWidget* inspector() const;

    /// The steps made on the code, for the Edit menu.
    [[nodiscard]] QUndoStack* undoStack();

    void openRun(const RunOpened& run);
    void setDataset(const DatasetLoaded& dataset);
    void showExploration(const Exploration& exploration);
    void showDecoded(const DecodedPicture& picture);
    void showSwept(const SweptPictures& pictures);
    void showEncoded(const Encoded& encoded);

    /// The code to and from the clipboard, as a JSON array of numbers.
    void copyCode() const;
    void pasteCode();

Q_SIGNALS:
    void commandRequested(const lmser::Command& command);
    void failed(const lmser::Error& error);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildEmpty();
    QWidget* buildWorkspace();
    Card* buildHero();
    Card* buildUnits();
    Card* buildSweep();
    QWidget* buildActions();
    ChipButton* action(const QString& name, const QString& iconName, const QString& text,
                       const QString& tip);
    void listenToRequests();
    void listenToCode();
    void listenToUnits();
    void listenToSweep();
    void listenToInspector();
    void addShortcuts();
    void reflow();

    void askForStart(bool chosen);
    void askForPicture();
    void askForSweep();
    void applyExploration();
    void updateRanges();
    void followStart();
    void randomise();
    void showCode();
    void showHero();
    void showStatus();
    void showSweepHead();
    void followLive(bool live);

    [[nodiscard]] UnitRange rangeOfUnit(std::size_t unit) const;
    [[nodiscard]] QStringList unitNames() const;
    [[nodiscard]] bool dataFits() const;

    CodeModel code_;
    ExploreRequests requests_;

    std::optional<RunOpened> run_;
    std::optional<DatasetLoaded> dataset_;
    Exploration exploration_;           ///< newest of any run
    bool explorable_ = false;           ///< exploration_ is of run_ and fits it
    std::optional<bool> awaitingLive_;  ///< asked for and not yet confirmed
    bool startChosen_ = false;          ///< the start asked for was chosen by the user
    bool hasStartPicture_ = false;
    bool pictureAsked_ = false;  ///< a picture of this run
    bool shortcuts_ = false;

    QImage picture_;  ///< of the present code
    QImage preview_;  ///< of the sweep, in its place
    double previewValue_ = 0;
    double milliseconds_ = 0;
    QTimer codeText_;

    QStackedLayout* pages_ = nullptr;
    QBoxLayout* columns_ = nullptr;
    Card* heroCard_ = nullptr;
    Card* unitsCard_ = nullptr;
    Card* sweepCard_ = nullptr;
    ImageView* hero_ = nullptr;
    QLabel* status_ = nullptr;
    UnitList* units_ = nullptr;
    RangeChooser* range_ = nullptr;
    QLabel* sweepHead_ = nullptr;
    SweepStrip* sweep_ = nullptr;
    QPointer<ExploreInspector> inspector_;
};

}  // namespace lmser::ui
