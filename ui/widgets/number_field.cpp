// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/number_field.h"

#include <QKeyEvent>
#include <QRegularExpressionValidator>
#include <QStyle>
#include <QStyleOptionFrame>
#include <cmath>

#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

QString shown(double value) {
    constexpr double kTwoDecimalsBelow = 1000;
    if (std::abs(value) >= kTwoDecimalsBelow) {
        return QString::number(value, 'g', 4);
    }
    const QString text = QString::number(value, 'f', 2);
    return text == QLatin1String("-0.00") ? QStringLiteral("0.00") : text;
}

}  // namespace

NumberField::NumberField(QWidget* parent) : QLineEdit(parent) {
    static const QRegularExpression kNumber(
        QStringLiteral("[-+]?[0-9]*[.,]?[0-9]*([eE][-+]?[0-9]*)?"));
    setValidator(new QRegularExpressionValidator(kNumber, this));
    setAlignment(Qt::AlignRight);
    setFont(numberFont());
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QLineEdit::editingFinished, this, &NumberField::takeText);
    showValue();
}

void NumberField::setValue(double value) {
    value_ = value;
    if (!(hasFocus() && isModified())) {
        showValue();
    }
}

void NumberField::showValue() {
    const QString text = shown(value_);
    if (text != this->text()) {
        setText(text);
    }
    setModified(false);
}

void NumberField::takeText() {
    if (!isModified()) {
        return;
    }
    bool understood = false;
    const double typed = text().replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&understood);
    const bool taken = understood && std::isfinite(typed) && std::abs(typed) <= kLargest;
    if (taken) {
        value_ = typed;
    }
    showValue();
    if (taken) {
        Q_EMIT valueEdited(typed);
    }
}

void NumberField::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
            takeText();
            Q_EMIT stepRequested(event->key() == Qt::Key_Up ? 1 : -1, event->modifiers());
            return;
        case Qt::Key_Escape:
            showValue();
            selectAll();
            return;
        default:
            QLineEdit::keyPressEvent(event);
    }
}

void NumberField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::ApplicationFontChange) {
        setFont(numberFont());
        updateGeometry();
    }
    QLineEdit::changeEvent(event);
}

void NumberField::initStyleOption(QStyleOptionFrame* option) const {
    QLineEdit::initStyleOption(option);
    option->lineWidth = 1;  // the style draws a field only around what says that it has a frame
}

QSize NumberField::sizeHint() const {
    ensurePolished();
    constexpr int kSides = 8;
    const int digits = fontMetrics().horizontalAdvance(QStringLiteral("-00.00"));
    return {digits + 2 * scaled(kSides), scaled(kControlHeight)};
}

QSize NumberField::minimumSizeHint() const {
    return sizeHint();
}

}  // namespace lmser::ui
