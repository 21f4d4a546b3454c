// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <array>
#include <cstddef>
#include <vector>

#include "core/session/command.h"
#include "core/session/snapshot.h"
#include "ui/widgets/card.h"
#include "ui/widgets/there_and_back.h"

class QGridLayout;
class QLabel;
class QLayout;
class QMenu;
class QProgressBar;

namespace lmser::ui {

class ChipButton;
class ImageView;
class MorphEnd;
class SweepStrip;
class UnitSlider;

/// Two codes A and B and the way between them: a slider with its picture, a loop there and back, a strip of
/// pictures on the way, and what can be exported of it. Shows what it is given and asks through signals.
class MorphCard : public Card {
    Q_OBJECT
public:
    enum class End { a, b };
    Q_ENUM(End)

    explicit MorphCard(QWidget* parent = nullptr);
    ~MorphCard() override;

    /// Another network: both ends are gone, and the loop stands.
    void clear();
    /// What an end is from now on, and how it looks; the slider goes there. The strip is asked for as soon as both
    /// ends are there.
    void setEnd(End end, const std::vector<float>& code, const QImage& picture);
    [[nodiscard]] const std::vector<float>& end(End which) const;
    /// With how many reflections the exported pictures are made.
    void setReflections(int reflections) { reflections_ = reflections; }

    /// Any decoded picture of the network: shown where it belongs to the slider.
    void showDecoded(const DecodedPicture& picture);
    /// Any sheet: the strip where it is of this way.
    void showSheet(const DecodedSheet& sheet);

    /// An export runs: its chips give way to a progress bar and Cancel.
    void showExporting(const ExportProgress& progress);
    /// It was written, cancelled, or failed.
    void endExporting();

    /// Where the slider stands, from A (0) to B (1).
    [[nodiscard]] double part() const;
    [[nodiscard]] bool isPlaying() const { return loop_.isRunning(); }
    void setPlaying(bool playing);

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Asks for setEnd() with the present code and its picture.
    void presentWanted(lmser::ui::MorphCard::End end);
    /// A picture file or a picture was dropped on an end: asks for setEnd() with its code.
    void fileDropped(lmser::ui::MorphCard::End end, const QString& path);
    void pictureDropped(lmser::ui::MorphCard::End end, const lmser::Images& picture);

    /// The user, or the loop, went to this code: asks for its picture, by showDecoded(). Newest wins.
    void codeWanted(const std::vector<float>& code);
    /// Around every drag of the slider and every run of the loop: one step of undo.
    void walkStarted();
    void walkEnded();
    /// Asks for the pictures of the strip, by showSheet().
    void stripWanted(const std::vector<float>& codes);

    /// The path is still to be chosen.
    void exportWanted(const lmser::ExportMorph& request);
    void cancelWanted();

protected:
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Tip {
        std::vector<float> code;
        QImage picture;
    };

    void build();
    QWidget* buildWay();
    QWidget* buildActions();
    void addSpeeds();
    void setLoopSeconds(int seconds);
    void addExports(QLayout& flow);
    void addProgress(QLayout& flow);
    MorphEnd* addEnd(QGridLayout& grid, End end, int column);

    [[nodiscard]] Tip& tip(End end) { return ends_.at(static_cast<std::size_t>(end)); }
    [[nodiscard]] bool hasWay() const;
    [[nodiscard]] std::vector<float> present() const;
    void showEnds();
    void swap();
    void walk();
    void jumpTo(double part);
    void requestExport(MorphFormat format);
    void showPart();
    void showState();

    std::array<Tip, 2> ends_;
    std::vector<float> stripCodes_;
    int reflections_ = 0;
    bool exporting_ = false;

    ThereAndBack loop_;

    std::array<MorphEnd*, 2> tiles_{};
    QWidget* hint_ = nullptr;  ///< in place of the way until there is one
    QWidget* way_ = nullptr;
    ImageView* between_ = nullptr;
    QLabel* partLabel_ = nullptr;
    SweepStrip* strip_ = nullptr;
    UnitSlider* slider_ = nullptr;
    ChipButton* play_ = nullptr;
    ChipButton* swap_ = nullptr;
    ChipButton* speed_ = nullptr;
    QMenu* speeds_ = nullptr;
    std::array<ChipButton*, 3> exports_{};
    QWidget* exportingRow_ = nullptr;
    ChipButton* cancel_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QLabel* progressLabel_ = nullptr;
};

}  // namespace lmser::ui
