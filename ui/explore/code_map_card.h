// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QTimer>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/session/snapshot.h"
#include "ui/widgets/card.h"

class QComboBox;
class QLabel;
class QProgressBar;

namespace lmser::ui {

class ChipButton;
class ClassLegend;
class CodeMapPlot;

/// The map of the dataset's codes on a plane: a point a picture, coloured by class, with the present code
/// marked. A click decodes there, a drag walks, pointing at a point shows its picture. Shows what it is given
/// and asks through signals; its one-line summary is its accessible description.
class CodeMapCard : public Card {
    Q_OBJECT
public:
    /// Two units of the top code; none: the principal axes.
    using Units = std::optional<std::pair<std::size_t, std::size_t>>;

    explicit CodeMapCard(QWidget* parent = nullptr);

    /// Another network: its top units in words. The map that was shown is gone.
    void openRun(std::uint64_t run, const QStringList& units);
    /// Other data: whether there are pictures that the network can encode. With them a visible card asks for its
    /// map; one that was shown is gone.
    void setDataThere(bool there);
    /// The weights that explore: where they moved on, the map can be drawn anew.
    void setIteration(std::int64_t iteration);

    /// The answer to the newest mapWanted(), also while it is being encoded. One of another run is not shown.
    void showMap(const CodeMap& map);
    /// The answer to pictureWanted().
    void showMapped(const MappedPicture& mapped);
    /// The map could not be made: what is to be said in its place.
    void showProblem(const QString& words);
    /// Where the present code stands.
    void setCode(const std::vector<float>& code);

    [[nodiscard]] CodeMapPlot* plot() const { return plot_; }
    /// The map in one line, for screen readers.
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    /// Asks for a map of this plane, by showMap().
    void mapWanted(const lmser::ui::CodeMapCard::Units& units);
    /// Asks for the picture behind a point, by showMapped().
    void pictureWanted(std::size_t index);
    /// The user went there on the plane; what is across the plane stays.
    void codeWanted(const std::vector<float>& code);
    /// Around every click and drag: one step of undo.
    void walkStarted();
    void walkEnded();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildHead();
    QWidget* buildMap();
    [[nodiscard]] Units units() const;
    void chooseUnits(QComboBox& other, const QComboBox& chosen);
    void forget();
    void askIfNeeded();
    void ask();
    [[nodiscard]] bool placesCode() const;
    void markPresent();
    void goTo(const QPointF& place);
    void showState();
    void describe();

    std::uint64_t run_ = 0;
    std::int64_t iteration_ = 0;
    bool dataThere_ = false;
    bool asked_ = false;
    QString problem_;
    std::vector<float> code_;
    std::vector<float> before_;  ///< the code before the last click or drag
    std::optional<CodeMap> map_;
    QTimer described_;  ///< until the summary is told anew
    QStringList unitNames_;

    QComboBox* kind_;
    QComboBox* across_;
    QComboBox* up_;
    ChipButton* refresh_;
    QLabel* empty_;  ///< in place of the map until there is one
    QWidget* page_;
    CodeMapPlot* plot_;
    ClassLegend* legend_;
    QLabel* status_;
    QProgressBar* progress_;
};

}  // namespace lmser::ui
