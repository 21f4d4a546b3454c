// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/result.h"

namespace lmser {

/// Whether a window can be opened, asked before QApplication is made, which would abort. no_display where
/// neither Wayland nor X can be reached; platforms without a display (offscreen, minimal, …) are fine.
Result<void> probe_display();

/// The same for a given platform ("" is Qt's choice) and the names in WAYLAND_DISPLAY and DISPLAY.
Result<void> probe_display(const std::string& platform, const std::string& wayland,
                           const std::string& x11);

}  // namespace lmser
