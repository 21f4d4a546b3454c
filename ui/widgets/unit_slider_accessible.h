// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lmser::ui {

class UnitSlider;

/// Makes Qt describe UnitSliders to screen readers: role slider, real-valued minimum, maximum and value, and
/// the actions increase, decrease and reset. Any number of calls is as good as one.
void describeUnitSliders();

/// Tells screen readers, where there are any, that the value changed.
void tellValue(UnitSlider* slider, double value);

}  // namespace lmser::ui
