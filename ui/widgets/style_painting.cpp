// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style_painting.h"

#include <QAbstractSpinBox>
#include <QPainter>
#include <QPainterPath>

#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr qreal kStroke = 1.6;
constexpr qreal kHalf = .5;  // hairlines lie on the middle of their pixels

bool isOn(const QStyleOption& option, QStyle::StateFlag flag) {
    return (option.state & flag) != 0;
}

/// A painter with antialiasing that gives back what it changed.
class Canvas {
public:
    explicit Canvas(QPainter& painter) : painter_(painter) {
        painter_.save();
        painter_.setRenderHint(QPainter::Antialiasing);
    }
    ~Canvas() { painter_.restore(); }
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    void box(const QRectF& rect, const QColor& fill, const QColor& line, qreal radius,
             qreal width = 1) {
        painter_.setBrush(fill);
        painter_.setPen(line.alpha() == 0 ? QPen(Qt::NoPen) : QPen(line, width));
        const qreal inset = line.alpha() == 0 ? 0 : width / 2;
        painter_.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    }
    void shape(const QPolygonF& points, const QColor& colour) {
        painter_.setBrush(Qt::NoBrush);
        painter_.setPen(QPen(colour, kStroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter_.drawPolyline(points);
    }

private:
    QPainter& painter_;
};

void chevron(Canvas& canvas, const QRectF& room, bool up, const QColor& colour) {
    const QPointF middle = room.center();
    const qreal reach = scaled(kSpace) - kHalf;
    const qreal rise = (up ? -reach : reach) / 2;
    canvas.shape({middle + QPointF(-reach, -rise), middle + QPointF(0, rise),
                  middle + QPointF(reach, -rise)},
                 colour);
}

QColor wordsOf(const QStyleOption& option, QPalette::ColorRole role) {
    return option.palette.color(
        isOn(option, QStyle::State_Enabled) ? QPalette::Active : QPalette::Disabled, role);
}

}  // namespace

void paintButton(QPainter& painter, const QStyleOption& option, bool primary) {
    const Tokens& tokens = tokensOf(option.palette);
    Canvas canvas(painter);
    const bool enabled = isOn(option, QStyle::State_Enabled);
    const bool on = isOn(option, QStyle::State_On);
    const bool filled = primary && enabled;
    QColor fill = on ? tokens.accentTint : tokens.surface;
    QColor line = on ? tokens.accent : tokens.line;
    if (filled) {
        fill = line = tokens.accent;
    }
    canvas.box(option.rect, fill, line, kControlRadius);
    if (enabled && isOn(option, QStyle::State_Sunken)) {
        canvas.box(option.rect, tokens.shade, Qt::transparent, kControlRadius);
    }
    if (enabled && isOn(option, QStyle::State_MouseOver)) {
        canvas.box(option.rect, tokens.shade, Qt::transparent, kControlRadius);
    }
    if (filled && isOn(option, QStyle::State_HasFocus)) {
        // The ring alone would vanish on a ground of its own colour.
        constexpr qreal kInset = 2;
        canvas.box(QRectF(option.rect).adjusted(kInset, kInset, -kInset, -kInset), Qt::transparent,
                   tokens.onAccent, kControlRadius - kInset, kStroke);
    }
}

void paintToolButton(QPainter& painter, const QStyleOption& option) {
    const Tokens& tokens = tokensOf(option.palette);
    Canvas canvas(painter);
    if (isOn(option, QStyle::State_On)) {
        canvas.box(option.rect, tokens.accentTint, tokens.accent, kControlRadius);
    }
    if (isOn(option, QStyle::State_Enabled) &&
        (option.state & (QStyle::State_MouseOver | QStyle::State_Sunken)) != 0) {
        canvas.box(option.rect, tokens.shade, Qt::transparent, kControlRadius);
    }
}

void paintField(QPainter& painter, const QStyleOption& option) {
    const Tokens& tokens = tokensOf(option.palette);
    Canvas canvas(painter);
    const bool enabled = isOn(option, QStyle::State_Enabled);
    const bool focused = enabled && isOn(option, QStyle::State_HasFocus);
    const bool hovered = enabled && isOn(option, QStyle::State_MouseOver);
    QColor line = tokens.line;
    if (focused) {
        line = tokens.accent;
    } else if (hovered) {
        line = tokens.muted;
    }
    canvas.box(option.rect, enabled ? tokens.surface : tokens.canvas, line, kControlRadius,
               focused ? 2 : 1);
}

void paintCheckBox(QPainter& painter, const QStyleOption& option) {
    const Tokens& tokens = tokensOf(option.palette);
    Canvas canvas(painter);
    const QRectF box = option.rect;
    const bool on = (option.state & (QStyle::State_On | QStyle::State_NoChange)) != 0;
    const QColor fill = isOn(option, QStyle::State_Enabled) ? tokens.accent : tokens.muted;
    canvas.box(box, on ? fill : tokens.surface, on ? fill : tokens.muted, kSpace);
    const auto at = [&](qreal x, qreal y) {
        return box.topLeft() + QPointF(x * box.width(), y * box.height());
    };
    if (isOn(option, QStyle::State_NoChange)) {
        canvas.shape({at(.28, .5), at(.72, .5)}, tokens.onAccent);
    } else if (on) {
        canvas.shape({at(.24, .52), at(.43, .71), at(.77, .32)}, tokens.onAccent);
    }
}

void paintRadioButton(QPainter& painter, const QStyleOption& option) {
    const Tokens& tokens = tokensOf(option.palette);
    Canvas canvas(painter);
    const QRectF box = option.rect;
    const bool on = isOn(option, QStyle::State_On);
    const QColor fill = isOn(option, QStyle::State_Enabled) ? tokens.accent : tokens.muted;
    canvas.box(box, on ? fill : tokens.surface, on ? fill : tokens.muted, box.width() / 2);
    if (on) {
        const qreal inset = box.width() * .32;
        const QRectF dot = box.adjusted(inset, inset, -inset, -inset);
        canvas.box(dot, tokens.onAccent, Qt::transparent, dot.width() / 2);
    }
}

void paintSpinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& up,
                  const QRect& down) {
    paintField(painter, option);
    const bool wanted = (option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus)) != 0;
    if (up.isEmpty() || !wanted || !isOn(option, QStyle::State_Enabled)) {
        return;  // fields of numbers are quiet until they are used
    }
    const Tokens& tokens = tokensOf(option.palette);
    Canvas canvas(painter);
    const auto colourOf = [&](QAbstractSpinBox::StepEnabledFlag flag) {
        return (option.stepEnabled & flag) != 0 ? tokens.text : tokens.line;
    };
    const qreal nudge = kSpace / 2.0;  // brings the two chevrons closer together
    chevron(canvas, QRectF(up).translated(0, nudge), true,
            colourOf(QAbstractSpinBox::StepUpEnabled));
    chevron(canvas, QRectF(down).translated(0, -nudge), false,
            colourOf(QAbstractSpinBox::StepDownEnabled));
}

