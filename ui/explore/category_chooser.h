// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <cstddef>
#include <span>
#include <vector>

#include "ui/explore/category_mixing.h"

class QButtonGroup;

namespace lmser::ui {

class ChipButton;

/// A button a class, and how classes may be mixed. Shows what it is given and asks through signals.
class CategoryChooser : public QWidget {
    Q_OBJECT
public:
    explicit CategoryChooser(QWidget* parent = nullptr);

    void setClasses(const QStringList& names);
    /// The label units: the largest is the class that is marked.
    void setCategory(std::span<const float> code, Mixing mixing);

Q_SIGNALS:
    void classChosen(std::size_t category);
    void mixingChosen(lmser::ui::Mixing mixing);

private:
    void addMixing(Mixing mixing, const QString& name, const QString& text, const QString& tip);

    QWidget* classes_;
    QButtonGroup* classGroup_;
    QButtonGroup* mixingGroup_;
    QWidget* mixings_;
};

}  // namespace lmser::ui
