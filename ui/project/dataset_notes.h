// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <string>
#include <vector>

namespace lmser::ui {

/// What the user should know of a dataset, each note begun with a capital.
QStringList sentencesOf(const std::vector<std::string>& notes);

/// The same as a card has room for: two of them, cut where they are long, and how many more there are.
QString shortened(const QStringList& sentences);

}  // namespace lmser::ui
