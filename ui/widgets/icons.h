// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace lmser::ui {

/// Which token an icon is drawn in.
enum class IconTone { text, muted, accent, onAccent, warning };

/// The icon resources/icons/<name>.svg. It is drawn in the colours of the theme that is on when it is painted,
/// so that an icon made once follows every change. Throws std::invalid_argument where there is none.
QIcon icon(const QString& name, IconTone tone = IconTone::text);

/// The mark of the program, in its own colours.
QIcon applicationIcon();

}  // namespace lmser::ui