void paintComboBox(QPainter& painter, const QStyleOptionComboBox& option, const QRect& arrow) {
    paintField(painter, option);
    Canvas canvas(painter);
    chevron(canvas, arrow, false, wordsOf(option, QPalette::PlaceholderText));
}

void paintScrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle) {
    if (option.maximum <= option.minimum) {
        return;
    }
    const Tokens& tokens = tokensOf(option.palette);
    Canvas canvas(painter);
    QColor colour = tokens.muted;
    constexpr float kQuiet = .35F;
    constexpr float kAwake = .75F;
    const bool awake = (option.state & (QStyle::State_MouseOver | QStyle::State_Sunken)) != 0;
    colour.setAlphaF(awake ? kAwake : kQuiet);
    const QRectF bar = QRectF(handle).adjusted(2, 2, -2, -2);
    canvas.box(bar, colour, Qt::transparent, qMin(bar.width(), bar.height()) / 2);
}

void paintSlider(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle) {
    const Tokens& tokens = tokensOf(option.palette);
    Canvas canvas(painter);
    const bool level = option.orientation == Qt::Horizontal;
    const QRectF all = option.rect;
    const QPointF middle = QRectF(handle).center();
    constexpr qreal kThick = 3;
    const QRectF track = level ? QRectF(all.left(), middle.y() - kThick / 2, all.width(), kThick)
                               : QRectF(middle.x() - kThick / 2, all.top(), kThick, all.height());
    canvas.box(track, tokens.track, Qt::transparent, kThick / 2);
    const bool enabled = isOn(option, QStyle::State_Enabled);
    const QColor colour = enabled ? tokens.accent : tokens.muted;
    QRectF filled = track;
    if (level) {
        filled.setRight(middle.x());
    } else {
        filled.setTop(middle.y());
    }
    canvas.box(filled, colour, Qt::transparent, kThick / 2);
    const qreal radius = qMin(handle.width(), handle.height()) / 2.0 - 2;
    const QRectF knob(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius);
    canvas.box(knob, tokens.surface, colour, radius, isOn(option, QStyle::State_HasFocus) ? 4 : 2);
}

