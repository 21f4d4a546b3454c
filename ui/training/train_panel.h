// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/session/snapshot.h"

namespace lmser::ui {

/// The Train workspace: the curve first, then test pictures beside their reconstructions, then whether the
/// code is alive and what to do about it. Shows what it is given.
class TrainPanel : public QWidget {
    Q_OBJECT
public:
    explicit TrainPanel(QWidget* parent = nullptr);

    void showSnapshot(const Snapshot& snapshot);
    void addLosses(const Losses& losses);
    /// A run begins: earlier runs stay in the plot, dimmed, until they are removed.
    void openRun(const RunOpened& run);
    void addEvaluation(const Evaluated& evaluation);
    void showDivergence(const Diverged& divergence);

    /// Best test error so far and its iteration, for the status bar; 0 without one.
    [[nodiscard]] double bestError() const;
    [[nodiscard]] std::int64_t bestIteration() const;

Q_SIGNALS:
    /// A plot export was refused or failed.
    void failed(const lmser::Error& error);
};

}  // namespace lmser::ui
