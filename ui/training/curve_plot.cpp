// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/curve_plot.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/files/atomic_save.h"
#include "ui/training/curve_axes.h"
#include "ui/training/curve_export.h"
#include "ui/training/number_text.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kReplotMilliseconds = 66;  // about 15 a second
constexpr double kReadReach = 28;        // pixels between pointer and point

}  // namespace

CurvePlot::CurvePlot(QWidget* parent) : QWidget(parent), plot_(new QCustomPlot(this)) {
    auto* layout = new QVBoxLayout(this);
    constexpr int kRing = 4;  // room for the ring around what has the focus
    layout->setContentsMargins(kRing, kRing, kRing, kRing);
    layout->addWidget(plot_);
    plot_->setObjectName(QStringLiteral("curvePlot"));
    plot_->setAccessibleName(tr("Error per pixel over iterations"));
    plot_->setFocusPolicy(Qt::StrongFocus);
    plot_->installEventFilter(this);
    setFocusProxy(plot_);
    setUpAxes(*plot_);
    setLogarithmicAxis(*plot_, logarithmic_);
    labels_ = std::make_unique<CurveLabels>(*plot_);
    setView({0, 1}, {1e-4, .1});
    for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) {
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
                [this] { userMovedView(); });
    }
    connect(plot_, &QCustomPlot::afterLayout, this,
            [this] { labels_->place(runs_, tokensOf(plot_)); });
    connect(plot_, &QCustomPlot::mouseDoubleClick, this, &CurvePlot::fit);
    connect(plot_, &QCustomPlot::mouseMove, this,
            [this](QMouseEvent* event) { readAt(event->position()); });
    replotTimer_.setSingleShot(true);
    connect(&replotTimer_, &QTimer::timeout, this, &CurvePlot::replotNow);
    applyStyle(tokensOf(this));
}

CurvePlot::~CurvePlot() {
    runs_.clear();  // their graphs belong to the plot, which dies after this
}

void CurvePlot::openRun(std::uint64_t run, const QString& name, std::span<const StepReport> steps,
                        std::span<const Evaluation> evaluations) {
    std::vector<StepReport> early;
    if (const RunCurves* known = find(run)) {
        early = known->steps();
        std::erase_if(runs_, [&](const auto& other) { return other.get() == known; });
    }
    // A run that was never trained leaves its colours to the next.
    std::erase_if(runs_, [](const auto& other) { return other->isEmpty(); });
    RunCurves& curves = findOrAdd(run, name);
    curves.addSteps(steps, smoothing_);
    curves.addSteps(early, smoothing_);
    for (const Evaluation& evaluation : evaluations) {
        addEvaluation(run, evaluation);
    }
    applyStyle(tokensOf(this));
    Q_EMIT runsChanged();
    scheduleReplot();
}

void CurvePlot::addSteps(std::uint64_t run, std::span<const StepReport> steps) {
    findOrAdd(run, tr("run %1").arg(run)).addSteps(steps, smoothing_);
    scheduleReplot();
}

void CurvePlot::addEvaluation(std::uint64_t run, const Evaluation& evaluation) {
    if (evaluation.split != "train") {
        findOrAdd(run, tr("run %1").arg(run)).addEvaluation(evaluation);
        scheduleReplot();
    }
}

void CurvePlot::setDropsShortcuts(std::uint64_t run, bool drops) {
    if (RunCurves* known = find(run)) {
        known->setDropsShortcuts(drops);
        scheduleReplot();
    }
}

void CurvePlot::markDivergence(std::uint64_t run, std::int64_t iteration) {
    auto* line = new QCPItemStraightLine(plot_);
    const auto at = static_cast<double>(iteration);
    line->point1->setTypeX(QCPItemPosition::ptPlotCoords);
    line->point1->setTypeY(QCPItemPosition::ptAxisRectRatio);
    line->point2->setTypeX(QCPItemPosition::ptPlotCoords);
    line->point2->setTypeY(QCPItemPosition::ptAxisRectRatio);
    line->point1->setCoords(at, 0);
    line->point2->setCoords(at, 1);
    line->setSelectable(false);
    divergences_.push_back({run, line});
    applyStyle(tokensOf(this));
    scheduleReplot();
}

void CurvePlot::removeEarlierRuns() {
    if (runs_.size() < 2) {
        return;
    }
    runs_.erase(runs_.begin(), runs_.end() - 1);
    std::erase_if(divergences_, [this](const Divergence& divergence) {
        return divergence.run != runs_.back()->id() && plot_->removeItem(divergence.line);
    });
    wrapLegend(*plot_);
    Q_EMIT runsChanged();
    scheduleReplot();
}

