// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/recalled_card.h"

#include <QBoxLayout>
#include <QButtonGroup>

#include "core/base/picture_difference.h"
#include "ui/bridge/qimage_conversion.h"
#include "ui/recall/compared_view.h"
#include "ui/recall/hole_numbers.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kLeastPicture = 150;

}  // namespace

RecalledCard::RecalledCard(QWidget* parent)
    : Card(tr("Recalled"), parent),
      chips_(new QButtonGroup(this)),
      viewRow_(new QWidget),
      picture_(new ComparedView),
      numbers_(new HoleNumbers) {
    setObjectName(QStringLiteral("recalledCard"));
    picture_->setMinimumHeight(scaled(kLeastPicture));
    picture_->setPlaceholder(tr("What the network remembers stands here."));
    auto* divided = new ChipButton(tr("divider"), this);
    divided->setObjectName(QStringLiteral("dividerChip"));
    divided->setToolTip(
        tr("Two pictures in one place: the original left of a line, what is "
           "recalled right of it. Drag the line."));
    connect(divided, &ChipButton::toggled, picture_, &ComparedView::setDivided);
    headRow()->addWidget(divided);
    buildViews();
    body()->addWidget(picture_, 1);
    body()->addWidget(viewRow_);
    body()->addWidget(numbers_);
}

void RecalledCard::buildViews() {
    viewRow_->setLayout(new FlowLayout);
    viewRow_->setAccessibleName(tr("view of the recall"));
    addView(RecallView::composed, "composedView", tr("composed"),
            tr("What is recalled, set into the hole; what is visible stays as it is."))
        ->setChecked(true);
    addView(RecallView::recalled, "recalledView", tr("recalled"),
            tr("The whole picture as the network recalls it: its reconstruction, top-down "
               "(Section 4.4, Figure 7)."));
    addView(RecallView::masked, "maskedView", tr("masked"),
            tr("What the network sees: the hole, filled."));
    addView(RecallView::original, "originalView", tr("original"), tr("The picture itself."));
    addView(RecallView::difference, "differenceView", tr("difference"),
            tr("Grey where what is recalled is the same as the picture; brighter or darker where "
               "it differs."));
    addView(
        RecallView::moved, "movedView", tr("moved"),
        tr("The picture after the sliders at the right: its code moved along principal axes, or "
           "towards that of another, then decoded top-down."))
        ->hide();
}

ChipButton* RecalledCard::addView(RecallView view, const char* name, const QString& text,
                                  const QString& tip) {
    auto* chip = new ChipButton(text, viewRow_);
    chip->setObjectName(QLatin1String(name));
    chip->setToolTip(tip);
    chip->setAccessibleDescription(tip);
    chips_->addButton(chip, static_cast<int>(view));
    viewRow_->layout()->addWidget(chip);
    connect(chip, &ChipButton::clicked, this, [this, view] {
        setView(view);
        Q_EMIT viewChosen(view);
    });
    return chip;
}

void RecalledCard::setView(RecallView view) {
    if (view == RecallView::moved && view_ != view) {
        before_ = view_;
    }
    view_ = view;
    chips_->button(static_cast<int>(view))->setChecked(true);
    refresh();
}

void RecalledCard::setOriginal(const Images& original) {
    // Of the same face under another alignment the last recall stays until the next is there.
    if (original.shape != original_.shape || original.values.empty()) {
        images_ = {};
    }
    original_ = original;
    slot(RecallView::original) = toQImage(original);
    chips_->button(static_cast<int>(RecallView::moved))->hide();
    leaveMoved();
    numbers_->clear();
    refresh();
}

void RecalledCard::showRecalled(const RecalledPicture& recalled) {
    slot(RecallView::composed) = toQImage(recalled.composed);
    slot(RecallView::recalled) = toQImage(recalled.recalled);
    slot(RecallView::masked) = toQImage(recalled.masked);
    // Where nothing is hidden there is nothing to compose: how the whole is recalled says more.
    const Images& shown = recalled.hidden == 0 ? recalled.recalled : recalled.composed;
    if (shown.shape == original_.shape) {
        slot(RecallView::difference) = toQImage(difference_picture(shown, original_));
    }
    numbers_->show(recalled);
    refresh();
}

void RecalledCard::showMoved(const QImage& face) {
    slot(RecallView::moved) = face;
    chips_->button(static_cast<int>(RecallView::moved))->show();
    setView(RecallView::moved);
}

void RecalledCard::leaveMoved() {
    if (view_ == RecallView::moved) {
        setView(before_);
    }
}

void RecalledCard::setComposition(Composition composition) {
    numbers_->setComposition(composition);
}

const QImage& RecalledCard::imageOf(RecallView view) const {
    return images_.at(static_cast<std::size_t>(view));
}

void RecalledCard::refresh() {
    const RecallView beside =
        view_ == RecallView::original ? RecallView::masked : RecallView::original;
    picture_->setPictures(imageOf(view_), imageOf(beside));
    picture_->setAccessibleName(
        tr("%1 picture").arg(chips_->button(static_cast<int>(view_))->text()));
}

}  // namespace lmser::ui
