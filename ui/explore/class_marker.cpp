// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/class_marker.h"

#include <QPainter>
#include <QPainterPath>
#include <array>
#include <cmath>

namespace lmser::ui {
namespace {

enum class Shape { disc, square, triangle, diamond, cross, ring };

// The eight colours begin again at the ninth class: there the shapes are ones that no filled mark is taken for.
constexpr std::array<Shape, 10> kShapes{
    Shape::disc,   Shape::square,   Shape::triangle, Shape::diamond, Shape::disc,
    Shape::square, Shape::triangle, Shape::diamond,  Shape::cross,   Shape::ring};

/// Around the origin, as large as a disc of radius 1 looks.
QPainterPath outline(Shape shape) {
    QPainterPath path;
    constexpr qreal kSquare = .88;
    constexpr qreal kDiamond = 1.2;
    constexpr qreal kArm = .36;
    switch (shape) {
        case Shape::disc:
            path.addEllipse(QPointF(), 1, 1);
            break;
        case Shape::square:
            path.addRect(QRectF(-kSquare, -kSquare, 2 * kSquare, 2 * kSquare));
            break;
        case Shape::triangle:
            path.addPolygon(QPolygonF{{0, -1.2}, {1.15, .9}, {-1.15, .9}, {0, -1.2}});
            break;
        case Shape::diamond:
            path.addPolygon(QPolygonF{
                {0, -kDiamond}, {kDiamond, 0}, {0, kDiamond}, {-kDiamond, 0}, {0, -kDiamond}});
            break;
        case Shape::cross: {
            QPainterPath across;
            across.addRect(QRectF(-1.2, -kArm, 2.4, 2 * kArm));
            path.addRect(QRectF(-kArm, -1.2, 2 * kArm, 2.4));
            path = path.united(across);
            break;
        }
        case Shape::ring: {
            constexpr qreal kHole = .5;
            QPainterPath hole;
            hole.addEllipse(QPointF(), kHole, kHole);
            path.addEllipse(QPointF(), 1.1, 1.1);
            path = path.subtracted(hole);
            break;
        }
    }
    return path;
}

}  // namespace

QImage classMarker(std::size_t index, const Tokens& tokens, double size, double ratio) {
    constexpr double kHalo = .75;   // of the ground around it, so that neighbours stay apart
    constexpr double kRoom = 1.25;  // shapes reach beyond the disc
    const double radius = size / 2;
    const int side = 2 * static_cast<int>(std::ceil((radius * kRoom + kHalo) * ratio)) + 1;
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(side / 2.0, side / 2.0);
    painter.scale(radius * ratio, radius * ratio);
    const QPainterPath path = outline(kShapes.at(index % kShapes.size()));
    painter.strokePath(path, QPen(tokens.surface, 2 * kHalo / radius));
    painter.fillPath(path, tokens.series.at(index % tokens.series.size()));
    painter.end();
    image.setDevicePixelRatio(ratio);
    return image;
}

}  // namespace lmser::ui
