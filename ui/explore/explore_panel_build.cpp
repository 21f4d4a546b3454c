// SPDX-License-Identifier: GPL-3.0-or-later
// What ExplorePanel is made of.
#include <QAction>
#include <QBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTabBar>

#include "ui/explore/code_map_card.h"
#include "ui/explore/code_text.h"
#include "ui/explore/explore_inspector.h"
#include "ui/explore/explore_panel.h"
#include "ui/explore/export_bar.h"
#include "ui/explore/grid_card.h"
#include "ui/explore/morph_card.h"
#include "ui/explore/range_chooser.h"
#include "ui/explore/reflection_switch.h"
#include "ui/explore/style_pad.h"
#include "ui/explore/style_section.h"
#include "ui/explore/unit_list.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/picture_sheet.h"
#include "ui/widgets/sweep_strip.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kMargin = 4 * kSpace;
constexpr int kCodeTextMilliseconds = 100;
constexpr int kLeastHeroSide = 168;
constexpr int kLeastClassSide = 44;
constexpr int kLargestClassSide = 96;

/// What scrolls: as high as its parts are at its width, whatever they would be at the width that they like best.
class Sheet : public QWidget {
public:
    [[nodiscard]] QSize minimumSizeHint() const override {
        return {layout()->minimumSize().width(), 0};
    }
};

}  // namespace

ExplorePanel::ExplorePanel(QWidget* parent)
    : QWidget(parent), pages_(new QStackedLayout(this)), inspector_(new ExploreInspector) {
    setObjectName(QStringLiteral("explorePanel"));
    setAccessibleName(tr("Explore"));
    setAcceptDrops(true);
    setFocusPolicy(
        Qt::ClickFocus);  // so that the number keys choose a class after a click anywhere
    codeText_.setSingleShot(true);
    codeText_.setInterval(kCodeTextMilliseconds);
    pages_->addWidget(buildEmpty());
    pages_->addWidget(buildWorkspace());
    buildExports();
    listenToRequests();
    listenToCode();
    listenToUnits();
    listenToStyle();
    listenToPictures();
    listenToMorph();
    listenToMap();
    listenToInspector();
    listenToCodeActions();
    addShortcuts();
}

ExplorePanel::~ExplorePanel() {
    // Losing the focus, a dying part ends its preview or drag; nobody is there to hear of it.
    for (QObject* part : std::initializer_list<QObject*>{sweep_, units_, style_->pad(), classes_,
                                                         grid_, morph_, map_}) {
        part->disconnect();
    }
    ExploreInspector* inspector = inspector_;
    if (inspector != nullptr && inspector->parentWidget() == nullptr) {
        delete inspector;
    }
}

QWidget* ExplorePanel::buildEmpty() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    auto* words = new QLabel(tr("Nothing to explore yet"), page);
    words->setObjectName(QStringLiteral("exploreEmpty"));
    words->setAlignment(Qt::AlignCenter);
    QLabel* next = mutedLabel(tr("Press F5 to train a network, or open one with Ctrl+O. Each unit "
                                 "of its top code then gets a "
                                 "slider here, and the picture follows while you slide."),
                              page);
    next->setAlignment(Qt::AlignHCenter);
    constexpr int kSides = 12 * kSpace;
    column->setContentsMargins(kSides, kSpace, kSides, kSpace);
    column->addStretch(1);
    column->addWidget(words);
    column->addWidget(next);
    column->addStretch(1);
    return page;
}

QWidget* ExplorePanel::buildWorkspace() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    scroll_ = new QScrollArea(page);
    auto* content = new Sheet;
    rows_ = new QVBoxLayout(content);
    rows_->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    rows_->setSpacing(kMargin);
    columns_ = new QBoxLayout(QBoxLayout::LeftToRight);
    columns_->setSpacing(kMargin);
    heroCard_ = buildHero();
    unitsCard_ = buildUnits();
    columns_->addWidget(heroCard_, 1);
    columns_->addWidget(unitsCard_, 1);
    rows_->addLayout(columns_, 1);
    sweepCard_ = buildSweep();
    rows_->addWidget(sweepCard_);
    classesCard_ = buildClasses();
    rows_->addWidget(classesCard_);
    tabPages_ = buildPages();
    rows_->addWidget(tabPages_);
    showPage(0);
    scroll_->setObjectName(QStringLiteral("exploreScroll"));
    scroll_->setWidget(content);
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->viewport()->installEventFilter(this);
    content->installEventFilter(this);
    exportBar_ = new ExportBar;
    column->addWidget(scroll_, 1);
    column->addWidget(exportBar_);
    return page;
}

