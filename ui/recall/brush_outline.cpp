// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/brush_outline.h"

#include <QPainter>
#include <cmath>

#include "core/base/mask.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {
namespace {

constexpr double kCircleFrom =
    9;  // pixels of the picture; below, a circle says too little about them

/// The dab on a patch of the picture just large enough for it, whose left upper pixel is `corner`.
Mask dab(const QPointF& at, double diameter, QPoint& corner) {
    const int reach = static_cast<int>(std::ceil(diameter / 2)) + 2;
    corner = QPoint(static_cast<int>(std::floor(at.x())) - reach,
                    static_cast<int>(std::floor(at.y())) - reach);
    const PicturePoint middle{at.x() - corner.x(), at.y() - corner.y()};
    Mask patch = nothing_hidden(2 * reach + 1, 2 * reach + 1);
    paint(patch, middle, middle, diameter, MaskChange::hide);
    return patch;
}

void addEdge(QPainterPath& path, const QPointF& from, const QPointF& to) {
    path.moveTo(from);
    path.lineTo(to);
}

/// Wherever a pixel differs from the one left of it or above it. The border of the patch is free of the dab.
QPainterPath edgesOf(const Mask& patch, const QPointF& corner) {
    QPainterPath path;
    const auto at = [&patch](int x, int y) {
        return patch.hidden[static_cast<std::size_t>(y) * static_cast<std::size_t>(patch.width) +
                            static_cast<std::size_t>(x)];
    };
    for (int y = 1; y < patch.height; ++y) {
        for (int x = 1; x < patch.width; ++x) {
            const QPointF here = corner + QPointF(x, y);
            if (at(x, y) != at(x - 1, y)) {
                addEdge(path, here, here + QPointF(0, 1));
            }
            if (at(x, y) != at(x, y - 1)) {
                addEdge(path, here, here + QPointF(1, 0));
            }
        }
    }
    return path;
}

}  // namespace

QPainterPath brushOutline(const QPointF& at, double diameter) {
    if (diameter < kCircleFrom) {
        QPoint corner;
        const Mask patch = dab(at, diameter, corner);
        return edgesOf(patch, corner);
    }
    QPainterPath circle;
    circle.addEllipse(at, diameter / 2, diameter / 2);
    return circle;
}

void paintOutline(QPainter& painter, const QPainterPath& outline) {
    constexpr qreal kBelow = 3;
    const bool edges = outline.elementCount() > 1 && outline.elementAt(1).isLineTo();
    const qreal above = edges ? 1 : 1.25;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, !edges);  // level and upright lines stay crisp
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor::fromRgb(kBlackPixels), kBelow, Qt::SolidLine, Qt::SquareCap));
    painter.drawPath(outline);
    painter.setPen(QPen(QColor::fromRgb(kWhitePixels), above, Qt::SolidLine, Qt::SquareCap));
    painter.drawPath(outline);
    painter.restore();
}

}  // namespace lmser::ui
