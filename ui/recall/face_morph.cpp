// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/face_morph.h"

#include <QGridLayout>
#include <QLabel>
#include <cmath>
#include <utility>

#include "ui/bridge/qimage_conversion.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/unit_slider.h"

namespace lmser::ui {
namespace {

constexpr int kSide = 68;
constexpr int kExportScale = 4;  // pixels of a GIF a pixel of the face

QLabel* caption(const QString& text) {
    QLabel* label = mutedLabel(text);
    label->setAlignment(Qt::AlignHCenter);
    label->setWordWrap(false);
    return label;
}

}  // namespace

FaceMorph::FaceMorph(QWidget* parent)
    : QWidget(parent), hint_(mutedLabel({})), part_(caption({})), slider_(new UnitSlider) {
    setObjectName(QStringLiteral("faceMorph"));
    hint_->setObjectName(QStringLiteral("faceMorphHint"));
    faces_ = buildPictures();
    buildSlider();
    actions_ = buildActions();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kSpace);
    for (QWidget* part : std::initializer_list<QWidget*>{faces_, slider_, hint_, actions_}) {
        column->addWidget(part);
    }
    connect(&loop_, &ThereAndBack::moved, this, [this](double place) {
        slider_->setValue(place);
        walk();
    });
    showState();
}

QWidget* FaceMorph::buildPictures() {
    auto* row = new QWidget;
    auto* grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * kSpace);
    grid->setVerticalSpacing(kSpace);
    part_->setObjectName(QStringLiteral("faceMorphPart"));
    first_ = addPicture(*grid, 0, caption(tr("A")), "faceMorphA", tr("A: the face at hand"));
    between_ =
        addPicture(*grid, 1, part_, "faceMorphPicture", tr("picture on the way from A to B"));
    last_ = addPicture(*grid, 2, caption(tr("B")), "faceMorphB", tr("B: the face that was kept"));
    last_->setPlaceholder(tr("B"));
    return row;
}

ImageView* FaceMorph::addPicture(QGridLayout& grid, int column, QLabel* caption, const char* name,
                                 const QString& accessibleName) {
    auto* picture = new ImageView;
    picture->setObjectName(QLatin1String(name));
    picture->setAccessibleName(accessibleName);
    picture->setToolTip(accessibleName);
    picture->setFixedSize(kSide, kSide);
    grid.addWidget(picture, 0, column, Qt::AlignHCenter);
    grid.addWidget(caption, 1, column);
    grid.setColumnStretch(column, 1);
    return picture;
}

void FaceMorph::buildSlider() {
    slider_->setObjectName(QStringLiteral("faceMorphSlider"));
    slider_->setAccessibleName(tr("part of the way from A to B"));
    slider_->setToolTip(
        tr("From A to B in a straight line through the codes, both faces taken whole; the "
           "network's way down makes the pictures. Shift drags at a tenth."));
    slider_->setRange(0, 1);
    slider_->setStart(0);
    slider_->setValue(0);
    slider_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(slider_, &UnitSlider::dragStarted, this, [this] { setPlaying(false); });
    connect(slider_, &UnitSlider::valueEdited, this, &FaceMorph::walk);
    connect(slider_, &UnitSlider::resetRequested, this, [this] {
        slider_->setValue(0);
        walk();
    });
}

QWidget* FaceMorph::buildActions() {
    auto* row = new QWidget;
    auto* flow = new FlowLayout(row);
    keep_ = actionChip(
        QStringLiteral("faceMorphKeep"), {}, tr("keep as B"),
        tr("The face at hand becomes B, the end of the way; then choose another one."), this);
    keep_->setAccessibleName(tr("keep this face as B"));
    play_ = actionChip(QStringLiteral("faceMorphPlay"), QStringLiteral("play"), tr("loop"),
                       tr("Goes from A to B and back, again and again."), this);
    play_->setCheckable(true);
    export_ = actionChip(QStringLiteral("faceMorphExport"), QStringLiteral("export"), tr("GIF"),
                         tr("Saves an animation that runs there and back for ever."), this);
    export_->setAccessibleName(tr("export the morph as GIF"));
    for (QWidget* part : {keep_, play_, export_}) {
        flow->addWidget(part);
    }
    connect(keep_, &ChipButton::clicked, this, &FaceMorph::keep);
    connect(play_, &ChipButton::toggled, this, &FaceMorph::setPlaying);
    // Queued: a dialog must not keep the assistive tool waiting that pressed it.
    connect(export_, &ChipButton::clicked, this, &FaceMorph::requestExport, Qt::QueuedConnection);
    return row;
}

