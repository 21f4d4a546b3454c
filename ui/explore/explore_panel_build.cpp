// SPDX-License-Identifier: GPL-3.0-or-later
// What ExplorePanel is made of and how its parts are connected.
#include <QAction>
#include <QBoxLayout>
#include <QScrollArea>
#include <QStackedLayout>
#include <algorithm>
#include <utility>

#include "ui/explore/code_text.h"
#include "ui/explore/explore_inspector.h"
#include "ui/explore/explore_panel.h"
#include "ui/explore/range_chooser.h"
#include "ui/explore/unit_list.h"
#include "ui/explore/unit_row.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/sweep_strip.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kMargin = 4 * kSpace;
constexpr int kCodeTextMilliseconds = 100;
constexpr int kLeastHeroWidth = 200;
constexpr int kComfortableUnits = 438;  // the chips in one line, and sliders to aim at

/// What scrolls only where even the least heights have no room: the list of units gives way before that.
class Sheet : public QWidget {
public:
    [[nodiscard]] int heightForWidth(int width) const override {
        return layout()->totalMinimumHeightForWidth(width);
    }
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }
};

}  // namespace

ExplorePanel::ExplorePanel(QWidget* parent)
    : QWidget(parent), pages_(new QStackedLayout(this)), inspector_(new ExploreInspector) {
    setObjectName(QStringLiteral("explorePanel"));
    setAccessibleName(tr("Explore"));
    codeText_.setSingleShot(true);
    codeText_.setInterval(kCodeTextMilliseconds);
    pages_->addWidget(buildEmpty());
    pages_->addWidget(buildWorkspace());
    listenToRequests();
    listenToCode();
    listenToUnits();
    listenToSweep();
    listenToInspector();
    addShortcuts();
}

ExplorePanel::~ExplorePanel() {
    // Losing the focus, a dying part ends its preview or drag; nobody is there to hear of it.
    sweep_->disconnect();
    units_->disconnect();
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
    auto* scroll = new QScrollArea(this);
    auto* content = new Sheet;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    rows->setSpacing(kMargin);
    columns_ = new QBoxLayout(QBoxLayout::LeftToRight);
    columns_->setSpacing(kMargin);
    heroCard_ = buildHero();
    unitsCard_ = buildUnits();
    columns_->addWidget(heroCard_, 1);
    columns_->addWidget(unitsCard_, 1);
    rows->addLayout(columns_, 1);
    sweepCard_ = buildSweep();
    rows->addWidget(sweepCard_);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
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
    status_ = mutedLabel({});
    status_->setObjectName(QStringLiteral("exploreStatus"));
    status_->setAlignment(Qt::AlignHCenter);
    card->body()->addStretch(0);  // with the one below: the picture stands in the middle
    card->body()->addWidget(hero_, 1);
    card->body()->addWidget(status_);
    card->body()->addStretch(0);
    card->installEventFilter(this);
    return card;
}

