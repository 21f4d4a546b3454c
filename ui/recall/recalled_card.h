// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include "core/session/snapshot.h"
#include "ui/widgets/card.h"

class QButtonGroup;

namespace lmser::ui {

class ChipButton;
class ComparedView;
class HoleNumbers;

/// What of a recall is looked at.
enum class RecallView { composed, recalled, masked, original, difference, moved };
inline constexpr std::size_t kRecallViews = 6;

/// What was recalled: one of several views of it, whole or beside the original with a divider between, and how well the
/// hole was recalled.
class RecalledCard : public Card {
    Q_OBJECT
public:
    explicit RecalledCard(QWidget* parent = nullptr);

    /// Another picture: nothing is recalled of it yet, and the view is one of a recall again.
    void setOriginal(const Images& original);
    void showRecalled(const RecalledPicture& recalled);
    /// A face that was moved along its axes, or is on its way to another; shown until something is recalled by the
    /// user's hand.
    void showMoved(const QImage& face);
    /// Back from the moved face to the view that was there before.
    void leaveMoved();
    void setComposition(Composition composition);

    [[nodiscard]] RecallView view() const { return view_; }
    void setView(RecallView view);

Q_SIGNALS:
    /// The user turned to a view.
    void viewChosen(lmser::ui::RecallView view);

private:
    ChipButton* addView(RecallView view, const char* name, const QString& text, const QString& tip);
    void buildViews();
    void refresh();
    [[nodiscard]] const QImage& imageOf(RecallView view) const;
    [[nodiscard]] QImage& slot(RecallView view) {
        return images_.at(static_cast<std::size_t>(view));
    }

    Images original_;
    std::array<QImage, kRecallViews> images_;
    RecallView view_ = RecallView::composed;
    RecallView before_ = RecallView::composed;  ///< the moved face
    QButtonGroup* chips_;
    QWidget* viewRow_;
    ComparedView* picture_;
    HoleNumbers* numbers_;
};

}  // namespace lmser::ui
