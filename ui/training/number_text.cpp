// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/number_text.h"

#include <QLocale>
#include <array>
#include <charconv>
#include <cmath>

namespace lmser::ui {
namespace {

// ".5" for "0.5", "2e-3" for "2e-03".
QString tightened(QString text) {
    static const QString kZero = QStringLiteral("0.");
    if (text.startsWith(kZero)) {
        text.remove(0, 1);
    } else if (text.startsWith(QLatin1Char('-') + kZero)) {
        text.remove(1, 1);
    }
    const auto exponent = text.indexOf(QLatin1Char('e'));
    if (exponent < 0) {
        return text;
    }
    return text.left(exponent + 1) + QString::number(text.mid(exponent + 1).toInt());
}

}  // namespace

QString shortNumber(double value, int digits) {
    constexpr double kSmall = 1e-5;
    constexpr double kLarge = 1e6;
    const double size = std::abs(value);
    if (value == 0 || !std::isfinite(value) || size < kSmall || size >= kLarge) {
        return tightened(QString::number(value, 'g', digits));
    }
    const int before = static_cast<int>(std::floor(std::log10(size))) + 1;
    QString text = QString::number(value, 'f', std::max(0, digits - before));
    while (text.contains(QLatin1Char('.')) &&
           (text.endsWith(QLatin1Char('0')) || text.endsWith(QLatin1Char('.')))) {
        text.chop(1);
    }
    return tightened(text);
}

QString exactNumber(double value) {
    constexpr double kSmall = .01;
    constexpr double kLarge = 1e7;
    const double size = std::abs(value);
    const bool fixed = value == 0 || (size >= kSmall && size < kLarge);
    std::array<char, 64> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                   fixed ? std::chars_format::fixed : std::chars_format::scientific)
                         .ptr;
    return tightened(QString::fromLatin1(digits.data(), end - digits.data()));
}

QString grouped(std::int64_t value) {
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(static_cast<qlonglong>(value));
}

std::optional<double> numberFromText(const QString& text) {
    QString plain = text;
    plain.remove(QLatin1Char(','))
        .remove(QLatin1Char(' '))
        .remove(QChar(0x2009))
        .remove(QChar(0xA0));
    bool ok = false;
    const double value = plain.toDouble(&ok);  // QString reads as the C locale does
    if (!ok || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

}  // namespace lmser::ui
