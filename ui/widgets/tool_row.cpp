// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tool_row.h"

#include <QBoxLayout>
#include <QEvent>
#include <QTabBar>

#include "ui/widgets/action_button.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {
namespace {

constexpr int kSide = 2 * kSpace + 2;

}  // namespace

ToolRow::ToolRow(QTabBar* tabs, QWidget* parent)
    : QWidget(parent), tabs_(tabs), line_(new QHBoxLayout(this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    line_->setContentsMargins(kSide, 0, kSide, 1);
    line_->setSpacing(2 * kSpace);
    tabs->setUsesScrollButtons(false);
    line_->addWidget(tabs);
    line_->addStretch(1);
}

void ToolRow::addButton(ActionButton* button) {
    buttons_.push_back(button);
    line_->addWidget(button);
}

// Whatever the words say: else they would hold the window at the width that they have.
QSize ToolRow::minimumSizeHint() const {
    return {widthWith(Words::none), line_->minimumSize().height()};
}

bool ToolRow::isCompact(const ActionButton& button, Words words) {
    return words == Words::none || (words == Words::primary && !button.isPrimary());
}

int ToolRow::widthWith(Words words) const {
    int width = 2 * kSide + tabs_->sizeHint().width();
    for (const ActionButton* button : buttons_) {
        if (!button->isHidden()) {
            width += line_->spacing() + button->sizeWhere(isCompact(*button, words)).width();
        }
    }
    return width;
}

void ToolRow::fit() {
    Words words = Words::all;
    if (widthWith(words) > width()) {
        words = Words::primary;
    }
    if (widthWith(words) > width()) {
        words = Words::none;
    }
    for (ActionButton* button : buttons_) {
        button->setCompact(isCompact(*button, words));
    }
}

bool ToolRow::event(QEvent* event) {
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest) {
        fit();
    }
    return done;
}

void ToolRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

}  // namespace lmser::ui
