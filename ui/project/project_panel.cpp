// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/project_panel.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QPushButton>
#include <QTime>
#include <QToolButton>
#include <array>

#include "core/spec/presets.h"
#include "ui/project/dataset_notes.h"
#include "ui/project/no_data_card.h"
#include "ui/training/number_text.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_card.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kMostRuns = 20;

/// A dataset before it is loaded.
struct DatasetCard {
    const char* name;
    const char* title;
    const char* detail;
};
constexpr std::array<DatasetCard, 6> kDatasets{{
    {"mnist", "MNIST", QT_TRANSLATE_NOOP("lmser::ui::ProjectPanel", "handwritten digits")},
    {"fashion-mnist", "Fashion-MNIST",
     QT_TRANSLATE_NOOP("lmser::ui::ProjectPanel", "ten kinds of clothes")},
    {"celeba", "CelebA",
     QT_TRANSLATE_NOOP("lmser::ui::ProjectPanel", "faces, 128×128; for research alone")},
    {"celeba-64", "CelebA 64×64",
     QT_TRANSLATE_NOOP("lmser::ui::ProjectPanel", "faces, quick runs")},
    {"strokes", "Strokes",
     QT_TRANSLATE_NOOP("lmser::ui::ProjectPanel", "digits that the program draws")},
    // The last: arrow keys move the choice, and this one asks a question.
    {"folder", "Folder of pictures",
     QT_TRANSLATE_NOOP("lmser::ui::ProjectPanel", "your own PNG and JPEG files…")},
}};

QVBoxLayout* cardColumn() {
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * kSpace);
    return column;
}

/// A group of cards of their own: one of them is chosen at a time.
QWidget* groupOf(QVBoxLayout* cards, const QString& name) {
    auto* group = new QWidget;
    group->setLayout(cards);
    group->setAccessibleName(name);
    return group;
}

void addSection(QVBoxLayout& column, const QString& head, QWidget* content) {
    if (column.count() > 0) {
        column.addSpacing(kSpace);
    }
    column.addWidget(sectionHead(head));
    column.addWidget(content);
}

}  // namespace

QString titleOf(const Experiment& experiment) {
    return QStringLiteral("%1 · seed %2")
        .arg(QString::fromStdString(experiment.preset))
        .arg(experiment.seed);
}

QString layersOf(const NetworkSpec& network) {
    return QString::number(network.input.pixels()) + QStringLiteral("·") +
           QString::fromStdString(text_of(network.layers, "·"));
}

