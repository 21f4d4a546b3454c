// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/brush_size.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>

#include "ui/recall/mask_canvas.h"
#include "ui/widgets/calm_field.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kSliderWidth = 64;

}  // namespace

BrushSize::BrushSize(QWidget* parent)
    : QWidget(parent), slider_(new Calm<QSlider>(Qt::Horizontal)), number_(new Calm<QSpinBox>) {
    const QString tip =
        tr("Diameter of the brush in pixels of the picture ([ and ], Ctrl+wheel, Alt-drag).");
    slider_->setObjectName(QStringLiteral("brushSizeSlider"));
    slider_->setAccessibleName(tr("brush size"));
    slider_->setToolTip(tip);
    slider_->setRange(kLeastBrush, kMostBrush);
    slider_->setFixedWidth(scaled(kSliderWidth));
    number_->setObjectName(QStringLiteral("brushSizeNumber"));
    number_->setAccessibleName(tr("brush size in pixels"));
    number_->findChild<QLineEdit*>()->setAccessibleName(tr("brush size in pixels"));
    number_->setToolTip(tip);
    number_->setRange(kLeastBrush, kMostBrush);
    number_->setSuffix(tr(" px"));
    number_->setFont(numberFont());
    number_->setAlignment(Qt::AlignRight);
    number_->setButtonSymbols(
        QAbstractSpinBox::NoButtons);  // the slider beside it serves the mouse
    number_->setFixedHeight(ChipButton(QString()).sizeHint().height());  // as its neighbours
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * kSpace);
    row->addWidget(slider_);
    row->addWidget(number_);
    setSize(kUsualBrush);
    connect(slider_, &QSlider::valueChanged, this, &BrushSize::sizeEdited);
    connect(number_, &QSpinBox::valueChanged, this, &BrushSize::sizeEdited);
}

void BrushSize::setSize(int size) {
    const QSignalBlocker quietSlider(slider_);
    const QSignalBlocker quietNumber(number_);
    slider_->setValue(size);
    number_->setValue(size);
}

}  // namespace lmser::ui
