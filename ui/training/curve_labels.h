// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "ui/training/custom_plot.h"
#include "ui/training/run_curves.h"

namespace lmser::ui {

/// The words at the ends of the curves ("training .00059"), kept apart from each other, and the read-out of
/// the point that the pointer is near.
class CurveLabels {
public:
    explicit CurveLabels(QCustomPlot& plot);

    /// Puts the words where the curves leave the view. Called after every layout, before drawing.
    void place(std::span<const std::unique_ptr<RunCurves>> runs, const Tokens& tokens);

    /// Marks a point and says what it is; without a point the read-out goes.
    void showPoint(const RunCurves* run, const std::optional<RunCurves::Point>& point,
                   const Tokens& tokens);
    [[nodiscard]] QString readOut() const;

private:
    struct End {
        QPointF at;
        QString text;
        QColor colour;
        bool above;
    };
    [[nodiscard]] std::vector<End> ends(std::span<const std::unique_ptr<RunCurves>> runs) const;

    QCustomPlot& plot_;
    std::vector<QCPItemText*> texts_;
    QCPItemTracer* tracer_;
    QCPItemText* readOut_;
};

}  // namespace lmser::ui
