// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>
#include <vector>

#include "core/session/snapshot.h"

class QLabel;
class QPushButton;

namespace lmser::ui {

class NumberField;
class UnitSlider;

inline constexpr std::size_t kFaceAxes = 8;

/// Sliders along the first principal axes of the codes, from the picture at hand: each in standard deviations from the
/// mean code, three to either side, with a tick where the picture itself stands.
class FaceSliders : public QWidget {
    Q_OBJECT
public:
    explicit FaceSliders(QWidget* parent = nullptr);

    /// Whether the network at hand has statistics of its codes, and there is a picture.
    void setUsable(bool statistics, bool picture);
    /// Another picture: every slider goes back to its start.
    void reset();
    /// Where the picture's own code stands, which the session tells with a moved face.
    void showPlace(const MovedFace& moved);

    /// How far every axis was moved, in standard deviations.
    [[nodiscard]] std::vector<float> steps() const;

Q_SIGNALS:
    void moved(const std::vector<float>& steps);
    /// All back where they were.
    void resetRequested();

private:
    struct Row {
        QWidget* row;
        UnitSlider* slider;
        NumberField* number;
        double start = 0;
    };
    Row addRow(std::size_t axis);
    void set(std::size_t axis, double value);
    void showValue(std::size_t axis, double value);

    std::array<Row, kFaceAxes> rows_{};
    QLabel* hint_;
    QWidget* sliders_;
    QPushButton* reset_;
};

}  // namespace lmser::ui