bool CurvePlot::isEmpty() const {
    return std::all_of(runs_.begin(), runs_.end(), [](const auto& run) { return run->isEmpty(); });
}

void CurvePlot::setLogarithmic(bool logarithmic) {
    if (logarithmic_ == logarithmic) {
        return;
    }
    logarithmic_ = logarithmic;
    settingView_ = true;
    setLogarithmicAxis(*plot_, logarithmic);
    settingView_ = false;
    // The old range means nothing on the other scale.
    if (following_) {
        follow();
    } else {
        showAll();
    }
    scheduleReplot();
}

void CurvePlot::setFollowing(bool following) {
    if (following_ != following) {
        following_ = following;
        Q_EMIT followingChanged(following);
    }
    if (following) {
        scheduleReplot();
    }
}

void CurvePlot::setSmoothing(double smoothing) {
    constexpr double kMost = .999;
    const double wanted = std::clamp(smoothing, 0.0, kMost);
    if (wanted == smoothing_) {
        return;
    }
    smoothing_ = wanted;
    for (const auto& run : runs_) {
        run->setSmoothing(smoothing_);
    }
    scheduleReplot();
}

// The run at hand alone: beside a long one before it a new one would be a line at the edge.
void CurvePlot::follow() {
    const auto present = runs_.empty() ? std::nullopt : runs_.back()->bounds();
    if (present) {
        setView({0, std::max(1.0, present->iterations)},
                errorRange(present->lowest, present->highest, logarithmic_));
    } else {
        showAll();
    }
}

void CurvePlot::fit() {
    if (runs_.size() > 1) {
        setFollowing(false);  // which shows one run alone
    }
    showAll();
}

void CurvePlot::showAll() {
    std::optional<RunCurves::Bounds> all;
    for (const auto& run : runs_) {
        const auto one = run->bounds();
        if (one && all) {
            all = {std::max(all->iterations, one->iterations), std::min(all->lowest, one->lowest),
                   std::max(all->highest, one->highest)};
        } else if (one) {
            all = one;
        }
    }
    if (all) {
        setView({0, std::max(1.0, all->iterations)},
                errorRange(all->lowest, all->highest, logarithmic_));
        scheduleReplot();
    }
}

Result<void> CurvePlot::save(const QString& path) {
    const QString format = QFileInfo(path).suffix().toLower();
    if (format == QLatin1String("csv")) {
        return atomic_save(path.toStdString(), table());
    }
    constexpr QSize kLeast{800, 480};
    applyStyle(lightTokens());  // paper is white
    const auto picture = pictureOf(*plot_, format, plot_->size().expandedTo(kLeast));
    applyStyle(tokensOf(this));
    wrapLegend(*plot_);
    scheduleReplot();
    if (!picture) {
        return picture.error();
    }
    return atomic_save(
        path.toStdString(),
        std::as_bytes(std::span(picture->constData(), static_cast<std::size_t>(picture->size()))));
}

std::string CurvePlot::table() const {
    std::vector<CurveTable> tables;
    for (const auto& run : runs_) {
        for (CurveTable& one : run->tables()) {
            tables.push_back(std::move(one));
        }
    }
    return csv(tables);
}

QString CurvePlot::summary() const {
    if (isEmpty()) {
        return tr("Error per pixel: no points yet.");
    }
    QStringList parts;
    for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
        for (const QCPGraph* graph : {(*run)->training(), (*run)->heldOut()}) {
            if (!graph->data()->isEmpty()) {
                const QCPGraphData last = *(graph->data()->constEnd() - 1);
                parts << tr("%1 %2 at iteration %3")
                             .arg(graph->name(), shortNumber(last.value),
                                  grouped(std::llround(last.key)));
            }
        }
    }
    return (logarithmic_ ? tr("Error per pixel on a logarithmic axis: %1.")
                         : tr("Error per pixel on a linear axis: %1."))
        .arg(parts.join(QStringLiteral("; ")));
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::FocusIn:
            ringed_ = static_cast<QFocusEvent*>(event)->reason() == Qt::TabFocusReason ||
                      static_cast<QFocusEvent*>(event)->reason() == Qt::BacktabFocusReason;
            update();
            break;
        case QEvent::FocusOut:
            ringed_ = false;
            update();
            break;
        case QEvent::Leave:
            labels_->showPoint(nullptr, std::nullopt, tokensOf(this));
            break;
        case QEvent::KeyPress:
            if (handleKey(static_cast<QKeyEvent*>(event)->key())) {
                return true;
            }
            break;
        default:
            break;
    }
    return QWidget::eventFilter(watched, event);
}

void CurvePlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (labels_ != nullptr &&
        (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)) {
        applyStyle(tokensOf(this));
        wrapLegend(*plot_);
        scheduleReplot();
    }
}

void CurvePlot::paintEvent(QPaintEvent* /*event*/) {
    if (ringed_) {
        QPainter painter(this);
        paintFocusRing(painter, rect(), kControlRadius, this);
    }
}

void CurvePlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    wrapLegend(*plot_);
    scheduleReplot();
}

void CurvePlot::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    scheduleReplot();
}

QSize CurvePlot::sizeHint() const {
    return {scaled(560), scaled(320)};
}

RunCurves* CurvePlot::find(std::uint64_t run) const {
    const auto found = std::find_if(runs_.begin(), runs_.end(),
                                    [run](const auto& one) { return one->id() == run; });
    return found == runs_.end() ? nullptr : found->get();
}

RunCurves& CurvePlot::findOrAdd(std::uint64_t run, const QString& name) {
    if (RunCurves* known = find(run)) {
        return *known;
    }
    const int place = runs_.empty() ? 0 : runs_.back()->place() + 1;
    runs_.push_back(std::make_unique<RunCurves>(*plot_, run, name, place));
    runs_.back()->setSmoothing(smoothing_);
    wrapLegend(*plot_);
    applyStyle(tokensOf(this));
    return *runs_.back();
}

void CurvePlot::applyStyle(const Tokens& tokens) {
    styleAxes(*plot_, tokens);
    for (const auto& run : runs_) {
        run->setStyle(tokens, run == runs_.back());
    }
    for (const Divergence& divergence : divergences_) {
        divergence.line->setPen(QPen(tokens.warning, 1, Qt::DashLine));
    }
}

void CurvePlot::setView(const QCPRange& iterations, const QCPRange& errors) {
    settingView_ = true;
    plot_->xAxis->setRange(iterations);
    plot_->yAxis->setRange(errors);
    settingView_ = false;
}

void CurvePlot::userMovedView() {
    if (!settingView_) {
        setFollowing(false);
    }
}

void CurvePlot::scheduleReplot() {
    if (replotTimer_.isActive()) {
        return;
    }
    const auto since = sinceReplot_.isValid() ? sinceReplot_.elapsed() : kReplotMilliseconds;
    replotTimer_.start(static_cast<int>(std::max<qint64>(0, kReplotMilliseconds - since)));
}

void CurvePlot::replotNow() {
    sinceReplot_.start();
    if (following_) {
        follow();
        replotTimer_.stop();
    }
    const QString words = summary();
    setAccessibleDescription(words);
    plot_->setAccessibleDescription(words);
    if (isVisible()) {
        plot_->replot(QCustomPlot::rpQueuedRefresh);
    }
}

bool CurvePlot::handleKey(int key) {
    constexpr double kPan = .1;
    constexpr double kZoom = .85;
    switch (key) {
        case Qt::Key_Left:
            panView(*plot_, -kPan, 0);
            break;
        case Qt::Key_Right:
            panView(*plot_, kPan, 0);
            break;
        case Qt::Key_Up:
            panView(*plot_, 0, kPan);
            break;
        case Qt::Key_Down:
            panView(*plot_, 0, -kPan);
            break;
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoomView(*plot_, kZoom);
            break;
        case Qt::Key_Minus:
            zoomView(*plot_, 1 / kZoom);
            break;
        case Qt::Key_Home:
            fit();
            break;
        default:
            return false;
    }
    scheduleReplot();
    return true;
}

void CurvePlot::readAt(const QPointF& pixel) {
    const RunCurves* nearestRun = nullptr;
    std::optional<RunCurves::Point> nearestPoint;
    double reach = kReadReach;
    for (const auto& run : runs_) {
        if (const auto point = run->nearest(pixel, reach)) {
            nearestRun = run.get();
            nearestPoint = point;
            const double drawn = point->smoothed.value_or(point->value);
            const QPointF off = point->graph->coordsToPixels(point->iteration, drawn) - pixel;
            reach = std::hypot(off.x(), off.y());
        }
    }
    labels_->showPoint(nearestRun, nearestPoint, tokensOf(this));
}

}  // namespace lmser::ui