Card* ExplorePanel::buildHero() {
    auto* card = new Card({}, this);
    card->setAccessibleName(tr("Picture of the present code"));
    hero_ = new ImageView;
    hero_->setObjectName(QStringLiteral("explorePicture"));
    hero_->setAccessibleName(tr("picture of the present code"));
    hero_->setAccessibleDescription(tr("What the network's way down makes of the code."));
    hero_->setPlaceholder(
        tr("The picture of the code appears as soon as the first weights are there."));
    hero_->setSides(kLeastHeroSide, kLeastHeroSide);
    reflection_ = new ReflectionSwitch;
    status_ = mutedLabel({});
    status_->setObjectName(QStringLiteral("exploreStatus"));
    status_->setAlignment(Qt::AlignHCenter);
    card->body()->addStretch(0);  // with the one below: the picture stands in the middle
    card->body()->addWidget(hero_, 1);
    card->body()->addWidget(reflection_);
    card->body()->addWidget(status_);
    card->body()->addStretch(0);
    card->installEventFilter(this);
    return card;
}

Card* ExplorePanel::buildUnits() {
    auto* card = new Card({}, this);
    card->setAccessibleName(tr("Style and units"));
    styleAndUnits_ = new QBoxLayout(QBoxLayout::LeftToRight);
    styleAndUnits_->setSpacing(kMargin);
    style_ = new StyleSection;
    styleAndUnits_->addWidget(style_);
    styleAndUnits_->addLayout(buildUnitsColumn(), 1);
    card->body()->addLayout(styleAndUnits_, 1);
    return card;
}

QVBoxLayout* ExplorePanel::buildUnitsColumn() {
    auto* column = new QVBoxLayout;
    column->setSpacing(2 * kSpace);
    units_ = new UnitList;
    column->addWidget(sectionHead(tr("Units")));
    column->addWidget(units_, 1);
    column->addWidget(buildActions());
    column->addStretch(0);  // what is left below stays together
    return column;
}

Card* ExplorePanel::buildSweep() {
    auto* card = new Card({}, this);
    card->setAccessibleName(tr("Sweep of the selected unit"));
    sweepHead_ = sectionHead(tr("Sweep"));
    sweep_ = new SweepStrip;
    sweep_->setObjectName(QStringLiteral("sweepStrip"));
    card->body()->addWidget(sweepHead_);
    card->body()->addWidget(sweep_);
    return card;
}

/// Beside a pad there are few units, and the sweep stands under them; a long list leaves it a card of its own.
void ExplorePanel::placeSweep() {
    const bool underUnits = styles_ > 0;
    QVBoxLayout* home = (underUnits ? unitsCard_ : sweepCard_)->body();
    home->addWidget(sweepHead_);
    home->addWidget(sweep_);
    sweepCard_->setVisible(!underUnits);
}

Card* ExplorePanel::buildClasses() {
    auto* card = new Card({}, this);
    classes_ = new PictureSheet(QStringLiteral("classPicture"));
    classes_->setObjectName(QStringLiteral("classStrip"));
    classes_->setAccessibleName(tr("Every class in this style"));
    classes_->setSides(kLeastClassSide, kLargestClassSide);
    card->body()->addWidget(classes_);
    card->hide();
    return card;
}

QWidget* ExplorePanel::buildPages() {
    auto* all = new QWidget(this);
    auto* column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kSpace);
    tabs_ = new QTabBar;
    tabs_->setObjectName(QStringLiteral("exploreTabs"));
    tabs_->setAccessibleName(tr("More to explore"));
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->addTab(tr("Morph"));
    tabs_->addTab(tr("Map"));
    tabs_->addTab(tr("Grid"));
    morph_ = new MorphCard;
    morph_->setObjectName(QStringLiteral("morphCard"));
    map_ = new CodeMapCard;
    map_->setObjectName(QStringLiteral("codeMapCard"));
    grid_ = new GridCard;
    column->addWidget(tabs_);
    for (QWidget* page : std::initializer_list<QWidget*>{morph_, map_, grid_}) {
        column->addWidget(page, 1);
    }
    for (Card* named : std::initializer_list<Card*>{morph_, map_}) {
        named->setHead({});  // the tab says it
    }
    return all;
}

