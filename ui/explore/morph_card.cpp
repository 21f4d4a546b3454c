// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/morph_card.h"

#include <QActionGroup>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <utility>

#include "ui/bridge/qimage_conversion.h"
#include "ui/explore/morph_end.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/sweep_strip.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/unit_slider.h"

namespace lmser::ui {
namespace {

constexpr std::size_t kStripPictures = 9;
constexpr std::size_t kExportFrames = 24;
constexpr std::array<int, 4> kLoopSeconds{1, 2, 4, 8};  // there and back
constexpr int kUsualSeconds = 4;
constexpr int kGap = 3 * kSpace;
constexpr int kRoomForBetween = 760;  // below it the picture of the present code has to do

QString letterOf(MorphCard::End end) {
    return end == MorphCard::End::a ? MorphCard::tr("A") : MorphCard::tr("B");
}

}  // namespace

MorphCard::MorphCard(QWidget* parent) : Card(tr("Morph"), parent) {
    setObjectName(QStringLiteral("morphCard"));
    build();
    connect(&loop_, &ThereAndBack::moved, this, [this](double place) {
        slider_->setValue(place);
        walk();
    });
    connect(slider_, &UnitSlider::valueEdited, this, &MorphCard::walk);
    connect(slider_, &UnitSlider::dragStarted, this, [this] {
        setPlaying(false);
        Q_EMIT walkStarted();
    });
    connect(slider_, &UnitSlider::dragEnded, this, &MorphCard::walkEnded);
    connect(slider_, &UnitSlider::resetRequested, this, [this] { jumpTo(0); });
    connect(strip_, &SweepStrip::valueChosen, this, &MorphCard::jumpTo);
    connect(play_, &ChipButton::toggled, this, &MorphCard::setPlaying);
    connect(swap_, &ChipButton::clicked, this, &MorphCard::swap);
    showState();
}

MorphCard::~MorphCard() {
    // Losing the focus, a dying slider ends its drag; nobody is there to hear of it.
    slider_->disconnect();
    strip_->disconnect();
}

void MorphCard::build() {
    between_ = new ImageView;
    between_->setObjectName(QStringLiteral("morphPicture"));
    between_->setAccessibleName(tr("picture on the way from A to B"));
    between_->setSides(kMorphTile, kMorphTile);
    between_->setFixedSize(kMorphTile, kMorphTile + 2 * kMorphFrame);  // in line with the ends
    partLabel_ = mutedLabel({});
    partLabel_->setObjectName(QStringLiteral("morphPart"));
    partLabel_->setAlignment(Qt::AlignHCenter);
    partLabel_->setWordWrap(false);
    QLabel* hint = mutedLabel(
        tr("Choose the two ends of a way through the codes: set A and B to the present code, or "
           "drop pictures on them."));
    hint->setObjectName(QStringLiteral("morphHint"));
    hint->setAlignment(Qt::AlignCenter);
    hint_ = hint;
    way_ = buildWay();
    auto* middle = new QVBoxLayout;
    middle->addWidget(hint_, 1);
    middle->addWidget(way_, 1);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kGap);
    grid->setVerticalSpacing(2 * kSpace);
    grid->setColumnStretch(1, 1);
    tiles_[0] = addEnd(*grid, End::a, 0);
    tiles_[1] = addEnd(*grid, End::b, 2);
    grid->addLayout(middle, 0, 1);
    grid->addWidget(buildActions(), 1, 1);
    grid->addWidget(between_, 0, 3, Qt::AlignTop);
    grid->addWidget(partLabel_, 1, 3, Qt::AlignTop);
    body()->addLayout(grid);
    body()->addStretch(1);
}

