// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/explore/unit_ranges.h"

class QAction;
class QActionGroup;
class QMenu;

namespace lmser::ui {

class ChipButton;
class NumberField;

/// A chip with the menu of range modes; beside it, while the range is fixed, its two ends.
class RangeChooser : public QWidget {
    Q_OBJECT
public:
    explicit RangeChooser(QWidget* parent = nullptr);

    [[nodiscard]] RangeMode mode() const { return mode_; }
    [[nodiscard]] const UnitRange& fixed() const { return fixed_; }

Q_SIGNALS:
    void rangeChanged();

private:
    void add(RangeMode mode, const QString& name, const QString& text, const QString& explanation);
    void setMode(RangeMode mode, const QString& text);
    NumberField* addEnd(const QString& objectName, const QString& name, double value);
    void takeEnds();

    RangeMode mode_ = RangeMode::percentiles;
    UnitRange fixed_;
    ChipButton* chip_;
    QMenu* menu_;
    QActionGroup* modes_;
    NumberField* low_;
    NumberField* high_;
};

}  // namespace lmser::ui
