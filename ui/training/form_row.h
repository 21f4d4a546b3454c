// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;
class QLabel;

namespace lmser::ui {

class WarningLabel;

/// A line of a form: what it is at the left, its control at the right, and below them a sentence where the value
/// cannot be used. Where the words and the control do not fit side by side, the control stands below.
class FormRow : public QWidget {
    Q_OBJECT
public:
    /// The control becomes a child. Gives it objectName, accessible name and tooltip.
    FormRow(const QString& label, QWidget* control, const QString& name, const QString& tip,
            QWidget* parent);

    [[nodiscard]] QWidget* control() const { return control_; }
    void setLabel(const QString& label);
    /// The sentence under the control; an empty one goes.
    void setSentence(const QString& sentence);
    [[nodiscard]] QString sentence() const;

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user entered another value into the control.
    void edited();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void arrange();

    QLabel* label_;
    QWidget* control_;
    WarningLabel* sentence_;
    QBoxLayout* line_;
};

}  // namespace lmser::ui
