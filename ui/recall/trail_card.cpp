// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/trail_card.h"

#include <QBoxLayout>
#include <QStackedLayout>
#include <QStringList>

#include "ui/bridge/qimage_conversion.h"
#include "ui/recall/change_plot.h"
#include "ui/widgets/picture_sheet.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kLeastThumb = 36;
constexpr int kLargestThumb = 76;
constexpr int kBeside = 560;  // the plot stands beside the pictures from here on

/// The round, and below how near it came to the picture; the room of both is kept before they come.
QStringList captions(const std::vector<HoleScore>& scores) {
    QStringList words;
    for (std::size_t round = 0; round < kTrailRounds; ++round) {
        const QString score = round < scores.size() ? QString::number(scores[round].psnr, 'f', 1)
                                                    : QStringLiteral("–");
        words << QStringLiteral("%1\n%2").arg(round + 1).arg(score);
    }
    return words;
}

QString nameOf(const RecalledTrail& trail, std::size_t round) {
    QString name = TrailCard::tr("round %1").arg(round + 1);
    if (round >= trail.scores.size()) {
        return name;
    }
    return TrailCard::tr("%1: %2 dB inside the hole")
        .arg(name)
        .arg(trail.scores[round].psnr, 0, 'f', 1);
}

QWidget* plotColumn(ChangePlot* plot) {
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace);
    QLabel* words = mutedLabel(TrailCard::tr("Change a round (log)"));
    words->setToolTip(
        TrailCard::tr("Root mean square by which the hidden pixels moved, where white "
                      "is 1. Where it falls, the recall comes to rest."));
    column->addWidget(words);
    column->addWidget(plot, 1);
    return part;
}

}  // namespace

TrailCard::TrailCard(QWidget* parent)
    : Card(tr("Recall trail: visible pixels held, the rest remembered again"), parent),
      rounds_(new PictureSheet(QStringLiteral("trailRound"))),
      change_(new ChangePlot),
      hint_(mutedLabel(tr("Hide something, and the rounds of its recall stand here."))),
      row_(new QBoxLayout(QBoxLayout::LeftToRight)),
      content_(new QWidget),
      pages_(new QStackedLayout) {
    setObjectName(QStringLiteral("trailCard"));
    setToolTip(
        tr("The paper's association (Section 4.4, Figure 7): what was recalled is put into "
           "the hole and perceived again. Click a round to recall with as many."));
    rounds_->setObjectName(QStringLiteral("trailRounds"));
    rounds_->setAccessibleName(tr("rounds of the recall"));
    rounds_->setSides(kLeastThumb, kLargestThumb);
    rounds_->setCaptions(captions({}));
    connect(rounds_, &PictureSheet::chosen, this,
            [this](std::size_t place) { Q_EMIT roundsChosen(static_cast<int>(place) + 1); });
    QLabel* unit = mutedLabel(tr("dB inside the hole below each"));
    unit->setWordWrap(false);
    headRow()->addWidget(unit);
    row_->setContentsMargins(0, 0, 0, 0);
    row_->setSpacing(4 * kSpace);
    row_->addWidget(rounds_, 3);
    row_->addWidget(plotColumn(change_), 1);
    content_->setLayout(row_);
    // One on top of the other, so that the card keeps its height and nothing jumps under the brush.
    pages_->addWidget(hint_);
    pages_->addWidget(content_);
    hint_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    body()->addLayout(pages_, 1);
    clear();
}

void TrailCard::show(const RecalledTrail& trail) {
    std::vector<QImage> pictures;
    QStringList names;
    for (std::size_t i = 0; i < trail.rounds.count(); ++i) {
        pictures.push_back(toQImage(trail.rounds, i));
        names << nameOf(trail, i);
    }
    rounds_->setPictures(std::move(pictures), names);
    rounds_->setCaptions(captions(trail.scores));
    change_->setChange(trail.change);
    pages_->setCurrentWidget(content_);
}

void TrailCard::clear() {
    rounds_->clear();
    change_->setChange({});
    pages_->setCurrentWidget(hint_);
}

void TrailCard::setRounds(int rounds) {
    rounds_->setPresent(static_cast<std::size_t>(rounds - 1));
}

void TrailCard::resizeEvent(QResizeEvent* event) {
    Card::resizeEvent(event);
    row_->setDirection(width() >= scaled(kBeside) ? QBoxLayout::LeftToRight
                                                  : QBoxLayout::TopToBottom);
}

}  // namespace lmser::ui