ProjectPanel::ProjectPanel(QWidget* parent)
    : QWidget(parent),
      noData_(new NoDataCard),
      findData_(new QPushButton(tr("Choose folder…"))),
      runColumn_(cardColumn()),
      recentColumn_(cardColumn()),
      noRuns_(mutedLabel(tr("Runs of this session and files that were opened or saved appear "
                            "here."))) {
    setObjectName(QStringLiteral("projectPanel"));
    setAccessibleName(tr("Project"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kSpace, kSpace, 3 * kSpace, 4 * kSpace);
    column->setSpacing(2 * kSpace);
    addDatasets(*column);
    addPresets(*column);
    addRuns(*column);
    column->addStretch(1);
}

void ProjectPanel::addDatasets(QVBoxLayout& column) {
    auto* cards = cardColumn();
    cards->addWidget(noData_);
    for (const DatasetCard& dataset : kDatasets) {
        const QString name = QString::fromLatin1(dataset.name);
        auto* card = new ChoiceCard(QString::fromUtf8(dataset.title), tr(dataset.detail));
        card->setObjectName(QStringLiteral("dataset-") + name);
        connect(card, &QAbstractButton::clicked, this,
                [this, name] { Q_EMIT datasetChosen(name); });
        datasets_.insert(name, card);
        details_.insert(name, card->detail());
        cards->addWidget(card);
    }
    findData_->setObjectName(QStringLiteral("chooseDataFolder"));
    findData_->setIcon(icon(QStringLiteral("folder")));
    findData_->setAccessibleName(tr("Choose the folder of the data"));
    findData_->hide();
    connect(findData_, &QPushButton::clicked, this, [this] { Q_EMIT dataFolderWanted(missing_); });
    cards->addWidget(findData_);
    addSection(column, tr("Data"), groupOf(cards, tr("Data")));
}

void ProjectPanel::addPresets(QVBoxLayout& column) {
    auto* cards = cardColumn();
    shippedColumn_ = cardColumn();
    cards->addLayout(shippedColumn_);
    presetsHead_ = sectionHead(tr("Train a new one"));
    presetsHead_->hide();
    cards->addWidget(presetsHead_);
    for (const Preset& preset : presets()) {
        const QString name = QString::fromStdString(preset.name);
        auto* card = new ChoiceCard(name, QString::fromStdString(preset.summary));
        card->setObjectName(QStringLiteral("preset-") + name);
        card->setToolTip(layersOf(preset.experiment.network));
        connect(card, &QAbstractButton::clicked, this, [this, name] { Q_EMIT presetChosen(name); });
        presets_.insert(name, card);
        cards->addWidget(card);
    }
    addSection(column, tr("Model"), groupOf(cards, tr("Model")));
}

void ProjectPanel::addRuns(QVBoxLayout& column) {
    auto* all = cardColumn();
    all->addWidget(noRuns_);
    all->addLayout(runColumn_);
    all->addLayout(recentColumn_);
    addSection(column, tr("Runs"), groupOf(all, tr("Runs")));
}

QString ProjectPanel::datasetTitle(const QString& name) const {
    const ChoiceCard* card = datasets_.value(name);
    return card != nullptr ? card->text() : name;
}

void ProjectPanel::select(const Experiment& experiment) {
    selectDataset(QString::fromStdString(experiment.dataset));
    if (auto* card = presets_.value(QString::fromStdString(experiment.preset))) {
        card->setChecked(true);
        selected_ = card;
    }
}

void ProjectPanel::selectDataset(const QString& name) {
    if (name == absent_) {
        unframeDatasets();
    } else if (auto* card = datasets_.value(name)) {
        card->setChecked(true);
    }
}

void ProjectPanel::setShippedModels(const QList<ShippedCard>& models) {
    for (const ShippedCard& model : models) {
        shippedColumn_->addWidget(shippedCard(model));
    }
    presetsHead_->setVisible(!models.isEmpty());
}

ChoiceCard* ProjectPanel::shippedCard(const ShippedCard& model) {
    const QString name = model.name;
    auto* card = new ChoiceCard(name, model.summary);
    card->setObjectName(QStringLiteral("model-") + name);
    card->setToolTip(tr("A trained network that comes with the program."));
    auto* details = new QToolButton;
    details->setObjectName(QStringLiteral("details-") + name);
    details->setIcon(icon(QStringLiteral("info"), IconTone::muted));
    details->setAutoRaise(true);
    constexpr int kSide = 20;
    constexpr int kIcon = 14;
    details->setFixedSize(scaled(kSide), scaled(kSide));
    details->setIconSize({scaled(kIcon), scaled(kIcon)});
    details->setAccessibleName(tr("details of %1").arg(name));
    details->setToolTip(tr("How it was trained, its figures, and the licence of its data."));
    card->setCorner(details);
    shipped_.insert(name, card);
    connect(details, &QToolButton::clicked, this, [this, name] { Q_EMIT detailsWanted(name); });
    connect(card, &QAbstractButton::clicked, this, [this, name] {
        keepSelection();
        Q_EMIT modelChosen(name);
    });
    return card;
}

// Until the model is open: the user may yet decide to keep what would be lost.
void ProjectPanel::keepSelection() {
    if (selected_ != nullptr) {
        selected_->setChecked(true);
    }
}

void ProjectPanel::selectShipped(const QString& name) {
    if (auto* card = shipped_.value(name)) {
        card->setChecked(true);
        selected_ = card;
    }
}

void ProjectPanel::showWithoutData(const QString& dataset, bool shipped) {
    absent_ = dataset;
    unframeDatasets();
    if (shipped) {
        noData_->say(tr("No data needed"), tr("The units' statistics come with the model."));
    } else {
        noData_->say(tr("Without its data"),
                     tr("%1 is not loaded: the network can be explored, not trained.")
                         .arg(datasetTitle(dataset)));
    }
}

void ProjectPanel::showWithData() {
    absent_.clear();
    noData_->hide();
}

void ProjectPanel::unframeDatasets() {
    for (ChoiceCard* card : std::as_const(datasets_)) {
        card->setAutoExclusive(false);  // else the chosen one cannot be unchosen
        card->setChecked(false);
        card->setAutoExclusive(true);
    }
}

void ProjectPanel::showDataset(const DatasetLoaded& dataset) {
    const QString name = QString::fromStdString(dataset.name);
    auto* card = datasets_.value(name);
    if (card == nullptr) {
        return;
    }
    loading_.remove(name);
    card->setWarning(false);
    card->setDetail(tr("%1 train · %2 test · %3×%4")
                        .arg(grouped(dataset.train_images), grouped(dataset.test_images))
                        .arg(dataset.shape.width)
                        .arg(dataset.shape.height));
    details_.insert(name, card->detail());
    const QStringList notes = sentencesOf(dataset.notes);
    card->setNote(shortened(notes));
    card->setToolTip(
        (QStringList(QString::fromStdString(dataset.folder)) + notes).join(QLatin1Char('\n')));
    if (missing_ == name) {
        missing_.clear();
        findData_->hide();
    }
}

void ProjectPanel::showDatasetLoading(const QString& name) {
    auto* card = datasets_.value(name);
    if (card == nullptr || loading_.contains(name)) {
        return;
    }
    loading_.insert(name);
    if (absent_ == name) {
        absent_.clear();  // it may come
    }
    card->setWarning(false);
    card->setDetail(tr("loading…"));
}

void ProjectPanel::endDatasetLoading(const QString& name) {
    if (loading_.remove(name)) {
        datasets_.value(name)->setDetail(details_.value(name));
    }
}

void ProjectPanel::showDatasetMissing(const QString& name, const Error& error) {
    auto* card = datasets_.value(name);
    if (card == nullptr) {
        return;
    }
    loading_.remove(name);
    const bool absent = error.code == ErrorCode::not_found;
    card->setWarning(true);
    card->setDetail(absent ? tr("not found on this machine") : tr("cannot be read"));
    card->setToolTip(QString::fromStdString(sentence(error)));
    card->setAccessibleDescription(QString::fromStdString(sentence(error)));
    missing_ = name;
    findData_->setToolTip(QString::fromStdString(sentence(error)));
    auto* cards = qobject_cast<QVBoxLayout*>(findData_->parentWidget()->layout());
    cards->removeWidget(findData_);
    cards->insertWidget(cards->indexOf(card) + 1, findData_);
    findData_->show();
}

void ProjectPanel::addRun(std::uint64_t run, const Experiment& experiment, const QString& path) {
    noRuns_->hide();
    dropUntrained();
    auto* card = new ChoiceCard(titleOf(experiment), tr("not trained yet"), nullptr, false);
    card->setObjectName(QStringLiteral("run-%1").arg(run));
    card->setToolTip(path);
    connect(card, &QAbstractButton::clicked, this, [this, run] {
        if (const QString from = runPaths_.value(run); !from.isEmpty()) {
            Q_EMIT modelChosen(from);
        }
    });
    runs_.insert(run, card);
    untrained_ = run;
    setRunPath(run, path);
    runColumn_->insertWidget(0, card);
    while (runColumn_->count() > kMostRuns) {
        auto* oldest = runColumn_->takeAt(runColumn_->count() - 1);
        runs_.removeIf([&](const auto& entry) { return entry.value() == oldest->widget(); });
        oldest->widget()->deleteLater();
        delete oldest;
    }
}

// A run that was never trained nor kept is nothing to come back to.
void ProjectPanel::dropUntrained() {
    if (!untrained_) {
        return;
    }
    if (ChoiceCard* card = runs_.take(*untrained_)) {
        runPaths_.remove(*untrained_);
        runColumn_->removeWidget(card);
        card->hide();
        card->deleteLater();
    }
    untrained_.reset();
}

void ProjectPanel::showProgress(std::uint64_t run, std::int64_t iteration, double bestError) {
    auto* card = runs_.value(run);
    if (card == nullptr || iteration == 0) {
        return;
    }
    if (untrained_ == run) {
        untrained_.reset();
    }
    QStringList parts{grouped(iteration)};
    if (bestError > 0) {
        parts << shortNumber(bestError);
    }
    parts << QTime::currentTime().toString(QStringLiteral("HH:mm"));
    const QString detail = parts.join(QStringLiteral(" · "));
    if (card->detail() != detail) {
        card->setDetail(detail);
    }
}

void ProjectPanel::setRunPath(std::uint64_t run, const QString& path) {
    auto* card = runs_.value(run);
    if (card == nullptr) {
        return;
    }
    runPaths_.insert(run, path);
    if (!path.isEmpty() && untrained_ == run) {
        untrained_.reset();
    }
    card->setToolTip(path.isEmpty() ? tr("Not saved. File > Save checkpoint… keeps it.")
                                    : tr("Open %1").arg(path));
}

void ProjectPanel::setRecent(const QStringList& paths) {
    while (auto* item = recentColumn_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const QString& path : paths) {
        const QFileInfo file(path);
        auto* card =
            new ChoiceCard(file.fileName(), QDir::toNativeSeparators(file.path()), nullptr, false);
        card->setObjectName(QStringLiteral("recentRun"));
        card->setToolTip(tr("Open %1").arg(path));
        connect(card, &QAbstractButton::clicked, this, [this, path] { Q_EMIT modelChosen(path); });
        recentColumn_->addWidget(card);
    }
    noRuns_->setVisible(paths.isEmpty() && runs_.isEmpty());
}

}  // namespace lmser::ui
