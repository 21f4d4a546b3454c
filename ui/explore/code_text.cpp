// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/code_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <cmath>
#include <limits>
#include <string>

namespace lmser::ui {
namespace {

constexpr qsizetype kLongestText = 1 << 20;  // characters; the largest code takes a quarter of it

Error badCode(std::string message, std::string hint) {
    return {ErrorCode::bad_data, std::move(message), std::move(hint)};
}

template <class Format>
QString joined(std::span<const float> code, Format format) {
    QStringList numbers;
    numbers.reserve(static_cast<qsizetype>(code.size()));
    for (const float value : code) {
        numbers << format(static_cast<double>(value));
    }
    return QLatin1Char('[') + numbers.join(QStringLiteral(", ")) + QLatin1Char(']');
}

}  // namespace

QString textOfCode(std::span<const float> code) {
    return joined(code, [](double value) {
        return QString::number(value, 'g', std::numeric_limits<float>::max_digits10);
    });
}

QString shortTextOfCode(std::span<const float> code, std::size_t labels) {
    const auto number = [](double value) { return QString::number(value, 'f', 2); };
    if (labels == 0 || labels > code.size()) {
        return joined(code, number);
    }
    QStringList words;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (i == labels) {
            words << QStringLiteral("|");
        }
        const auto value = static_cast<double>(code[i]);
        const bool whole = i < labels && (value == 0 || value == 1);
        words << (whole ? QString::number(value) : number(value));
    }
    return words.join(QLatin1Char(' '));
}

Result<std::vector<float>> codeFromText(const QString& text, std::size_t units) {
    const std::string wanted = std::to_string(units);
    const std::string hint = "Copy a code of " + wanted + " numbers, like [0.5, -1.2, …], first";
    if (text.trimmed().isEmpty()) {
        return badCode("the clipboard holds no text to paste as a code", hint);
    }
    if (text.size() > kLongestText) {
        return badCode("the text on the clipboard has " + std::to_string(text.size()) +
                           " characters, too many for a code",
                       hint);
    }
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &problem);
    if (!document.isArray()) {
        return badCode("the text on the clipboard is not a JSON array of numbers", hint);
    }
    const QJsonArray numbers = document.array();
    if (numbers.size() != static_cast<qsizetype>(units)) {
        return badCode("the pasted code has " + std::to_string(numbers.size()) +
                           " numbers, but the code of this network has " + wanted,
                       hint);
    }
    std::vector<float> code;
    code.reserve(units);
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const QJsonValue number = numbers.at(i);
        if (!number.isDouble() || !std::isfinite(static_cast<float>(number.toDouble()))) {
            return badCode(
                "entry " + std::to_string(i + 1) + " of the pasted code is not a finite number",
                hint);
        }
        code.push_back(static_cast<float>(number.toDouble()));
    }
    return code;
}

}  // namespace lmser::ui
