// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/action_button.h"

#include <QAction>
#include <QStyleOptionButton>
#include <QStylePainter>

#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kHintPixels = 10;
constexpr int kGap = 6;

/// The icon in the ink of the words beside it, whatever tone it came in.
QPixmap inInk(const QIcon& icon, int side, qreal ratio, const QColor& ink) {
    QPixmap pixmap = icon.pixmap(QSize(side, side), ratio);
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRect(QPoint(0, 0), QSize(side, side)), ink);
    return pixmap;
}

}  // namespace

ActionButton::ActionButton(QAction* action, QWidget* parent)
    : QPushButton(parent), action_(action) {
    setObjectName(action->objectName() + QStringLiteral("Button"));
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    follow();
    connect(action, &QAction::changed, this, &ActionButton::follow);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
}

void ActionButton::setPrimary(bool primary) {
    primary_ = primary;
    setProperty("primary", primary);
    update();
}

void ActionButton::follow() {
    setText(action_->text());
    setAccessibleName(QString(action_->text()).remove(QLatin1Char('&')));
    setAccessibleDescription(action_->toolTip());
    setToolTip(hintText().isEmpty()
                   ? action_->toolTip()
                   : QStringLiteral("%1 (%2)").arg(action_->toolTip(), hintText()));
    setEnabled(action_->isEnabled());
    updateGeometry();
    update();
}

QFont ActionButton::hintFont() const {
    QFont font = textFont();
    font.setPointSizeF(font.pointSizeF() * kHintPixels / kTextPixels);
    return font;
}

QString ActionButton::hintText() const {
    return action_->shortcut().toString(QKeySequence::NativeText);
}

void ActionButton::setCompact(bool compact) {
    if (compact_ != compact) {
        compact_ = compact;
        updateGeometry();
        update();
    }
}

QSize ActionButton::sizeHint() const {
    return sizeWhere(compact_);
}

QSize ActionButton::sizeWhere(bool compact) const {
    const int sides = 2 * scaled(3 * kSpace);
    if (compact) {
        return {scaled(4 * kSpace) + sides, scaled(kControlHeight)};
    }
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    const int words = QFontMetrics(strong).horizontalAdvance(text());
    const QString hint = primary_ ? hintText() : QString();
    const int hintWidth =
        hint.isEmpty() ? 0 : QFontMetrics(hintFont()).horizontalAdvance(hint) + kGap;
    const int iconWidth = scaled(4 * kSpace) + kGap;
    return {iconWidth + words + hintWidth + sides, scaled(kControlHeight)};
}

QSize ActionButton::minimumSizeHint() const {
    return sizeHint();
}

void ActionButton::paintEvent(QPaintEvent* /*event*/) {
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    painter.drawControl(QStyle::CE_PushButtonBevel, option);

    const Tokens& tokens = tokensOf(this);
    const bool filled = primary_ && isEnabled();
    const int iconSide = scaled(4 * kSpace);
    const int left = scaled(3 * kSpace);
    const QRect iconRect(left, (height() - iconSide) / 2, iconSide, iconSide);
    QFont words = font();
    if (primary_) {
        words.setWeight(QFont::DemiBold);
    }
    QColor ink =
        palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText);
    if (filled) {
        ink = tokens.onAccent;
    }
    painter.setPen(ink);
    painter.drawPixmap(iconRect, inInk(action_->icon(), iconSide, devicePixelRatioF(), ink));
    if (!compact_) {
        paintWords(painter, words, rect().adjusted(iconRect.right() + kGap, 0, -left, 0));
    }
    if (hasFocus() && !filled) {
        paintFocusRing(painter, rect(), kControlRadius, this);
    }
}

void ActionButton::paintWords(QPainter& painter, const QFont& words, const QRect& room) const {
    painter.setFont(words);
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft, text());
    if (primary_ && !hintText().isEmpty()) {
        const int used = QFontMetrics(words).horizontalAdvance(text()) + kGap;
        painter.setFont(hintFont());
        painter.drawText(room.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         hintText());
    }
}

}  // namespace lmser::ui
