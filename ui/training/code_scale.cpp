// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/code_scale.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "core/spec/measurements.h"
#include "ui/training/number_text.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kCellWidth = 40;
constexpr int kBarWidth = 28;
constexpr int kBarHeight = 30;
constexpr int kHistoryHeight = 14;
constexpr int kRowGap = 8;

int numberHeight() {
    return QFontMetrics(numberFont()).height();
}

int cellHeight() {
    return scaled(kBarHeight) + numberHeight() + scaled(kHistoryHeight) + kSpace;
}

int columnsIn(int width) {
    return std::max(1, width / scaled(kCellWidth));
}

QString tr(const char* text) {
    return QCoreApplication::translate("lmser::ui::CodeScale", text);
}

QString listed(const std::vector<std::size_t>& units) {
    QStringList numbers;
    for (const std::size_t unit : units) {
        numbers << QString::number(unit + 1);
    }
    const QString last = numbers.takeLast();
    return tr("%1 and %2").arg(numbers.join(QStringLiteral(", ")), last);
}

}  // namespace

QString deadUnitSentence(const std::vector<float>& codeStd) {
    const std::vector<std::size_t> dead = dead_units(codeStd);
    constexpr std::size_t kListed = 8;
    if (dead.empty()) {
        return {};
    }
    const QString remedy = tr("Try shortcut dropout or lmser-un-n.");
    if (dead.size() == 1) {
        return tr("unit %1 is dead: its slider will not move the picture. %2")
            .arg(dead.front() + 1)
            .arg(remedy);
    }
    const QString who = dead.size() == codeStd.size() ? tr("all %1 units").arg(codeStd.size())
                        : dead.size() > kListed
                            ? tr("%1 of %2 units").arg(dead.size()).arg(codeStd.size())
                            : tr("units %1").arg(listed(dead));
    return tr("%1 are dead: their sliders will not move the picture. %2").arg(who, remedy);
}

CodeScale::CodeScale(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Scale of each code unit over training"));
}

void CodeScale::clear() {
    history_.clear();
    largestNow_ = largestEver_ = 0;
    setAccessibleDescription(tr("Not measured yet."));
    updateGeometry();
    update();
}

void CodeScale::add(std::int64_t iteration, const std::vector<float>& codeStd) {
    const bool other = !history_.empty() && history_.back().codeStd.size() != codeStd.size();
    const bool late = !history_.empty() && history_.back().iteration >= iteration;
    if (codeStd.empty() || other || late) {
        return;
    }
    history_.push_back({iteration, codeStd});
    largestNow_ = *std::max_element(codeStd.begin(), codeStd.end());
    largestEver_ = std::max(largestEver_, largestNow_);
    QStringList words;
    for (std::size_t unit = 0; unit < codeStd.size(); ++unit) {
        words << description(unit);
    }
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

const std::vector<float>& CodeScale::newest() const {
    static const std::vector<float> none;
    return history_.empty() ? none : history_.back().codeStd;
}

int CodeScale::heightForWidth(int width) const {
    const int units = std::max(1, static_cast<int>(newest().size()));
    const int columns = columnsIn(width);
    const int rows = (units + columns - 1) / columns;
    return rows * (cellHeight() + kRowGap) - kRowGap;
}

QSize CodeScale::sizeHint() const {
    constexpr int kColumns = 16;
    const int units = std::clamp(static_cast<int>(newest().size()), 1, kColumns);
    const int width = units * scaled(kCellWidth);
    return {width, heightForWidth(width)};
}

QSize CodeScale::minimumSizeHint() const {
    return {scaled(kCellWidth), cellHeight()};
}

void CodeScale::paintEvent(QPaintEvent* /*event*/) {
    if (history_.empty()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto& now = newest();
    for (std::size_t unit = 0; unit < now.size(); ++unit) {
        const QRect area = cell(unit);
        const QRect bar(area.left(), area.top(), area.width(), scaled(kBarHeight));
        const QRect number(area.left(), bar.bottom() + 1, area.width(), numberHeight());
        paintBar(painter, bar, unit, largestNow_);
        painter.setPen(is_dead(now[unit], largestNow_) ? tokensOf(this).warningText
                                                       : tokensOf(this).muted);
        painter.setFont(numberFont());
        painter.drawText(number, Qt::AlignCenter, QString::number(unit + 1));
        paintHistory(
            painter,
            QRectF(area.left(), number.bottom() + kSpace, area.width(), scaled(kHistoryHeight)),
            unit);
    }
}

bool CodeScale::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        for (std::size_t unit = 0; unit < newest().size(); ++unit) {
            if (cell(unit).contains(help->pos())) {
                QToolTip::showText(help->globalPos(), description(unit), this, cell(unit));
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

QRect CodeScale::cell(std::size_t unit) const {
    const int columns = columnsIn(width());
    const int i = static_cast<int>(unit);
    const int pitch = scaled(kCellWidth);
    return {i % columns * pitch, i / columns * (cellHeight() + kRowGap), scaled(kBarWidth),
            cellHeight()};
}

QString CodeScale::description(std::size_t unit) const {
    const auto& now = newest();
    const QString text =
        tr("unit %1: standard deviation %2").arg(unit + 1).arg(shortNumber(now[unit]));
    return is_dead(now[unit], largestNow_) ? tr("%1, dead").arg(text) : text;
}

void CodeScale::paintBar(QPainter& painter, const QRect& area, std::size_t unit,
                         float largest) const {
    constexpr double kCorner = 3;
    constexpr double kLeast = 2;  // a dead unit is a line, not nothing
    const float std = newest()[unit];
    const double share = largest > 0 ? static_cast<double>(std / largest) : 0;
    const double height = std::max(kLeast, share * area.height());
    const bool dead = is_dead(std, largest);
    painter.setPen(Qt::NoPen);
    painter.setBrush(dead ? tokensOf(this).warning : tokensOf(this).good);
    const double corner = std::min(kCorner, height / 2);
    painter.drawRoundedRect(QRectF(area.left(), area.bottom() + 1 - height, area.width(), height),
                            corner, corner);
}

void CodeScale::paintHistory(QPainter& painter, const QRectF& area, std::size_t unit) const {
    if (history_.size() < 2 || !(largestEver_ > 0)) {
        return;
    }
    const auto first = static_cast<double>(history_.front().iteration);
    const auto span = static_cast<double>(history_.back().iteration) - first;
    QPolygonF line;
    for (const Measurement& measurement : history_) {
        const double x = (static_cast<double>(measurement.iteration) - first) / span;
        const double y = static_cast<double>(measurement.codeStd[unit] / largestEver_);
        line << QPointF(area.left() + x * area.width(),
                        area.bottom() - 1 - y * (area.height() - 2));
    }
    const bool dead = is_dead(newest()[unit], largestNow_);
    painter.setPen(QPen(tokensOf(this).line, 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.setPen(QPen(dead ? tokensOf(this).warning : tokensOf(this).muted, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
}

}  // namespace lmser::ui
