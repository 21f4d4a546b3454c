// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/spec/experiment.h"

namespace lmser::ui {

/// The Inspector of Train: the experiment that the next run is made of. Sections Run, Network, Loss, with an
/// advanced part; "Copy as command".
class RunForm : public QWidget {
    Q_OBJECT
public:
    explicit RunForm(QWidget* parent = nullptr);

    void setExperiment(const Experiment& experiment);
    [[nodiscard]] Experiment experiment() const;

    /// While a run exists, target and learning rate act on it at once; everything else begins a new run.
    void setRunning(bool runExists, double learningRate);

Q_SIGNALS:
    /// The user changed something; the value is in range.
    void experimentEdited(const lmser::Experiment& experiment);
    void targetEdited(qint64 iterations);
    void learningRateEdited(double rate);
};

}  // namespace lmser::ui
