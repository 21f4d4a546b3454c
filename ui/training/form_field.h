// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <functional>

#include "core/spec/experiment.h"
#include "core/spec/names.h"
#include "ui/training/form_fields.h"
#include "ui/training/form_row.h"

namespace lmser::ui {

/// One value of an experiment as a line of the form.
struct FormField {
    FormRow* row = nullptr;
    /// Shows the value that an experiment has.
    std::function<void(const Experiment&)> show;
    /// Puts what the control says into an experiment; gives the sentence why that is not possible, or nothing.
    std::function<QString(Experiment&)> apply;
    bool refused = false;  ///< what the control says is not in the experiment
};

/// What every line has.
struct FormWords {
    QString label;
    const char* name;  ///< objectName of the control
    QString tip;
};

/// Which value of an experiment a field stands for.
template <class T>
using ValueOf = std::function<T&(Experiment&)>;

FormField countField(const FormWords& words, const ValueOf<int>& value, double step,
                     QWidget* parent);
FormField countField(const FormWords& words, const ValueOf<std::int64_t>& value, double step,
                     QWidget* parent);
FormField seedField(const FormWords& words, QWidget* parent);
/// factor > 1: Up and Down multiply instead of adding `step`.
FormField realField(const FormWords& words, const ValueOf<double>& value, double step,
                    double factor, QWidget* parent);
FormField switchField(const FormWords& words, const ValueOf<bool>& value, QWidget* parent);
FormField layersField(const FormWords& words, QWidget* parent);

/// One of the names of an enumeration.
template <class Enum>
FormField choiceField(const FormWords& words, const ValueOf<Enum>& value, QWidget* parent) {
    auto* choice = new ChoiceField(parent);
    for (const auto& entry : names<Enum>()) {
        choice->addItem(QString::fromUtf8(entry.name.data(), static_cast<int>(entry.name.size())));
    }
    auto* row =
        new FormRow(words.label, choice, QString::fromLatin1(words.name), words.tip, parent);
    QObject::connect(choice, &QComboBox::activated, row, &FormRow::edited);
    return {
        row,
        [choice, value](const Experiment& experiment) {
            Experiment copy = experiment;
            const auto shown = name_of(value(copy));
            choice->setCurrentText(QString::fromUtf8(shown.data(), static_cast<int>(shown.size())));
        },
        [choice, value](Experiment& experiment) {
            value(experiment) =
                names<Enum>()[static_cast<std::size_t>(choice->currentIndex())].value;
            return QString();
        }};
}

}  // namespace lmser::ui
