// SPDX-License-Identifier: GPL-3.0-or-later
// What RecallPanel is made of, where it stands at a width, and who hears whom.
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QScrollArea>

#include "ui/explore/export_bar.h"
#include "ui/recall/brush_bar.h"
#include "ui/recall/face_morph.h"
#include "ui/recall/face_sliders.h"
#include "ui/recall/mask_canvas.h"
#include "ui/recall/model_section.h"
#include "ui/recall/picture_section.h"
#include "ui/recall/recall_inspector.h"
#include "ui/recall/recall_options_section.h"
#include "ui/recall/recall_panel.h"
#include "ui/recall/recalled_card.h"
#include "ui/recall/trail_card.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/theme.h"
#include "ui/window_layout.h"

namespace lmser::ui {
namespace {

constexpr int kMargin = 4 * kSpace;
constexpr int kLeastCanvas = 220;
constexpr int kBeside = 600;  // canvas and recall stand side by side from here on

}  // namespace

void RecallPanel::build() {
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    rows->setSpacing(kMargin);
    columns_ = new QBoxLayout(QBoxLayout::LeftToRight);
    columns_->setSpacing(kMargin);
    columns_->addWidget(buildCanvas(), 5);
    recalled_ = new RecalledCard;
    columns_->addWidget(recalled_, 3);
    trail_ = new TrailCard;
    rows->addLayout(columns_, 1);
    rows->addWidget(trail_);
    auto* area = scrolling(content, QStringLiteral("recallScroll"));
    scroll_ = qobject_cast<QScrollArea*>(area);
    scroll_->viewport()->installEventFilter(this);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(area, 1);
    exportBar_ = new ExportBar;
    all->addWidget(exportBar_);
}

Card* RecallPanel::buildCanvas() {
    auto* card = new Card;
    card->setObjectName(QStringLiteral("canvasCard"));
    card->setAccessibleName(tr("Picture and mask"));
    canvas_ = new MaskCanvas;
    canvas_->setObjectName(QStringLiteral("maskCanvas"));
    canvas_->setMinimumHeight(scaled(kLeastCanvas));
    note_ = mutedLabel({});
    note_->setObjectName(QStringLiteral("modelNote"));
    note_->hide();
    brushes_ = new BrushBar(canvas_);
    card->body()->addWidget(brushes_);
    card->body()->addWidget(canvas_, 1);
    card->body()->addWidget(buildMaskRow());
    card->body()->addWidget(note_);
    noteWays_ = new QWidget;
    noteWays_->setLayout(new FlowLayout);
    noteWays_->hide();
    card->body()->addWidget(noteWays_);
    return card;
}

QWidget* RecallPanel::buildMaskRow() {
    auto* row = new QWidget;
    auto* line = new FlowLayout(row);
    hidden_ = mutedLabel({});
    hidden_->setObjectName(QStringLiteral("hiddenShare"));
    hidden_->setWordWrap(false);
    hidden_->setMinimumHeight(scaled(kControlHeight - kSpace));
    keepMask_ = actionChip(QStringLiteral("keepMask"), {}, tr("keep mask"),
                           tr("The mask stays when another picture is chosen."), this);
    keepMask_->setCheckable(true);
    ChipButton* open =
        actionChip(QStringLiteral("openMask"), QStringLiteral("open"), tr("open mask"),
                   tr("A PNG of the picture's size: white is hidden."), this);
    ChipButton* save =
        actionChip(QStringLiteral("saveMask"), QStringLiteral("save"), tr("save mask"),
                   tr("The mask as an 8-bit PNG: white is hidden."), this);
    for (QWidget* part : std::initializer_list<QWidget*>{keepMask_, open, save, hidden_}) {
        part->setFocusPolicy(
            part == hidden_ ? Qt::NoFocus : Qt::TabFocus);  // a click leaves the keys to the canvas
        line->addWidget(part);
    }
    connect(open, &ChipButton::clicked, this, &RecallPanel::openMask, Qt::QueuedConnection);
    connect(
        save, &ChipButton::clicked, this,
        [this] {
            if (hasPicture()) {
                exports_.saveMask(canvas_->mask());
            }
        },
        Qt::QueuedConnection);
    return row;
}

void RecallPanel::reflow() {
    const bool beside = scroll_->viewport()->width() >= scaled(kBeside);
    columns_->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

bool RecallPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == scroll_->viewport() && event->type() == QEvent::Resize) {
        reflow();
    }
    return QWidget::eventFilter(watched, event);
}

void RecallPanel::listenToCanvas() {
    connect(canvas_, &MaskCanvas::maskChanged, this, [this] {
        inspector_->morph->setPlaying(false);
        inspector_->model->forgetScores();
        recalled_->leaveMoved();
        showHidden();
        recall(false);
    });
    connect(canvas_, &MaskCanvas::strokeFinished, this, &RecallPanel::settle);
    connect(trail_, &TrailCard::roundsChosen, this, [this](int rounds) {
        RecallOptions changed = recallOptions_;
        changed.rounds = rounds;
        inspector_->options->setOptions(changed);
        setOptions(changed);
    });
    connect(&settle_, &QTimer::timeout, this, &RecallPanel::settle);
    connect(&moved_, &QTimer::timeout, this, [this] {
        settle();
        inspector_->morph->renew();
    });
    connect(&late_, &QTimer::timeout, this, [this] {
        waiting_ = true;
        showHidden();
    });
}

void RecallPanel::listenToPicture() {
    const PictureSection* picture = inspector_->picture;
    connect(picture, &PictureSection::sampleChosen, this, &RecallPanel::takeSample);
    connect(picture, &PictureSection::testPictureChosen, this, &RecallPanel::takeTestPicture);
    connect(picture, &PictureSection::openRequested, this, &RecallPanel::openPhoto);
    connect(picture, &PictureSection::pasteRequested, this, &RecallPanel::pastePicture);
    connect(picture, &PictureSection::pointsEdited, this, &RecallPanel::alignTo);
}

void RecallPanel::listenToInspector() {
    connect(inspector_->options, &RecallOptionsSection::optionsEdited, this,
            &RecallPanel::setOptions);
    connect(inspector_->face, &FaceSliders::moved, this, [this](const std::vector<float>& steps) {
        inspector_->morph->setPlaying(false);
        requests_.move(picture_, steps);
    });
    connect(inspector_->face, &FaceSliders::resetRequested, recalled_, &RecalledCard::leaveMoved);
    connect(inspector_->model, &ModelSection::modelWanted, this, &RecallPanel::modelWanted);
    connect(inspector_->model, &ModelSection::trainingWanted, this, &RecallPanel::trainingWanted);
    connect(inspector_, &RecallInspector::exploreRequested, this, [this] {
        if (hasPicture()) {
            Q_EMIT exploreWanted(picture_);
        }
    });
}

void RecallPanel::listenToMorph() {
    FaceMorph* morph = inspector_->morph;
    connect(morph, &FaceMorph::morphWanted, &requests_, &RecallRequests::morph);
    connect(morph, &FaceMorph::pictureChosen, recalled_, &RecalledCard::showMoved);
    connect(morph, &FaceMorph::exportWanted, &exports_, &RecallExports::exportMorph);
    // A loop would turn back to its own view at once.
    connect(recalled_, &RecalledCard::viewChosen, morph, [morph] { morph->setPlaying(false); });
    connect(exportBar_, &ExportBar::cancelRequested, this,
            [this] { Q_EMIT commandRequested(CancelExport{}); });
}

}  // namespace lmser::ui
