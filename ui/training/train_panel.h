// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/session/snapshot.h"

class QLabel;

namespace lmser::ui {

class Card;
class CodeScale;
class CurveControls;
class CurvePlot;
class PictureStrip;

/// The Train workspace: the curve first, then test pictures beside their reconstructions, then whether the
/// code is alive and what to do about it. Shows what it is given.
class TrainPanel : public QWidget {
    Q_OBJECT
public:
    explicit TrainPanel(QWidget* parent = nullptr);

    /// What F5 would train, for the words that stand where the curves will be. Dataset: its title.
    void setPlan(const QString& preset, const QString& dataset);

    void showSnapshot(const Snapshot& snapshot);
    void addLosses(const Losses& losses);
    /// A run begins: earlier runs stay in the plot, dimmed, until they are removed.
    void openRun(const RunOpened& run);
    void addEvaluation(const Evaluated& evaluation);
    void showDivergence(const Diverged& divergence);

    /// Best test error so far and its iteration, for the status bar; 0 without one.
    [[nodiscard]] double bestError() const;
    [[nodiscard]] std::int64_t bestIteration() const;

    /// The chips above the curves; tests replace their file dialog.
    [[nodiscard]] CurveControls* controls() const { return controls_; }

Q_SIGNALS:
    /// A plot export was refused or failed.
    void failed(const lmser::Error& error);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    Card* makeCurveCard();
    void placeControls();
    void placeInHead(QWidget& widget, bool inHead, int place);
    Card* makePictureCard();
    Card* makeCodeCard();
    void showEvaluation(const Evaluation& evaluation);
    void showEmptyState();

    Card* curveCard_ = nullptr;
    CurvePlot* plot_ = nullptr;
    CurveControls* controls_ = nullptr;
    QLabel* invitation_ = nullptr;
    QLabel* best_ = nullptr;
    QLabel* divergence_ = nullptr;
    QLabel* picturesAt_ = nullptr;
    PictureStrip* strip_ = nullptr;
    CodeScale* code_ = nullptr;
    QLabel* codeUnmeasured_ = nullptr;
    QLabel* codeWarning_ = nullptr;
    QString preset_;
    QString dataset_;
    bool planned_ = false;
    std::uint64_t run_ = 0;
    std::optional<Evaluation> bestSoFar_;
};

}  // namespace lmser::ui
