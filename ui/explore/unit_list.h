// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <QStringList>
#include <cstddef>
#include <vector>

#include "ui/explore/unit_ranges.h"

namespace lmser::ui {

class UnitRow;

/// The rows of all top units; scrolls where there are more than fit.
class UnitList : public QScrollArea {
    Q_OBJECT
public:
    explicit UnitList(QWidget* parent = nullptr);

    /// One row a name; rows that were there are gone. The rows from unit `first` on stand above those before it.
    void setUnits(const QStringList& names, std::size_t first = 0);
    /// Whether the rows before unit `end` are there; they have no locks.
    void setLabelsShown(std::size_t end, bool shown);
    /// Other words for the same units.
    void rename(const QStringList& names);
    [[nodiscard]] const std::vector<UnitRow*>& rows() const { return rows_; }

    void setCode(const std::vector<float>& code);
    void setStart(const std::vector<float>& start);
    void setRanges(const std::vector<UnitRange>& ranges);
    void setStatistics(const std::vector<UnitStatistics>& units);

    void select(std::size_t unit);
    [[nodiscard]] std::size_t selected() const { return selected_; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void valueEdited(std::size_t unit, double value);
    void dragStarted(std::size_t unit);
    void dragEnded();
    void resetRequested(std::size_t unit);
    void lockToggled(std::size_t unit, bool locked);
    void selectionChanged(std::size_t unit);

protected:
    void changeEvent(QEvent* event) override;

private:
    void add(std::size_t unit, const QString& name);
    void alignNames();
    void changeNames();
    void fitHeight();
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int shownRows() const;

    QWidget* content_;
    std::vector<UnitRow*> rows_;  ///< children of content_
    std::size_t first_ = 0;
    std::size_t selected_ = 0;
};

}  // namespace lmser::ui
