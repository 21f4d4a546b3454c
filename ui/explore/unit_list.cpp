// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/unit_list.h"

#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/explore/unit_row.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kRowsAtLeast = 4;
constexpr int kMixedRowsAtLeast = 6;  // styles, and some of the categories below them
constexpr int kRowsPreferred = 10;
constexpr int kRowShare = 100;  // of spare height, beside the 1 of what is below the rows

}  // namespace

UnitList::UnitList(QWidget* parent) : QScrollArea(parent), content_(new QWidget) {
    auto* column = new QVBoxLayout(content_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace);
    column->addStretch(1);
    setWidget(content_);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setObjectName(QStringLiteral("unitList"));
    setAccessibleName(tr("Code units"));
    // The card behind it is the surface.
    viewport()->setAutoFillBackground(false);
    content_->setAutoFillBackground(false);
}

void UnitList::setUnits(const QStringList& names, std::size_t first) {
    for (UnitRow* row : rows_) {
        delete row;
    }
    const auto count = static_cast<std::size_t>(names.size());
    rows_.assign(count, nullptr);
    first_ = count == 0 ? 0 : first % count;
    selected_ = first_;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t unit = (first_ + i) % count;
        add(unit, names.at(static_cast<qsizetype>(unit)));
    }
    if (!rows_.empty()) {
        rows_[selected_]->setSelected(true);
    }
    alignNames();
    verticalScrollBar()->setValue(0);
    updateGeometry();
}

void UnitList::add(std::size_t unit, const QString& name) {
    auto* row = new UnitRow(unit, name, content_);
    auto* column = static_cast<QVBoxLayout*>(content_->layout());
    column->insertWidget(column->count() - 1, row, kRowShare);
    row->show();  // a new child of a visible list counts as hidden until then, and shownRows() would miss it
    rows_[unit] = row;
    connect(row, &UnitRow::valueEdited, this,
            [this, unit](double value) { Q_EMIT valueEdited(unit, value); });
    connect(row, &UnitRow::dragStarted, this, [this, unit] { Q_EMIT dragStarted(unit); });
    connect(row, &UnitRow::dragEnded, this, &UnitList::dragEnded);
    connect(row, &UnitRow::resetRequested, this, [this, unit] { Q_EMIT resetRequested(unit); });
    connect(row, &UnitRow::lockToggled, this,
            [this, unit](bool locked) { Q_EMIT lockToggled(unit, locked); });
    connect(row, &UnitRow::chosen, this, [this, unit] { select(unit); });
}

void UnitList::setLabelsShown(std::size_t end, bool shown) {
    for (std::size_t unit = 0; unit < std::min(end, rows_.size()); ++unit) {
        rows_[unit]->setVisible(shown);
        rows_[unit]->setLockable(false);
    }
    if (!shown && selected_ < end) {
        select(first_);
    }
    alignNames();
    updateGeometry();
}

void UnitList::rename(const QStringList& names) {
    for (std::size_t i = 0; i < std::min(rows_.size(), static_cast<std::size_t>(names.size()));
         ++i) {
        rows_[i]->rename(names.at(static_cast<qsizetype>(i)));
    }
    changeNames();
}

int UnitList::shownRows() const {
    return static_cast<int>(
        std::ranges::count_if(rows_, [](const UnitRow* row) { return !row->isHidden(); }));
}

void UnitList::alignNames() {
    int widest = 0;
    for (const UnitRow* row : rows_) {
        widest = std::max(widest, row->isHidden() ? 0 : row->nameWidth());
    }
    for (UnitRow* row : rows_) {
        row->setNameWidth(widest);
    }
    setMinimumWidth(content_->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width());
    fitHeight();
}

void UnitList::fitHeight() {
    // No taller than its rows may grow, so that what stands under it stays near.
    const int tallest = UnitRow::mostHeight() + content_->layout()->spacing();
    setMaximumHeight(std::max(1, shownRows()) * tallest);
}

void UnitList::setCode(const std::vector<float>& code) {
    for (std::size_t i = 0; i < std::min(code.size(), rows_.size()); ++i) {
        rows_[i]->setValue(static_cast<double>(code[i]));
    }
}

void UnitList::setStart(const std::vector<float>& start) {
    for (std::size_t i = 0; i < std::min(start.size(), rows_.size()); ++i) {
        rows_[i]->setStart(static_cast<double>(start[i]));
    }
}

void UnitList::setRanges(const std::vector<UnitRange>& ranges) {
    for (std::size_t i = 0; i < std::min(ranges.size(), rows_.size()); ++i) {
        rows_[i]->setRange(ranges[i]);
    }
}

void UnitList::setStatistics(const std::vector<UnitStatistics>& units) {
    for (std::size_t i = 0; i < std::min(units.size(), rows_.size()); ++i) {
        rows_[i]->setStatistics(units[i]);
    }
}

void UnitList::select(std::size_t unit) {
    if (unit == selected_ || unit >= rows_.size() || rows_[unit]->isDead()) {
        return;
    }
    rows_[selected_]->setSelected(false);
    selected_ = unit;
    rows_[unit]->setSelected(true);
    Q_EMIT selectionChanged(unit);
}

int UnitList::rowHeight() const {
    return scaled(kControlHeight) + 2 + content_->layout()->spacing();
}

QSize UnitList::sizeHint() const {
    const int rows = std::clamp(shownRows(), std::min(shownRows(), kRowsAtLeast), kRowsPreferred);
    return {content_->sizeHint().width(), rows * rowHeight()};
}

QSize UnitList::minimumSizeHint() const {
    const int least = first_ > 0 ? kMixedRowsAtLeast : kRowsAtLeast;
    const int rows = std::clamp(shownRows(), 1, least);
    return {minimumWidth(), rows * rowHeight()};
}

void UnitList::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::FontChange) {
        changeNames();
    }
}

void UnitList::changeNames() {
    for (UnitRow* row : rows_) {
        row->setNameWidth(QWIDGETSIZE_MAX);
    }
    alignNames();
    updateGeometry();
}

}  // namespace lmser::ui
