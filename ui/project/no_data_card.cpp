// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/no_data_card.h"

#include <QVBoxLayout>

#include "ui/widgets/theme.h"

namespace lmser::ui {

NoDataCard::NoDataCard()
    : Card({}, nullptr, Kind::card), title_(new QLabel), words_(mutedLabel({})) {
    setObjectName(QStringLiteral("noDataNeeded"));
    QFont strong = textFont();
    strong.setWeight(QFont::DemiBold);
    title_->setFont(strong);
    title_->setWordWrap(true);
    body()->setSpacing(kSpace / 2);
    body()->addWidget(title_);
    body()->addWidget(words_);
    hide();
}

void NoDataCard::say(const QString& title, const QString& words) {
    title_->setText(title);
    words_->setText(words);
    setAccessibleName(title);
    setAccessibleDescription(words);
    show();
}

}  // namespace lmser::ui
