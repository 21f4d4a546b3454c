// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

namespace lmser::ui {

/// Stands where data would be chosen while a network is explored without its dataset. Hidden until then.
class NoDataCard : public Card {
    Q_OBJECT
public:
    NoDataCard();

    /// Shows itself with a title and why.
    void say(const QString& title, const QString& words);

private:
    QLabel* title_;
    QLabel* words_;
};

}  // namespace lmser::ui
