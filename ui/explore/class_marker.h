// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <cstddef>

#include "ui/widgets/tokens.h"

namespace lmser::ui {

/// The mark of a class on the map and in its legend: colour (Okabe-Ito) and shape, so that ten classes are told
/// apart whatever colours the eye sees. `size` is its diameter in logical pixels at `ratio` device pixels each.
QImage classMarker(std::size_t index, const Tokens& tokens, double size, double ratio);

}  // namespace lmser::ui
