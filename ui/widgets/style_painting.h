// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyleOption>

class QPainter;

namespace lmser::ui {

// The strokes of StudioStyle: each draws one kind of control in the tokens of the option's palette.

void paintButton(QPainter& painter, const QStyleOption& option, bool primary);
void paintToolButton(QPainter& painter, const QStyleOption& option);
void paintField(QPainter& painter, const QStyleOption& option);
void paintCheckBox(QPainter& painter, const QStyleOption& option);
void paintRadioButton(QPainter& painter, const QStyleOption& option);
void paintSpinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& up,
                  const QRect& down);
void paintComboBox(QPainter& painter, const QStyleOptionComboBox& option, const QRect& arrow);
void paintScrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle);
void paintSlider(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle);
void paintTab(QPainter& painter, const QStyleOption& option);
void paintTabLabel(QPainter& painter, const QStyleOptionTab& option);
void paintMenuBarItem(QPainter& painter, const QStyleOptionMenuItem& option);
void paintProgressGroove(QPainter& painter, const QStyleOption& option);
void paintProgress(QPainter& painter, const QStyleOptionProgressBar& option);
/// The line along one edge that parts a bar from what lies beside it.
void paintHairline(QPainter& painter, const QStyleOption& option, Qt::Edge edge);
void paintSeparator(QPainter& painter, const QStyleOption& option);

}  // namespace lmser::ui
