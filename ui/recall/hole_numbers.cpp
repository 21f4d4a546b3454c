// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/hole_numbers.h"

#include <QGridLayout>
#include <QLabel>
#include <QStackedLayout>

#include "ui/training/number_text.h"
#include "ui/widgets/card.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

QLabel* columnHead(const QString& text, const QString& tip) {
    QLabel* label = mutedLabel(text);
    label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    label->setWordWrap(false);
    label->setToolTip(tip);
    return label;
}

QLabel* number(const QString& name) {
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setFont(numberFont());
    label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return label;
}

QWidget* hintPage(const QString& head, const QString& hint) {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kSpace);
    column->addWidget(sectionHead(head));
    column->addWidget(mutedLabel(hint));
    column->addStretch(1);
    return page;
}

}  // namespace

HoleNumbers::HoleNumbers(QWidget* parent)
    : QWidget(parent), table_(new QWidget), pages_(new QStackedLayout(this)) {
    setObjectName(QStringLiteral("holeNumbers"));
    const QString head = tr("Inside the hole");
    // One on top of the other, so that nothing moves when the first stroke brings the numbers.
    hint_ = hintPage(head, tr("Nothing is hidden: paint over the picture, or choose a preset."));
    pages_->addWidget(hint_);
    pages_->addWidget(table_);
    auto* grid = new QGridLayout(table_);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(3 * kSpace);
    grid->setVerticalSpacing(kSpace + 2);
    grid->setColumnStretch(0, 1);
    grid->addWidget(sectionHead(head), 0, 0);
    grid->addWidget(columnHead(tr("PSNR"), tr("Peak signal to noise over the hidden pixels, in "
                                              "decibel; more is closer to the picture.")),
                    0, 1);
    grid->addWidget(
        columnHead(tr("error"), tr("Mean square error a hidden pixel and channel, where white is "
                                   "1 and black 0.")),
        0, 2);
    rows_[0] = addRow(*grid, 1, "networkScore", tr("Network + membrane"));
    rows_[1] = addRow(*grid, 2, "meanScore", tr("Mean picture + membrane"));
    rows_[2] = addRow(*grid, 3, "classicalScore", tr("Classical inpainting"));
    rows_[1].name->setToolTip(
        tr("The mean picture of the training data set into the hole in the "
           "same way: what the composition does without any network."));
    rows_[2].name->setToolTip(
        tr("Telea's method continues what is around the hole inwards; it has "
           "never seen another picture."));
    QFont strong = textFont();
    strong.setWeight(QFont::DemiBold);
    rows_[0].name->setFont(strong);
    strong = numberFont();
    strong.setWeight(QFont::DemiBold);
    rows_[0].psnr->setFont(strong);
    // As wide as they get, so that no name breaks anew when the numbers come.
    grid->setColumnMinimumWidth(1, QFontMetrics(strong).horizontalAdvance(tr("%1 dB").arg(88.8)));
    grid->setColumnMinimumWidth(
        2, QFontMetrics(numberFont()).horizontalAdvance(QStringLiteral(".00088")));
    for (std::size_t i = 1; i < rows_.size(); ++i) {
        for (QLabel* label : {rows_.at(i).name, rows_.at(i).psnr, rows_.at(i).error}) {
            label->setForegroundRole(QPalette::PlaceholderText);
        }
    }
    rows_[0].error->setForegroundRole(QPalette::PlaceholderText);
    setEmpty(true);
}

HoleNumbers::Row HoleNumbers::addRow(QGridLayout& grid, int place, const char* name,
                                     const QString& title) {
    const QString object = QLatin1String(name);
    Row row{new QLabel(title), number(object + QStringLiteral("Psnr")),
            number(object + QStringLiteral("Error"))};
    row.name->setWordWrap(true);
    grid.addWidget(row.name, place, 0);
    grid.addWidget(row.psnr, place, 1);
    grid.addWidget(row.error, place, 2);
    return row;
}

void HoleNumbers::setComposition(Composition composition) {
    rows_[0].name->setText(composition == Composition::membrane ? tr("Network + membrane")
                                                                : tr("Network, pasted"));
}

void HoleNumbers::show(const RecalledPicture& recalled) {
    setEmpty(recalled.hidden == 0);
    const bool settled = recalled.mean_membrane.has_value();
    showRow(rows_[0], recalled.network, true);
    showRow(rows_[1], recalled.mean_membrane, settled);
    showRow(rows_[2], recalled.classical, settled);
}

void HoleNumbers::showRow(const Row& row, const std::optional<HoleScore>& score, bool settled) {
    const QString none = settled ? QStringLiteral("–") : QStringLiteral("…");
    row.psnr->setText(score ? tr("%1 dB").arg(score->psnr, 0, 'f', 1) : none);
    row.error->setText(score ? shortNumber(score->error, 2) : QString());
    const QString more = score     ? tr("structural similarity %1").arg(shortNumber(score->ssim))
                         : settled ? tr("nothing is visible to go on from")
                                   : tr("when the stroke ends");
    row.psnr->setToolTip(more);
    row.psnr->setAccessibleName(row.name->text() + QStringLiteral(": ") + row.psnr->text());
    row.error->setAccessibleName(
        tr("%1, mean square error %2").arg(row.name->text(), row.error->text()));
}

void HoleNumbers::clear() {
    setEmpty(true);
}

void HoleNumbers::setEmpty(bool empty) {
    pages_->setCurrentWidget(empty ? hint_ : table_);
}

QString HoleNumbers::text(std::size_t row) const {
    return table_->isHidden()
               ? QString()
               : rows_.at(row).psnr->text() + QLatin1Char(' ') + rows_.at(row).error->text();
}

}  // namespace lmser::ui
