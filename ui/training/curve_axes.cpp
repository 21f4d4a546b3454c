// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/curve_axes.h"

#include <algorithm>
#include <cmath>

#include "ui/training/curve_math.h"
#include "ui/training/number_text.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

QVector<double> toQVector(const std::vector<double>& values) {
    return {values.begin(), values.end()};
}

/// The lines of the error axis, and their numbers as the program writes numbers: .001
class ErrorTicker : public QCPAxisTicker {
public:
    explicit ErrorTicker(bool logarithmic) : logarithmic_(logarithmic) {}

protected:
    int getSubTickCount(double /*tickStep*/) override { return 0; }
    QString getTickLabel(double tick, const QLocale& /*locale*/, QChar /*formatChar*/,
                         int /*precision*/) override {
        return shortNumber(tick);
    }
    QVector<double> createTickVector(double /*tickStep*/, const QCPRange& range) override {
        return toQVector(logarithmic_ && range.lower > 0 ? logTicks(range.lower, range.upper)
                                                         : linearTicks(range.lower, range.upper));
    }

private:
    bool logarithmic_;
};

/// Whole iterations, thousands apart.
class IterationTicker : public QCPAxisTicker {
protected:
    int getSubTickCount(double /*tickStep*/) override { return 0; }
    QString getTickLabel(double tick, const QLocale& /*locale*/, QChar /*formatChar*/,
                         int /*precision*/) override {
        return grouped(std::llround(tick));
    }
    QVector<double> createTickVector(double /*tickStep*/, const QCPRange& range) override {
        std::vector<double> ticks = linearTicks(range.lower, range.upper);
        std::erase_if(ticks, [](double tick) { return tick < 0 || tick != std::round(tick); });
        return toQVector(ticks);
    }
};

QFont smallNumbers() {
    QFont font = numberFont();
    font.setPointSizeF(font.pointSizeF() * (kTextPixels - 1) / kTextPixels);
    return font;
}

double niceBelow(double value) {
    const double power = std::pow(10, std::floor(std::log10(value)));
    const double mantissa = value / power;
    return power * (mantissa >= 5 ? 5 : mantissa >= 2 ? 2 : 1);
}

double niceAbove(double value) {
    const double power = std::pow(10, std::floor(std::log10(value)));
    const double mantissa = value / power;
    return power * (mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
}

}  // namespace

void setUpAxes(QCustomPlot& plot) {
    plot.setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot.setNoAntialiasingOnDrag(false);
    // Ten times faster for a long, wiggly line of two pixels (1.4 against 14 ms at 100,000 points).
    plot.setPlottingHints(QCP::phFastPolylines | QCP::phCacheLabels);
    plot.addLayer(QStringLiteral("present"), plot.layer(QStringLiteral("main")),
                  QCustomPlot::limAbove);
    QCPAxisRect* rect = plot.axisRect();
    rect->setAutoMargins(QCP::msLeft | QCP::msBottom);
    rect->setRangeZoom(Qt::Horizontal | Qt::Vertical);
    plot.xAxis->setTicker(QSharedPointer<QCPAxisTicker>(new IterationTicker));
    plot.xAxis->grid()->setVisible(false);
    plot.yAxis->grid()->setZeroLinePen(Qt::NoPen);
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0);
    }
    rect->insetLayout()->take(plot.legend);
    auto* below = new QCPLayoutGrid;
    plot.plotLayout()->addElement(1, 0, below);
    below->addElement(0, 0, plot.legend);
    below->addElement(0, 1, new QCPLayoutElement(&plot));
    constexpr double kAsSmallAsCanBe = .001;
    below->setColumnStretchFactor(0, kAsSmallAsCanBe);
    plot.plotLayout()->setRowStretchFactor(1, kAsSmallAsCanBe);
    plot.plotLayout()->setRowSpacing(0);
    plot.legend->setBorderPen(Qt::NoPen);
    plot.legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    plot.legend->setVisible(true);
}

QList<QCPAbstractLegendItem*> legendItems(const QCustomPlot& plot) {
    QList<QCPAbstractLegendItem*> items;
    for (int i = 0; i < plot.legend->elementCount(); ++i) {
        if (QCPAbstractLegendItem* item = plot.legend->item(i)) {  // a wrapped grid has empty cells
            items << item;
        }
    }
    return items;
}

void wrapLegend(QCustomPlot& plot) {
    int widest = 1;
    const auto items = legendItems(plot);
    for (const QCPAbstractLegendItem* item : items) {
        widest = std::max(widest, item->minimumOuterSizeHint().width());
    }
    const int fitting = std::max(1, plot.width() / (widest + plot.legend->columnSpacing()));
    plot.legend->setWrap(fitting);
    plot.legend->setFillOrder(QCPLayoutGrid::foColumnsFirst, true);
}

void styleAxes(QCustomPlot& plot, const Tokens& tokens) {
    // Room for half a number, without which QCustomPlot leaves the last one out.
    constexpr int kTop = 12;
    constexpr int kRight = 24;
    constexpr int kDescent = 3;  // of a g, which an entry of the legend would cut
    plot.setBackground(tokens.surface);
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setTickLabelColor(tokens.muted);
        axis->setTickLabelFont(smallNumbers());
        axis->setTickLabelPadding(scaled(2 * kSpace));
    }
    plot.yAxis->grid()->setPen(QPen(tokens.line, 1));
    plot.axisRect()->setMargins(QMargins(0, scaled(kTop), scaled(kRight), 0));
    QFont legendFont = textFont();
    legendFont.setPointSizeF(legendFont.pointSizeF() * (kTextPixels - 1) / kTextPixels);
    plot.legend->setFont(legendFont);
    plot.legend->setTextColor(tokens.muted);
    plot.legend->setBrush(Qt::NoBrush);
    plot.legend->setIconSize(scaled(28), scaled(12));
    plot.legend->setColumnSpacing(scaled(4 * kSpace));
    plot.legend->setMargins(QMargins(0, scaled(kSpace), 0, 0));
    for (QCPAbstractLegendItem* item : legendItems(plot)) {
        item->setFont(legendFont);
        item->setMargins(QMargins(0, 1, 0, kDescent));
        item->setTextColor(tokens.muted);
    }
}

void setLogarithmicAxis(QCustomPlot& plot, bool logarithmic) {
    plot.yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    plot.yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new ErrorTicker(logarithmic)));
}

QCPRange errorRange(double lowest, double highest, bool logarithmic) {
    constexpr double kAir = 1.05;
    if (!logarithmic) {
        return {0, highest * kAir};
    }
    return {niceBelow(lowest / kAir), niceAbove(highest * kAir)};
}

void panView(QCustomPlot& plot, double right, double up) {
    plot.xAxis->moveRange(right * plot.xAxis->range().size());
    const QCPRange range = plot.yAxis->range();
    if (plot.yAxis->scaleType() == QCPAxis::stLogarithmic) {
        const double factor = std::pow(range.upper / range.lower, up);
        plot.yAxis->setRange(range.lower * factor, range.upper * factor);
    } else {
        plot.yAxis->moveRange(up * range.size());
    }
}

void zoomView(QCustomPlot& plot, double factor) {
    plot.xAxis->scaleRange(factor);
    const QCPRange range = plot.yAxis->range();
    if (plot.yAxis->scaleType() == QCPAxis::stLogarithmic) {
        plot.yAxis->scaleRange(factor, std::sqrt(range.lower * range.upper));
    } else {
        plot.yAxis->scaleRange(factor);
    }
}

}  // namespace lmser::ui
