// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QFont>

namespace lmser::ui {

/// Text twice as large as long as it lives, as on a desktop at 200 %.
class LargeText {
public:
    LargeText() {
        QFont font = before_;
        font.setPointSizeF(2 * font.pointSizeF());
        QApplication::setFont(font);
    }
    ~LargeText() { QApplication::setFont(before_); }
    LargeText(const LargeText&) = delete;
    LargeText& operator=(const LargeText&) = delete;

private:
    QFont before_ = QApplication::font();
};

}  // namespace lmser::ui