MorphEnd* MorphCard::addEnd(QGridLayout& grid, End end, int column) {
    const QString letter = letterOf(end);
    auto* tile = new MorphEnd(letter);
    tile->setObjectName(QStringLiteral("morphEnd") + letter);
    auto* set = actionChip(QStringLiteral("morphSet") + letter, {}, tr("set %1").arg(letter),
                           tr("Sets %1 to the present code.").arg(letter), this);
    set->setAccessibleName(tr("set %1 to the present code").arg(letter));
    grid.addWidget(tile, 0, column, Qt::AlignTop);
    grid.addWidget(set, 1, column, Qt::AlignHCenter | Qt::AlignTop);
    connect(set, &ChipButton::clicked, this, [this, end] { Q_EMIT presentWanted(end); });
    connect(tile, &MorphEnd::fileDropped, this,
            [this, end](const QString& path) { Q_EMIT fileDropped(end, path); });
    connect(tile, &MorphEnd::pictureDropped, this,
            [this, end](const Images& picture) { Q_EMIT pictureDropped(end, picture); });
    return tile;
}

QWidget* MorphCard::buildWay() {
    auto* way = new QWidget;
    strip_ = new SweepStrip;
    strip_->setObjectName(QStringLiteral("morphStrip"));
    strip_->setAccessibleName(tr("Pictures on the way from A to B"));
    strip_->setScaleShown(false);
    slider_ = new UnitSlider;
    slider_->setObjectName(QStringLiteral("morphSlider"));
    slider_->setAccessibleName(tr("part of the way from A to B"));
    slider_->setToolTip(
        tr("From A to B in a straight line through the codes. Shift drags at a tenth."));
    slider_->setRange(0, 1);
    auto* column = new QVBoxLayout(way);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace);
    column->addStretch(1);
    column->addWidget(strip_);
    column->addWidget(slider_);
    column->addStretch(1);
    return way;
}

QWidget* MorphCard::buildActions() {
    auto* row = new QWidget;
    auto* flow = new FlowLayout(row);
    play_ = actionChip(QStringLiteral("morphPlay"), QStringLiteral("play"), tr("loop"),
                       tr("Goes from A to B and back, again and again."), this);
    play_->setCheckable(true);
    addSpeeds();
    swap_ = actionChip(QStringLiteral("morphSwap"), {}, tr("swap"),
                       tr("A becomes B, and B becomes A."), this);
    swap_->setAccessibleName(tr("swap A and B"));
    for (QWidget* part : std::initializer_list<QWidget*>{play_, speed_, swap_}) {
        flow->addWidget(part);
    }
    addExports(*flow);
    return row;
}

void MorphCard::addSpeeds() {
    speed_ = actionChip(
        QStringLiteral("morphSpeed"), QStringLiteral("chevron-down"), {},
        tr("How long the loop takes, there and back; an exported GIF takes as long."), this);
    speeds_ = new QMenu(this);
    auto* group = new QActionGroup(speeds_);
    for (const int seconds : kLoopSeconds) {
        QAction* choice = speeds_->addAction(tr("%1 s").arg(seconds));
        choice->setObjectName(QStringLiteral("morphLoop%1").arg(seconds));
        choice->setCheckable(true);
        choice->setChecked(seconds == kUsualSeconds);
        group->addAction(choice);
        connect(choice, &QAction::triggered, this, [this, seconds] { setLoopSeconds(seconds); });
    }
    setLoopSeconds(kUsualSeconds);
    connect(speed_, &ChipButton::clicked, this,
            [this] { speeds_->popup(speed_->mapToGlobal(QPoint(0, speed_->height() + kSpace))); });
}

void MorphCard::setLoopSeconds(int seconds) {
    loop_.setSeconds(seconds);
    speed_->setText(tr("%1 s").arg(seconds));
    speed_->setAccessibleName(tr("the loop takes %1 s").arg(seconds));
    speed_->updateGeometry();
}

