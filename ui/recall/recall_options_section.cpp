// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/recall_options_section.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include "ui/recall/trail_card.h"
#include "ui/widgets/calm_field.h"
#include "ui/widgets/card.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kMostMembrane = 200;

template <class Control>
Control* named(Control* control, const char* name, const QString& title, const QString& tip) {
    control->setObjectName(QLatin1String(name));
    control->setAccessibleName(title);
    control->setToolTip(tip);
    control->setAccessibleDescription(tip);
    return control;
}

}  // namespace

RecallOptionsSection::RecallOptionsSection(QWidget* parent)
    : QWidget(parent),
      fill_(
          named(new Calm<QComboBox>, "recallFill", tr("Fill"),
                tr("What stands in the hole before the network looks. Smooth goes on from what is "
                   "visible; the mean picture is the paper's way."))),
      rounds_(named(new Calm<QSpinBox>, "recallRounds", tr("Rounds"),
                    tr("How often what was recalled is put into the hole and perceived again, the "
                       "visible pixels held (Section 4.4)."))),
      composition_(named(new Calm<QComboBox>, "recallComposition", tr("Composition"),
                         tr("How the recall is set into the hole: pasted as it is, or bent by a "
                            "membrane so that it meets what is visible at the border."))),
      membrane_(
          named(new Calm<QSpinBox>, "membraneRounds", tr("Membrane rounds"),
                tr("Relaxation steps of the membrane: 20 while a stroke is drawn, 60 for what "
                   "is exported."))) {
    setObjectName(QStringLiteral("recallOptions"));
    fill_->addItems({tr("smooth"), tr("mean picture"), tr("as it is")});
    composition_->addItems({tr("pasted"), tr("membrane")});
    rounds_->setRange(1, kTrailRounds);
    membrane_->setRange(1, kMostMembrane);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(3 * kSpace);
    form->setVerticalSpacing(kSpace + 2);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    for (QWidget* control :
         std::initializer_list<QWidget*>{fill_, rounds_, composition_, membrane_}) {
        form->addRow(control->accessibleName(), control);
    }
    setOptions(options_);
    listen();
}

void RecallOptionsSection::listen() {
    connect(fill_, &QComboBox::currentIndexChanged, this, [this](int index) {
        RecallOptions changed = options_;
        changed.fill = static_cast<HoleFill>(index);
        edit(changed);
    });
    connect(rounds_, &QSpinBox::valueChanged, this, [this](int rounds) {
        RecallOptions changed = options_;
        changed.rounds = rounds;
        edit(changed);
    });
    connect(composition_, &QComboBox::currentIndexChanged, this, [this](int index) {
        RecallOptions changed = options_;
        changed.composition = static_cast<Composition>(index);
        edit(changed);
    });
    connect(membrane_, &QSpinBox::valueChanged, this, [this](int rounds) {
        RecallOptions changed = options_;
        changed.membrane_rounds = rounds;
        edit(changed);
    });
}

void RecallOptionsSection::edit(const RecallOptions& options) {
    options_ = options;
    membrane_->setEnabled(options.composition == Composition::membrane);
    Q_EMIT optionsEdited(options_);
}

void RecallOptionsSection::setOptions(const RecallOptions& options) {
    options_ = options;
    const QSignalBlocker fill(fill_);
    const QSignalBlocker rounds(rounds_);
    const QSignalBlocker composition(composition_);
    const QSignalBlocker membrane(membrane_);
    fill_->setCurrentIndex(static_cast<int>(options.fill));
    rounds_->setValue(options.rounds);
    composition_->setCurrentIndex(static_cast<int>(options.composition));
    membrane_->setValue(options.membrane_rounds);
    membrane_->setEnabled(options.composition == Composition::membrane);
}

}  // namespace lmser::ui
