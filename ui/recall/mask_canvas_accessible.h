// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lmser::ui {

/// Makes Qt describe MaskCanvases to screen readers: a picture whose value is its state in words. Any number of calls
/// is as good as one.
void describeMaskCanvases();

}  // namespace lmser::ui
