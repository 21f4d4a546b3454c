// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QDirIterator>
#include <QPushButton>
#include <QStyle>
#include <array>
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

/// Oklab, in which equal distances look equally different (Ottosson 2020).
std::array<double, 3> oklab(const QColor& colour) {
    const double r = linear(colour.redF());
    const double g = linear(colour.greenF());
    const double b = linear(colour.blueF());
    const double l = std::cbrt(.4122214708 * r + .5363325363 * g + .0514459929 * b);
    const double m = std::cbrt(.2119034982 * r + .6806995451 * g + .1073969566 * b);
    const double s = std::cbrt(.0883024619 * r + .2817188376 * g + .6299787005 * b);
    return {.2104542553 * l + .7936177850 * m - .0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + .4505937099 * s,
            .0259040371 * l + .7827717662 * m - .8086757660 * s};
}

TEST(Tokens, CurvesAreToldApartByColourInBothThemes) {
    constexpr double kDifferent = .1;
    for (const Tokens* tokens : {&lightTokens(), &darkTokens()}) {
        for (std::size_t i = 0; i < tokens->series.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const auto a = oklab(tokens->series[i]);
                const auto b = oklab(tokens->series[j]);
                EXPECT_GE(std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), kDifferent)
                    << tokens->series[i].name().toStdString() << " beside "
                    << tokens->series[j].name().toStdString();
            }
        }
    }
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

TEST(Style, DialogsShowNoForeignIcons) {
    const QPushButton button;
    EXPECT_EQ(button.style()->styleHint(QStyle::SH_DialogButtonBox_ButtonsHaveIcons), 0);
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

TEST(Card, BreaksALongHeadInsteadOfWidening) {
    const Card card(QStringLiteral("Test pictures and their reconstructions"));
    EXPECT_LT(card.minimumSizeHint().width(), card.headWidth());
}

}  // namespace
}  // namespace lmser::ui
