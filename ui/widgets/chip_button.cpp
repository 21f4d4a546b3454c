// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip_button.h"

#include <QEvent>
#include <QPainter>

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kSides = 9;  // pixels between the pill's end and its words
constexpr int kChipHeight = 24;

QFont chipFont() {
    QFont font = textFont();
    font.setPointSizeF(font.pointSizeF() * (kTextPixels - 1) / kTextPixels);
    return font;
}

}  // namespace

ChipButton::ChipButton(const QString& text, QWidget* parent, bool checkable)
    : QAbstractButton(parent) {
    setText(text);
    setAccessibleName(text);
    setCheckable(checkable);
    setFont(chipFont());
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize ChipButton::sizeHint() const {
    const QFontMetrics metrics(font());
    int width = metrics.horizontalAdvance(text()) + 2 * scaled(kSides);
    if (!icon().isNull()) {
        width += scaled(iconSize().width()) + (text().isEmpty() ? 0 : kSpace);
    }
    return {width, qMax(scaled(kChipHeight), metrics.height() + 2 * kSpace)};
}

QSize ChipButton::minimumSizeHint() const {
    return sizeHint();
}

void ChipButton::changeEvent(QEvent* event) {
    if (event->type() == QEvent::ApplicationFontChange) {
        setFont(chipFont());
        updateGeometry();
    }
    QAbstractButton::changeEvent(event);
}

void ChipButton::paintEvent(QPaintEvent* /*event*/) {
    const Tokens& tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF pill = QRectF(rect()).adjusted(.5, .5, -.5, -.5);
    const qreal radius = pill.height() / 2;
    const bool on = isChecked();
    painter.setPen(on ? tokens.accent : tokens.line);
    painter.setBrush(on ? tokens.accentTint : tokens.surface);
    painter.drawRoundedRect(pill, radius, radius);
    if (isEnabled() && (underMouse() || isDown())) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.shade);
        painter.drawRoundedRect(pill, radius, radius);
    }
    QColor words = on ? tokens.accent : tokens.muted;
    if (!isEnabled()) {
        words = palette().color(QPalette::Disabled, QPalette::ButtonText);
    }
    painter.setPen(words);
    QRect room = rect();
    if (!icon().isNull()) {
        const int side = scaled(iconSize().width());
        const QRect place(scaled(kSides), (height() - side) / 2, side, side);
        icon().paint(&painter, place, Qt::AlignCenter,
                     isEnabled() ? QIcon::Normal : QIcon::Disabled);
        room.setLeft(place.right() + kSpace);
        room.setRight(width() - scaled(kSides));
    }
    painter.drawText(room, Qt::AlignCenter | Qt::TextShowMnemonic, text());
    if (hasFocus()) {
        paintFocusRing(painter, rect(), radius, this);
    }
}

ChipButton* actionChip(const QString& name, const QString& iconName, const QString& text,
                       const QString& tip, QWidget* parent) {
    auto* chip = new ChipButton(text, parent, false);
    chip->setObjectName(name);
    chip->setToolTip(tip);
    chip->setAccessibleDescription(tip);
    if (!iconName.isEmpty()) {
        constexpr int kSide = 3 * kSpace + 2;
        chip->setIcon(icon(iconName, IconTone::muted));
        chip->setIconSize({kSide, kSide});
    }
    return chip;
}

}  // namespace lmser::ui
