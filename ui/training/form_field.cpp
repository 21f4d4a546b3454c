// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/form_field.h"

#include <QCoreApplication>
#include <cmath>
#include <limits>

#include "ui/training/number_text.h"

namespace lmser::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("lmser::ui::RunForm", text);
}

FormRow* rowOf(const FormWords& words, QWidget* control, QWidget* parent) {
    return new FormRow(words.label, control, QString::fromLatin1(words.name), words.tip, parent);
}

template <class T>
FormField wholeField(const FormWords& words, const ValueOf<T>& value, double step,
                     QWidget* parent) {
    auto* edit = new NumberEdit(parent);
    edit->setStep(step);
    FormRow* row = rowOf(words, edit, parent);
    QObject::connect(edit, &NumberEdit::edited, row, &FormRow::edited);
    return {row,
            [edit, value](const Experiment& experiment) {
                Experiment copy = experiment;
                edit->showText(grouped(value(copy)));
            },
            [edit, value](Experiment& experiment) {
                const auto number = numberFromText(edit->text());
                if (!number || *number != std::round(*number)) {
                    return tr("\"%1\" is not a whole number.").arg(edit->text());
                }
                if (std::abs(*number) > static_cast<double>(std::numeric_limits<T>::max()) / 2) {
                    return tr("%1 is too large.").arg(edit->text());
                }
                value(experiment) = static_cast<T>(*number);
                return QString();
            }};
}

}  // namespace

FormField countField(const FormWords& words, const ValueOf<int>& value, double step,
                     QWidget* parent) {
    return wholeField(words, value, step, parent);
}

FormField countField(const FormWords& words, const ValueOf<std::int64_t>& value, double step,
                     QWidget* parent) {
    return wholeField(words, value, step, parent);
}

FormField seedField(const FormWords& words, QWidget* parent) {
    auto* edit = new NumberEdit(parent);
    FormRow* row = rowOf(words, edit, parent);
    QObject::connect(edit, &NumberEdit::edited, row, &FormRow::edited);
    // Not through a double: a seed has 64 bits.
    return {
        row,
        [edit](const Experiment& experiment) { edit->showText(QString::number(experiment.seed)); },
        [edit](Experiment& experiment) {
            QString digits = edit->text();
            digits.remove(QLatin1Char(',')).remove(QLatin1Char(' '));
            bool ok = false;
            const auto seed = digits.toULongLong(&ok);
            if (!ok) {
                return tr("\"%1\" is not a whole number from 0 to %2.")
                    .arg(edit->text())
                    .arg(std::numeric_limits<std::uint64_t>::max());
            }
            experiment.seed = seed;
            return QString();
        }};
}

FormField realField(const FormWords& words, const ValueOf<double>& value, double step,
                    double factor, QWidget* parent) {
    auto* edit = new NumberEdit(parent);
    edit->setStep(step, factor);
    FormRow* row = rowOf(words, edit, parent);
    QObject::connect(edit, &NumberEdit::edited, row, &FormRow::edited);
    return {row,
            [edit, value](const Experiment& experiment) {
                Experiment copy = experiment;
                edit->showText(exactNumber(value(copy)));
            },
            [edit, value](Experiment& experiment) {
                const auto number = numberFromText(edit->text());
                if (!number) {
                    return tr("\"%1\" is not a number.").arg(edit->text());
                }
                value(experiment) = *number;
                return QString();
            }};
}

FormField switchField(const FormWords& words, const ValueOf<bool>& value, QWidget* parent) {
    auto* field = new SwitchField(parent);
    FormRow* row = rowOf(words, field, parent);
    QObject::connect(field, &SwitchField::clicked, row, &FormRow::edited);
    return {row,
            [field, value](const Experiment& experiment) {
                Experiment copy = experiment;
                field->setChecked(value(copy));
            },
            [field, value](Experiment& experiment) {
                value(experiment) = field->isChecked();
                return QString();
            }};
}

FormField layersField(const FormWords& words, QWidget* parent) {
    auto* edit = new LayersEdit(parent);
    FormRow* row = rowOf(words, edit, parent);
    QObject::connect(edit, &LayersEdit::edited, row, &FormRow::edited);
    return {row,
            [edit](const Experiment& experiment) {
                edit->showLayers(static_cast<int>(experiment.network.input.pixels()),
                                 experiment.network.layers);
            },
            [edit](Experiment& experiment) {
                const auto layers = layersFromText(
                    edit->text(), static_cast<int>(experiment.network.input.pixels()));
                if (layers.empty()) {
                    return tr("\"%1\" are not layers: write their units, such as 300, 100, 10, or "
                              "channels with kernel, stride and padding, such as 16k4s2p1.")
                        .arg(edit->text());
                }
                experiment.network.layers = layers;
                return QString();
            }};
}

}  // namespace lmser::ui
