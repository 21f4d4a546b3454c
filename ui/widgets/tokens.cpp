// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tokens.h"

#include <QPalette>
#include <QWidget>

namespace lmser::ui {

const Tokens& lightTokens() {
    static const Tokens tokens{
        .window = QColor(0xF6F7F9),
        .surface = QColor(0xFFFFFF),
        .canvas = QColor(0xFAFBFC),
        .line = QColor(0xE1E4EA),
        .track = QColor(0xE4E7EC),
        .text = QColor(0x1B1E25),
        .muted = QColor(0x667085),
        .accent = QColor(0x3B5BDB),
        .accentTint = QColor(0xE8EDFF),
        .onAccent = QColor(0xFFFFFF),
        .good = QColor(0x009E73),
        .warning = QColor(0xD55E00),
        .goodText = QColor(0x00795A),
        .warningText = QColor(0xB04A00),
        .shade = QColor(0x1B, 0x1E, 0x25, 14),
        .series = {QColor(0x0072B2), QColor(0xD55E00), QColor(0x009E73), QColor(0xCC79A7),
                   QColor(0xE69F00), QColor(0x56B4E9), QColor(0x8C7A00), QColor(0x8A8F99)},
    };
    return tokens;
}

const Tokens& darkTokens() {
    static const Tokens tokens{
        .window = QColor(0x14161B),
        .surface = QColor(0x1C1F26),
        .canvas = QColor(0x171A20),
        .line = QColor(0x2B2F39),
        .track = QColor(0x2F3440),
        .text = QColor(0xE7E9EE),
        .muted = QColor(0x98A0AE),
        .accent = QColor(0x8098FF),
        .accentTint = QColor(0x26305A),
        .onAccent = QColor(0x14161B),
        .good = QColor(0x2BC79A),
        .warning = QColor(0xFF8A4C),
        .goodText = QColor(0x2BC79A),
        .warningText = QColor(0xFF8A4C),
        .shade = QColor(0xE7, 0xE9, 0xEE, 18),
        .series = {QColor(0x56B4E9), QColor(0xFF7A3D), QColor(0x2BC79A), QColor(0xF0A0CC),
                   QColor(0xFFB000), QColor(0x6A74F0), QColor(0xF4EE72), QColor(0x98A0AE)},
    };
    return tokens;
}

const Tokens& tokensOf(const QPalette& palette) {
    constexpr int kMiddle = 128;
    const bool dark = palette.color(QPalette::Active, QPalette::Window).lightness() < kMiddle;
    return dark ? darkTokens() : lightTokens();
}

const Tokens& tokensOf(const QWidget* widget) {
    return widget != nullptr ? tokensOf(widget->palette()) : tokensOf(QPalette());
}

}  // namespace lmser::ui
