// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/training/custom_plot.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {

/// Sets a plot up as the mock-up shows it: horizontal lines only, numbers in muted, no frame.
void setUpAxes(QCustomPlot& plot);

/// Gives axes, grid and legend the colours and fonts of a theme.
void styleAxes(QCustomPlot& plot, const Tokens& tokens);

/// The entries of the legend, and their places: as many side by side as the width holds.
QList<QCPAbstractLegendItem*> legendItems(const QCustomPlot& plot);
void wrapLegend(QCustomPlot& plot);

/// Switches the vertical axis between logarithmic and linear.
void setLogarithmicAxis(QCustomPlot& plot, bool logarithmic);

/// The range that shows values from `lowest` to `highest` with a little air; on a linear axis from 0.
QCPRange errorRange(double lowest, double highest, bool logarithmic);

/// Moves a view by a fraction of what it shows: right and up are positive.
void panView(QCustomPlot& plot, double right, double up);

/// Zooms both axes about their middle; a factor under 1 comes closer.
void zoomView(QCustomPlot& plot, double factor);

}  // namespace lmser::ui
