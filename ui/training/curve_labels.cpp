// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/curve_labels.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/training/number_text.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("lmser::ui::CurveLabels", text);
}

QFont labelFont() {
    QFont font = textFont();
    font.setPointSizeF(font.pointSizeF() * (kTextPixels - 1) / kTextPixels);
    return font;
}

// Where a curve leaves the view: its last point in sight, if that is not above or below.
std::optional<QCPGraphData> lastInSight(const QCPGraph& graph) {
    const auto data = graph.data();
    const auto after = data->findEnd(graph.keyAxis()->range().upper, false);
    if (data->isEmpty() || after == data->constBegin()) {
        return std::nullopt;
    }
    const QCPGraphData last = *(after - 1);
    if (last.key < graph.keyAxis()->range().lower ||
        !graph.valueAxis()->range().contains(last.value)) {
        return std::nullopt;
    }
    return last;
}

double luminance(const QColor& colour) {
    const auto linear = [](double c) {
        return c <= .04045 ? c / 12.92 : std::pow((c + .055) / 1.055, 2.4);
    };
    return .2126 * linear(colour.redF()) + .7152 * linear(colour.greenF()) +
           .0722 * linear(colour.blueF());
}

// A curve's colour as words: as much of the text's colour in it as 4.5:1 on the ground takes.
QColor readable(QColor colour, const Tokens& tokens) {
    constexpr double kContrast = 4.5;
    constexpr int kSteps = 10;
    const double ground = luminance(tokens.surface);
    colour.setAlphaF(1);
    QColor words = colour;
    for (int step = 0; step < kSteps; ++step) {
        const float mix = static_cast<float>(step) / kSteps;
        words = QColor::fromRgbF(colour.redF() + mix * (tokens.text.redF() - colour.redF()),
                                 colour.greenF() + mix * (tokens.text.greenF() - colour.greenF()),
                                 colour.blueF() + mix * (tokens.text.blueF() - colour.blueF()));
        const double own = luminance(words);
        if ((std::max(own, ground) + .05) / (std::min(own, ground) + .05) >= kContrast) {
            break;
        }
    }
    return words;
}

QCPItemText* makeText(QCustomPlot& plot) {
    auto* text = new QCPItemText(&plot);
    text->setLayer(QStringLiteral("overlay"));
    text->setClipToAxisRect(false);
    text->position->setType(QCPItemPosition::ptAbsolute);
    text->setSelectable(false);
    return text;
}

}  // namespace

CurveLabels::CurveLabels(QCustomPlot& plot)
    : plot_(plot), tracer_(new QCPItemTracer(&plot)), readOut_(nullptr) {
    constexpr double kRing = 9;
    tracer_->setLayer(QStringLiteral("overlay"));
    tracer_->setStyle(QCPItemTracer::tsCircle);
    tracer_->setSize(kRing);
    tracer_->setSelectable(false);
    tracer_->setVisible(false);
    tracer_->position->setType(QCPItemPosition::ptPlotCoords);
    readOut_ = makeText(plot);
    readOut_->setTextAlignment(Qt::AlignLeft);
    readOut_->setVisible(false);
}

std::vector<CurveLabels::End> CurveLabels::ends(
    std::span<const std::unique_ptr<RunCurves>> runs) const {
    std::vector<End> found;
    for (const auto& run : runs) {
        const bool present = run == runs.back();
        for (const QCPGraph* graph : {run->heldOut(), run->training()}) {
            const auto last = lastInSight(*graph);
            if (!last) {
                continue;
            }
            const bool training = graph == run->training();
            QString text =
                training ? (run->dropsShortcuts() ? tr("training, with dropout") : tr("training"))
                         : graph->name().section(QStringLiteral(" · "), -1);
            if (!present) {
                text = run->name();
            } else if (!training) {
                text += QLatin1Char(' ') + shortNumber(last->value);
            }
            found.push_back({graph->coordsToPixels(last->key, last->value), text,
                             graph->pen().color(), !training});
            if (!present) {
                break;  // one label is enough for an earlier run
            }
        }
    }
    return found;
}

void CurveLabels::place(std::span<const std::unique_ptr<RunCurves>> runs, const Tokens& tokens) {
    const std::vector<End> wanted = runs.empty() ? std::vector<End>{} : ends(runs);
    while (texts_.size() < wanted.size()) {
        texts_.push_back(makeText(plot_));
    }
    const QFont font = labelFont();
    const double height = QFontMetricsF(font).height();
    const QRectF area = plot_.axisRect()->rect();
    std::vector<double> centres;
    centres.reserve(wanted.size());
    for (const End& end : wanted) {
        centres.push_back(end.at.y() + (end.above ? -height : height));
    }
    centres = spreadLabels(centres, height, area.top(), area.bottom());
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        QCPItemText* text = texts_[i];
        text->setVisible(i < wanted.size());
        if (i >= wanted.size()) {
            continue;
        }
        QColor ground = tokens.surface;
        constexpr float kVeil = .8F;  // the lines below stay visible, the words readable
        ground.setAlphaF(kVeil);
        text->setText(wanted[i].text);
        text->setFont(font);
        text->setColor(readable(wanted[i].colour, tokens));
        text->setBrush(ground);
        text->setPositionAlignment(Qt::AlignRight | Qt::AlignVCenter);
        const double width = QFontMetricsF(font).horizontalAdvance(wanted[i].text);
        text->position->setPixelPosition(
            {std::max(wanted[i].at.x() - 2, area.left() + width), centres[i]});
    }
}

void CurveLabels::showPoint(const RunCurves* run, const std::optional<RunCurves::Point>& point,
                            const Tokens& tokens) {
    const bool shown = run != nullptr && point.has_value();
    tracer_->setVisible(shown);
    readOut_->setVisible(shown);
    if (shown) {
        const double drawn = point->smoothed.value_or(point->value);
        const QPointF at = point->graph->coordsToPixels(point->iteration, drawn);
        QColor colour = point->graph->pen().color();
        colour.setAlphaF(1);
        tracer_->setPen(QPen(colour, 2));
        tracer_->setBrush(tokens.surface);
        tracer_->position->setCoords(point->iteration, drawn);
        QString words = tr("%1\niteration %2 · %3")
                            .arg(point->graph->name(), grouped(std::llround(point->iteration)),
                                 shortNumber(point->value));
        if (point->smoothed && *point->smoothed != point->value) {
            words += tr(" · smoothed %1").arg(shortNumber(*point->smoothed));
        }
        if (point->graph == run->training() && run->dropsShortcuts()) {
            words += tr("\nShortcut dropout makes some samples harder than the test.");
        }
        const QRectF area = plot_.axisRect()->rect();
        const bool left = at.x() > area.center().x();
        const bool above = at.y() > area.center().y();
        const double off = scaled(3 * kSpace);
        readOut_->setText(words);
        readOut_->setFont(labelFont());
        readOut_->setColor(tokens.text);
        readOut_->setBrush(tokens.surface);
        readOut_->setPen(QPen(tokens.line, 1));
        readOut_->setPadding(QMargins(2 * kSpace, kSpace, 2 * kSpace, kSpace));
        readOut_->setPositionAlignment((left ? Qt::AlignRight : Qt::AlignLeft) |
                                       (above ? Qt::AlignBottom : Qt::AlignTop));
        readOut_->position->setPixelPosition(at + QPointF(left ? -off : off, above ? -off : off));
    }
    plot_.layer(QStringLiteral("overlay"))->replot();
}

QString CurveLabels::readOut() const {
    return readOut_->visible() ? readOut_->text() : QString();
}

}  // namespace lmser::ui
