// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <span>

#include "core/spec/measurements.h"
#include "ui/training/curve_math.h"
#include "ui/training/custom_plot.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {

/// The graphs of one run in a plot: its training error as measured (faint), the same smoothed, and its error
/// on pictures that it is not trained on. Every run has a dash, a marker and a pair of colours of its own.
class RunCurves {
public:
    /// What the curves of a run span, for fitting the view. Only values above 0 count.
    struct Bounds {
        double iterations = 0;
        double lowest = 0;
        double highest = 0;
    };
    /// A point of one of the curves.
    struct Point {
        const QCPGraph* graph = nullptr;
        double iteration = 0;
        double value = 0;
        std::optional<double> smoothed;
    };

    /// place: how many runs were in the plot before; chooses dash, marker and colours.
    RunCurves(QCustomPlot& plot, std::uint64_t id, const QString& name, int place);
    ~RunCurves();
    RunCurves(const RunCurves&) = delete;
    RunCurves& operator=(const RunCurves&) = delete;

    /// Adds measurements; those of iterations that the curve already has are left out.
    void addSteps(std::span<const StepReport> steps, double smoothing);
    void addEvaluation(const Evaluation& evaluation);
    /// Smooths the training curve anew.
    void setSmoothing(double smoothing);
    void setName(const QString& name);
    /// Whether some of its training samples lack their shortcuts, which puts the training error above the test
    /// error.
    void setDropsShortcuts(bool drops) { dropsShortcuts_ = drops; }
    [[nodiscard]] bool dropsShortcuts() const { return dropsShortcuts_; }
    /// The run of the present in full colour; an earlier one dimmed.
    void setStyle(const Tokens& tokens, bool current);

    [[nodiscard]] std::uint64_t id() const { return id_; }
    [[nodiscard]] const QString& name() const { return name_; }
    [[nodiscard]] int place() const { return place_; }
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] std::optional<Bounds> bounds() const;
    [[nodiscard]] QCPGraph* training() const { return smooth_; }
    [[nodiscard]] QCPGraph* heldOut() const { return heldOut_; }
    /// The point of this run that lies nearest to `pixel`, if one is within `reach` pixels.
    [[nodiscard]] std::optional<Point> nearest(const QPointF& pixel, double reach) const;
    /// The curves as the CSV has them.
    [[nodiscard]] std::vector<CurveTable> tables() const;
    /// The measured training steps, to begin the curves anew.
    [[nodiscard]] std::vector<StepReport> steps() const;

private:
    void nameGraphs();
    void dressTraining(QPen& pen) const;

    QCustomPlot& plot_;
    std::uint64_t id_;
    QString name_;
    QString split_;
    int place_;
    bool isSmoothed_ = true;
    bool dropsShortcuts_ = false;
    QCPGraph* raw_;
    QCPGraph* smooth_;
    QCPGraph* heldOut_;
    DebiasedAverage average_{0};
};

}  // namespace lmser::ui