void FaceMorph::beginRun(const ImageShape& frame) {
    setPlaying(false);
    stale_ = true;
    pictures_.clear();
    for (Images* face : {&a_, &b_}) {
        if (face->shape != frame) {
            *face = {};
        }
    }
    showState();
}

void FaceMorph::setFace(const Images& face) {
    if (face == a_ && !stale_) {
        return;
    }
    if (face != a_) {
        setPlaying(false);
        slider_->setValue(0);
        a_ = face;
    }
    ask();
}

void FaceMorph::keep() {
    setPlaying(false);
    slider_->setValue(0);
    b_ = a_;
    ask();
}

void FaceMorph::ask() {
    stale_ = false;
    pictures_.clear();
    showState();
    renew();
}

void FaceMorph::renew() {
    if (hasWay()) {
        Q_EMIT morphWanted(a_, b_);
    }
}

void FaceMorph::showMorphed(const MorphedFaces& morphed) {
    if (!hasWay()) {
        return;
    }
    pictures_.clear();
    for (std::size_t i = 0; i < morphed.pictures.count(); ++i) {
        pictures_.push_back(toQImage(morphed.pictures, i));
    }
    from_ = morphed.from_code;
    to_ = morphed.to_code;
    showState();
    if (slider_->isDragging()) {
        walk();
    }
}

/// Until the pictures are there, the end that is nearer.
QImage FaceMorph::present() const {
    const double part = slider_->value();
    if (pictures_.empty()) {
        return toQImage(part < .5 || b_.values.empty() ? a_ : b_);
    }
    const auto last = static_cast<double>(pictures_.size() - 1);
    return pictures_.at(static_cast<std::size_t>(std::lround(part * last)));
}

void FaceMorph::walk() {
    showPart();
    if (!pictures_.empty()) {
        Q_EMIT pictureChosen(present());
    }
}

void FaceMorph::setPlaying(bool playing) {
    const bool plays = playing && hasWay();
    if (plays && !isPlaying()) {
        loop_.start(slider_->value());
    } else if (!plays) {
        loop_.stop();
    }
    play_->setChecked(plays);
    play_->setText(plays ? tr("pause") : tr("loop"));
    play_->setIcon(icon(plays ? QStringLiteral("pause") : QStringLiteral("play"),
                        plays ? IconTone::accent : IconTone::muted));
    play_->updateGeometry();
}

void FaceMorph::setExporting(bool exporting) {
    exporting_ = exporting;
    showState();
}

void FaceMorph::requestExport() {
    constexpr int kThousand = 1000;
    if (pictures_.size() < 2) {
        return;
    }
    ExportMorph request;
    request.format = MorphFormat::gif;
    request.from = from_;
    request.to = to_;
    request.frames = pictures_.size();
    request.scale = kExportScale;
    request.frame_milliseconds =
        kThousand * loop_.seconds() / (2 * static_cast<int>(pictures_.size() - 1));
    Q_EMIT exportWanted(request);
}

void FaceMorph::showPart() {
    between_->setImage(present());
    part_->setText(hasWay() ? tr("at %1").arg(slider_->value(), 0, 'f', 2) : QString());
}

void FaceMorph::showState() {
    const bool face = !a_.values.empty();
    const bool kept = !b_.values.empty();
    hint_->setVisible(!hasWay());
    hint_->setText(!face  ? tr("Choose a picture first.")
                   : kept ? tr("B is kept. Now choose another face: it becomes A.")
                          : tr("Keep this face as B, then choose another one: it becomes A, and "
                               "the slider goes from A to B."));
    for (QWidget* part : {faces_, actions_}) {
        part->setVisible(face);
    }
    slider_->setVisible(hasWay());
    first_->setImage(toQImage(a_));
    last_->setImage(toQImage(b_));
    play_->setEnabled(hasWay());
    export_->setEnabled(!pictures_.empty() && !exporting_);
    showPart();
}

void FaceMorph::hideEvent(QHideEvent* event) {
    setPlaying(false);
    QWidget::hideEvent(event);
}

}  // namespace lmser::ui
