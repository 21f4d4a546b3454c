// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/run_form.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/training/form_field.h"
#include "ui/training/number_text.h"
#include "ui/training/warning_label.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

QString capitalized(const std::string& words) {
    QString text = QString::fromStdString(words);
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
    }
    return text;
}

}  // namespace

RunForm::RunForm(QWidget* parent) : QWidget(parent) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("runFormScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    all->addWidget(scroll);
    content_ = new QWidget;
    column_ = new QVBoxLayout(content_);
    column_->setContentsMargins(3 * kSpace, kSpace, 3 * kSpace, 4 * kSpace);
    column_->setSpacing(2 * kSpace);
    addRun();
    addNetwork();
    addLoss();
    addAdvanced();
    addCopy();
    column_->addStretch(1);
    scroll->setWidget(content_);
    setAccessibleName(tr("Run settings"));
    for (const FormField* field : fields_) {
        field->show(experiment_);
    }
    showNotes();
}

RunForm::~RunForm() {
    qDeleteAll(fields_);
}

Card* RunForm::addSection(const QString& head) {
    if (column_->count() > 0) {
        column_->addSpacing(2 * kSpace);
    }
    column_->addWidget(sectionHead(head, content_));
    auto* card = new Card(QString(), content_, Card::Kind::card);
    card->setAccessibleName(head);
    card->body()->setSpacing(kSpace + 2);
    column_->addWidget(card);
    return card;
}

void RunForm::add(Card* section, FormField field) {
    auto* kept = new FormField(std::move(field));
    fields_.push_back(kept);
    section->body()->addWidget(kept->row);
    connect(kept->row, &FormRow::edited, this, [this, kept] { take(*kept); });
}

void RunForm::addRun() {
    Card* run = addSection(tr("Run"));
    add(run, countField(
                 {tr("Iterations"), "iterations",
                  tr("Iterations — the training step at which the run ends. It can be raised "
                     "while training and after the end.")},
                 [](Experiment & e) -> auto& { return e.training.iterations; }, 500, run));
    iterations_ = fields_.back();
    add(run, countField(
                 {tr("Batch"), "batch", tr("Batch — pictures a training step.")},
                 [](Experiment & e) -> auto& { return e.training.batch; }, 10, run));
    constexpr double kFactor = 1.25;
    add(run,
        realField(
            {tr("Learning rate"), "learningRate",
             tr("Learning rate — Adam's, before the first step. It can be changed while "
                "training.")},
            [](Experiment & e) -> auto& { return e.training.learning_rate; }, 0, kFactor, run));
    rate_ = fields_.back();
    add(run, realField(
                 {tr("Decay"), "decay",
                  tr("Decay — the learning rate is multiplied by it after every step.")},
                 [](Experiment & e) -> auto& { return e.training.decay; }, 1e-4, 1, run));
    add(run, seedField({tr("Seed"), "seed",
                        tr("Seed — the same seed gives the same weights, batches and result.")},
                       run));
    atOnce_ =
        mutedLabel(tr("Iterations and learning rate act at once. Everything else begins a new "
                      "run."),
                   run);
    atOnce_->setObjectName(QStringLiteral("actsAtOnce"));
    atOnce_->hide();
    run->body()->addWidget(atOnce_);
}

void RunForm::addNetwork() {
    Card* net = addSection(tr("Network"));
    add(net, layersField({tr("Layers"), "layers",
                          tr("Layers — the units of every layer, from the picture to the top code "
                             "(Table 1: 784·300·100·10). Type the layers after the picture.")},
                         net));
    add(net, switchField(
                 {tr("Tied weights"), "tiedWeights",
                  tr("Tied weights — the duality in connection weights (Sec. 2): W serves "
                     "bottom-up, its transpose top-down. Off, the way down has weights of "
                     "its own, as in an autoencoder.")},
                 [](Experiment & e) -> auto& { return e.network.wiring.tied_weights; }, net));
    add(net, switchField(
                 {tr("Shared neurons"), "sharedNeurons",
                  tr("Shared neurons — the duality in neurons (Sec. 2): one neuron serves "
                     "encoder and decoder, and joins what comes from below and above.")},
                 [](Experiment & e) -> auto& { return e.network.wiring.shared_neurons; }, net));
    add(net, choiceField<Fusion>(
                 {tr("Fusion"), "fusion",
                  tr("Fusion — how a shared neuron joins the bottom-up signal y and the top-down "
                     "signal u: their sum, as in the paper, or their average.")},
                 [](Experiment & e) -> auto& { return e.network.fusion; }, net));
    add(net, countField(
                 {tr("Reflections"), "reflections",
                  tr("Reflections — passes up and down in the perception phase (Sec. 2) "
                     "before the weights change.")},
                 [](Experiment & e) -> auto& { return e.network.reflections; }, 1, net));
    reflectionsNote_ = new WarningLabel(net);
    reflectionsNote_->setObjectName(QStringLiteral("reflectionsNote"));
    reflectionsNote_->hide();
    net->body()->addWidget(reflectionsNote_);
    add(net, choiceField<Activation>(
                 {tr("Activation"), "activation",
                  tr("Activation — the transfer function s of the hidden neurons. The top code is "
                     "linear.")},
                 [](Experiment & e) -> auto& { return e.network.activation; }, net));
    add(net, choiceField<Initialization>(
                 {tr("Start"), "initialization", tr("Start — how the weights are drawn at first.")},
                 [](Experiment & e) -> auto& { return e.training.initialization; }, net));
}

