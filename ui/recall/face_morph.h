// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>
#include <vector>

#include "core/session/command.h"
#include "core/session/snapshot.h"
#include "ui/widgets/there_and_back.h"

class QGridLayout;
class QLabel;

namespace lmser::ui {

class ChipButton;
class ImageView;
class UnitSlider;

/// The way from the face at hand, A, to one that was kept as B. All its pictures come at once, so that the slider and
/// the loop only choose one of them.
class FaceMorph : public QWidget {
    Q_OBJECT
public:
    explicit FaceMorph(QWidget* parent = nullptr);

    /// Another network, of pictures of that shape: what does not fit it is gone, and the way is asked for anew with the
    /// next setFace().
    void beginRun(const ImageShape& frame);
    /// The face at hand is A from now on.
    void setFace(const Images& face);
    /// The weights moved: the same way once more. Until it comes the old one is shown.
    void renew();
    /// The pictures that were asked for.
    void showMorphed(const MorphedFaces& morphed);

    /// The loop from A to B and back.
    void setPlaying(bool playing);
    [[nodiscard]] bool isPlaying() const { return loop_.isRunning(); }
    /// While something is being exported, nothing else can be.
    void setExporting(bool exporting);

Q_SIGNALS:
    /// Asks for showMorphed(). Newest wins.
    void morphWanted(const lmser::Images& from, const lmser::Images& to);
    /// The user, or the loop, went to this picture.
    void pictureChosen(const QImage& picture);
    /// The path is still to be chosen.
    void exportWanted(const lmser::ExportMorph& request);

protected:
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildPictures();
    ImageView* addPicture(QGridLayout& grid, int column, QLabel* caption, const char* name,
                          const QString& accessibleName);
    void buildSlider();
    QWidget* buildActions();

    [[nodiscard]] bool hasWay() const { return !b_.values.empty() && a_ != b_; }
    [[nodiscard]] QImage present() const;
    void keep();
    void ask();
    void walk();
    void requestExport();
    void showPart();
    void showState();

    Images a_;
    Images b_;
    bool stale_ = false;  ///< the way is of the network before
    std::vector<QImage> pictures_;
    std::vector<float> from_;  ///< the code of A
    std::vector<float> to_;    ///< the code of B
    bool exporting_ = false;
    ThereAndBack loop_;

    QLabel* hint_;
    QWidget* faces_ = nullptr;
    ImageView* first_ = nullptr;
    ImageView* between_ = nullptr;
    ImageView* last_ = nullptr;
    QLabel* part_;
    UnitSlider* slider_;
    QWidget* actions_ = nullptr;
    ChipButton* keep_ = nullptr;
    ChipButton* play_ = nullptr;
    ChipButton* export_ = nullptr;
};

}  // namespace lmser::ui
