// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/warning_label.h"

#include <QEvent>

#include "ui/widgets/tokens.h"

namespace lmser::ui {

WarningLabel::WarningLabel(QWidget* parent) : QLabel(parent) {
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void WarningLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !settling_) {
        colour();
    }
}

void WarningLabel::showEvent(QShowEvent* event) {
    colour();
    QLabel::showEvent(event);
}

void WarningLabel::colour() {
    const QColor wanted = tokensOf(this).warningText;
    if (palette().color(QPalette::WindowText) == wanted) {
        return;
    }
    settling_ = true;  // setting the palette is a change of the palette
    QPalette own;
    own.setColor(QPalette::WindowText, wanted);
    setPalette(own);
    settling_ = false;
}

}  // namespace lmser::ui
