// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/face_sliders.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "ui/widgets/card.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/unit_slider.h"

namespace lmser::ui {
namespace {

constexpr double kReach = 3;  // standard deviations to either side

QString nameOf(std::size_t axis) {
    return FaceSliders::tr("axis %1").arg(axis + 1);
}

/// So that all sliders begin below one another.
int widestName() {
    int widest = 0;
    for (std::size_t axis = 0; axis < kFaceAxes; ++axis) {
        widest = std::max(widest, QLabel(nameOf(axis)).sizeHint().width());
    }
    return widest;
}

}  // namespace

FaceSliders::FaceSliders(QWidget* parent)
    : QWidget(parent),
      hint_(mutedLabel({})),
      sliders_(new QWidget),
      reset_(new QPushButton(icon(QStringLiteral("reset")), tr("Reset"))) {
    setObjectName(QStringLiteral("faceSliders"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kSpace);
    column->addWidget(hint_);
    column->addWidget(sliders_);
    auto* rows = new QVBoxLayout(sliders_);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(kSpace);
    for (std::size_t axis = 0; axis < kFaceAxes; ++axis) {
        rows_.at(axis) = addRow(axis);
        rows->addWidget(rows_.at(axis).row);
    }
    reset_->setObjectName(QStringLiteral("resetFace"));
    reset_->setToolTip(tr("Every axis back to where the picture itself stands."));
    connect(reset_, &QPushButton::clicked, this, [this] {
        reset();
        Q_EMIT resetRequested();
    });
    rows->addWidget(reset_, 0, Qt::AlignLeft);
    setUsable(false, false);
}

FaceSliders::Row FaceSliders::addRow(std::size_t axis) {
    Row made{new QWidget, new UnitSlider, new NumberField};
    auto* line = new QHBoxLayout(made.row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2 * kSpace);
    auto* name = new QLabel(nameOf(axis));
    name->setMinimumWidth(widestName());
    line->addWidget(name);
    line->addWidget(made.slider, 1);
    line->addWidget(made.number);
    made.slider->setObjectName(QStringLiteral("faceSlider%1").arg(axis + 1));
    made.slider->setAccessibleName(tr("principal axis %1").arg(axis + 1));
    made.slider->setToolTip(
        tr("Moves the code of this picture along principal axis %1 of all codes, in standard "
           "deviations from their mean; the network's way down makes the face of it. Double-click "
           "goes back.")
            .arg(axis + 1));
    made.slider->setRange(-kReach, kReach);
    made.slider->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    made.number->setObjectName(QStringLiteral("faceNumber%1").arg(axis + 1));
    made.number->setAccessibleName(tr("value of principal axis %1").arg(axis + 1));
    connect(made.slider, &UnitSlider::valueEdited, this,
            [this, axis](double value) { set(axis, value); });
    connect(made.slider, &UnitSlider::resetRequested, this,
            [this, axis] { set(axis, rows_.at(axis).start); });
    connect(made.number, &NumberField::valueEdited, this,
            [this, axis](double value) { set(axis, std::clamp(value, -kReach, kReach)); });
    connect(made.number, &NumberField::stepRequested, made.slider,
            [slider = made.slider](int steps, Qt::KeyboardModifiers modifiers) {
                slider->step(steps, modifiers);
            });
    return made;
}

void FaceSliders::setUsable(bool statistics, bool picture) {
    sliders_->setVisible(statistics && picture);
    hint_->setVisible(!sliders_->isVisibleTo(this));
    hint_->setText(
        statistics ? tr("Choose a picture first.")
                   : tr("This model carries no statistics of its codes, so there are no axes to "
                        "move along. Models that come with the program have them."));
}

void FaceSliders::reset() {
    for (std::size_t axis = 0; axis < kFaceAxes; ++axis) {
        showValue(axis, rows_.at(axis).start);
    }
}

void FaceSliders::showPlace(const MovedFace& moved) {
    for (std::size_t axis = 0; axis < kFaceAxes; ++axis) {
        Row& row = rows_.at(axis);
        row.row->setVisible(axis < moved.place.size());
        if (axis >= moved.place.size()) {
            continue;
        }
        // What was moved stays moved by as much: only the start was not known before.
        const auto place = static_cast<double>(moved.place[axis]);
        const double step = row.slider->value() - row.start;
        row.start = place;
        row.slider->setStart(place);
        showValue(axis, place + step);
    }
}

std::vector<float> FaceSliders::steps() const {
    std::vector<float> all;
    for (const Row& row : rows_) {
        if (!row.row->isHidden()) {
            all.push_back(static_cast<float>(row.slider->value() - row.start));
        }
    }
    return all;
}

void FaceSliders::set(std::size_t axis, double value) {
    showValue(axis, value);
    Q_EMIT moved(steps());
}

void FaceSliders::showValue(std::size_t axis, double value) {
    rows_.at(axis).slider->setValue(value);
    rows_.at(axis).number->setValue(value);
}

}  // namespace lmser::ui
