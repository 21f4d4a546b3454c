// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

class QCPGraph;
class QCustomPlot;

namespace lmser::ui {

/// How much the hidden pixels moved from round to round, on a logarithmic axis.
class ChangePlot : public QWidget {
    Q_OBJECT
public:
    explicit ChangePlot(QWidget* parent = nullptr);

    /// One a round, from the first on: root mean square, where white is 1. A round that moved nothing has no point.
    void setChange(const std::vector<double>& change);
    /// What the curve says in one line, for screen readers and tests.
    [[nodiscard]] QString summary() const { return accessibleDescription(); }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void applyStyle();
    void fitAxis();

    QCustomPlot* plot_;
    QCPGraph* curve_;
    int first_ = -1;  ///< decade of the axis
    int last_ = 0;
};

}  // namespace lmser::ui