void RunForm::addLoss() {
    Card* loss = addSection(tr("Loss"));
    add(loss, choiceField<ReconstructionLoss>(
                  {tr("Reconstruction"), "reconstructionLoss",
                   tr("Reconstruction — how far the picture that comes down is from the one that "
                      "went up. half-sum is the paper's Eq. (1); hinge forgives what clipping to "
                      "black and white removes.")},
                  [](Experiment & e) -> auto& { return e.training.reconstruction_loss; }, loss));
    add(loss,
        realField(
            {tr("Its weight"), "reconstructionWeight",
             tr("Its weight — of the reconstruction in the joint loss.")},
            [](Experiment & e) -> auto& { return e.training.reconstruction_weight; }, 1, 1, loss));
    add(loss, choiceField<LabelLoss>(
                  {tr("Label loss"), "labelLoss",
                   tr("Label loss — how far the label units of Lmser(sup) are from the label.")},
                  [](Experiment & e) -> auto& { return e.training.label_loss; }, loss));
    add(loss, realField(
                  {tr("Label weight"), "labelWeight",
                   tr("Label weight — of the label in the joint loss of Lmser(sup); 0 without "
                      "label units.")},
                  [](Experiment & e) -> auto& { return e.training.label_weight; }, 1, 1, loss));
    add(loss, countField(
                  {tr("Label units"), "labelUnits",
                   tr("Label units — the first units of the top code, which carry the label "
                      "in Lmser(sup); 0 is unsupervised.")},
                  [](Experiment & e) -> auto& { return e.network.label_units; }, 1, loss));
    constexpr double kStep = .05;
    add(loss,
        realField(
            {tr("Shortcut dropout"), "shortcutDropout",
             tr("Shortcut dropout — how often a sample trains without the shortcuts from "
                "encoder to decoder that shared neurons make, so that the top code has "
                "to carry the picture.")},
            [](Experiment & e) -> auto& { return e.training.shortcut_dropout; }, kStep, 1, loss));
}

void RunForm::addAdvanced() {
    column_->addSpacing(kSpace);
    auto* open = new ChipButton(tr("advanced"), content_);
    open->setObjectName(QStringLiteral("advanced"));
    open->setAccessibleName(tr("Show advanced settings"));
    open->setToolTip(tr("Evaluation and held-out pictures."));
    column_->addWidget(open, 0, Qt::AlignLeft);
    auto* card = new Card(QString(), content_, Card::Kind::card);
    card->setAccessibleName(tr("Advanced"));
    card->setObjectName(QStringLiteral("advancedCard"));
    card->body()->setSpacing(kSpace + 2);
    card->hide();
    column_->addWidget(card);
    connect(open, &ChipButton::toggled, card, &Card::setVisible);
    add(card, countField(
                  {tr("Evaluate every"), "evaluateEvery",
                   tr("Evaluate every — steps between two measurements on pictures that are "
                      "not trained on.")},
                  [](Experiment & e) -> auto& { return e.training.evaluate_every; }, 50, card));
    add(card, countField(
                  {tr("Held out"), "heldOut",
                   tr("Held out — the last training pictures, which are not trained on: the "
                      "validation split.")},
                  [](Experiment & e) -> auto& { return e.held_out; }, 1000, card));
}

void RunForm::addCopy() {
    column_->addSpacing(kSpace);
    copy_ = new QPushButton(tr("Copy as command"), content_);
    copy_->setObjectName(QStringLiteral("copyAsCommand"));
    copy_->setAccessibleName(tr("Copy as command"));
    copy_->setToolTip(tr("Copies the line for a terminal that trains the same: lmser train …"));
    connect(copy_, &QPushButton::clicked, this, &RunForm::copyCommand);
    column_->addWidget(copy_, 0, Qt::AlignLeft);
}

