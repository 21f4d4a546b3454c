// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QSlider;
class QSpinBox;

namespace lmser::ui {

/// The size of the brush in pixels of the picture, as a slider and as a number. The wheel is left to the list around
/// unless one of them has the focus.
class BrushSize : public QWidget {
    Q_OBJECT
public:
    explicit BrushSize(QWidget* parent = nullptr);

    /// Shows a size without telling anybody.
    void setSize(int size);

Q_SIGNALS:
    /// The user chose another size.
    void sizeEdited(int size);

private:
    QSlider* slider_;
    QSpinBox* number_;
};

}  // namespace lmser::ui
