// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/reflection_switch.h"

#include <QEvent>
#include <QHBoxLayout>

#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/picture_thumb.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kThumbSide = 38;

}  // namespace

ReflectionSwitch::ReflectionSwitch(QWidget* parent)
    : QWidget(parent), chip_(new ChipButton(tr("one more reflection"), this)) {
    chip_->setObjectName(QStringLiteral("oneMoreReflection"));
    chip_->setToolTip(
        tr("The network perceives the picture of the code once more, with the code held: z_0 is "
           "the picture, its signals y join the u of the way down in every shared neuron. It makes "
           "imagined pictures cleaner."));
    auto* pair = new QWidget(this);
    auto* both = new QHBoxLayout(pair);
    both->setContentsMargins(0, 0, 0, 0);
    both->setSpacing(kSpace);
    without_ = addThumb(0, QStringLiteral("withoutReflection"), false);
    with_ = addThumb(1, QStringLiteral("withReflection"), true);
    both->addWidget(without_);
    both->addWidget(with_);
    auto* flow = new FlowLayout(this);
    flow->addWidget(pair);
    auto* beside =
        new QWidget(this);  // as high as the pictures, so that the words stand at their middle
    auto* middle = new QHBoxLayout(beside);
    middle->setContentsMargins(0, 0, 0, 0);
    middle->addWidget(chip_);
    beside->setMinimumHeight(scaled(kThumbSide));
    flow->addWidget(beside);
    connect(chip_, &ChipButton::clicked, this,
            [this](bool on) { Q_EMIT reflectionsChosen(on ? whenOn_ : 0); });
    showState();
}

PictureThumb* ReflectionSwitch::addThumb(int place, const QString& objectName, bool on) {
    auto* thumb = new PictureThumb(this, static_cast<std::size_t>(place));
    thumb->setObjectName(objectName);
    thumb->setFixedSize(scaled(kThumbSide), scaled(kThumbSide));
    connect(thumb, &QAbstractButton::clicked, this,
            [this, on] { Q_EMIT reflectionsChosen(on ? whenOn_ : 0); });
    return thumb;
}

void ReflectionSwitch::setReflections(int reflections) {
    reflections_ = reflections;
    if (reflections > 0) {
        whenOn_ = reflections;
    }
    showState();
}

void ReflectionSwitch::showState() {
    chip_->setChecked(reflections_ > 0);
    chip_->setText(whenOn_ == 1 ? tr("one more reflection") : tr("%1 reflections").arg(whenOn_));
    chip_->setAccessibleName(chip_->text());
    chip_->updateGeometry();
    without_->setPresent(reflections_ == 0);
    with_->setPresent(reflections_ > 0);
    const QString with =
        whenOn_ == 1 ? tr("with one more reflection") : tr("with %1 more reflections").arg(whenOn_);
    without_->setAccessibleName(tr("without reflection"));
    without_->setToolTip(tr("The picture of the code alone, without reflection."));
    with_->setAccessibleName(with);
    with_->setToolTip(tr("The picture %1.").arg(with));
}

void ReflectionSwitch::showPresent(const QImage& picture) {
    (reflections_ > 0 ? with_ : without_)->setPicture(picture);
}

void ReflectionSwitch::showOther(const QImage& picture) {
    (reflections_ > 0 ? without_ : with_)->setPicture(picture);
}

}  // namespace lmser::ui