/// Only the page in view takes room, so that a tall one leaves none empty in the others.
void ExplorePanel::showPage(int page) {
    const std::initializer_list<QWidget*> all{morph_, map_, grid_};
    int i = 0;
    for (QWidget* one : all) {
        one->setVisible(i++ == page);
    }
    // The map gains from height; the others end where their pictures do.
    rows_->setStretchFactor(tabPages_, page == 1 ? 1 : 0);
}

QWidget* ExplorePanel::buildActions() {
    auto* row = new QWidget;
    auto* flow = new FlowLayout;
    row->setLayout(flow);
    range_ = new RangeChooser;
    auto* random = actionChip(QStringLiteral("randomise"), QStringLiteral("dice"), tr("randomise"),
                              tr("Sets every unlocked unit at random within its range, or every "
                                 "unlocked style; the category stays."),
                              this);
    auto* reset = actionChip(
        QStringLiteral("resetAll"), QStringLiteral("reset"), tr("reset all"),
        tr("Every unlocked unit back to the start: the code of the start picture, or the "
           "mean over the data."),
        this);
    auto* undo = actionChip(QStringLiteral("undo"), QStringLiteral("undo"), tr("undo"),
                            tr("Takes the last step back; a drag is one step."), this);
    auto* redo = actionChip(QStringLiteral("redo"), QStringLiteral("redo"), tr("redo"),
                            tr("Makes the step again that was taken back."), this);
    for (QWidget* part : std::initializer_list<QWidget*>{range_, random, reset, undo, redo}) {
        flow->addWidget(part);
    }
    undo->setEnabled(false);
    redo->setEnabled(false);
    QUndoStack* steps = code_.undoStack();
    connect(random, &ChipButton::clicked, this, &ExplorePanel::randomise);
    connect(reset, &ChipButton::clicked, &code_, &CodeModel::resetAll);
    connect(undo, &ChipButton::clicked, steps, &QUndoStack::undo);
    connect(redo, &ChipButton::clicked, steps, &QUndoStack::redo);
    connect(steps, &QUndoStack::canUndoChanged, undo, &QWidget::setEnabled);
    connect(steps, &QUndoStack::canRedoChanged, redo, &QWidget::setEnabled);
    connect(range_, &RangeChooser::rangeChanged, this, [this] {
        updateRanges();
        requests_.sweepWhenSettled();
    });
    return row;
}

void ExplorePanel::buildExports() {
    const auto add = [this](const QString& name, const QString& text, auto slot) {
        auto* made = new QAction(text, this);
        made->setObjectName(name);
        // Queued: a dialog must not keep the assistive tool waiting that chose the action.
        connect(made, &QAction::triggered, this, slot, Qt::QueuedConnection);
        exportActions_ << made;
    };
    add(QStringLiteral("exportPicture"), tr("&Picture with its code…"),
        &ExplorePanel::exportPicture);
    add(QStringLiteral("exportClasses"), tr("&All classes as a sheet…"),
        [this] { files_.exportSheet(classes_->pictures(), labels_, tr("classes")); });
    add(QStringLiteral("exportSweep"), tr("&Sweep as a sheet…"), [this] {
        files_.exportSheet(sweep_->pictures(), sweep_->values().size(), sweepHead_->text());
    });
    add(QStringLiteral("exportGrid"), tr("&Grid as a sheet…"), [this] {
        files_.exportSheet(grid_->sheet()->pictures(), grid_->axes().across.values.size(),
                           tr("grid"));
    });
    add(QStringLiteral("exportMorphGif"), tr("&Morph as an animated GIF…"),
        [this] { exportMorph(MorphFormat::gif); });
    add(QStringLiteral("exportMorphStrip"), tr("Morph as a s&trip…"),
        [this] { exportMorph(MorphFormat::strip); });
    add(QStringLiteral("exportMorphFrames"), tr("Morph as a &folder of pictures…"),
        [this] { exportMorph(MorphFormat::frames); });
    refreshExports();
}

void ExplorePanel::addShortcuts() {
    QAction* undo = code_.undoStack()->createUndoAction(this);
    QAction* redo = code_.undoStack()->createRedoAction(this);
    undo->setShortcut(QKeySequence::Undo);
    redo->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    for (QAction* step : {undo, redo}) {
        step->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(step);
    }
}

}  // namespace lmser::ui