Card* ExplorePanel::buildUnits() {
    auto* card = new Card(tr("Units"), this);
    units_ = new UnitList;
    card->body()->addWidget(units_, 1);
    card->body()->addWidget(buildActions());
    return card;
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

ChipButton* ExplorePanel::action(const QString& name, const QString& iconName, const QString& text,
                                 const QString& tip) {
    auto* chip = new ChipButton(text, this, false);
    chip->setObjectName(name);
    chip->setToolTip(tip);
    chip->setIcon(icon(iconName, IconTone::muted));
    chip->setIconSize({3 * kSpace + 2, 3 * kSpace + 2});
    return chip;
}

QWidget* ExplorePanel::buildActions() {
    auto* row = new QWidget;
    auto* flow = new FlowLayout;
    row->setLayout(flow);
    range_ = new RangeChooser;
    auto* random = action(QStringLiteral("randomise"), QStringLiteral("dice"), tr("randomise"),
                          tr("Sets every unlocked unit at random within its range."));
    auto* reset =
        action(QStringLiteral("resetAll"), QStringLiteral("reset"), tr("reset all"),
               tr("Every unlocked unit back to the start: the code of the start picture, or the "
                  "mean over the data."));
    auto* undo = action(QStringLiteral("undo"), QStringLiteral("undo"), tr("undo"),
                        tr("Takes the last step back; a drag is one step."));
    auto* redo = action(QStringLiteral("redo"), QStringLiteral("redo"), tr("redo"),
                        tr("Makes the step again that was taken back."));
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

void ExplorePanel::listenToRequests() {
    connect(&requests_, &ExploreRequests::commandRequested, this, &ExplorePanel::commandRequested);
    connect(&requests_, &ExploreRequests::sweepDue, this, &ExplorePanel::askForSweep);
}

void ExplorePanel::listenToCode() {
    connect(&code_, &CodeModel::codeChanged, this, [this] {
        showCode();
        if (explorable_) {
            askForPicture();
            requests_.sweepWhenSettled();
        }
    });
    connect(&code_, &CodeModel::startChanged, this, [this] { units_->setStart(code_.start()); });
    connect(&codeText_, &QTimer::timeout, this, [this] {
        if (inspector_) {
            inspector_->setCode(shortTextOfCode(code_.code()));
        }
    });
}

void ExplorePanel::listenToUnits() {
    connect(units_, &UnitList::valueEdited, &code_, [this](std::size_t unit, double value) {
        code_.setUnit(unit, static_cast<float>(value));
    });
    connect(units_, &UnitList::dragStarted, &code_, &CodeModel::beginDrag);
    connect(units_, &UnitList::dragEnded, &code_, &CodeModel::endDrag);
    connect(units_, &UnitList::resetRequested, &code_, &CodeModel::resetUnit);
    connect(units_, &UnitList::lockToggled, &code_, &CodeModel::setLocked);
    connect(units_, &UnitList::selectionChanged, this, [this] {
        sweep_->clear();
        showSweepHead();
        showCode();
        requests_.sweepWhenSettled();
    });
}

void ExplorePanel::listenToSweep() {
    connect(sweep_, &SweepStrip::valueChosen, &code_, [this](double value) {
        std::vector<float> next = code_.code();
        next.at(units_->selected()) = static_cast<float>(value);
        code_.assign(std::move(next), tr("sweep"));
    });
    connect(sweep_, &SweepStrip::previewStarted, this, [this](const QImage& picture, double value) {
        preview_ = picture;
        previewValue_ = value;
        showHero();
    });
    connect(sweep_, &SweepStrip::previewEnded, this, [this] {
        preview_ = {};
        showHero();
    });
}

void ExplorePanel::listenToInspector() {
    connect(inspector_, &ExploreInspector::testImageRequested, this, [this] { askForStart(true); });
    connect(inspector_, &ExploreInspector::followLiveRequested, this, &ExplorePanel::followLive);
    connect(inspector_, &ExploreInspector::shortcutsToggled, this, [this](bool on) {
        shortcuts_ = on;
        askForPicture();
        requests_.sweepWhenSettled();
    });
    connect(inspector_, &ExploreInspector::copyRequested, this, &ExplorePanel::copyCode);
    connect(inspector_, &ExploreInspector::pasteRequested, this, &ExplorePanel::pasteCode);
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

void ExplorePanel::reflow() {
    const int beside = unitsCard_->minimumSizeHint().width() + kLeastHeroWidth + 12 * kSpace;
    const auto wanted = width() >= beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (columns_->direction() != wanted) {
        columns_->setDirection(wanted);
    }
    if (wanted == QBoxLayout::LeftToRight) {
        const int sweepWidth = width() - 2 * kMargin;
        const int sweepHeight = sweepCard_->heightForWidth(sweepWidth);
        // The picture is as large as the height allows, as long as the sliders stay long enough.
        const int high = height() - sweepHeight - 3 * kMargin;
        const int room = width() - 3 * kMargin;
        const int units =
            std::max(unitsCard_->minimumSizeHint().width(), scaled(kComfortableUnits));
        const int words = status_->sizeHint().height() + 2 * kSpace;
        const int hero =
            std::clamp(high - words, kLeastHeroWidth, std::max(kLeastHeroWidth, room - units));
        columns_->setStretch(0, hero);
        columns_->setStretch(1, room - hero);
    } else {
        columns_->setStretch(0, 1);
        columns_->setStretch(1, 1);
    }
}

}  // namespace lmser::ui
