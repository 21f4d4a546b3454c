// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/spec/experiment.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace lmser::ui {

class Card;
class WarningLabel;
struct FormField;

/// The Inspector of Train: the experiment that the next run is made of. Sections Run, Network, Loss, with an
/// advanced part; "Copy as command".
class RunForm : public QWidget {
    Q_OBJECT
public:
    explicit RunForm(QWidget* parent = nullptr);
    ~RunForm() override;

    void setExperiment(const Experiment& experiment);
    [[nodiscard]] Experiment experiment() const;

    /// While a run exists, target and learning rate act on it at once; everything else begins a new run.
    void setRunning(bool runExists, double learningRate);

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user changed something; the value is in range.
    void experimentEdited(const lmser::Experiment& experiment);
    void targetEdited(qint64 iterations);
    void learningRateEdited(double rate);

private:
    Card* addSection(const QString& head);
    void add(Card* section, FormField field);
    void addRun();
    void addNetwork();
    void addLoss();
    void addAdvanced();
    void addCopy();
    void take(FormField& field);
    bool accept(const std::vector<FormField*>& fields, QString& why);
    void tell(const FormField& field, const Experiment& before);
    void showNotes();
    void showLearningRate();
    void copyCommand();

    Experiment experiment_;
    bool runExists_ = false;
    double learningRate_ = 0;
    std::vector<FormField*> fields_;  // owned; their rows are children
    FormField* iterations_ = nullptr;
    FormField* rate_ = nullptr;
    QWidget* content_ = nullptr;
    QVBoxLayout* column_ = nullptr;
    QLabel* atOnce_ = nullptr;
    WarningLabel* reflectionsNote_ = nullptr;
    QPushButton* copy_ = nullptr;
};

}  // namespace lmser::ui
