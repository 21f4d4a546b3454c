// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/spec/measurements.h"
#include "ui/training/curve_labels.h"
#include "ui/training/run_curves.h"

namespace lmser::ui {

/// The error of several runs over their iterations: training (measured faint, smoothed on top) and test.
/// Wheel zooms at the pointer, a drag pans, a double click fits, the pointer reads values; with the keyboard
/// the arrows pan, + and - zoom, Home fits. While following, the view shows all of the present run as it grows;
/// it stops following as soon as the user moves it, and is then never moved but by the user.
class CurvePlot : public QWidget {
    Q_OBJECT
public:
    explicit CurvePlot(QWidget* parent = nullptr);
    ~CurvePlot() override;

    /// Adds a run and makes it the present one; earlier runs are dimmed. Losses of the run that came before
    /// are kept behind those given.
    void openRun(std::uint64_t run, const QString& name, std::span<const StepReport> steps,
                 std::span<const Evaluation> evaluations);
    /// Adds to the run they belong to, whichever is the present one.
    void addSteps(std::uint64_t run, std::span<const StepReport> steps);
    void addEvaluation(std::uint64_t run, const Evaluation& evaluation);
    /// A vertical line where a run met a loss that was not finite.
    void markDivergence(std::uint64_t run, std::int64_t iteration);
    /// Takes every run but the present one out of the plot.
    void removeEarlierRuns();
    [[nodiscard]] int runCount() const { return static_cast<int>(runs_.size()); }
    /// Some training samples of the run lack their shortcuts: the plot says why its training error is above the
    /// test error.
    void setDropsShortcuts(std::uint64_t run, bool drops);
    /// Whether no curve has a point.
    [[nodiscard]] bool isEmpty() const;

    [[nodiscard]] bool isLogarithmic() const { return logarithmic_; }
    void setLogarithmic(bool logarithmic);
    [[nodiscard]] bool isFollowing() const { return following_; }
    void setFollowing(bool following);
    /// How much the training curves are smoothed: 0 … .999, as in TensorBoard.
    [[nodiscard]] double smoothing() const { return smoothing_; }
    void setSmoothing(double smoothing);
    /// Shows all of every curve; of several runs it then follows none.
    void fit();

    /// Writes what is plotted as .png, .svg, .pdf (with legend, on white) or .csv, whole or not at all.
    Result<void> save(const QString& path);
    /// What is plotted as CSV; see lmser::ui::csv.
    [[nodiscard]] std::string table() const;
    /// The plot in one line, for screen readers.
    [[nodiscard]] QString summary() const;
    /// What is read at the pointer; empty where it is near no point.
    [[nodiscard]] QString readOut() const { return labels_->readOut(); }

Q_SIGNALS:
    void followingChanged(bool following);
    void runsChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    [[nodiscard]] QSize sizeHint() const override;

private:
    struct Divergence {
        std::uint64_t run;
        QCPItemStraightLine* line;
    };

    RunCurves* find(std::uint64_t run) const;
    RunCurves& findOrAdd(std::uint64_t run, const QString& name);
    void applyStyle(const Tokens& tokens);
    void setView(const QCPRange& iterations, const QCPRange& errors);
    void follow();
    void showAll();
    void userMovedView();
    void scheduleReplot();
    void replotNow();
    bool handleKey(int key);
    void readAt(const QPointF& pixel);

    QCustomPlot* plot_;
    std::unique_ptr<CurveLabels> labels_;
    std::vector<std::unique_ptr<RunCurves>> runs_;  // the present one last
    std::vector<Divergence> divergences_;
    QTimer replotTimer_;
    QElapsedTimer sinceReplot_;
    double smoothing_ = .95;
    bool logarithmic_ = true;
    bool following_ = true;
    bool settingView_ = false;
    bool ringed_ = false;  // the focus came by the keyboard: show where it is
};

}  // namespace lmser::ui
