// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/train_panel.h"

#include <QLabel>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/training/code_scale.h"
#include "ui/training/curve_controls.h"
#include "ui/training/curve_plot.h"
#include "ui/training/number_text.h"
#include "ui/training/picture_strip.h"
#include "ui/training/warning_label.h"
#include "ui/widgets/card.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

QString runName(const Experiment& experiment) {
    return QStringLiteral("%1 · seed %2")
        .arg(QString::fromStdString(experiment.preset))
        .arg(experiment.seed);
}

}  // namespace

TrainPanel::TrainPanel(QWidget* parent) : QWidget(parent) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("trainScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    all->addWidget(scroll);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(4 * kSpace, 4 * kSpace, 4 * kSpace, 4 * kSpace);
    column->setSpacing(4 * kSpace);
    column->addWidget(makeCurveCard(), 1);
    column->addWidget(makePictureCard());
    column->addWidget(makeCodeCard());
    scroll->setWidget(content);
    setAccessibleName(tr("Train"));
    showEmptyState();
}

Card* TrainPanel::makeCurveCard() {
    constexpr int kLeastHeight = 240;
    auto* card = new Card(tr("Error per pixel"), this);
    curveCard_ = card;
    plot_ = new CurvePlot(card);
    plot_->setMinimumHeight(scaled(kLeastHeight));
    controls_ = new CurveControls(*plot_, card);
    connect(controls_, &CurveControls::exportFailed, this, &TrainPanel::failed);
    connect(controls_, &CurveControls::widthChanged, this, &TrainPanel::placeControls);
    best_ = mutedLabel(QString(), card);
    best_->setObjectName(QStringLiteral("bestError"));
    best_->setToolTip(
        tr("Lowest test error per pixel so far. Accuracy: the share of test pictures whose label "
           "units name the right class, at the newest evaluation."));
    best_->setWordWrap(false);
    card->headRow()->insertSpacing(1, 2 * kSpace);
    card->headRow()->insertWidget(2, best_);
    card->headRow()->addWidget(controls_);
    divergence_ = new WarningLabel(card);
    divergence_->setObjectName(QStringLiteral("divergence"));
    divergence_->hide();
    card->body()->addWidget(divergence_);
    invitation_ = mutedLabel(QString(), plot_);
    invitation_->setObjectName(QStringLiteral("trainInvitation"));
    invitation_->setAlignment(Qt::AlignCenter);
    auto* stack = new QStackedLayout;
    stack->setStackingMode(QStackedLayout::StackAll);
    stack->addWidget(invitation_);
    stack->addWidget(plot_);
    card->body()->addLayout(stack, 1);
    return card;
}

Card* TrainPanel::makePictureCard() {
    auto* card = new Card(tr("Test pictures and their reconstructions"), this);
    picturesAt_ = mutedLabel(QString(), card);
    picturesAt_->setObjectName(QStringLiteral("picturesIteration"));
    picturesAt_->setWordWrap(false);
    card->headRow()->addWidget(picturesAt_);
    strip_ = new PictureStrip(card);
    strip_->setObjectName(QStringLiteral("pictureStrip"));
    card->body()->addWidget(strip_);
    return card;
}

Card* TrainPanel::makeCodeCard() {
    auto* card = new Card(tr("Code units alive"), this);
    code_ = new CodeScale(card);
    code_->setObjectName(QStringLiteral("codeScale"));
    code_->setToolTip(
        tr("The standard deviation of every unit of the top code over the test "
           "pictures, and below it over training."));
    codeWarning_ = new WarningLabel(card);
    codeWarning_->setObjectName(QStringLiteral("deadUnits"));
    codeUnmeasured_ =
        mutedLabel(tr("The scale of every unit is measured at every evaluation."), card);
    card->body()->addWidget(codeUnmeasured_);
    card->body()->addWidget(code_);
    card->body()->addWidget(codeWarning_);
    return card;
}

void TrainPanel::setPlan(const QString& preset, const QString& dataset) {
    planned_ = true;
    preset_ = preset;
    dataset_ = dataset;
    showEmptyState();
}

void TrainPanel::showSnapshot(const Snapshot& snapshot) {
    if (snapshot.run != run_ || snapshot.originals == nullptr) {
        return;
    }
    strip_->setPictures(snapshot.originals, snapshot.reconstructions);
    if (snapshot.reconstructions != nullptr) {
        const QString at = tr("iteration %1").arg(grouped(snapshot.pictures_iteration));
        picturesAt_->setText(at);
        strip_->setAccessibleDescription(at);
    }
}

void TrainPanel::addLosses(const Losses& losses) {
    plot_->addSteps(losses.run, losses.steps);
    showEmptyState();
}

