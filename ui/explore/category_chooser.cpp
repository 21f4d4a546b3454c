// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/category_chooser.h"

#include <QButtonGroup>
#include <QVBoxLayout>

#include "core/base/codes.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {

CategoryChooser::CategoryChooser(QWidget* parent)
    : QWidget(parent),
      classes_(new QWidget),
      classGroup_(new QButtonGroup(this)),
      mixingGroup_(new QButtonGroup(this)),
      mixings_(new QWidget) {
    classes_->setLayout(new FlowLayout);
    mixings_->setLayout(new FlowLayout);
    addMixing(Mixing::oneClass, QStringLiteral("mixingOneClass"), tr("one class"),
              tr("The category is one class and nothing of the others."));
    addMixing(
        Mixing::mixture, QStringLiteral("mixingMixture"), tr("mixture"),
        tr("The categories are sliders that sum to 1, as the network's softmax does: one that "
           "grows takes from the others, so a 4 turns into a 9."));
    addMixing(Mixing::free, QStringLiteral("mixingFree"), tr("free"),
              tr("The categories are sliders, each by itself; the network never saw such codes."));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2 * kSpace);
    rows->addWidget(classes_);
    rows->addWidget(mixings_);
    connect(classGroup_, &QButtonGroup::idClicked, this,
            [this](int id) { Q_EMIT classChosen(static_cast<std::size_t>(id)); });
    connect(mixingGroup_, &QButtonGroup::idClicked, this,
            [this](int id) { Q_EMIT mixingChosen(static_cast<Mixing>(id)); });
}

void CategoryChooser::addMixing(Mixing mixing, const QString& name, const QString& text,
                                const QString& tip) {
    auto* chip = new ChipButton(text, mixings_);
    chip->setObjectName(name);
    chip->setToolTip(tip);
    mixings_->layout()->addWidget(chip);
    mixingGroup_->addButton(chip, static_cast<int>(mixing));
}

void CategoryChooser::setClasses(const QStringList& names) {
    const QList<QAbstractButton*> before = classGroup_->buttons();
    bool same = before.size() == names.size();
    for (int i = 0; same && i < before.size(); ++i) {
        same = before[i]->text() == names[i];
    }
    if (same) {
        return;
    }
    for (QAbstractButton* button : before) {
        delete button;
    }
    for (int i = 0; i < names.size(); ++i) {
        auto* chip = new ChipButton(names[i], classes_);
        chip->setObjectName(QStringLiteral("class%1").arg(i));
        chip->setAccessibleName(tr("class %1").arg(names[i]));
        chip->setToolTip(i < 10
                             ? tr("The category is %1. In the workspace the key %2 does the same.")
                                   .arg(names[i])
                                   .arg(i)
                             : tr("The category is %1.").arg(names[i]));
        classes_->layout()->addWidget(chip);
        classGroup_->addButton(chip, i);
    }
}

void CategoryChooser::setCategory(std::span<const float> code, Mixing mixing) {
    const auto labels = static_cast<std::size_t>(classGroup_->buttons().size());
    if (labels == 0 || code.size() < labels) {
        return;
    }
    classGroup_->button(static_cast<int>(category_of(code, labels)))->setChecked(true);
    mixingGroup_->button(static_cast<int>(mixing))->setChecked(true);
}

}  // namespace lmser::ui
