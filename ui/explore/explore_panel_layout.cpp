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
constexpr int kLeastRow = 316;
constexpr int kStackedHero = 300;

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
    } else {
        placeStacked(width - 2 * kMargin, width - 2 * kMargin >= card);
    }
}

/// The picture above pad and units; all as high as they like, for the workspace scrolls.
void ExplorePanel::placeStacked(int width, bool padBesideUnits) {
    setRowHeight(std::nullopt);
    columns_->setStretch(0, 1);
    columns_->setStretch(1, 1);
    // No taller than what leaves pad and sliders a part of the view.
    const int tallest = std::min(scaled(kStackedHero), scroll_->viewport()->height() / 2);
    hero_->setSides(std::max(kLeastHeroWidth, std::min(width - kCardSides, tallest)),
                    kLeastHeroWidth);
    styleAndUnits_->setDirection(padBesideUnits ? QBoxLayout::LeftToRight
                                                : QBoxLayout::TopToBottom);
    const int room = width - kCardSides;
    const int side = padBesideUnits ? room - widthOfUnits() - kMargin : room;
    style_->setFixedWidth(std::clamp(side, scaled(kLeastPad), scaled(kLargestPad)));
}

/// The picture is as large as the height allows, as long as pad and sliders stay large enough.
void ExplorePanel::placeBeside(int width) {
    styleAndUnits_->setDirection(QBoxLayout::LeftToRight);
    hero_->setSides(kLeastHeroWidth - kCardSides, kLeastHeroWidth - kCardSides);
    const int room = scroll_->viewport()->height() - heightBelow() - 2 * kMargin;
    // What the card needs depends on its width, which depends on the height that the picture may use.
    int high = std::max(scaled(kLeastRow), room);
    for (int round = 0; round < 2; ++round) {
        const int hero = heroWidth(width, high);
        columns_->setStretch(0, hero);
        columns_->setStretch(1, width - hero);
        style_->setFixedWidth(padSide(width - hero - kCardSides, high));
        high = std::max(high, unitsCard_->layout()->totalMinimumHeightForWidth(width - hero));
    }
    setRowHeight(high);
}

int ExplorePanel::heroWidth(int width, int high) const {
    const int words = status_->fontMetrics().height() + 10 * kSpace +
                      (reflection_->isHidden() ? 0 : reflection_->sizeHint().height());
    const bool padded = !style_->isHidden();
    const int pad = padded ? scaled(kLeastPad) + kMargin : 0;
    const int least = widthOfUnits() + pad + kCardSides;
    const int units = std::max(least, padded ? least : scaled(kComfortableUnits));
    return std::clamp(high - words + kCardSides, kLeastHeroWidth,
                      std::max(kLeastHeroWidth, width - units));
}

int ExplorePanel::padSide(int width, int high) const {
    const int sliders = std::max(widthOfUnits(), scaled(kPreferredUnits));
    const int sweep = sweepCard_->isHidden()
                          ? heightAt(*sweep_, width) + sweepHead_->sizeHint().height() + 4 * kSpace
                          : 0;
    const int tall = high - style_->besidesPad() - 8 * kSpace - sweep;
    return std::clamp(std::min(width - kMargin - sliders, tall), scaled(kLeastPad),
                      scaled(kLargestPad));
}

/// Fixed, for a box layout would take the missing height from whatever is highest.
void ExplorePanel::setRowHeight(std::optional<int> height) {
    for (QWidget* card : std::initializer_list<QWidget*>{heroCard_, unitsCard_}) {
        card->setMinimumHeight(height.value_or(0));
        card->setMaximumHeight(height.value_or(QWIDGETSIZE_MAX));
    }
}

bool ExplorePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == heroCard_ && event->type() == QEvent::Resize) {
        // Square at most, so that the line under the picture stays near it.
        const QMargins margins = heroCard_->layout()->contentsMargins();
        hero_->setMaximumHeight(heroCard_->width() - margins.left() - margins.right());
    }
    const bool resized = watched == scroll_->viewport() && event->type() == QEvent::Resize;
    const bool changed = watched == scroll_->widget() && event->type() == QEvent::LayoutRequest;
    if (resized || changed) {
        reflow();  // a scroll bar or a part came or went
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
