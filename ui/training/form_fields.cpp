// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/form_fields.h"

#include <QKeyEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QStyleOptionComboBox>
#include <QStyleOptionFrame>
#include <QStylePainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/training/number_text.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kFieldWidth = 92;
constexpr QChar kDot(0xB7);

// A shortcut such as F5 is about to act on what is in the form.
bool actsOnForm(const QEvent& event) {
    if (event.type() != QEvent::ShortcutOverride) {
        return false;
    }
    const auto& key = static_cast<const QKeyEvent&>(event);
    return key.key() >= Qt::Key_F1 && key.key() <= Qt::Key_F35;
}

}  // namespace

NumberEdit::NumberEdit(QWidget* parent) : QAbstractSpinBox(parent) {
    setButtonSymbols(NoButtons);
    setAlignment(Qt::AlignRight);
    setFont(numberFont());
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QAbstractSpinBox::editingFinished, this, &NumberEdit::take);
}

void NumberEdit::setStep(double step, double factor) {
    step_ = step;
    factor_ = factor;
}

void NumberEdit::showText(const QString& text) {
    shown_ = text;
    if (lineEdit()->text() != text) {
        lineEdit()->setText(text);
    }
}

double NumberEdit::value() const {
    return numberFromText(text()).value_or(0);
}

void NumberEdit::enterValue(double value) {
    constexpr double kExact = 1e15;
    const bool whole = value == std::round(value) && std::abs(value) < kExact;
    lineEdit()->setText(whole ? grouped(std::llround(value)) : exactNumber(value));
    take();
}

void NumberEdit::stepBy(int steps) {
    const auto now = numberFromText(text());
    if (!now) {
        return;
    }
    constexpr int kDigits = 2;
    if (factor_ > 1) {
        lineEdit()->setText(
            exactNumber(QString::number(*now * std::pow(factor_, steps), 'g', kDigits).toDouble()));
    } else {
        // Through text, so that .1 + .2 shows as .3.
        constexpr int kPrecision = 12;
        const double next = *now + steps * step_;
        const double clean = QString::number(next, 'g', kPrecision).toDouble();
        lineEdit()->setText(step_ >= 1 ? grouped(std::llround(clean)) : exactNumber(clean));
    }
    take();
}

QSize NumberEdit::sizeHint() const {
    return {scaled(kFieldWidth),
            std::max(scaled(kControlHeight), QAbstractSpinBox::sizeHint().height())};
}

bool NumberEdit::event(QEvent* event) {
    if (actsOnForm(*event)) {
        take();
    }
    return QAbstractSpinBox::event(event);
}

void NumberEdit::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && isBeingEdited()) {
        lineEdit()->setText(shown_);
        return;
    }
    QAbstractSpinBox::keyPressEvent(event);
}

void NumberEdit::wheelEvent(QWheelEvent* event) {
    if (hasFocus()) {
        QAbstractSpinBox::wheelEvent(event);
    } else {
        event->ignore();
    }
}

void NumberEdit::take() {
    if (isBeingEdited()) {
        shown_ = text();
        Q_EMIT edited(shown_);
    }
}

LayersEdit::LayersEdit(QWidget* parent) : QLineEdit(parent) {
    setAlignment(Qt::AlignRight);
    setFont(numberFont());
    connect(this, &QLineEdit::editingFinished, this, &LayersEdit::take);
}

void LayersEdit::showLayers(int inputs, const std::vector<Layer>& layers) {
    full_ = QString::number(inputs) + kDot +
            QString::fromStdString(text_of(layers, QString(kDot).toStdString()));
    editable_ = QString::fromStdString(text_of(layers, ", "));
    setText(hasFocus() ? editable_ : full_);
    setCursorPosition(0);  // the beginning of what is too long to be seen
    updateGeometry();
}

QSize LayersEdit::sizeHint() const {
    constexpr int kMost = 160;
    const int words = fontMetrics().horizontalAdvance(full_) + scaled(6 * kSpace);
    return {std::clamp(words, scaled(kFieldWidth), scaled(kMost)),
            std::max(scaled(kControlHeight), QLineEdit::sizeHint().height())};
}

bool LayersEdit::event(QEvent* event) {
    if (actsOnForm(*event)) {
        take();
    }
    return QLineEdit::event(event);
}

void LayersEdit::focusInEvent(QFocusEvent* event) {
    if (text() == full_) {
        setText(editable_);
    }
    QLineEdit::focusInEvent(event);
}

void LayersEdit::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);  // takes what was typed
    if (text() == editable_) {
        setText(full_);
        setCursorPosition(0);
    }
}

void LayersEdit::take() {
    if (text() != editable_ && text() != full_) {
        Q_EMIT edited(text());
    }
}

std::vector<Layer> layersFromText(const QString& text, int inputs) {
    static const QRegularExpression between(QStringLiteral("[\\s,;·]+"));
    std::vector<Layer> layers;
    const QStringList words = text.split(between, Qt::SkipEmptyParts);
    for (const QString& word : words) {
        const auto layer = layer_from_text(word.toStdString());
        if (!layer) {
            return {};
        }
        layers.push_back(*layer);
    }
    if (text.contains(kDot) && layers.size() > 1 && layers.front() == Layer{inputs}) {
        layers.erase(layers.begin());
    }
    return layers;
}

ChoiceField::ChoiceField(QWidget* parent) : QComboBox(parent) {
    setFocusPolicy(Qt::StrongFocus);
}

QSize ChoiceField::sizeHint() const {
    return QComboBox::sizeHint().expandedTo({scaled(kFieldWidth), scaled(kControlHeight)});
}

void ChoiceField::paintEvent(QPaintEvent* /*event*/) {
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    const QRect room =
        style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    painter.setPen(
        palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText));
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, currentText());
}

void ChoiceField::wheelEvent(QWheelEvent* event) {
    if (hasFocus()) {
        QComboBox::wheelEvent(event);
    } else {
        event->ignore();
    }
}

SwitchField::SwitchField(QWidget* parent) : QAbstractButton(parent) {
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
}

QSize SwitchField::sizeHint() const {
    return {scaled(kFieldWidth),
            std::max(scaled(kControlHeight), fontMetrics().height() + 2 * kSpace)};
}

void SwitchField::paintEvent(QPaintEvent* /*event*/) {
    const Tokens& tokens = tokensOf(this);
    constexpr qreal kTrackWidth = 26;
    constexpr qreal kTrackHeight = 14;
    constexpr qreal kInset = 2;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.line);
    painter.setBrush(underMouse() ? tokens.canvas : tokens.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), kControlRadius,
                            kControlRadius);
    const qreal size = scaled(100) / 100.0;
    const QRectF track(scaled(2 * kSpace), (height() - kTrackHeight * size) / 2, kTrackWidth * size,
                       kTrackHeight * size);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? tokens.accent : tokens.muted);
    painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
    const qreal knob = track.height() - 2 * kInset * size;
    painter.setBrush(tokens.surface);
    painter.drawEllipse(
        QRectF(isChecked() ? track.right() - kInset * size - knob : track.left() + kInset * size,
               track.top() + kInset * size, knob, knob));
    painter.setPen(isEnabled() ? (isChecked() ? tokens.text : tokens.muted)
                               : palette().color(QPalette::Disabled, QPalette::Text));
    painter.drawText(rect().adjusted(0, 0, -scaled(2 * kSpace), 0),
                     Qt::AlignRight | Qt::AlignVCenter, isChecked() ? tr("on") : tr("off"));
    if (hasFocus()) {
        paintFocusRing(painter, rect(), kControlRadius, this);
    }
}

}  // namespace lmser::ui
