// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/run_curves.h"

#include <QCoreApplication>
#include <array>
#include <cmath>

namespace lmser::ui {
namespace {

struct RunLook {
    std::size_t trainingColour;
    std::size_t heldOutColour;
    QVector<qreal> trainingDash;  // empty: solid; in units of the pen's width
    QVector<qreal> heldOutDash;
    QCPScatterStyle::ScatterShape marker;
};

// The first pair is the mock-up's blue and vermillion; after four runs the colours begin again.
const RunLook& lookOf(int place) {
    static const std::array<RunLook, 4> looks = {{
        {0, 1, {}, {4, 2.5}, QCPScatterStyle::ssDisc},
        {2, 3, {1, 2}, {2.5, 2.5}, QCPScatterStyle::ssSquare},
        {5, 4, {7, 2}, {5, 2, 1, 2}, QCPScatterStyle::ssTriangle},
        {7, 6, {7, 2, 1, 2}, {2, 2, 5, 2}, QCPScatterStyle::ssDiamond},
    }};
    return looks.at(static_cast<std::size_t>(place) % looks.size());
}

QString tr(const char* text) {
    return QCoreApplication::translate("lmser::ui::RunCurves", text);
}

QColor withAlpha(QColor colour, double alpha) {
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}

QPen penOf(const QColor& colour, double width, const QVector<qreal>& dash) {
    QPen pen(colour, width);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::BevelJoin);  // a mitred noisy line grows spikes
    if (!dash.isEmpty()) {
        pen.setDashPattern(dash);
    }
    return pen;
}

void include(std::optional<RunCurves::Bounds>& bounds, const QCPGraph& graph) {
    bool found = false;
    const QCPRange values = graph.data()->valueRange(found, QCP::sdPositive);
    if (!found) {
        return;
    }
    const double last = (graph.data()->constEnd() - 1)->key;
    if (!bounds) {
        bounds = RunCurves::Bounds{last, values.lower, values.upper};
        return;
    }
    bounds->iterations = std::max(bounds->iterations, last);
    bounds->lowest = std::min(bounds->lowest, values.lower);
    bounds->highest = std::max(bounds->highest, values.upper);
}

/// A line that is drawn with one point a pixel at most, the mean of those that fall into it: a dash along every
/// wiggle of a long curve would cost 14 ms a replot and could not be told from a solid line.
class SmoothGraph : public QCPGraph {
public:
    using QCPGraph::QCPGraph;
    void setThinned(bool thinned) { thinned_ = thinned; }

protected:
    void drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const override {
        if (!thinned_) {
            QCPGraph::drawLinePlot(painter, lines);
            return;
        }
        QVector<QPointF> thin;
        for (qsizetype i = 0; i < lines.size();) {
            const double column = std::floor(lines[i].x());
            QPointF sum;
            qsizetype end = i;
            while (end < lines.size() && std::floor(lines[end].x()) == column) {
                sum += lines[end++];
            }
            end = std::max(end, i + 1);  // a point that is not a number stands alone, as a gap
            thin << (end == i + 1 ? lines[i] : sum / static_cast<double>(end - i));
            i = end;
        }
        QCPGraph::drawLinePlot(painter, thin);
    }

private:
    bool thinned_ = true;
};

/// A line whose markers are whole at the edge of the plot too, where its last one stands.
class MarkedGraph : public QCPGraph {
public:
    using QCPGraph::QCPGraph;

protected:
    QRect clipRect() const override {
        const int out = static_cast<int>(std::ceil(scatterStyle().size()));
        return QCPGraph::clipRect().adjusted(-out, -out, out, out);
    }
};

CurveTable tableOf(const QString& run, const QString& curve, const QCPGraph& graph) {
    CurveTable table{run.toStdString(), curve.toStdString(), {}, {}, {}};
    for (const QCPGraphData& point : *graph.data()) {
        table.iterations.push_back(std::llround(point.key));
        table.values.push_back(point.value);
    }
    return table;
}

}  // namespace

RunCurves::RunCurves(QCustomPlot& plot, std::uint64_t id, const QString& name, int place)
    : plot_(plot),
      id_(id),
      name_(name),
      split_(QStringLiteral("test")),
      place_(place),
      raw_(plot.addGraph()),
      smooth_(new SmoothGraph(plot.xAxis, plot.yAxis)),
      heldOut_(new MarkedGraph(plot.xAxis, plot.yAxis)) {
    raw_->removeFromLegend();
    for (QCPGraph* graph : {raw_, smooth_, heldOut_}) {
        graph->setAdaptiveSampling(true);
        graph->setSelectable(QCP::stNone);
    }
    nameGraphs();
}

RunCurves::~RunCurves() {
    for (QCPGraph* graph : {raw_, smooth_, heldOut_}) {
        plot_.removeGraph(graph);
    }
}

void RunCurves::addSteps(std::span<const StepReport> steps, double smoothing) {
    if (raw_->data()->isEmpty()) {
        average_ = DebiasedAverage(smoothing);
    }
    QVector<QCPGraphData> raw;
    QVector<QCPGraphData> smooth;
    double last = raw_->data()->isEmpty() ? -1 : (raw_->data()->constEnd() - 1)->key;
    for (const StepReport& step : steps) {
        const auto key = static_cast<double>(step.iteration);
        if (key > last) {
            raw.push_back({key, step.error_per_pixel});
            smooth.push_back({key, average_.add(step.error_per_pixel)});
            last = key;
        }
    }
    raw_->data()->add(raw, true);
    smooth_->data()->add(smooth, true);
}