void MorphCard::addExports(QLayout& flow) {
    struct Format {
        MorphFormat format;
        const char* name;
        QString text;
        QString tip;
    };
    const std::array<Format, 3> formats{
        {{MorphFormat::strip, "morphExportStrip", tr("PNG strip"),
          tr("Saves %1 pictures of the way side by side.").arg(kExportFrames)},
         {MorphFormat::gif, "morphExportGif", tr("GIF"),
          tr("Saves an animation that runs there and back for ever.")},
         {MorphFormat::frames, "morphExportFrames", tr("PNG frames"),
          tr("Saves %1 numbered pictures of the way in a folder.").arg(kExportFrames)}}};
    for (std::size_t i = 0; i < formats.size(); ++i) {
        const Format& one = formats.at(i);
        exports_.at(i) =
            actionChip(QLatin1String(one.name), QStringLiteral("export"), one.text, one.tip, this);
        exports_.at(i)->setAccessibleName(tr("export as %1").arg(one.text));
        flow.addWidget(exports_.at(i));
        connect(exports_.at(i), &ChipButton::clicked, this,
                [this, format = one.format] { requestExport(format); });
    }
    addProgress(flow);
}

void MorphCard::addProgress(QLayout& flow) {
    progress_ = new QProgressBar;
    progress_->setObjectName(QStringLiteral("morphProgress"));
    progress_->setAccessibleName(tr("exported pictures"));
    progress_->setTextVisible(false);
    constexpr QSize kBar(120, 6);
    progress_->setFixedSize(kBar.width(), scaled(kBar.height()));
    progressLabel_ = mutedLabel({});
    progressLabel_->setWordWrap(false);
    exportingRow_ = new QWidget;
    auto* line = new QHBoxLayout(exportingRow_);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2 * kSpace);
    line->addWidget(progress_);
    line->addWidget(progressLabel_);
    cancel_ = actionChip(QStringLiteral("morphCancel"), QStringLiteral("close"), tr("cancel"),
                         tr("Ends the export; nothing is left behind."), this);
    cancel_->setAccessibleName(tr("cancel the export"));
    connect(cancel_, &ChipButton::clicked, this, &MorphCard::cancelWanted);
    flow.addWidget(exportingRow_);
    flow.addWidget(cancel_);
}

void MorphCard::clear() {
    setPlaying(false);
    ends_ = {};
    showEnds();
}

void MorphCard::setEnd(End end, const std::vector<float>& code, const QImage& picture) {
    setPlaying(false);
    tip(end) = {code, picture};
    slider_->setValue(end == End::a ? 0 : 1);
    showEnds();
}

const std::vector<float>& MorphCard::end(End which) const {
    return ends_.at(static_cast<std::size_t>(which)).code;
}

bool MorphCard::hasWay() const {
    return !ends_[0].code.empty() && ends_[0].code.size() == ends_[1].code.size();
}

double MorphCard::part() const {
    return slider_->value();
}

std::vector<float> MorphCard::present() const {
    return morph_code(ends_[0].code, ends_[1].code, static_cast<float>(part()));
}

void MorphCard::showEnds() {
    for (std::size_t i = 0; i < ends_.size(); ++i) {
        tiles_.at(i)->setPicture(ends_.at(i).picture);
    }
    strip_->clear();
    stripCodes_.clear();
    between_->setImage(ends_.at(part() < .5 ? 0 : 1).picture);
    showState();
    showPart();
    if (hasWay()) {
        stripCodes_ = morph_codes(ends_[0].code, ends_[1].code, kStripPictures);
        Q_EMIT stripWanted(stripCodes_);
    }
}

void MorphCard::swap() {
    setPlaying(false);
    std::swap(ends_[0], ends_[1]);
    const QImage picture = between_->image();
    slider_->setValue(1 - part());
    showEnds();
    between_->setImage(picture);  // it is the same code, seen from the other end
}

void MorphCard::walk() {
    showPart();
    if (hasWay()) {
        Q_EMIT codeWanted(present());
    }
}

void MorphCard::jumpTo(double part) {
    setPlaying(false);
    slider_->setValue(part);
    Q_EMIT walkStarted();
    walk();
    Q_EMIT walkEnded();
}

