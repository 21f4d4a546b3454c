// SPDX-License-Identifier: GPL-3.0-or-later
// What RecallPanel is made of, where it stands at a width, and who hears whom.
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QScrollArea>

#include "ui/recall/brush_bar.h"
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
#include "ui/widgets/icons.h"
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
    all->addWidget(area);
}

Card* RecallPanel::buildCanvas() {
    auto* card = new Card;
    card->setObjectName(QStringLiteral("canvasCard"));
    card->setAccessibleName(tr("Picture and mask"));
    canvas_ = new MaskCanvas;
    canvas_->setObjectName(QStringLiteral("maskCanvas"));
    // As large as the window allows; only its least size counts where the workspace has to scroll.
    canvas_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    canvas_->setMinimumHeight(scaled(kLeastCanvas));
    note_ = mutedLabel({});
    note_->setObjectName(QStringLiteral("modelNote"));
    note_->hide();
    card->body()->addWidget(new BrushBar(canvas_));
    card->body()->addWidget(canvas_, 1);
    card->body()->addWidget(buildMaskRow());
    card->body()->addWidget(note_);
    return card;
}

QWidget* RecallPanel::buildMaskRow() {
    auto* row = new QWidget;
    auto* line = new FlowLayout(row);
    hidden_ = mutedLabel({});
    hidden_->setObjectName(QStringLiteral("hiddenShare"));
    hidden_->setWordWrap(false);
    hidden_->setMinimumHeight(scaled(kControlHeight - kSpace));
    keepMask_ = maskChip("keepMask", nullptr, tr("keep mask"),
                         tr("The mask stays when another picture is chosen."));
    keepMask_->setCheckable(true);
    ChipButton* open = maskChip("openMask", "open", tr("open mask"),
                                tr("A PNG of the picture's size: white is hidden."));
    ChipButton* save = maskChip("saveMask", "save", tr("save mask"),
                                tr("The mask as an 8-bit PNG: white is hidden."));
    for (QWidget* part : std::initializer_list<QWidget*>{keepMask_, open, save, hidden_}) {
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

ChipButton* RecallPanel::maskChip(const char* name, const char* iconName, const QString& text,
                                  const QString& tip) {
    auto* chip = new ChipButton(text, this, false);
    chip->setObjectName(QLatin1String(name));
    chip->setToolTip(tip);
    chip->setAccessibleDescription(tip);
    chip->setFocusPolicy(Qt::TabFocus);  // a click leaves the keys to the canvas
    if (iconName != nullptr) {
        constexpr int kIcon = 3 * kSpace + 2;
        chip->setIcon(icon(QLatin1String(iconName), IconTone::muted));
        chip->setIconSize({kIcon, kIcon});
    }
    return chip;
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
    connect(&moved_, &QTimer::timeout, this, &RecallPanel::settle);
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
    connect(inspector_->face, &FaceSliders::moved, this,
            [this](const std::vector<float>& steps) { requests_.move(picture_, steps); });
    connect(inspector_->face, &FaceSliders::resetRequested, recalled_, &RecalledCard::leaveMoved);
    connect(inspector_->model, &ModelSection::modelWanted, this, &RecallPanel::modelWanted);
    connect(inspector_->model, &ModelSection::trainingWanted, this, &RecallPanel::trainingWanted);
    connect(inspector_, &RecallInspector::exploreRequested, this, [this] {
        if (hasPicture()) {
            Q_EMIT exploreWanted(picture_);
        }
    });
}

}  // namespace lmser::ui