void RunCurves::addEvaluation(const Evaluation& evaluation) {
    const auto key = static_cast<double>(evaluation.iteration);
    const auto data = heldOut_->data();
    if (!data->isEmpty() && (data->constEnd() - 1)->key >= key) {
        return;
    }
    data->add({key, evaluation.error_per_pixel});
    const QString split = QString::fromStdString(evaluation.split);
    if (split != split_) {
        split_ = split;
        nameGraphs();
    }
}

void RunCurves::setSmoothing(double smoothing) {
    average_ = DebiasedAverage(smoothing);
    QVector<QCPGraphData> points;
    points.reserve(raw_->data()->size());
    for (const QCPGraphData& point : *raw_->data()) {
        points.push_back({point.key, average_.add(point.value)});
    }
    smooth_->data()->set(points, true);
    isSmoothed_ = smoothing > 0;
    raw_->setVisible(isSmoothed_);  // else it would lie under the smoothed line, point for point
    static_cast<SmoothGraph*>(smooth_)->setThinned(isSmoothed_);
    QPen pen = smooth_->pen();
    dressTraining(pen);
    smooth_->setPen(pen);
}

void RunCurves::setName(const QString& name) {
    name_ = name;
    nameGraphs();
}

void RunCurves::setStyle(const Tokens& tokens, bool current) {
    constexpr double kFaint = .24;   // of the measured line beside the smoothed one
    constexpr double kDimmed = .55;  // of an earlier run
    constexpr double kWidth = 2;
    constexpr double kMarker = 6;
    const RunLook& look = lookOf(place_);
    const double alpha = current ? 1 : kDimmed;
    const QColor training = withAlpha(tokens.series.at(look.trainingColour), alpha);
    const QColor heldOut = withAlpha(tokens.series.at(look.heldOutColour), alpha);
    raw_->setPen(penOf(withAlpha(training, kFaint * alpha), 1, {}));
    raw_->setAntialiased(false);
    QPen pen = penOf(training, kWidth, {});
    dressTraining(pen);
    smooth_->setPen(pen);
    heldOut_->setPen(penOf(heldOut, kWidth, look.heldOutDash));
    heldOut_->setScatterStyle(
        QCPScatterStyle(look.marker, QPen(heldOut, 1), QBrush(tokens.surface), kMarker));
    const QString layer = current ? QStringLiteral("present") : QStringLiteral("main");
    for (QCPGraph* graph : {raw_, smooth_, heldOut_}) {
        graph->setLayer(layer);
    }
}

// Dashes only along a smoothed line; a noisy one is drawn thin and solid.
void RunCurves::dressTraining(QPen& pen) const {
    constexpr double kNoisy = 1;
    constexpr double kSmooth = 2;
    const QVector<qreal>& dash = lookOf(place_).trainingDash;
    pen.setWidthF(isSmoothed_ ? kSmooth : kNoisy);
    if (isSmoothed_ && !dash.isEmpty()) {
        pen.setDashPattern(dash);
    } else {
        pen.setStyle(Qt::SolidLine);
    }
}

bool RunCurves::isEmpty() const {
    return raw_->data()->isEmpty() && heldOut_->data()->isEmpty();
}

std::optional<RunCurves::Bounds> RunCurves::bounds() const {
    std::optional<Bounds> bounds;
    include(bounds, *smooth_);
    include(bounds, *heldOut_);
    return bounds;
}

std::optional<RunCurves::Point> RunCurves::nearest(const QPointF& pixel, double reach) const {
    std::optional<Point> best;
    double nearestSoFar = reach * reach;
    for (const QCPGraph* graph : {smooth_, heldOut_}) {
        const double left = graph->keyAxis()->pixelToCoord(pixel.x() - reach);
        const double right = graph->keyAxis()->pixelToCoord(pixel.x() + reach);
        const auto first = graph->data()->findBegin(left, false);
        const auto end = graph->data()->findEnd(right, false);
        for (auto point = first; point != end; ++point) {
            const QPointF off = graph->coordsToPixels(point->key, point->value) - pixel;
            const double distance = QPointF::dotProduct(off, off);
            if (distance < nearestSoFar) {
                nearestSoFar = distance;
                best = Point{graph, point->key, point->value, std::nullopt};
            }
        }
    }
    if (best && best->graph == smooth_) {
        best->smoothed = best->value;
        best->value = raw_->data()->findBegin(best->iteration, false)->value;
    }
    return best;
}

std::vector<CurveTable> RunCurves::tables() const {
    std::vector<CurveTable> result;
    if (!raw_->data()->isEmpty()) {
        result.push_back(tableOf(name_, QStringLiteral("training"), *raw_));
        result.back().smoothed = tableOf(name_, {}, *smooth_).values;
    }
    if (!heldOut_->data()->isEmpty()) {
        result.push_back(tableOf(name_, split_, *heldOut_));
    }
    return result;
}

std::vector<StepReport> RunCurves::steps() const {
    std::vector<StepReport> steps;
    for (const QCPGraphData& point : *raw_->data()) {
        StepReport step;
        step.iteration = std::llround(point.key);
        step.error_per_pixel = point.value;
        steps.push_back(step);
    }
    return steps;
}

void RunCurves::nameGraphs() {
    smooth_->setName(tr("%1 · training").arg(name_));
    const QString shown = split_ == QLatin1String("test") ? tr("test") : split_;
    heldOut_->setName(QStringLiteral("%1 · %2").arg(name_, shown));
}

}  // namespace lmser::ui
