// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/change_plot.h"

#include <QBoxLayout>
#include <QEvent>
#include <algorithm>
#include <cmath>

#include "ui/training/curve_axes.h"
#include "ui/training/number_text.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kWidth = 240;
constexpr int kLeastWidth = 150;
constexpr int kHeight = 80;
constexpr int kTop = 6;
constexpr double kPen = 2;
constexpr double kPoint = 5;

/// A line a decade, or in `most` steps at most, with numbers as the program writes them: .01
QSharedPointer<QCPAxisTicker> decades(int first, int last, int most) {
    const int step = std::max(1, (last - first + most - 1) / most);
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (int decade = last; decade >= first; decade -= step) {
        const double value = std::pow(10.0, decade);
        ticker->addTick(value, shortNumber(value));
    }
    return ticker;
}

}  // namespace

ChangePlot::ChangePlot(QWidget* parent) : QWidget(parent), plot_(new QCustomPlot(this)) {
    setObjectName(QStringLiteral("changePlot"));
    setAccessibleName(tr("change a round"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(plot_);
    plot_->setFocusPolicy(Qt::NoFocus);
    setUpAxes(*plot_);
    plot_->setInteractions({});
    plot_->legend->setVisible(false);
    setLogarithmicAxis(*plot_, true);
    curve_ = plot_->addGraph();
    curve_->removeFromLegend();  // which would keep a line below the axis
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    applyStyle();
}

void ChangePlot::setChange(const std::vector<double>& change) {
    QVector<double> rounds;
    QVector<double> moved;
    for (std::size_t i = 0; i < change.size(); ++i) {
        if (change[i] > 0) {
            rounds.append(static_cast<double>(i + 1));
            moved.append(change[i]);
        }
    }
    curve_->setData(rounds, moved, true);
    if (moved.isEmpty()) {
        setAccessibleDescription(tr("nothing is recalled yet"));
        plot_->replot();
        return;
    }
    constexpr double kAir = .5;
    plot_->xAxis->setRange(1 - kAir, static_cast<double>(change.size()) + kAir);
    const auto [least, most] = std::minmax_element(moved.cbegin(), moved.cend());
    // Whole decades: there is room for few lines.
    first_ = static_cast<int>(std::floor(std::log10(*least)));
    last_ = std::max(first_ + 1, static_cast<int>(std::ceil(std::log10(*most))));
    fitAxis();
    setAccessibleDescription(
        tr("from %1 in the first round to %2 in round %3")
            .arg(shortNumber(moved.constFirst()), shortNumber(moved.constLast()))
            .arg(qRound(rounds.constLast())));
    plot_->replot();
}

// As many lines as their numbers have room for, and air at both ends, where a point would be cut.
void ChangePlot::fitAxis() {
    constexpr double kEnds = .08;  // of the axis, at either end
    const int line = QFontMetrics(plot_->yAxis->tickLabelFont()).height();
    const int room = height() - scaled(kTop) - 2 * line;
    const double air = std::pow(10.0, kEnds * (last_ - first_));
    plot_->yAxis->setRange(std::pow(10.0, first_) / air, std::pow(10.0, last_) * air);
    plot_->yAxis->setTicker(decades(first_, last_, std::max(1, room / line)));
}

void ChangePlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitAxis();
}

QSize ChangePlot::sizeHint() const {
    return {scaled(kWidth), scaled(kHeight)};
}

QSize ChangePlot::minimumSizeHint() const {
    return {scaled(kLeastWidth), scaled(kHeight)};
}

void ChangePlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyStyle();
    }
}

void ChangePlot::applyStyle() {
    const Tokens& tokens = tokensOf(this);
    styleAxes(*plot_, tokens);
    plot_->axisRect()->setMargins(QMargins(0, scaled(kTop), scaled(3 * kSpace), 0));
    plot_->setBackground(QBrush(tokens.surface));
    curve_->setPen(QPen(tokens.accent, kPen));
    curve_->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, tokens.accent, tokens.accent, kPoint));
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace lmser::ui
