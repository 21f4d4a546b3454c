// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/log_view.h"

#include <QTime>

#include "ui/widgets/theme.h"

namespace lmser::ui {

LogView::LogView(QWidget* parent) : QPlainTextEdit(parent) {
    constexpr int kMostLines = 2000;
    setObjectName(QStringLiteral("logView"));
    setAccessibleName(tr("Log"));
    setReadOnly(true);
    setTabChangesFocus(true);
    setMaximumBlockCount(kMostLines);
    setPlaceholderText(tr("What happens is written here."));
    setFont(monospaceFont());
    setFrameShape(QFrame::NoFrame);
}

void LogView::add(const QString& sentence) {
    const QString time = QTime::currentTime().toString(QStringLiteral("HH:mm:ss"));
    appendPlainText(QStringLiteral("%1  %2").arg(time, sentence));
}

}  // namespace lmser::ui
