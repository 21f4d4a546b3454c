// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/draw_canvas.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {
namespace {

constexpr int kSide = 280;  // ten logical pixels a pixel of MNIST
// MNIST's strokes are two to three pixels wide with an edge that fades over one.
constexpr double kCore = 8;
constexpr double kReach = 14;
constexpr double kStep = 2;  // between two dabs: no bead is seen
constexpr int kLeastSide = 112;

/// How much of the brush's ink lies `distance` from its middle.
double inkAt(double distance) {
    const double part = std::clamp((kReach - distance) / (kReach - kCore), 0.0, 1.0);
    return part * part * (3 - 2 * part);
}

/// Lays the brush down at `at`: the most ink wins, so that slow strokes are no darker than quick ones.
void layDown(QImage& ink, const QPointF& at, bool erases) {
    const int left = std::max(0, static_cast<int>(std::floor(at.x() - kReach)));
    const int right = std::min(kSide - 1, static_cast<int>(std::ceil(at.x() + kReach)));
    const int top = std::max(0, static_cast<int>(std::floor(at.y() - kReach)));
    const int bottom = std::min(kSide - 1, static_cast<int>(std::ceil(at.y() + kReach)));
    constexpr double kFull = 255;
    for (int y = top; y <= bottom; ++y) {
        uchar* line = ink.scanLine(y);
        for (int x = left; x <= right; ++x) {
            const double laid = kFull * inkAt(std::hypot(x + .5 - at.x(), y + .5 - at.y()));
            line[x] = erases ? std::min(line[x], static_cast<uchar>(kFull - laid))
                             : std::max(line[x], static_cast<uchar>(laid));
        }
    }
}

/// Draws from `start` to `end`, on the way pulled towards `bend`.
void drawCurve(QImage& ink, const QPointF& start, const QPointF& bend, const QPointF& end,
               bool erases) {
    const QPointF there = bend - start;
    const QPointF on = end - bend;
    const double length = std::hypot(there.x(), there.y()) + std::hypot(on.x(), on.y());
    const int steps = std::max(1, static_cast<int>(length / kStep));
    for (int i = 0; i <= steps; ++i) {
        const double t = static_cast<double>(i) / steps;
        layDown(ink, start + 2 * t * (1 - t) * there + t * t * (end - start), erases);
    }
}

}  // namespace

DrawCanvas::DrawCanvas(QWidget* parent)
    : QWidget(parent), ink_(kSide, kSide, QImage::Format_Grayscale8) {
    ink_.fill(kBlackPixels);
    setObjectName(QStringLiteral("drawCanvas"));
    setAccessibleName(tr("Drawing pad"));
    setAccessibleDescription(
        tr("Draw a digit with the mouse. Ctrl+Z takes a stroke back, Delete clears the pad."));
    setToolTip(tr("Left draws, right erases. Ctrl+Z takes a stroke back, Delete clears the pad."));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QImage DrawCanvas::drawing(int side) const {
    return ink_.scaled(side, side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_Grayscale8);
}

void DrawCanvas::undo() {
    if (!strokes_.empty() && drawing_ == Qt::NoButton) {
        strokes_.pop_back();
        redraw();
        Q_EMIT strokesChanged();
    }
}

void DrawCanvas::clear() {
    strokes_.clear();
    drawing_ = Qt::NoButton;
    redraw();
}

QSize DrawCanvas::sizeHint() const {
    return {kSide, kSide};
}

QSize DrawCanvas::minimumSizeHint() const {
    return {kLeastSide, kLeastSide};
}

QRectF DrawCanvas::sheet() const {
    const int side = std::min(width(), height());
    return {(width() - side) / 2.0, (height() - side) / 2.0, qreal(side), qreal(side)};
}

QPointF DrawCanvas::onSheet(const QPointF& widget) const {
    const QRectF place = sheet();
    return (widget - place.topLeft()) * kSide / place.width();
}

bool DrawCanvas::event(QEvent* event) {
    // Here Ctrl+Z is the stroke's, not the code's.
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Undo)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void DrawCanvas::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Undo)) {
        undo();
    } else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        if (!isEmpty()) {
            clear();
            Q_EMIT strokesChanged();
        }
    } else {
        QWidget::keyPressEvent(event);
    }
}

void DrawCanvas::mousePressEvent(QMouseEvent* event) {
    const bool erases = event->button() == Qt::RightButton;
    if (drawing_ != Qt::NoButton || (event->button() != Qt::LeftButton && !erases)) {
        return;
    }
    if (erases && isEmpty()) {
        return;  // there is nothing to erase, and so no step to take back
    }
    drawing_ = event->button();
    strokes_.push_back({{}, erases});
    extend(onSheet(event->position()));
}

void DrawCanvas::mouseMoveEvent(QMouseEvent* event) {
    if (drawing_ != Qt::NoButton) {
        extend(onSheet(event->position()));
    }
}

void DrawCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (drawing_ != Qt::NoButton && event->button() == drawing_) {
        drawing_ = Qt::NoButton;
        finish(strokes_.back());
        update();
        Q_EMIT strokesChanged();
    }
}

void DrawCanvas::extend(const QPointF& to) {
    Stroke& stroke = strokes_.back();
    stroke.points.push_back(to);
    dab(stroke, stroke.points.size() - 1);
    update();
    Q_EMIT strokeGrew();
}

// Through the middles between the points, bent at each point: no corner is seen where a quick hand left few of
// them. A single point is a dot.
void DrawCanvas::dab(const Stroke& stroke, std::size_t at) {
    const std::vector<QPointF>& points = stroke.points;
    const QPointF bend = points[at == 0 ? 0 : at - 1];
    const QPointF start = at < 2 ? points[0] : (points[at - 2] + bend) / 2;
    drawCurve(ink_, start, bend, (bend + points[at]) / 2, stroke.erases);
}

// The rest of the way, to where the button was let go.
void DrawCanvas::finish(const Stroke& stroke) {
    const std::size_t count = stroke.points.size();
    const QPointF end = stroke.points.back();
    const QPointF start = count < 2 ? end : (stroke.points[count - 2] + end) / 2;
    drawCurve(ink_, start, (start + end) / 2, end, stroke.erases);
}

void DrawCanvas::redraw() {
    ink_.fill(kBlackPixels);
    for (const Stroke& stroke : strokes_) {
        for (std::size_t i = 0; i < stroke.points.size(); ++i) {
            dab(stroke, i);
        }
        finish(stroke);
    }
    update();
}

void DrawCanvas::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) {
        update();
    }
    QWidget::changeEvent(event);
}

void DrawCanvas::paintEvent(QPaintEvent* /*event*/) {
    const Tokens& tokens = tokensOf(this);
    QPainter painter(this);
    const QRectF place = sheet();
    painter.setRenderHint(QPainter::Antialiasing);
    if (isEmpty()) {
        paintPlaceholder(painter, place, tr("draw here"), tokens);
    } else {
        const QImage shown = ink_.scaled((place.size() * devicePixelRatioF()).toSize(),
                                         Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        paintPicture(painter, place, shown, kCardRadius, tokens.surface);
    }
    if (hasFocus()) {
        paintFocusRing(painter, place, kCardRadius, this);
    }
}

}  // namespace lmser::ui
