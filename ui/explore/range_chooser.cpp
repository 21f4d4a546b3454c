// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/range_chooser.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>

#include "ui/widgets/chip_button.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {

RangeChooser::RangeChooser(QWidget* parent)
    : QWidget(parent),
      chip_(new ChipButton({}, this, false)),
      menu_(new QMenu(this)),
      modes_(new QActionGroup(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpace);
    row->addWidget(chip_);
    low_ = addEnd(QStringLiteral("fixedLow"), tr("low end of the fixed range"), fixed_.low);
    high_ = addEnd(QStringLiteral("fixedHigh"), tr("high end of the fixed range"), fixed_.high);
    chip_->setObjectName(QStringLiteral("rangeMenu"));
    chip_->setIcon(icon(QStringLiteral("chevron-down"), IconTone::muted));
    chip_->setIconSize({3 * kSpace, 3 * kSpace});
    chip_->setToolTip(
        tr("What the ends of the sliders are taken from: how each top unit is distributed over "
           "the data. The values stay as they are."));
    menu_->setToolTipsVisible(true);
    add(RangeMode::percentiles, QStringLiteral("rangePercentiles"), tr("1–99 %"),
        tr("From the 1st to the 99th percentile over the data."));
    add(RangeMode::extremes, QStringLiteral("rangeExtremes"), tr("min–max"),
        tr("From the least to the largest value over the data."));
    add(RangeMode::deviations, QStringLiteral("rangeDeviations"), tr("±2 standard deviations"),
        tr("Two standard deviations to either side of the mean over the data."));
    add(RangeMode::fixed, QStringLiteral("rangeFixed"), tr("fixed"),
        tr("The same two ends for all units; type them beside the menu."));
    modes_->actions().constFirst()->setChecked(true);
    setMode(RangeMode::percentiles, modes_->actions().constFirst()->text());
    connect(chip_, &ChipButton::clicked, this,
            [this] { menu_->popup(chip_->mapToGlobal(QPoint(0, chip_->height() + kSpace))); });
}

void RangeChooser::add(RangeMode mode, const QString& name, const QString& text,
                       const QString& explanation) {
    QAction* action = menu_->addAction(text);
    action->setObjectName(name);
    action->setToolTip(explanation);
    action->setCheckable(true);
    modes_->addAction(action);
    connect(action, &QAction::triggered, this, [this, mode, text] {
        setMode(mode, text);
        Q_EMIT rangeChanged();
    });
}

void RangeChooser::setMode(RangeMode mode, const QString& text) {
    mode_ = mode;
    chip_->setText(text);
    chip_->setAccessibleName(tr("range: %1").arg(text));
    chip_->updateGeometry();
    low_->setVisible(mode == RangeMode::fixed);
    high_->setVisible(mode == RangeMode::fixed);
}

NumberField* RangeChooser::addEnd(const QString& objectName, const QString& name, double value) {
    auto* field = new NumberField(this);
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    field->setToolTip(tr("An end of the fixed range; the low end lies below the high one."));
    field->setValue(value);
    layout()->addWidget(field);
    connect(field, &NumberField::valueEdited, this, &RangeChooser::takeEnds);
    return field;
}

void RangeChooser::takeEnds() {
    if (low_->value() < high_->value()) {
        fixed_ = {low_->value(), high_->value()};
        Q_EMIT rangeChanged();
        return;
    }
    low_->setValue(fixed_.low);
    high_->setValue(fixed_.high);
}

}  // namespace lmser::ui
