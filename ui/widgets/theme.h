// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPalette>

#include "ui/widgets/tokens.h"

class QPainter;
class QRectF;

namespace lmser::ui {

/// What the user chose under View > Theme.
enum class ThemeChoice { system, light, dark };

/// Gives the application the style, fonts and palette of the choice; every widget follows at once.
void applyTheme(ThemeChoice choice);

/// The palette made of a theme's tokens.
QPalette paletteOf(const Tokens& tokens);

/// A size of tokens.h at the text size of this screen: 30 becomes 60 at 200 % text.
int scaled(int pixels);

/// The fonts of the program: 13 px text, 11 px spaced capitals for heads, numbers of equal width.
QFont textFont();
QFont headFont();
/// For columns and fields of numbers: digits of one width, so that they do not dance.
QFont numberFont();
QFont monospaceFont();

/// The ring around what has the keyboard focus: two pixels of accent along `rect`, `radius` round.
void paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius, const QWidget* widget);

}  // namespace lmser::ui
