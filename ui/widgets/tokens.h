// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <array>

class QPalette;
class QWidget;

namespace lmser::ui {

/// The design tokens of one theme. No colour literal stands anywhere else.
struct Tokens {
    QColor window, surface, canvas, line, track;
    QColor text, muted;
    QColor accent, accentTint, onAccent;
    QColor good, warning;          ///< shapes: bars, dots, borders
    QColor goodText, warningText;  ///< the same as words, at least 4.5:1 on every ground
    QColor shade;                  ///< translucent, laid over a surface where the pointer is
    std::array<QColor, 8>
        series;  ///< Okabe-Ito, for curves; each run also has its own dash and marker
};

/// The tokens of the theme that the widget is shown in (told by its palette).
const Tokens& tokensOf(const QWidget* widget);
/// The same for a palette, as a style or an icon meets it.
const Tokens& tokensOf(const QPalette& palette);
const Tokens& lightTokens();
const Tokens& darkTokens();

// The ground of pictures themselves, whatever the theme: of QImage::fill(), grey or 32 bits.
inline constexpr unsigned int kBlackPixels = 0xFF000000U;
inline constexpr unsigned int kWhitePixels = 0xFFFFFFFFU;

// Sizes in pixels at 100 %; spacing goes in steps of 4. See scaled() in theme.h for larger text.
inline constexpr int kSpace = 4;
inline constexpr int kControlHeight = 30;
inline constexpr int kCardRadius = 10;
inline constexpr int kPanelRadius = 12;
inline constexpr int kControlRadius = 7;
inline constexpr int kTextPixels = 13;
inline constexpr int kHeadPixels = 11;

}  // namespace lmser::ui