void paintHairline(QPainter& painter, const QStyleOption& option, Qt::Edge edge) {
    const QRect rect = option.rect;
    const int y = edge == Qt::TopEdge ? rect.top() : rect.bottom();
    painter.fillRect(QRect(rect.left(), y, rect.width(), 1), tokensOf(option.palette).line);
}

void paintTab(QPainter& painter, const QStyleOption& option) {
    const Tokens& tokens = tokensOf(option.palette);
    Canvas canvas(painter);
    if (isOn(option, QStyle::State_Selected)) {
        constexpr int kMark = 2;
        const QRect mark(option.rect.left(), option.rect.bottom() + 1 - kMark, option.rect.width(),
                         kMark);
        painter.fillRect(mark, tokens.accent);
    }
    if (isOn(option, QStyle::State_HasFocus)) {
        constexpr int kInset = kSpace;
        canvas.box(option.rect.adjusted(kInset, kInset, -kInset, -kInset), Qt::transparent,
                   tokens.accent, kControlRadius, 2);
    }
}

void paintTabLabel(QPainter& painter, const QStyleOptionTab& option) {
    const Tokens& tokens = tokensOf(option.palette);
    Canvas canvas(painter);
    const bool strong =
        isOn(option, QStyle::State_Selected) || isOn(option, QStyle::State_MouseOver);
    QFont font = painter.font();
    if (isOn(option, QStyle::State_Selected)) {
        font.setWeight(QFont::DemiBold);
    }
    painter.setFont(font);
    painter.setPen(strong ? tokens.text : tokens.muted);
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextHideMnemonic, option.text);
}

void paintMenuBarItem(QPainter& painter, const QStyleOptionMenuItem& option) {
    const Tokens& tokens = tokensOf(option.palette);
    Canvas canvas(painter);
    const bool active = isOn(option, QStyle::State_Selected) || isOn(option, QStyle::State_Sunken);
    if (active) {
        canvas.box(QRectF(option.rect).adjusted(1, 2, -1, -2), tokens.shade, Qt::transparent,
                   kControlRadius);
    }
    painter.setPen(active ? tokens.text : tokens.muted);
    // As desktops do it, the letters are underlined once Alt was pressed.
    const bool keys = isOn(option, QStyle::State_KeyboardFocusChange) || active;
    painter.drawText(option.rect,
                     Qt::AlignCenter | (keys ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
                     option.text);
    paintHairline(painter, option, Qt::BottomEdge);
}

void paintProgressGroove(QPainter& painter, const QStyleOption& option) {
    Canvas canvas(painter);
    const QRectF rect = option.rect;
    canvas.box(rect, tokensOf(option.palette).track, Qt::transparent, rect.height() / 2);
}

void paintProgress(QPainter& painter, const QStyleOptionProgressBar& option) {
    Canvas canvas(painter);
    const qreal span = qMax(1, option.maximum - option.minimum);
    const qreal share = qBound(0.0, (option.progress - option.minimum) / span, 1.0);
    QRectF rect = option.rect;
    rect.setWidth(rect.width() * share);
    if (rect.width() > 0) {
        canvas.box(rect, tokensOf(option.palette).accent, Qt::transparent,
                   qMin(rect.height(), rect.width()) / 2);
    }
}

void paintSeparator(QPainter& painter, const QStyleOption& option) {
    const QRect rect = option.rect;
    const bool upright = rect.height() > rect.width();
    const QRect line = upright ? QRect(rect.center().x(), rect.top(), 1, rect.height())
                               : QRect(rect.left(), rect.center().y(), rect.width(), 1);
    const Tokens& tokens = tokensOf(option.palette);
    painter.fillRect(line, isOn(option, QStyle::State_MouseOver) ? tokens.accent : tokens.line);
}

}  // namespace lmser::ui