void MorphCard::setPlaying(bool playing) {
    const bool plays = playing && hasWay();
    if (plays != isPlaying()) {
        if (plays) {
            loop_.start(part());
            Q_EMIT walkStarted();
        } else {
            loop_.stop();
            Q_EMIT walkEnded();
        }
    }
    play_->setChecked(plays);
    play_->setText(plays ? tr("pause") : tr("loop"));
    play_->setIcon(icon(plays ? QStringLiteral("pause") : QStringLiteral("play"),
                        plays ? IconTone::accent : IconTone::muted));
    play_->updateGeometry();
}

void MorphCard::showDecoded(const DecodedPicture& picture) {
    // On a walk every picture is of the way, though the slider may be ahead of it.
    const bool walking = isPlaying() || slider_->isDragging();
    if (hasWay() && (walking || picture.code == present())) {
        between_->setImage(toQImage(picture.picture));
    }
}

void MorphCard::showSheet(const DecodedSheet& sheet) {
    if (sheet.kind != SheetKind::morph || sheet.codes != stripCodes_ || stripCodes_.empty()) {
        return;
    }
    std::vector<QImage> pictures;
    std::vector<double> parts;
    for (std::size_t i = 0; i < sheet.pictures.count(); ++i) {
        pictures.push_back(toQImage(sheet.pictures, i));
        parts.push_back(static_cast<double>(i) / static_cast<double>(kStripPictures - 1));
    }
    strip_->setPictures(std::move(pictures), std::move(parts), tr("the part of the way"));
    // Of the weights of now, as the strip is.
    tiles_[0]->setPicture(toQImage(sheet.pictures, 0));
    tiles_[1]->setPicture(toQImage(sheet.pictures, kStripPictures - 1));
}

void MorphCard::requestExport(MorphFormat format) {
    constexpr int kThousand = 1000;
    ExportMorph request;
    request.format = format;
    request.from = ends_[0].code;
    request.to = ends_[1].code;
    request.frames = kExportFrames;
    request.reflections = reflections_;
    request.frame_milliseconds =
        kThousand * loop_.seconds() / (2 * static_cast<int>(kExportFrames - 1));
    Q_EMIT exportWanted(request);
}

void MorphCard::showExporting(const ExportProgress& progress) {
    exporting_ = true;
    progress_->setRange(0, static_cast<int>(progress.total));
    progress_->setValue(static_cast<int>(progress.done));
    progressLabel_->setText(tr("%1 of %2").arg(progress.done).arg(progress.total));
    progress_->setToolTip(QString::fromStdString(progress.path));
    showState();
}

void MorphCard::endExporting() {
    exporting_ = false;
    showState();
}

void MorphCard::showPart() {
    strip_->setPresent(part());
    partLabel_->setText(hasWay() ? tr("at %1").arg(part(), 0, 'f', 2) : QString());
}

void MorphCard::showState() {
    hint_->setVisible(!hasWay());
    way_->setVisible(hasWay());
    const bool room = width() >= kRoomForBetween;
    between_->setVisible(room && hasWay());
    partLabel_->setVisible(room && hasWay());
    for (QWidget* part : std::initializer_list<QWidget*>{play_, speed_, swap_}) {
        part->setEnabled(hasWay());
    }
    for (ChipButton* one : exports_) {
        one->setEnabled(hasWay());
        one->setVisible(!exporting_);
    }
    exportingRow_->setVisible(exporting_);
    cancel_->setVisible(exporting_);
}

void MorphCard::hideEvent(QHideEvent* event) {
    setPlaying(false);
    Card::hideEvent(event);
}

void MorphCard::resizeEvent(QResizeEvent* event) {
    Card::resizeEvent(event);
    showState();
}

QSize MorphCard::minimumSizeHint() const {
    QSize size = Card::minimumSizeHint();
    if (between_->isVisibleTo(this)) {
        size.rwidth() -= kMorphTile + kGap;
    }
    return size;
}

}  // namespace lmser::ui
