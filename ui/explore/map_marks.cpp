// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/map_marks.h"

#include <algorithm>

#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kPresent = 7;  // radii
constexpr int kDot = 2;
constexpr int kPointed = 5;

}  // namespace

MapMarks::MapMarks(QCustomPlot* plot, const QString& layer)
    : QCPLayerable(plot, layer), tokens_(lightTokens()) {}

QRect MapMarks::clipRect() const {
    return parentPlot()->axisRect()->rect();
}

void MapMarks::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(true);
}

QPointF MapMarks::pixelOf(const QPointF& point) const {
    return {parentPlot()->xAxis->coordToPixel(point.x()),
            parentPlot()->yAxis->coordToPixel(point.y())};
}

void MapMarks::draw(QCPPainter* painter) {
    applyDefaultAntialiasingHint(painter);
    if (pointed_) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(tokens_.text, 2));
        const double radius = scaled(kPointed);
        painter->drawEllipse(pixelOf(*pointed_), radius, radius);
    }
    if (present_) {
        drawPresent(*painter);
    }
}

// Outside of the view it stands at the edge, hollow.
void MapMarks::drawPresent(QCPPainter& painter) const {
    const QPointF at = pixelOf(*present_);
    const double radius = scaled(kPresent);
    const double edge = radius + 2;
    const QRectF room = QRectF(clipRect()).adjusted(edge, edge, -edge, -edge);
    const QPointF place(std::clamp(at.x(), room.left(), std::max(room.left(), room.right())),
                        std::clamp(at.y(), room.top(), std::max(room.top(), room.bottom())));
    constexpr double kHalo = 6;
    constexpr double kRing = 2.5;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens_.surface, kHalo));
    painter.drawEllipse(place, radius, radius);
    painter.setPen(QPen(tokens_.accent, kRing));
    painter.drawEllipse(place, radius, radius);
    if (QRectF(clipRect()).contains(at)) {
        const double dot = scaled(kDot);
        painter.setPen(QPen(tokens_.surface, 2));
        painter.setBrush(tokens_.accent);
        painter.drawEllipse(place, dot + 1, dot + 1);
    }
}

}  // namespace lmser::ui
