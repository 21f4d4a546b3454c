// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/grid_card.h"

#include <QLineEdit>
#include <QSpinBox>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/codes.h"
#include "ui/training/form_fields.h"
#include "ui/widgets/calm_field.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/picture_sheet.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kLeastSteps = 3;
constexpr int kMostSteps = 11;
constexpr int kUsualSteps = 7;

std::vector<float> downwards(std::vector<float> values) {
    std::ranges::reverse(values);
    return values;
}

/// The step that is nearest to a value.
std::size_t nearest(const std::vector<float>& values, float value) {
    const auto nearer = [value](float a, float b) {
        return std::abs(a - value) < std::abs(b - value);
    };
    return static_cast<std::size_t>(std::ranges::min_element(values, nearer) - values.begin());
}

}  // namespace

GridCard::GridCard(QWidget* parent)
    : Card({}, parent),
      steps_(new Calm<QSpinBox>),
      sheet_(new PictureSheet(QStringLiteral("gridPicture"))) {
    setObjectName(QStringLiteral("gridCard"));
    setAccessibleName(tr("Grid"));
    auto* choices = new QWidget;
    auto* flow = new FlowLayout(choices);
    across_ = addChoice(QStringLiteral("gridAcross"), tr("unit across"),
                        tr("The unit that grows from left to right."));
    up_ = addChoice(QStringLiteral("gridUp"), tr("unit up"),
                    tr("The unit that grows from the bottom to the top; none for one row."));
    steps_->setObjectName(QStringLiteral("gridSteps"));
    steps_->setAccessibleName(tr("steps of the grid"));
    steps_->findChild<QLineEdit*>()->setAccessibleName(tr("steps of the grid"));
    steps_->setToolTip(tr("How many values each unit takes, from end to end of its range."));
    steps_->setRange(kLeastSteps, kMostSteps);
    steps_->setValue(kUsualSteps);
    steps_->setSuffix(tr(" steps"));
    for (QWidget* part : std::initializer_list<QWidget*>{across_, up_, steps_}) {
        flow->addWidget(part);
    }
    sheet_->setObjectName(QStringLiteral("gridSheet"));
    sheet_->setAccessibleName(tr("Grid of pictures"));
    sheet_->setSides(20, 72);
    body()->addWidget(choices);
    body()->addWidget(sheet_);
    body()->addStretch(1);
    listen();
}

ChoiceField* GridCard::addChoice(const QString& objectName, const QString& name,
                                 const QString& tip) {
    auto* field = new ChoiceField;
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    field->setToolTip(tip);
    return field;
}

void GridCard::listen() {
    for (ChoiceField* field : {across_, up_}) {
        connect(field, &QComboBox::activated, this, &GridCard::shape);
    }
    connect(steps_, &QSpinBox::valueChanged, this, &GridCard::shape);
    connect(sheet_, &PictureSheet::previewStarted, this,
            [this](const QImage& picture, std::size_t place) {
                Q_EMIT previewStarted(picture, wordsAt(place));
            });
    connect(sheet_, &PictureSheet::previewEnded, this, &GridCard::previewEnded);
    connect(sheet_, &PictureSheet::chosen, this,
            [this](std::size_t place) { Q_EMIT codeChosen(codeAt(place)); });
}

void GridCard::setUnits(const QStringList& names, std::size_t across, std::size_t up) {
    names_ = names;
    across_->clear();
    up_->clear();
    for (const QString& name : names) {
        across_->addItem(tr("across: %1").arg(name));
        up_->addItem(tr("up: %1").arg(name));
    }
    up_->addItem(tr("up: none"));
    across_->setCurrentIndex(static_cast<int>(across));
    up_->setCurrentIndex(std::min(static_cast<int>(up), static_cast<int>(names.size())));
    clear();
}

void GridCard::shape() {
    sheet_->clear();
    Q_EMIT gridWanted();
}

void GridCard::clear() {
    sheet_->clear();
    shown_ = {};
}

GridCard::Axis GridCard::axisOf(std::size_t unit) const {
    const UnitRange range = unit < ranges_.size() ? ranges_[unit] : UnitRange{};
    return {unit, steps_between(static_cast<float>(range.low), static_cast<float>(range.high),
                                static_cast<std::size_t>(steps_->value()))};
}

GridCard::Axes GridCard::axes() const {
    const auto across = static_cast<std::size_t>(std::max(across_->currentIndex(), 0));
    const auto up = static_cast<std::size_t>(std::max(up_->currentIndex(), 0));
    Axes axes{axisOf(across), {}};
    if (up != across && up < static_cast<std::size_t>(names_.size())) {
        axes.up = axisOf(up);
    }
    return axes;
}

std::vector<float> GridCard::codesFor(const std::vector<float>& code) const {
    const Axes wanted = axes();
    return wanted.up ? grid_codes(code, wanted.across.unit, wanted.across.values, wanted.up->unit,
                                  downwards(wanted.up->values))
                     : sweep_codes(code, wanted.across.unit, wanted.across.values);
}

void GridCard::setPictures(std::vector<QImage> pictures) {
    Axes now = axes();
    const std::size_t rows = now.up ? now.up->values.size() : 1;
    if (pictures.size() != now.across.values.size() * rows) {
        return;  // of steps that were chosen before
    }
    shown_ = std::move(now);
    sheet_->setColumns(shown_.across.values.size());
    QStringList names;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        names << wordsAt(i);
    }
    sheet_->setPictures(std::move(pictures), names);
    markPresent();
}

QString GridCard::wordsAt(std::size_t place) const {
    const auto words = [this](const Axis& axis, std::size_t step) {
        return tr("%1 at %2")
            .arg(names_.value(static_cast<qsizetype>(axis.unit)),
                 QString::number(static_cast<double>(axis.values[step]), 'f', 2));
    };
    const std::size_t columns = shown_.across.values.size();
    QString across = words(shown_.across, place % columns);
    if (!shown_.up) {
        return across;
    }
    const std::size_t row = shown_.up->values.size() - 1 - place / columns;
    return across + QStringLiteral(", ") + words(*shown_.up, row);
}

std::vector<float> GridCard::codeAt(std::size_t place) const {
    std::vector<float> code = code_;
    const std::size_t columns = shown_.across.values.size();
    code.at(shown_.across.unit) = shown_.across.values.at(place % columns);
    if (shown_.up) {
        const std::size_t row = shown_.up->values.size() - 1 - place / columns;
        code.at(shown_.up->unit) = shown_.up->values.at(row);
    }
    return code;
}

void GridCard::setCode(const std::vector<float>& code) {
    code_ = code;
    markPresent();
}

void GridCard::markPresent() {
    const std::size_t columns = shown_.across.values.size();
    if (columns == 0 || shown_.across.unit >= code_.size()) {
        return;
    }
    std::size_t place = nearest(shown_.across.values, code_[shown_.across.unit]);
    if (shown_.up && shown_.up->unit < code_.size()) {
        const std::size_t step = nearest(shown_.up->values, code_[shown_.up->unit]);
        place += (shown_.up->values.size() - 1 - step) * columns;
    }
    sheet_->setPresent(place);
}

void GridCard::showEvent(QShowEvent* event) {
    Card::showEvent(event);
    Q_EMIT gridWanted();
}

}  // namespace lmser::ui
