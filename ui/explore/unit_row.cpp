// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/unit_row.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include "ui/widgets/icons.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/unit_slider.h"

namespace lmser::ui {
namespace {

constexpr int kIconSide = 16;

/// In place of the slider of a unit that is constant over the data.
class DeadNote : public QWidget {
public:
    explicit DeadNote(QWidget* parent) : QWidget(parent) {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    void setValue(double value) {
        const QString number = QString::number(value, 'f', 2);
        words_ = tr("dead");
        rest_ = tr("constant at %1").arg(number);
        shortRest_ = tr("at %1").arg(number);
        setAccessibleName(words_ + QStringLiteral(": ") + rest_);
        setToolTip(tr(
            "This unit says the same for every picture of the data, so a slider would do nothing. "
            "Shortcut dropout in training keeps units alive."));
        update();
    }

    [[nodiscard]] QSize sizeHint() const override {
        return {scaled(kLeastWidth), scaled(kControlHeight)};
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        const Tokens& tokens = tokensOf(this);
        QPainter painter(this);
        painter.setPen(tokens.warningText);
        const QRect room = rect().adjusted(2 * kSpace, 0, 0, 0);
        painter.drawText(room, Qt::AlignVCenter, words_);
        const int gap = fontMetrics().horizontalAdvance(words_) + 2 * kSpace;
        const bool fits = fontMetrics().horizontalAdvance(rest_) <= room.width() - gap;
        painter.setPen(tokens.muted);
        painter.drawText(room.adjusted(gap, 0, 0, 0), Qt::AlignVCenter, fits ? rest_ : shortRest_);
    }

private:
    static constexpr int kLeastWidth = 110;
    QString words_;
    QString rest_;
    QString shortRest_;
};

QToolButton* iconButton(QWidget* parent, const QString& name) {
    auto* button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setIcon(icon(name, IconTone::muted));
    button->setIconSize({scaled(kIconSide), scaled(kIconSide)});
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return button;
}

}  // namespace

UnitRow::UnitRow(std::size_t place, const QString& name, QWidget* parent)
    : QWidget(parent),
      name_(name),
      lock_(iconButton(this, QStringLiteral("unlock"))),
      label_(new QLabel(name, this)),
      slider_(new UnitSlider(this)),
      deadNote_(new DeadNote(this)),
      number_(new NumberField(this)),
      reset_(iconButton(this, QStringLiteral("reset"))) {
    lock_->setCheckable(true);
    deadNote_->hide();
    layOut();
    nameControls(place);
    explainControls();
    listen();
}

void UnitRow::layOut() {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kSpace, 1, kSpace, 1);
    row->setSpacing(kSpace);
    // In a tall row only the histogram grows; all else stays beside the slider's line, at the bottom.
    for (QWidget* part : std::initializer_list<QWidget*>{lock_, label_, reset_}) {
        part->setMinimumHeight(scaled(kControlHeight));
    }
    row->addWidget(lock_, 0, Qt::AlignBottom);
    row->addWidget(label_, 0, Qt::AlignBottom);
    row->addWidget(slider_, 1);
    row->addWidget(deadNote_, 1, Qt::AlignBottom);
    row->addWidget(number_, 0, Qt::AlignBottom);
    row->addWidget(reset_, 0, Qt::AlignBottom);
    slider_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    QSizePolicy policy = lock_->sizePolicy();
    policy.setRetainSizeWhenHidden(true);  // the names stay in line beside a dead unit
    lock_->setSizePolicy(policy);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setMaximumHeight(mostHeight());
}

// A histogram that is half as high again as in a tight list is easier to read; more is no use.
int UnitRow::mostHeight() {
    return scaled(kControlHeight) * 3 / 2 + 2;
}

void UnitRow::nameControls(std::size_t place) {
    const auto name = [place](const char* what) {
        return QLatin1String(what) + QString::number(place + 1);
    };
    setObjectName(name("unitRow"));
    lock_->setObjectName(name("unitLock"));
    slider_->setObjectName(name("unitSlider"));
    deadNote_->setObjectName(name("unitDead"));
    number_->setObjectName(name("unitNumber"));
    reset_->setObjectName(name("unitReset"));
    tellNames();
}

void UnitRow::tellNames() {
    label_->setText(name_);
    lock_->setAccessibleName(tr("lock %1").arg(name_));
    slider_->setAccessibleName(tr("code %1").arg(name_));
    number_->setAccessibleName(tr("value of %1").arg(name_));
    reset_->setAccessibleName(tr("reset %1").arg(name_));
}

void UnitRow::rename(const QString& name) {
    name_ = name;
    tellNames();
}

void UnitRow::setLockable(bool lockable) {
    lockable_ = lockable;
    lock_->setVisible(lockable && !dead_);
}

void UnitRow::explainControls() {
    lock_->setToolTip(tr("Locked: randomise and reset all leave this unit as it is."));
    slider_->setToolTip(
        tr("The value of this top unit, z_L, over its histogram on the data. The network's way "
           "down makes "
           "the picture of it. Shift drags at a tenth, Ctrl ten times; double-click resets."));
    number_->setToolTip(tr("Type a value and press Enter; it may lie beyond the slider's range."));
    reset_->setToolTip(tr("Back to the start: the code of the start picture, or the unit's mean."));
}

void UnitRow::listen() {
    connect(slider_, &UnitSlider::valueEdited, this, &UnitRow::valueEdited);
    connect(slider_, &UnitSlider::dragStarted, this, &UnitRow::dragStarted);
    connect(slider_, &UnitSlider::dragEnded, this, &UnitRow::dragEnded);
    connect(slider_, &UnitSlider::resetRequested, this, &UnitRow::resetRequested);
    connect(number_, &NumberField::valueEdited, this, &UnitRow::valueEdited);
    connect(
        number_, &NumberField::stepRequested, slider_,
        [this](int steps, Qt::KeyboardModifiers modifiers) { slider_->step(steps, modifiers); });
    connect(reset_, &QToolButton::clicked, this, &UnitRow::resetRequested);
    connect(lock_, &QToolButton::toggled, this, [this](bool locked) {
        lock_->setIcon(locked ? icon(QStringLiteral("lock"), IconTone::text)
                              : icon(QStringLiteral("unlock"), IconTone::muted));
        Q_EMIT lockToggled(locked);
    });
    for (QWidget* part : {static_cast<QWidget*>(slider_), static_cast<QWidget*>(number_)}) {
        part->installEventFilter(this);
    }
}

bool UnitRow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        Q_EMIT chosen();
    }
    return QWidget::eventFilter(watched, event);
}

