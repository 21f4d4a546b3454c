// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"

namespace lmser {

/// What was asked, for as long as it is wanted: an X server whose last client leaves begins anew, and takes nobody
/// meanwhile. Nothing where no X was asked.
using DisplayHold = std::shared_ptr<void>;

/// Whether a window can be opened, asked before QApplication is made, which would abort. no_display where
/// neither Wayland nor X can be reached; platforms without a display (offscreen, minimal, …) are fine. What `hold`
/// gets is kept until QApplication is there.
Result<void> probe_display(DisplayHold& hold);

/// The same, which gives what is to be held, for a given platform ("" is Qt's choice) and the names in WAYLAND_DISPLAY and DISPLAY.
Result<DisplayHold> probe_display(const std::string& platform, const std::string& wayland,
                                  const std::string& x11);

}  // namespace lmser
