// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/unit_slider_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <cmath>

#include "ui/widgets/unit_slider.h"

namespace lmser::ui {
namespace {

const QString& resetAction() {
    static const QString name = QStringLiteral("reset");
    return name;
}

/// What a screen reader sees of a UnitSlider.
class UnitSliderAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit UnitSliderAccessible(UnitSlider* slider)
        : QAccessibleWidget(slider, QAccessible::Slider), slider_(slider) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface) {
            return static_cast<QAccessibleValueInterface*>(this);
        }
        return QAccessibleWidget::interface_cast(type);
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? QString::number(slider_->value(), 'f', 2)
                                          : QAccessibleWidget::text(kind);
    }

    [[nodiscard]] QVariant currentValue() const override { return slider_->value(); }
    [[nodiscard]] QVariant minimumValue() const override { return slider_->minimum(); }
    [[nodiscard]] QVariant maximumValue() const override { return slider_->maximum(); }
    [[nodiscard]] QVariant minimumStepSize() const override {
        constexpr double kStepsInRange = 100;
        return (slider_->maximum() - slider_->minimum()) / kStepsInRange;
    }
    void setCurrentValue(const QVariant& value) override {
        bool isNumber = false;
        const double wanted = value.toDouble(&isNumber);
        if (isNumber && std::isfinite(wanted)) {
            slider_->edit(wanted);
        }
    }

    [[nodiscard]] QStringList actionNames() const override {
        return QStringList{increaseAction(), decreaseAction(), resetAction()}
               << QAccessibleWidget::actionNames();
    }
    void doAction(const QString& name) override {
        if (name == increaseAction()) {
            slider_->step(1);
        } else if (name == decreaseAction()) {
            slider_->step(-1);
        } else if (name == resetAction()) {
            Q_EMIT slider_->resetRequested();
        } else {
            QAccessibleWidget::doAction(name);
        }
    }

private:
    UnitSlider* slider_;
};

QAccessibleInterface* describe(const QString& className, QObject* object) {
    if (className == QLatin1String(UnitSlider::staticMetaObject.className())) {
        return new UnitSliderAccessible(static_cast<UnitSlider*>(object));
    }
    return nullptr;
}

}  // namespace

void describeUnitSliders() {
    static const bool once = [] {
        QAccessible::installFactory(describe);
        return true;
    }();
    Q_UNUSED(once)
}

void tellValue(UnitSlider* slider, double value) {
    if (QAccessible::isActive()) {
        QAccessibleValueChangeEvent event(slider, value);
        QAccessible::updateAccessibility(&event);
    }
}

}  // namespace lmser::ui