void TrainPanel::openRun(const RunOpened& run) {
    run_ = run.run;
    bestSoFar_.reset();
    best_->clear();
    divergence_->hide();
    strip_->setPictures(nullptr, nullptr);
    picturesAt_->clear();
    code_->clear();
    codeWarning_->clear();
    plot_->openRun(run.run, runName(run.experiment), run.steps, run.evaluations);
    plot_->setDropsShortcuts(run.run, run.experiment.network.wiring.shared_neurons &&
                                          run.experiment.training.shortcut_dropout > 0);
    for (const Evaluation& evaluation : run.evaluations) {
        showEvaluation(evaluation);
    }
    if (!planned_) {
        dataset_ = QString::fromStdString(run.experiment.dataset);
        preset_ = QString::fromStdString(run.experiment.preset);
    }
    placeControls();
    showEmptyState();
}

void TrainPanel::addEvaluation(const Evaluated& evaluation) {
    plot_->addEvaluation(evaluation.run, evaluation.evaluation);
    if (evaluation.run == run_) {
        showEvaluation(evaluation.evaluation);
    }
    showEmptyState();
}

void TrainPanel::showDivergence(const Diverged& divergence) {
    plot_->markDivergence(divergence.run, divergence.iteration);
    if (divergence.run == run_) {
        QString words = QString::fromStdString(sentence(divergence.error));
        words[0] = words[0].toUpper();
        divergence_->setText(words);
        divergence_->show();
    }
}

void TrainPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeControls();
}

bool TrainPanel::event(QEvent* event) {
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange ||
        event->type() == QEvent::Show) {
        placeControls();
    }
    return QWidget::event(event);
}

// The best error and the chips stand in the head; where that is too narrow, in lines of their own below it.
void TrainPanel::placeControls() {
    constexpr int kBestInHead = 2;  // after the words and a gap
    const QMargins margins = curveCard_->layout()->contentsMargins();
    const int room = width() - 8 * kSpace - margins.left() - margins.right();
    const int words = curveCard_->headWidth() + best_->sizeHint().width() + 8 * kSpace;
    const bool chipsInHead = words + controls_->oneLineWidth() <= room;
    controls_->setMinimumWidth(chipsInHead ? controls_->oneLineWidth() : 0);
    placeInHead(*best_, words <= room, kBestInHead);
    placeInHead(*controls_, chipsInHead, -1);
}

void TrainPanel::placeInHead(QWidget& widget, bool inHead, int place) {
    QHBoxLayout* head = curveCard_->headRow();
    QVBoxLayout* body = curveCard_->body();
    if (inHead == (head->indexOf(&widget) >= 0)) {
        return;
    }
    if (inHead) {
        body->removeWidget(&widget);
        head->insertWidget(place, &widget);
    } else {
        head->removeWidget(&widget);
        body->insertWidget(body->indexOf(best_) == 0 ? 1 : 0, &widget);
    }
}

double TrainPanel::bestError() const {
    return bestSoFar_ ? bestSoFar_->error_per_pixel : 0;
}

std::int64_t TrainPanel::bestIteration() const {
    return bestSoFar_ ? bestSoFar_->iteration : 0;
}

void TrainPanel::showEvaluation(const Evaluation& evaluation) {
    if (evaluation.split == "train") {
        return;
    }
    if (!bestSoFar_ || evaluation.error_per_pixel < bestSoFar_->error_per_pixel) {
        bestSoFar_ = evaluation;
    }
    QString words =
        tr("best %1 at %2")
            .arg(shortNumber(bestSoFar_->error_per_pixel), grouped(bestSoFar_->iteration));
    if (evaluation.accuracy) {
        constexpr double kPercent = 100;
        words += tr(" · accuracy %1 %").arg(*evaluation.accuracy * kPercent, 0, 'f', 1);
    }
    if (words != best_->text()) {
        best_->setText(words);
        placeControls();
    }
    code_->add(evaluation.iteration, evaluation.code_std);
    const QString warning = deadUnitSentence(code_->newest());
    codeWarning_->setText(warning);
    codeWarning_->setVisible(!warning.isEmpty());
}

void TrainPanel::showEmptyState() {
    const bool empty = plot_->isEmpty();
    plot_->setVisible(!empty);
    invitation_->setVisible(empty);
    controls_->setEnabled(!empty);
    invitation_->setText(preset_.isEmpty() || dataset_.isEmpty()
                             ? tr("Choose data and a model, then press F5 to train.")
                             : tr("Press F5 to train %1 on %2.").arg(preset_, dataset_));
    const bool measured = !code_->newest().empty();
    code_->setVisible(measured);
    codeUnmeasured_->setVisible(!measured);
    codeWarning_->setVisible(measured && !codeWarning_->text().isEmpty());
}

}  // namespace lmser::ui
