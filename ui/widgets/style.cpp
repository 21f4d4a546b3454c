// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QMenuBar>
#include <QScrollBar>
#include <QSlider>
#include <QStatusBar>
#include <QStyleOption>
#include <QTabBar>
#include <QToolBar>

#include "ui/widgets/style_painting.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kFieldArrow = 20;  // room for the chevrons of a number field or a choice
constexpr int kScrollBar = 10;
constexpr int kTabSides = 17;

bool isPrimary(const QWidget* widget) {
    return widget != nullptr && widget->property("primary").toBool();
}

QRect spinBoxPart(const QStyleOptionSpinBox& option, QStyle::SubControl part) {
    const QRect all = option.rect;
    const bool bare = option.buttonSymbols == QAbstractSpinBox::NoButtons;
    const int arrows = bare ? 0 : scaled(kFieldArrow);
    const QRect edge(all.right() - arrows + 1, all.top() + 1, arrows - 1, all.height() - 2);
    switch (part) {
        case QStyle::SC_SpinBoxUp:
            return bare ? QRect() : edge.adjusted(0, 0, 0, -edge.height() / 2);
        case QStyle::SC_SpinBoxDown:
            return bare ? QRect() : edge.adjusted(0, edge.height() / 2, 0, 0);
        case QStyle::SC_SpinBoxEditField:
            return all.adjusted(2 * kSpace, 1, -qMax(arrows, 2 * kSpace), -1);
        default:
            return all;
    }
}

QRect comboBoxPart(const QStyleOptionComboBox& option, QStyle::SubControl part) {
    const QRect all = option.rect;
    switch (part) {
        case QStyle::SC_ComboBoxArrow:
            return all.adjusted(all.width() - scaled(kFieldArrow), 0, 0, 0);
        case QStyle::SC_ComboBoxEditField:
            return all.adjusted(2 * kSpace, 1, -scaled(kFieldArrow), -1);
        default:
            return all;
    }
}

QRect scrollBarPart(const QStyleOptionSlider& option, QStyle::SubControl part) {
    const bool upright = option.orientation == Qt::Vertical;
    const int length = upright ? option.rect.height() : option.rect.width();
    const int range = option.maximum - option.minimum;
    const int shortest = scaled(6 * kSpace);
    int handle = length;
    int start = 0;
    if (range > 0) {
        const qreal share = qreal(option.pageStep) / (qreal(range) + option.pageStep);
        handle = qBound(qMin(shortest, length), int(length * share), length);
        start =
            QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                            length - handle, option.upsideDown);
    }
    const auto piece = [&](int from, int to) {
        return upright ? QRect(0, from, option.rect.width(), to - from)
                       : QRect(from, 0, to - from, option.rect.height());
    };
    switch (part) {
        case QStyle::SC_ScrollBarSlider:
            return piece(start, start + handle);
        case QStyle::SC_ScrollBarSubPage:
            return piece(0, start);
        case QStyle::SC_ScrollBarAddPage:
            return piece(start + handle, length);
        case QStyle::SC_ScrollBarGroove:
            return option.rect;
        default:
            return {};
    }
}

}  // namespace

StudioStyle::StudioStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void StudioStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) != nullptr ||
        qobject_cast<QAbstractSpinBox*>(widget) != nullptr ||
        qobject_cast<QComboBox*>(widget) != nullptr ||
        qobject_cast<QScrollBar*>(widget) != nullptr || qobject_cast<QTabBar*>(widget) != nullptr ||
        qobject_cast<QSlider*>(widget) != nullptr) {
        widget->setAttribute(Qt::WA_Hover);
    }
    if (qobject_cast<QMenuBar*>(widget) != nullptr || qobject_cast<QToolBar*>(widget) != nullptr ||
        qobject_cast<QStatusBar*>(widget) != nullptr) {
        widget->setBackgroundRole(QPalette::Base);
        widget->setAutoFillBackground(true);
    }
}

void StudioStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                QPainter* painter, const QWidget* widget) const {
    switch (element) {
        case PE_PanelButtonCommand:
            return paintButton(*painter, *option, isPrimary(widget));
        case PE_PanelButtonTool:
            return paintToolButton(*painter, *option);
        case PE_FrameLineEdit:
        case PE_PanelLineEdit:
            // A field inside a number field or a choice has the frame of that one.
            if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
                frame == nullptr || frame->lineWidth > 0) {
                paintField(*painter, *option);
            }
            return;
        case PE_FrameFocusRect:
            if ((option->state & State_KeyboardFocusChange) != 0 ||
                (option->state & State_HasFocus) != 0) {
                paintFocusRing(*painter, option->rect, kControlRadius, widget);
            }
            return;
        case PE_IndicatorCheckBox:
            return paintCheckBox(*painter, *option);
        case PE_IndicatorRadioButton:
            return paintRadioButton(*painter, *option);
        case PE_IndicatorDockWidgetResizeHandle:
            return paintSeparator(*painter, *option);
        case PE_PanelStatusBar:
            return paintHairline(*painter, *option, Qt::TopEdge);
        case PE_FrameTabBarBase:
        case PE_FrameStatusBarItem:
            return;
        default:
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void StudioStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
    switch (element) {
        case CE_PushButtonLabel:
            if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
                button != nullptr && isPrimary(widget)) {
                QStyleOptionButton copy = *button;
                copy.palette.setColor(QPalette::Active, QPalette::ButtonText,
                                      tokensOf(option->palette).onAccent);
                copy.palette.setColor(QPalette::Inactive, QPalette::ButtonText,
                                      tokensOf(option->palette).onAccent);
                return QProxyStyle::drawControl(element, &copy, painter, widget);
            }
            break;
        case CE_TabBarTabShape:
            return paintTab(*painter, *option);
        case CE_TabBarTabLabel:
            if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
                return paintTabLabel(*painter, *tab);
            }
            break;
        case CE_MenuBarEmptyArea:
        case CE_ToolBar:
            return paintHairline(*painter, *option, Qt::BottomEdge);
        case CE_MenuBarItem:
            if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
                return paintMenuBarItem(*painter, *item);
            }
            break;
        case CE_ProgressBarGroove:
            return paintProgressGroove(*painter, *option);
        case CE_ProgressBarContents:
            if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
                return paintProgress(*painter, *bar);
            }
            break;
        case CE_ShapedFrame:
            // Scroll areas and lists lie flat on their ground; cards draw their own border.
            return;
        default:
            break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void StudioStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                     QPainter* painter, const QWidget* widget) const {
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        spin != nullptr && control == CC_SpinBox) {
        paintSpinBox(*painter, *spin, spinBoxPart(*spin, SC_SpinBoxUp),
                     spinBoxPart(*spin, SC_SpinBoxDown));
        return;
    }
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        combo != nullptr && control == CC_ComboBox) {
        paintComboBox(*painter, *combo, comboBoxPart(*combo, SC_ComboBoxArrow));
        return;
    }
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        bar != nullptr && control == CC_ScrollBar) {
        paintScrollBar(*painter, *bar, scrollBarPart(*bar, SC_ScrollBarSlider));
        return;
    }
    if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
        slider != nullptr && control == CC_Slider && slider->tickPosition == QSlider::NoTicks) {
        paintSlider(*painter, *slider,
                    QProxyStyle::subControlRect(CC_Slider, option, SC_SliderHandle, widget));
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect StudioStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                  SubControl part, const QWidget* widget) const {
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        spin != nullptr && control == CC_SpinBox) {
        return visualRect(option->direction, option->rect, spinBoxPart(*spin, part));
    }
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        combo != nullptr && control == CC_ComboBox && part != SC_ComboBoxListBoxPopup) {
        return visualRect(option->direction, option->rect, comboBoxPart(*combo, part));
    }
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        bar != nullptr && control == CC_ScrollBar) {
        return visualRect(option->direction, option->rect, scrollBarPart(*bar, part));
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect StudioStyle::subElementRect(SubElement element, const QStyleOption* option,
                                  const QWidget* widget) const {
    if (element == SE_LineEditContents) {
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            frame != nullptr && frame->lineWidth > 0) {
            return option->rect.adjusted(2 * kSpace - 2, 1, -(2 * kSpace - 2), -1);
        }
    }
    if (element == SE_PushButtonFocusRect) {
        return option->rect;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QSize StudioStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
                                    const QSize& size, const QWidget* widget) const {
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    const int height = scaled(kControlHeight);
    switch (type) {
        case CT_PushButton:
            return {size.width() + 2 * scaled(3 * kSpace),
                    qMax(height, size.height() + 2 * kSpace)};
        case CT_LineEdit:
        case CT_SpinBox:
            return {result.width() + 2 * kSpace, qMax(height, result.height())};
        case CT_ComboBox:
            return {size.width() + 3 * kSpace + scaled(kFieldArrow),
                    qMax(height, size.height() + 2 * kSpace)};
        case CT_TabBarTab:
            return {result.width() + 2 * kSpace + scaled(kTabSides), scaled(10 * kSpace + 2)};
        case CT_MenuBarItem:
            return {size.width() + scaled(4 * kSpace), scaled(8 * kSpace)};
        case CT_ToolButton:
            return result.expandedTo({scaled(6 * kSpace), scaled(6 * kSpace)});
        case CT_MenuItem:
            return {result.width() + scaled(2 * kSpace), result.height() + kSpace};
        default:
            return result;
    }
}

int StudioStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                             const QWidget* widget) const {
    switch (metric) {
        case PM_ScrollBarExtent:
            return scaled(kScrollBar);
        case PM_DefaultFrameWidth:
            // Frames are drawn by what they belong to; only of fields is it asked whether they have one.
            return widget != nullptr && (widget->inherits("QMenu") || widget->inherits("QLineEdit"))
                       ? 1
                       : 0;
        case PM_DockWidgetSeparatorExtent:
            return kSpace + 1;
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight:
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
        case PM_ToolBarIconSize:
        case PM_SliderThickness:
        case PM_SliderControlThickness:
        case PM_SliderLength:
            return scaled(4 * kSpace);
        case PM_CheckBoxLabelSpacing:
        case PM_RadioButtonLabelSpacing:
            return 2 * kSpace;
        case PM_ButtonShiftHorizontal:
        case PM_ButtonShiftVertical:
        case PM_ToolBarItemMargin:
        case PM_ToolBarFrameWidth:
        case PM_MenuBarPanelWidth:
        case PM_MenuBarItemSpacing:
        case PM_ScrollView_ScrollBarSpacing:
            return 0;
        case PM_SpinBoxFrameWidth:
        case PM_ComboBoxFrameWidth:
            return 1;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int StudioStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* data) const {
    switch (hint) {
        case SH_Slider_AbsoluteSetButtons:
            return Qt::LeftButton;
        case SH_ComboBox_Popup:
        case SH_EtchDisabledText:
        case SH_DitherDisabledText:
        case SH_UnderlineShortcut:
        case SH_ScrollBar_Transient:
        case SH_DialogButtonBox_ButtonsHaveIcons:  // those of Fusion are of another family
            return 0;
        default:
            return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

}  // namespace lmser::ui
