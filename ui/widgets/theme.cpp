// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QPainter>
#include <QStringList>
#include <QStyle>
#include <QtMath>
#include <algorithm>

#include "ui/widgets/style.h"
#include "ui/widgets/system_theme.h"

namespace lmser::ui {
namespace {

constexpr qreal kPointsPerPixel = 72.0 / 96.0;

/// The first of the families that is installed, else the system's own.
QString familyAmong(const QStringList& wanted, const QString& otherwise) {
    for (const QString& family : wanted) {
        if (QFontDatabase::hasFamily(family)) {
            return family;
        }
    }
    return otherwise;
}

QFont fontOf(const QString& family, int pixels) {
    // Points, not pixels: a pixel size would not follow the text size of the desktop.
    QFont font(family);
    font.setPointSizeF(pixels * kPointsPerPixel);
    return font;
}

const QString& textFamily() {
    static const QString family = familyAmong(
        {QStringLiteral("Inter")}, QFontDatabase::systemFont(QFontDatabase::GeneralFont).family());
    return family;
}

bool digitsShareOneWidth(const QFont& font) {
    const QFontMetricsF metrics(font);
    constexpr qreal kTolerance = .05;
    const qreal zero = metrics.horizontalAdvance(QLatin1Char('0'));
    const QString others = QStringLiteral("123456789");
    return std::all_of(others.begin(), others.end(), [&](QChar digit) {
        return qAbs(metrics.horizontalAdvance(digit) - zero) < kTolerance;
    });
}

}  // namespace

QFont textFont() {
    return fontOf(textFamily(), kTextPixels);
}

QFont headFont() {
    QFont font = fontOf(textFamily(), kHeadPixels);
    font.setWeight(QFont::DemiBold);
    font.setCapitalization(QFont::AllUppercase);
    constexpr qreal kSpacingPercent = 104;
    font.setLetterSpacing(QFont::PercentageSpacing, kSpacingPercent);
    return font;
}

QFont numberFont() {
    // Qt 6.4 cannot switch a font's tabular figures on; so a family whose figures are tabular anyway.
    static const QString family = [] {
        QStringList families{textFamily()};
        families << QStringLiteral("Liberation Sans") << QStringLiteral("Noto Sans")
                 << QStringLiteral("DejaVu Sans");
        for (const QString& name : families) {
            if (QFontDatabase::hasFamily(name) && digitsShareOneWidth(fontOf(name, kTextPixels))) {
                return name;
            }
        }
        return textFamily();
    }();
    return fontOf(family, kTextPixels);
}

QFont monospaceFont() {
    return fontOf(QFontDatabase::systemFont(QFontDatabase::FixedFont).family(), kTextPixels - 1);
}

int scaled(int pixels) {
    const qreal textPixels = QFontInfo(QApplication::font()).pixelSize();
    return qMax(pixels, qRound(pixels * textPixels / kTextPixels));
}

QPalette paletteOf(const Tokens& tokens) {
    QPalette palette;
    palette.setColor(QPalette::Window, tokens.window);
    palette.setColor(QPalette::WindowText, tokens.text);
    palette.setColor(QPalette::Base, tokens.surface);
    palette.setColor(QPalette::AlternateBase, tokens.canvas);
    palette.setColor(QPalette::Text, tokens.text);
    palette.setColor(QPalette::PlaceholderText, tokens.muted);
    palette.setColor(QPalette::Button, tokens.surface);
    palette.setColor(QPalette::ButtonText, tokens.text);
    palette.setColor(QPalette::BrightText, tokens.onAccent);
    palette.setColor(QPalette::Light, tokens.surface);
    palette.setColor(QPalette::Midlight, tokens.canvas);
    palette.setColor(QPalette::Mid, tokens.line);
    palette.setColor(QPalette::Dark, tokens.muted);
    palette.setColor(QPalette::Shadow, tokens.line);
    palette.setColor(QPalette::Highlight, tokens.accent);
    palette.setColor(QPalette::HighlightedText, tokens.onAccent);
    palette.setColor(QPalette::Link, tokens.accent);
    palette.setColor(QPalette::LinkVisited, tokens.accent);
    palette.setColor(QPalette::ToolTipBase, tokens.surface);
    palette.setColor(QPalette::ToolTipText, tokens.text);
    QColor faint = tokens.muted;
    constexpr float kFaint = .65F;
    faint.setAlphaF(kFaint);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, faint);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, tokens.track);
    return palette;
}

void applyTheme(ThemeChoice choice) {
    // Asked even where it does not count: it must see the palette before ours hides it.
    const bool darkSystem = SystemTheme::instance().isDark();
    const bool dark = choice == ThemeChoice::dark || (choice == ThemeChoice::system && darkSystem);
    if (qobject_cast<StudioStyle*>(QApplication::style()) == nullptr) {
        QApplication::setStyle(new StudioStyle);
    }
    QApplication::setFont(textFont());
    QApplication::setPalette(paletteOf(dark ? darkTokens() : lightTokens()));
}

void paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius, const QWidget* widget) {
    constexpr qreal kWidth = 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokensOf(widget).accent, kWidth));
    const qreal inset = kWidth / 2;
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter.restore();
}

}  // namespace lmser::ui
