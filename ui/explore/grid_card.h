// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>
#include <cstddef>
#include <optional>
#include <vector>

#include "ui/explore/unit_ranges.h"
#include "ui/widgets/card.h"

class QLabel;
class QSpinBox;

namespace lmser::ui {

class ChoiceField;
class PictureSheet;

/// Pictures of the code with two units at every pair of values, or with one unit by steps. Pointing at a picture
/// previews it, a click sets the units. Shows what it is given and asks through signals.
class GridCard : public Card {
    Q_OBJECT
public:
    /// A unit at its steps, rising.
    struct Axis {
        std::size_t unit = 0;
        std::vector<float> values;
    };
    /// What a grid is of; without `up` it is one row.
    struct Axes {
        Axis across;
        std::optional<Axis> up;
    };

    explicit GridCard(QWidget* parent = nullptr);

    /// Another network: its top units in words and the two that the grid begins with.
    void setUnits(const QStringList& names, std::size_t across, std::size_t up);
    void setRanges(const std::vector<UnitRange>& ranges) { ranges_ = ranges; }
    /// Frames the picture that is nearest to the present code.
    void setCode(const std::vector<float>& code);

    /// What is chosen, with the steps over the present ranges.
    [[nodiscard]] Axes axes() const;
    /// The codes to decode, row by row, the largest value of `up` first.
    [[nodiscard]] std::vector<float> codesFor(const std::vector<float>& code) const;
    /// The pictures of codesFor(), in its order.
    void setPictures(std::vector<QImage> pictures);
    void clear();
    [[nodiscard]] PictureSheet* sheet() const { return sheet_; }

Q_SIGNALS:
    /// Other units, another number of steps, or the grid came into view: asks for setPictures().
    void gridWanted();
    void previewStarted(const QImage& picture, const QString& words);
    void previewEnded();
    /// The present code with the units of the chosen picture.
    void codeChosen(const std::vector<float>& code);

protected:
    void showEvent(QShowEvent* event) override;

private:
    ChoiceField* addChoice(const QString& objectName, const QString& name, const QString& tip);
    void listen();
    void shape();
    void markPresent();
    [[nodiscard]] Axis axisOf(std::size_t unit) const;
    [[nodiscard]] std::vector<float> codeAt(std::size_t place) const;
    [[nodiscard]] QString wordsAt(std::size_t place) const;

    QStringList names_;
    std::vector<UnitRange> ranges_;
    std::vector<float> code_;
    Axes shown_;  ///< what the pictures are of
    ChoiceField* across_;
    ChoiceField* up_;
    QSpinBox* steps_;
    PictureSheet* sheet_;
};

}  // namespace lmser::ui
