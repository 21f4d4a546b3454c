// SPDX-License-Identifier: GPL-3.0-or-later
// Where the parts of ExplorePanel stand at a size, and what the keyboard does to all of them.
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <algorithm>

#include "ui/explore/explore_panel.h"
#include "ui/explore/reflection_switch.h"
#include "ui/explore/style_pad.h"
#include "ui/explore/style_section.h"
#include "ui/explore/unit_list.h"
#include "ui/widgets/card.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/sweep_strip.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kMargin = 4 * kSpace;
constexpr int kCardSides = 7 * kSpace + 2;  // left and right of what is in a card
constexpr int kLeastHeroWidth = 200;
constexpr int kComfortableUnits = 438;  // the chips in one line, and sliders to aim at
constexpr int kPreferredUnits = 316;    // beside a pad
constexpr int kLeastPad = 132;
constexpr int kLargestPad = 260;
constexpr int kLeastRow = 264;

int heightAt(const QWidget& widget, int width) {
    return widget.hasHeightForWidth() ? widget.heightForWidth(width)
                                      : widget.minimumSizeHint().height();
}

}  // namespace

/// What stands under the row of picture and units, with the margins between.
int ExplorePanel::heightBelow() const {
    const int room = scroll_->viewport()->width() - 2 * kMargin;
    int below = 0;
    for (const QWidget* part :
         std::initializer_list<const QWidget*>{sweepCard_, classesCard_, tabPages_}) {
        below += part->isHidden() ? 0 : heightAt(*part, room) + kMargin;
    }
    return below;
}

int ExplorePanel::widthOfUnits() const {
    return units_->minimumSizeHint().width();
}

void ExplorePanel::reflow() {
    const int width = scroll_->viewport()->width();
    const int pad = style_->isHidden() ? 0 : scaled(kLeastPad) + kMargin;
    const int card = widthOfUnits() + pad + kCardSides;
    const bool beside = width >= card + kLeastHeroWidth + 3 * kMargin;
    columns_->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    if (beside) {
        placeBeside(width - 3 * kMargin);
        return;
    }
    columns_->setStretch(0, 1);
    columns_->setStretch(1, 1);
    const bool padBeside = width - 2 * kMargin >= card;
    styleAndUnits_->setDirection(padBeside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const int room = width - 2 * kMargin - kCardSides;
    const int side = padBeside ? room - widthOfUnits() - kMargin : room;
    style_->setFixedWidth(std::clamp(side, scaled(kLeastPad), scaled(kLargestPad)));
}

/// The picture is as large as the height allows, as long as pad and sliders stay large enough.
void ExplorePanel::placeBeside(int width) {
    styleAndUnits_->setDirection(QBoxLayout::LeftToRight);
    const int high =
        std::max(scaled(kLeastRow), scroll_->viewport()->height() - heightBelow() - 2 * kMargin);
    const int words = status_->sizeHint().height() + 8 * kSpace +
                      (reflection_->isHidden() ? 0 : reflection_->sizeHint().height());
    const bool padded = !style_->isHidden();
    const int pad = padded ? scaled(kLeastPad) + kMargin : 0;
    const int least = widthOfUnits() + pad + kCardSides;
    const int units = std::max(least, padded ? least : scaled(kComfortableUnits));
    const int hero = std::clamp(high - words + kCardSides, kLeastHeroWidth,
                                std::max(kLeastHeroWidth, width - units));
    columns_->setStretch(0, hero);
    columns_->setStretch(1, width - hero);
    const int sliders = std::max(widthOfUnits(), scaled(kPreferredUnits));
    const int spare = width - hero - kCardSides - kMargin - sliders;
    const int sweep = padded ? heightAt(*sweep_, width - hero - kCardSides) +
                                   sweepHead_->sizeHint().height() + 4 * kSpace
                             : 0;
    const int tall = high - style_->besidesPad() - 6 * kSpace - sweep;
    style_->setFixedWidth(
        std::clamp(std::min(spare, tall), scaled(kLeastPad), scaled(kLargestPad)));
}

bool ExplorePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == heroCard_ && event->type() == QEvent::Resize) {
        // Square at most, so that the line under the picture stays near it.
        const QMargins margins = heroCard_->layout()->contentsMargins();
        hero_->setMaximumHeight(heroCard_->width() - margins.left() - margins.right());
    }
    if (watched == scroll_->viewport() && event->type() == QEvent::Resize) {
        reflow();  // a scroll bar came or went, too
    }
    return QWidget::eventFilter(watched, event);
}

void ExplorePanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    reflow();
    if (run_) {
        followStart();
        askForSheets();
        requests_.sweepForMovedWeights();
    }
}

void ExplorePanel::keyPressEvent(QKeyEvent* event) {
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    const int digit = event->key() - Qt::Key_0;
    if (plain && digit >= 0 && digit < 10 && static_cast<std::size_t>(digit) < labels_) {
        chooseClass(static_cast<std::size_t>(digit));
        return;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace lmser::ui
