// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/style_section.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include "ui/explore/style_pad.h"
#include "ui/training/form_fields.h"
#include "ui/widgets/card.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {

StyleSection::StyleSection(QWidget* parent)
    : QWidget(parent), pad_(new StylePad), axes_(new QWidget) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kSpace);
    pad_->setObjectName(QStringLiteral("stylePad"));
    auto* lines = new QGridLayout(axes_);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(kSpace);
    lines->setColumnStretch(1, 1);
    acrossField_ = addAxis(QStringLiteral("padAcross"), tr("across"));
    upField_ = addAxis(QStringLiteral("padUp"), tr("up"));
    column->addWidget(sectionHead(tr("Style"), this));
    column->addWidget(pad_);
    column->addWidget(axes_);
    column->addStretch(1);
    connect(acrossField_, &QComboBox::activated, this, [this](int style) { choose(true, style); });
    connect(upField_, &QComboBox::activated, this, [this](int style) { choose(false, style); });
}

ChoiceField* StyleSection::addAxis(const QString& objectName, const QString& name) {
    auto* lines = static_cast<QGridLayout*>(axes_->layout());
    auto* field = new ChoiceField;
    field->setObjectName(objectName);
    field->setAccessibleName(tr("style unit %1").arg(name));
    field->setToolTip(tr("Which style unit this axis of the pad moves; the others are sliders."));
    const int line = lines->rowCount();
    lines->addWidget(mutedLabel(name), line, 0);
    lines->addWidget(field, line, 1);
    return field;
}

int StyleSection::besidesPad() const {
    return sizeHint().height() - pad_->sizeHint().height();
}

void StyleSection::setStyles(const QStringList& names) {
    names_ = names;
    across_ = 0;
    up_ = 1;
    for (ChoiceField* field : {acrossField_, upField_}) {
        field->clear();
        field->addItems(names);
    }
    axes_->setVisible(names.size() > 2);
    showAxes();
}

void StyleSection::choose(bool isAcross, int style) {
    std::size_t& chosen = isAcross ? across_ : up_;
    std::size_t& other = isAcross ? up_ : across_;
    const std::size_t before = chosen;
    chosen = static_cast<std::size_t>(style);
    if (other == chosen) {
        other = before;  // the axes change places
    }
    showAxes();
    Q_EMIT axesChanged();
}

void StyleSection::showAxes() {
    acrossField_->setCurrentIndex(static_cast<int>(across_));
    upField_->setCurrentIndex(static_cast<int>(up_));
    pad_->setNames(names_.value(static_cast<int>(across_)), names_.value(static_cast<int>(up_)));
}

void StyleSection::setValues(std::span<const float> values) {
    if (across_ < values.size() && up_ < values.size()) {
        pad_->setPoint({static_cast<double>(values[across_]), static_cast<double>(values[up_])});
    }
}

}  // namespace lmser::ui
