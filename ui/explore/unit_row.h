// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstddef>

#include "core/spec/measurements.h"
#include "ui/explore/unit_ranges.h"

class QLabel;
class QToolButton;

namespace lmser::ui {

class NumberField;
class UnitSlider;

/// One top unit: lock · name · slider over its histogram · number · reset. A dead unit says so in place of
/// its slider. Controls are named after the unit's place, counted from 1: unitSlider3, unitNumber3, …
class UnitRow : public QWidget {
    Q_OBJECT
public:
    /// `place` counts from 0; `name` is shown, e.g. "unit 3" or "label 0".
    UnitRow(std::size_t place, const QString& name, QWidget* parent = nullptr);

    [[nodiscard]] const QString& name() const { return name_; }
    [[nodiscard]] bool isDead() const { return dead_; }

    /// Other words for the same unit.
    void rename(const QString& name);
    /// Without a lock; the room of it stays.
    void setLockable(bool lockable);
    void setValue(double value);
    void setStart(double start);
    void setRange(const UnitRange& range);
    void setStatistics(const UnitStatistics& unit);
    void setSelected(bool selected);
    /// So that the sliders of all rows begin at one line.
    void setNameWidth(int width);
    [[nodiscard]] int nameWidth() const;
    /// What a row grows to where there is room.
    static int mostHeight();

Q_SIGNALS:
    void valueEdited(double value);
    void dragStarted();
    void dragEnded();
    void resetRequested();
    void lockToggled(bool locked);
    /// The user went to this row by mouse or keyboard.
    void chosen();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void nameControls(std::size_t place);
    void tellNames();
    void explainControls();
    void layOut();
    void listen();
    void setDead(bool dead);

    QString name_;
    QToolButton* lock_;
    QLabel* label_;
    UnitSlider* slider_;
    QWidget* deadNote_;
    NumberField* number_;
    QToolButton* reset_;
    bool lockable_ = true;
    bool dead_ = false;
    bool selected_ = false;
};

}  // namespace lmser::ui
