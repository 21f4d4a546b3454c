// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/session/snapshot.h"
#include "ui/widgets/card.h"

class QBoxLayout;
class QStackedLayout;

namespace lmser::ui {

class ChangePlot;
class PictureSheet;

inline constexpr int kTrailRounds = 10;

/// The recall round after round: visible pixels are held, the rest is remembered again from what was remembered. One
/// picture a round, the present number of rounds framed, and how much each round changed.
class TrailCard : public Card {
    Q_OBJECT
public:
    explicit TrailCard(QWidget* parent = nullptr);

    void show(const RecalledTrail& trail);
    void clear();
    /// How many rounds a recall has now: its picture is framed.
    void setRounds(int rounds);

Q_SIGNALS:
    /// As many rounds are wanted, from 1 on.
    void roundsChosen(int rounds);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    PictureSheet* rounds_;
    ChangePlot* change_;
    QLabel* hint_;
    QBoxLayout* row_;
    QWidget* content_;
    QStackedLayout* pages_;  ///< what to do, or the content
};

}  // namespace lmser::ui
