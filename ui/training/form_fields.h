// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <vector>

#include "core/spec/network_spec.h"

namespace lmser::ui {

// The controls of the run form. Each shows a value without telling anybody, and tells when the user has entered
// another one. The wheel changes a field only where it has the focus; else it scrolls the form.

/// A number as text, so that anything can be typed and be answered with a sentence. Enter or leaving the field
/// takes it, Escape gives the old one back, Up and Down step.
class NumberEdit : public QAbstractSpinBox {
    Q_OBJECT
    Q_PROPERTY(double value READ value WRITE enterValue)
    Q_PROPERTY(double minimum READ minimum CONSTANT)
    Q_PROPERTY(double maximum READ maximum CONSTANT)
public:
    explicit NumberEdit(QWidget* parent = nullptr);

    /// What Up and Down add, or, where `factor` is above 1, multiply by.
    void setStep(double step, double factor = 1);
    /// Shows a text; what is just being typed is replaced.
    void showText(const QString& text);
    /// Whether something was typed that is not taken yet.
    [[nodiscard]] bool isBeingEdited() const { return text() != shown_; }
    /// The number that is shown, 0 where the text is none.
    [[nodiscard]] double value() const;
    /// As if the user had typed it; for assistive tools.
    void enterValue(double value);
    /// The ends that assistive tools are told; what is in range is said when a value is entered.
    [[nodiscard]] double minimum() const { return 0; }
    [[nodiscard]] double maximum() const { return 1e12; }

    void stepBy(int steps) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void edited(const QString& text);

protected:
    [[nodiscard]] StepEnabled stepEnabled() const override {
        return StepUpEnabled | StepDownEnabled;
    }
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void take();

    QString shown_;
    double step_ = 1;
    double factor_ = 1;
};

/// The layers of a network: shown as "784·300·100·10", edited as "300, 100, 10".
class LayersEdit : public QLineEdit {
    Q_OBJECT
public:
    explicit LayersEdit(QWidget* parent = nullptr);

    void showLayers(int inputs, const std::vector<Layer>& layers);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void edited(const QString& text);

protected:
    bool event(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void take();

    QString full_;      // with the input in front
    QString editable_;  // as it is typed
};

/// The layers that a user wrote, from the image to the top code: units (300) or convolutions (16k4s2p1) apart by
/// commas, spaces or dots; empty where something else stands there. `inputs` in front, as the field shows it with
/// dots, is left out.
std::vector<Layer> layersFromText(const QString& text, int inputs);

/// One of a few words.
class ChoiceField : public QComboBox {
    Q_OBJECT
public:
    explicit ChoiceField(QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
};

/// On or off.
class SwitchField : public QAbstractButton {
    Q_OBJECT
public:
    explicit SwitchField(QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace lmser::ui
