// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/dataset_notes.h"

#include <QCoreApplication>
#include <algorithm>

namespace lmser::ui {

QStringList sentencesOf(const std::vector<std::string>& notes) {
    QStringList sentences;
    for (const std::string& note : notes) {
        const QString text = QString::fromStdString(note);
        sentences << text.left(1).toUpper() + text.mid(1);
    }
    return sentences;
}

QString shortened(const QStringList& sentences) {
    constexpr qsizetype kShown = 2;
    constexpr qsizetype kLongest = 96;
    QStringList lines;
    for (const QString& note : sentences.first(std::min(kShown, sentences.size()))) {
        lines << (note.size() <= kLongest ? note
                                          : note.left(kLongest).trimmed() + QStringLiteral("…"));
    }
    if (sentences.size() > kShown) {
        lines << QCoreApplication::translate("DatasetNotes", "and %1 more")
                     .arg(sentences.size() - kShown);
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace lmser::ui
