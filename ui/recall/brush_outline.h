// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>
#include <QPointF>

class QPainter;

namespace lmser::ui {

/// The border of a dab of the brush at a place of the picture, in pixels of the picture: of a fine brush the edges of
/// exactly the pixels that the dab would change, of a broad one the circle itself.
QPainterPath brushOutline(const QPointF& at, double diameter);

/// Draws a border that is in the painter's coordinates in two tones, so that it is seen on every picture.
void paintOutline(QPainter& painter, const QPainterPath& outline);

/// How far the drawn border reaches beyond the border itself, in logical pixels.
inline constexpr int kOutlineReach = 2;

}  // namespace lmser::ui
