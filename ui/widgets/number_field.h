// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace lmser::ui {

/// A number that is typed: Enter or leaving the field takes it, Escape gives the old one back. Shows two
/// decimals and keeps them all. Point and comma both part the decimals.
class NumberField : public QLineEdit {
    Q_OBJECT
public:
    explicit NumberField(QWidget* parent = nullptr);

    /// Shows a value without telling anybody; what is just being typed stays.
    void setValue(double value);
    [[nodiscard]] double value() const { return value_; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user entered another number; it is finite and within ±kLargest.
    void valueEdited(double value);
    /// Up or Down: how many steps, before Shift or Ctrl are counted in.
    void stepRequested(int steps, Qt::KeyboardModifiers modifiers);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void initStyleOption(QStyleOptionFrame* option) const override;

private:
    void takeText();
    void showValue();

    double value_ = 0;
};

/// The largest number that can be typed; far beyond what any unit says.
inline constexpr double kLargest = 1e6;

}  // namespace lmser::ui
