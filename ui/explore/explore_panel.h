// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/session/command.h"
#include "core/session/snapshot.h"

namespace lmser::ui {

/// The Explore workspace: the picture of the present code, one row a top unit, the sweep of the selected unit,
/// the start picture. Shows what it is given and asks through commandRequested.
class ExplorePanel : public QWidget {
    Q_OBJECT
public:
    explicit ExplorePanel(QWidget* parent = nullptr);

    /// The widget for the Inspector dock: the start picture, live or kept weights, shortcuts, the code.
    [[nodiscard]] QWidget* inspector() const;

    void openRun(const RunOpened& run);
    void setDataset(const DatasetLoaded& dataset);
    void showExploration(const Exploration& exploration);
    void showDecoded(const DecodedPicture& picture);
    void showSwept(const SweptPictures& pictures);
    void showEncoded(const Encoded& encoded);

Q_SIGNALS:
    void commandRequested(const lmser::Command& command);
    void failed(const lmser::Error& error);
};

}  // namespace lmser::ui
