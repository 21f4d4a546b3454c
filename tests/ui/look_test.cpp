// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QDirIterator>
#include <QPushButton>
#include <cmath>

#include "ui/status_line.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr double kTextContrast = 4.5;  // WCAG 2.1, level AA

double linear(double value) {
    return value <= .04045 ? value / 12.92 : std::pow((value + .055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
    return .2126 * linear(colour.redF()) + .7152 * linear(colour.greenF()) +
           .0722 * linear(colour.blueF());
}

double contrast(const QColor& one, const QColor& other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + .05) / (std::min(a, b) + .05);
}

TEST(Tokens, WordsStandOutFromEveryGroundInBothThemes) {
    for (const Tokens* tokens : {&lightTokens(), &darkTokens()}) {
        for (const QColor& ground : {tokens->window, tokens->surface, tokens->canvas}) {
            for (const QColor& words : {tokens->text, tokens->muted, tokens->accent,
                                        tokens->goodText, tokens->warningText}) {
                EXPECT_GE(contrast(words, ground), kTextContrast)
                    << words.name().toStdString() << " on " << ground.name().toStdString();
            }
        }
        EXPECT_GE(contrast(tokens->onAccent, tokens->accent), kTextContrast);
        EXPECT_GE(contrast(tokens->accent, tokens->accentTint), kTextContrast);
    }
}

TEST(Tokens, AreToldByThePaletteOfTheWidget) {
    QWidget widget;
    widget.setPalette(paletteOf(darkTokens()));
    EXPECT_EQ(tokensOf(&widget).surface, darkTokens().surface);
    widget.setPalette(paletteOf(lightTokens()));
    EXPECT_EQ(tokensOf(&widget).surface, lightTokens().surface);
}

TEST(Icons, EveryOneDrawsInTheInkOfTheTheme) {
    QDirIterator files(QStringLiteral(":/icons"));
    int seen = 0;
    while (files.hasNext()) {
        files.next();
        const QString name = files.fileInfo().completeBaseName();
        if (name == QLatin1String("lmser-studio")) {
            continue;
        }
        const QImage image = icon(name).pixmap(32).toImage();
        bool inked = false;
        for (int y = 0; y < image.height() && !inked; ++y) {
            for (int x = 0; x < image.width() && !inked; ++x) {
                inked = image.pixelColor(x, y).alpha() > 200;
            }
        }
        EXPECT_TRUE(inked) << name.toStdString();
        ++seen;
    }
    EXPECT_GT(seen, 20);
}

TEST(Icons, AnUnknownNameIsOurMistake) {
    EXPECT_THROW(icon(QStringLiteral("nonsense")), std::invalid_argument);
}

TEST(Card, HasItsHeadAsAccessibleName) {
    const Card card(QStringLiteral("Error per pixel"));
    EXPECT_EQ(card.accessibleName(), QStringLiteral("Error per pixel"));
}

TEST(Style, ControlsAreThirtyPixelsHigh) {
    QPushButton button(QStringLiteral("Step"));
    EXPECT_EQ(button.sizeHint().height(), scaled(kControlHeight));
}

TEST(ChipButton, IsCheckableAndNamedByItsWords) {
    ChipButton chip(QStringLiteral("log"));
    EXPECT_TRUE(chip.isCheckable());
    EXPECT_EQ(chip.accessibleName(), QStringLiteral("log"));
    EXPECT_FALSE(ChipButton(QStringLiteral("fit"), nullptr, false).isCheckable());
}

TEST(StatusLine, WritesDurationsInTwoUnits) {
    EXPECT_EQ(durationText(3.2), QStringLiteral("4 s"));
    EXPECT_EQ(durationText(200), QStringLiteral("3 min 20 s"));
    EXPECT_EQ(durationText(7500), QStringLiteral("2 h 5 min"));
}

}  // namespace
}  // namespace lmser::ui