void UnitRow::mousePressEvent(QMouseEvent* event) {
    Q_EMIT chosen();
    QWidget::mousePressEvent(event);
}

void UnitRow::setValue(double value) {
    slider_->setValue(value);
    if (number_->value() != value) {
        number_->setValue(value);
    }
}

void UnitRow::setStart(double start) {
    slider_->setStart(start);
}

void UnitRow::setRange(const UnitRange& range) {
    slider_->setRange(range.low, range.high, true);
}

void UnitRow::setStatistics(const UnitStatistics& unit) {
    slider_->setHistogram(unit.histogram, static_cast<double>(unit.minimum),
                          static_cast<double>(unit.maximum));
    static_cast<DeadNote*>(deadNote_)->setValue(static_cast<double>(unit.mean));
    setDead(unit.dead);
}

void UnitRow::setDead(bool dead) {
    if (dead == dead_ || slider_->isDragging()) {
        return;
    }
    dead_ = dead;
    for (QWidget* part : std::initializer_list<QWidget*>{slider_, number_, reset_}) {
        part->setVisible(!dead);
    }
    lock_->setVisible(lockable_ && !dead);
    deadNote_->setVisible(dead);
}

void UnitRow::setSelected(bool selected) {
    if (selected_ != selected) {
        selected_ = selected;
        update();
    }
}

int UnitRow::nameWidth() const {
    return label_->sizeHint().width();
}

void UnitRow::setNameWidth(int width) {
    label_->setFixedWidth(width);
}

void UnitRow::paintEvent(QPaintEvent* /*event*/) {
    if (!selected_) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokensOf(this).shade);
    painter.drawRoundedRect(rect(), kControlRadius, kControlRadius);
}

}  // namespace lmser::ui
