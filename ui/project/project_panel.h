// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QStringList>
#include <QWidget>
#include <optional>

#include "core/session/snapshot.h"
#include "ui/project/shipped_card.h"

class QPushButton;
class QVBoxLayout;

namespace lmser::ui {

class ChoiceCard;
class NoDataCard;

/// The Project dock: which data, which network, which runs. Shows what it is given and emits what was chosen.
class ProjectPanel : public QWidget {
    Q_OBJECT
public:
    explicit ProjectPanel(QWidget* parent = nullptr);

    /// MNIST for mnist; the name itself for one that has no card.
    [[nodiscard]] QString datasetTitle(const QString& name) const;

    void select(const Experiment& experiment);
    void selectDataset(const QString& name);
    /// The models that come with the program, above the presets.
    void setShippedModels(const QList<ShippedCard>& models);
    /// Frames the card of a shipped model in place of a preset's.
    void selectShipped(const QString& name);
    /// Says that the network at hand is explored without its dataset, which is not framed then.
    void showWithoutData(const QString& dataset, bool shipped);
    void showWithData();
    void showDataset(const DatasetLoaded& dataset);
    void showDatasetLoading(const QString& name);
    /// It is as it was before showDatasetLoading().
    void endDatasetLoading(const QString& name);
    /// Says where it was searched and offers to choose a folder.
    void showDatasetMissing(const QString& name, const Error& error);

    /// A run of this session is there: its card comes first, and that of a run that was neither trained nor
    /// kept before it goes.
    void addRun(std::uint64_t run, const Experiment& experiment, const QString& path);
    void showProgress(std::uint64_t run, std::int64_t iteration, double bestError);
    /// The run can be opened again from there.
    void setRunPath(std::uint64_t run, const QString& path);
    /// Checkpoints and run folders of earlier days.
    void setRecent(const QStringList& paths);

Q_SIGNALS:
    void datasetChosen(const QString& name);
    void dataFolderWanted(const QString& name);
    void presetChosen(const QString& name);
    void modelChosen(const QString& path);
    /// The description of a shipped model is wanted.
    void detailsWanted(const QString& name);

private:
    void addDatasets(QVBoxLayout& column);
    void unframeDatasets();
    void addPresets(QVBoxLayout& column);
    void addRuns(QVBoxLayout& column);
    void dropUntrained();
    ChoiceCard* shippedCard(const ShippedCard& model);
    void keepSelection();

    QHash<QString, ChoiceCard*> datasets_;
    QHash<QString, ChoiceCard*> presets_;
    QHash<QString, ChoiceCard*> shipped_;
    ChoiceCard* selected_ = nullptr;   // of presets_ and shipped_
    QSet<QString> loading_;            // of datasets_
    QHash<QString, QString> details_;  // of datasets_, while they are not being loaded
    NoDataCard* noData_;
    QString absent_;  // the dataset that the network at hand is explored without
    QWidget* presetsHead_ = nullptr;
    QVBoxLayout* shippedColumn_ = nullptr;
    QHash<std::uint64_t, ChoiceCard*> runs_;
    QHash<std::uint64_t, QString> runPaths_;
    std::optional<std::uint64_t> untrained_;  // the newest run while it is neither trained nor kept
    QPushButton* findData_;
    QString missing_;
    QVBoxLayout* runColumn_;
    QVBoxLayout* recentColumn_;
    QWidget* noRuns_;
};

/// lmser-un · seed 1
QString titleOf(const Experiment& experiment);

/// 784·300·100·10
QString layersOf(const NetworkSpec& network);

}  // namespace lmser::ui
