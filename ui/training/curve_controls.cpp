// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/curve_controls.h"

#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QWidgetAction>
#include <cmath>

#include "ui/training/curve_plot.h"
#include "ui/training/number_text.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr double kMostSmoothing = .999;
constexpr int kSliderSteps = 300;

// The slider counts decades of memory: 0 … .9 … .99 … .999, for that is how smoothing is felt.
double smoothingAt(int step) {
    return step == 0 ? 0 : 1 - std::pow(10, -3.0 * step / kSliderSteps);
}

int stepOf(double smoothing) {
    return static_cast<int>(std::lround(-std::log10(1 - smoothing) * kSliderSteps / 3));
}

}  // namespace

CurveControls::CurveControls(CurvePlot& plot, QWidget* parent) : QWidget(parent), plot_(plot) {
    auto* row = new FlowLayout(this);
    row->setSpacing(kSpace);
    ChipButton* log = addChip(tr("log"), "curveLog", tr("Logarithmic error axis"),
                              tr("Show the error on a logarithmic axis."), true);
    log->setChecked(plot.isLogarithmic());
    connect(log, &ChipButton::toggled, &plot, &CurvePlot::setLogarithmic);
    ChipButton* follow = addChip(
        tr("follow"), "curveFollow", tr("Follow the newest points"),
        tr("Keep all of every curve in view as they grow. Off as soon as you zoom or pan."), true);
    follow->setChecked(plot.isFollowing());
    connect(follow, &ChipButton::toggled, &plot, &CurvePlot::setFollowing);
    connect(&plot, &CurvePlot::followingChanged, follow, &ChipButton::setChecked);
    addSmoothing();
    ChipButton* fit =
        addChip(tr("fit"), "curveFit", tr("Fit all curves"),
                tr("Show all of every curve. A double click on the plot does the same."), false);
    connect(fit, &ChipButton::clicked, &plot, &CurvePlot::fit);
    addExport();
    ChipButton* clear = addChip(
        tr("clear earlier"), "curveClearEarlier", tr("Remove earlier runs from the plot"),
        tr("Take the curves of earlier runs out of the plot. Saved runs stay on the disk."), false);
    clear->hide();
    connect(clear, &ChipButton::clicked, &plot, &CurvePlot::removeEarlierRuns);
    connect(&plot, &CurvePlot::runsChanged, clear, [this, clear, &plot] {
        clear->setVisible(plot.runCount() > 1);
        Q_EMIT widthChanged();
    });
}

int CurveControls::oneLineWidth() const {
    int width = 0;
    for (int i = 0; i < layout()->count(); ++i) {
        const QLayoutItem* item = layout()->itemAt(i);
        width += item->isEmpty() ? 0 : item->sizeHint().width() + layout()->spacing();
    }
    return width;
}

ChipButton* CurveControls::addChip(const QString& text, const char* name, const QString& accessible,
                                   const QString& tip, bool checkable) {
    auto* chip = new ChipButton(text, this, checkable);
    chip->setObjectName(QString::fromLatin1(name));
    chip->setAccessibleName(accessible);
    chip->setToolTip(tip);
    layout()->addWidget(chip);
    return chip;
}

void CurveControls::addSmoothing() {
    smoothing_ = addChip(QString(), "curveSmoothing", QString(),
                         tr("How much the training curve is smoothed: a running mean as in "
                            "TensorBoard. The measured line stays, faint."),
                         false);
    auto* menu = new QMenu(this);
    auto* body = new QWidget(menu);
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins(3 * kSpace, 2 * kSpace, 3 * kSpace, 2 * kSpace);
    auto* slider = new QSlider(Qt::Horizontal, body);
    slider->setObjectName(QStringLiteral("curveSmoothingSlider"));
    slider->setAccessibleName(tr("Smoothing"));
    slider->setRange(0, kSliderSteps);
    slider->setValue(stepOf(plot_.smoothing()));
    slider->setMinimumWidth(scaled(160));
    auto* number = new QDoubleSpinBox(body);
    number->setObjectName(QStringLiteral("curveSmoothingNumber"));
    number->setAccessibleName(tr("Smoothing, as a number from 0 to .999"));
    number->setDecimals(3);
    number->setRange(0, kMostSmoothing);
    number->setSingleStep(.01);
    number->setFont(numberFont());
    number->setLocale(QLocale::c());
    number->setValue(plot_.smoothing());
    row->addWidget(slider);
    row->addWidget(number);
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(body);
    menu->addAction(action);
    connect(slider, &QSlider::valueChanged, number,
            [number](int step) { number->setValue(smoothingAt(step)); });
    connect(number, &QDoubleSpinBox::valueChanged, this, [this, slider](double value) {
        const QSignalBlocker quiet(slider);  // else the slider's coarser step would come back
        slider->setValue(stepOf(value));
        plot_.setSmoothing(value);
        showSmoothing(value);
    });
    connect(smoothing_, &ChipButton::clicked, menu, [this, menu, slider] {
        menu->popup(smoothing_->mapToGlobal(QPoint(0, smoothing_->height() + kSpace)));
        slider->setFocus();
    });
    showSmoothing(plot_.smoothing());
}

void CurveControls::addExport() {
    ChipButton* chip =
        addChip(tr("export"), "curveExport", tr("Export the plot"),
                tr("Save the plot as a picture, or what is plotted as a table."), false);
    auto* menu = new QMenu(this);
    const std::initializer_list<std::pair<const char*, QString>> formats = {
        {"png", tr("Picture (PNG)")},
        {"svg", tr("Vectors (SVG)")},
        {"pdf", tr("Document (PDF)")},
        {"csv", tr("Table (CSV)")}};
    for (const auto& [format, words] : formats) {
        const QString suffix = QString::fromLatin1(format);
        QAction* action = menu->addAction(words + QStringLiteral(" …"));
        action->setObjectName(QStringLiteral("curveExport.") + suffix);
        connect(action, &QAction::triggered, this, [this, suffix, label = words] {
            exportAs(suffix, QStringLiteral("%1 (*.%2)").arg(label, suffix));
        });
    }
    connect(chip, &ChipButton::clicked, menu,
            [chip, menu] { menu->popup(chip->mapToGlobal(QPoint(0, chip->height() + kSpace))); });
}

void CurveControls::showSmoothing(double smoothing) {
    const QString number = shortNumber(smoothing);
    smoothing_->setText(tr("smooth %1").arg(number));
    smoothing_->setAccessibleName(tr("Smoothing, %1").arg(number));
    smoothing_->updateGeometry();
    Q_EMIT widthChanged();
}

void CurveControls::exportAs(const QString& suffix, const QString& filter) {
    const QString name = QStringLiteral("error-per-pixel.") + suffix;
    QString path = choosePath_
                       ? choosePath_(name, filter)
                       : QFileDialog::getSaveFileName(this, tr("Export the plot"), name, filter);
    if (path.isEmpty()) {
        return;
    }
    if (!path.endsWith(QLatin1Char('.') + suffix, Qt::CaseInsensitive)) {
        path += QLatin1Char('.') + suffix;
    }
    if (const auto saved = plot_.save(path); !saved) {
        Q_EMIT exportFailed(saved.error());
    }
}

}  // namespace lmser::ui