void RunForm::setExperiment(const Experiment& experiment) {
    if (experiment == experiment_) {
        return;  // an echo of what the user edited; what was refused stays to be mended
    }
    experiment_ = experiment;
    for (FormField* field : fields_) {
        field->show(experiment_);
        field->refused = false;
        field->row->setSentence(QString());
    }
    showLearningRate();
    showNotes();
}

Experiment RunForm::experiment() const {
    return experiment_;
}

void RunForm::setRunning(bool runExists, double learningRate) {
    const bool changed = runExists != runExists_ || learningRate != learningRate_;
    runExists_ = runExists;
    learningRate_ = learningRate;
    atOnce_->setVisible(runExists);
    if (changed) {
        showLearningRate();
    }
}

QSize RunForm::minimumSizeHint() const {
    const auto* scroll = findChild<QScrollArea*>(QStringLiteral("runFormScroll"));
    return {content_->minimumSizeHint().width() + scroll->verticalScrollBar()->sizeHint().width(),
            QWidget::minimumSizeHint().height()};
}

// A value is taken alone, or together with those that were refused before: label units want a label weight.
void RunForm::take(FormField& field) {
    const Experiment before = experiment_;
    QString why;
    std::vector<FormField*> together{&field};
    bool taken = accept(together, why);
    for (FormField* other : fields_) {
        if (other->refused && other != &field) {
            together.push_back(other);
        }
    }
    QString ignored;
    if (together.size() > 1 && accept(together, ignored)) {
        taken = true;
    }
    field.refused = !taken;
    field.row->setSentence(taken ? QString() : why);
    if (taken) {
        tell(field, before);
    }
}

bool RunForm::accept(const std::vector<FormField*>& fields, QString& why) {
    Experiment candidate = experiment_;
    for (const FormField* field : fields) {
        why = field->apply(candidate);
        if (!why.isEmpty()) {
            return false;
        }
    }
    if (const auto checked = check(candidate); !checked) {
        why = capitalized(sentence(checked.error()));
        return false;
    }
    experiment_ = candidate;
    for (FormField* field : fields) {
        field->refused = false;
        field->row->setSentence(QString());
    }
    return true;
}

void RunForm::tell(const FormField& field, const Experiment& before) {
    const bool rate = &field == rate_ && runExists_;
    const double wanted = experiment_.training.learning_rate;
    if (rate) {
        // The run's rate of now, not the one that the experiment starts with.
        experiment_.training.learning_rate = before.training.learning_rate;
        learningRate_ = wanted;
        Q_EMIT learningRateEdited(wanted);
    } else {
        field.show(experiment_);
    }
    showNotes();
    if (experiment_ == before) {
        return;
    }
    if (&field == iterations_ && runExists_) {
        Q_EMIT targetEdited(experiment_.training.iterations);
    } else {
        Q_EMIT experimentEdited(experiment_);
    }
}

void RunForm::showNotes() {
    const NetworkSpec& net = experiment_.network;
    QString note;
    if (net.reflections > 1 && !net.wiring.shared_neurons) {
        note = tr("Without shared neurons every reflection repeats the first, so one is made.");
    } else if (net.reflections > 1 && net.fusion == Fusion::sum) {
        note =
            tr("With sum fusion the error grows with every reflection, and iterating it diverges. "
               "Take one reflection, or average fusion, which converges.");
    }
    reflectionsNote_->setText(note);
    reflectionsNote_->setVisible(!note.isEmpty());
}

void RunForm::showLearningRate() {
    auto* edit = static_cast<NumberEdit*>(rate_->row->control());
    rate_->row->setLabel(runExists_ ? tr("Learning rate now") : tr("Learning rate"));
    if (edit->isBeingEdited() || rate_->refused) {
        return;
    }
    edit->showText(runExists_ && learningRate_ > 0
                       ? exactNumber(QString::number(learningRate_, 'g', 3).toDouble())
                       : exactNumber(experiment_.training.learning_rate));
}

void RunForm::copyCommand() {
    QApplication::clipboard()->setText(QString::fromStdString(as_command(experiment_)));
    copy_->setText(tr("Copied"));
    constexpr int kMilliseconds = 1500;
    QTimer::singleShot(kMilliseconds, copy_, [this] { copy_->setText(tr("Copy as command")); });
}

}  // namespace lmser::ui
