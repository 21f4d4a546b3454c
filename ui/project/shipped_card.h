// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lmser::ui {

/// What the window is told of a model that comes with the program.
struct ShippedCard {
    QString name;     ///< what OpenModel knows it by
    QString summary;  ///< a few words
    QString details;  ///< the Markdown file that describes it; may be absent
};

}  // namespace lmser::ui
