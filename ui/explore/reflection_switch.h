// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace lmser::ui {

class ChipButton;
class PictureThumb;

/// "One more reflection": the switch, and beside it the picture without and with it; a click on either chooses it.
class ReflectionSwitch : public QWidget {
    Q_OBJECT
public:
    explicit ReflectionSwitch(QWidget* parent = nullptr);

    /// How many reflections the present picture has.
    void setReflections(int reflections);
    [[nodiscard]] int reflections() const { return reflections_; }
    /// How many reflections the picture beside the present one is to have.
    [[nodiscard]] int other() const { return reflections_ > 0 ? 0 : whenOn_; }

    void showPresent(const QImage& picture);
    void showOther(const QImage& picture);

Q_SIGNALS:
    void reflectionsChosen(int reflections);

private:
    void showState();
    PictureThumb* addThumb(int place, const QString& objectName, bool on);

    int reflections_ = 0;
    int whenOn_ = 1;
    ChipButton* chip_;
    PictureThumb* without_;
    PictureThumb* with_;
};

}  // namespace lmser::ui
