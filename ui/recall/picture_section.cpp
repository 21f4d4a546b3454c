// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/picture_section.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <limits>

#include "ui/bridge/qimage_conversion.h"
#include "ui/recall/photo_handles.h"
#include "ui/widgets/calm_field.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/picture_sheet.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kSampleSide = 58;
constexpr int kCropSide = 96;

constexpr int kNoTest = -1;

/// The number of a test picture: blank while the picture is another one, so that each can be chosen. Steps go round.
class TestNumber : public Calm<QSpinBox> {
public:
    TestNumber() {
        setObjectName(QStringLiteral("recallTest"));
        setKeyboardTracking(false);
        setSpecialValueText(QStringLiteral(" "));
    }

    void stepBy(int steps) override {
        const int count = maximum() + 1;
        const int from = value() == kNoTest && steps < 0 ? 0 : value();
        setValue(((from + steps) % count + count) % count);
        selectAll();
    }

protected:
    StepEnabled stepEnabled() const override { return StepUpEnabled | StepDownEnabled; }
};

QPushButton* button(const char* name, const char* iconName, const QString& text,
                    const QString& tip) {
    auto* made = new QPushButton(icon(QLatin1String(iconName)), text);
    made->setObjectName(QLatin1String(name));
    made->setToolTip(tip);
    made->setAccessibleDescription(tip);
    return made;
}

}  // namespace

PictureSection::PictureSection(QWidget* parent)
    : QWidget(parent),
      own_(mutedLabel({})),
      samples_(new PictureSheet(QStringLiteral("recallSample"))),
      samplesNote_(mutedLabel({})),
      origin_(mutedLabel({})) {
    tests_ = buildTests();
    alignment_ = buildAlignment();
    setObjectName(QStringLiteral("pictureSection"));
    samples_->setObjectName(QStringLiteral("recallSamples"));
    samples_->setAccessibleName(tr("sample pictures"));
    samples_->setSides(kSampleSide - 4 * kSpace, kSampleSide);
    samplesNote_->setObjectName(QStringLiteral("samplesNote"));
    origin_->setObjectName(QStringLiteral("pictureOrigin"));
    origin_->hide();
    connect(samples_, &PictureSheet::chosen, this, &PictureSection::sampleChosen);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kSpace);
    for (QWidget* part : std::initializer_list<QWidget*>{own_, buildOwn(), origin_, alignment_,
                                                         samples_, samplesNote_, tests_}) {
        column->addWidget(part);
    }
    setFaces(true);
    clear();
}

QWidget* PictureSection::buildOwn() {
    auto* row = new QWidget;
    row->setLayout(new FlowLayout);
    auto* open = button("openPhoto", "open", tr("Open…"),
                        tr("A PNG or JPEG of any size becomes the picture."));
    auto* paste = button("pastePhoto", "paste", tr("Paste"),
                         tr("The picture on the clipboard becomes the picture (Ctrl+V)."));
    row->layout()->addWidget(open);
    row->layout()->addWidget(paste);
    connect(open, &QPushButton::clicked, this, &PictureSection::openRequested,
            Qt::QueuedConnection);
    connect(paste, &QPushButton::clicked, this, &PictureSection::pasteRequested);
    return row;
}

QWidget* PictureSection::buildTests() {
    auto* part = new QWidget;
    testsTitle_ = new QLabel;
    testsTitle_->setWordWrap(true);
    test_ = new TestNumber;
    test_->setAccessibleName(tr("test picture"));
    auto* dice = button("randomTest", "dice", {}, tr("A test picture by chance."));
    dice->setAccessibleName(tr("random test picture"));
    auto* line = new QHBoxLayout(part);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2 * kSpace);
    line->addWidget(testsTitle_, 1);
    line->addWidget(test_);
    line->addWidget(dice);
    connect(test_, &QSpinBox::valueChanged, this, [this](int number) {
        if (number != kNoTest) {
            Q_EMIT testPictureChosen(static_cast<std::size_t>(number));
        }
    });
    connect(dice, &QPushButton::clicked, this,
            [this] { test_->setValue(QRandomGenerator::global()->bounded(test_->maximum() + 1)); });
    return part;
}

QWidget* PictureSection::buildAlignment() {
    auto* part = new QWidget;
    part->setObjectName(QStringLiteral("photoAlignment"));
    handles_ = new PhotoHandles;
    crop_ = new ImageView;
    crop_->setObjectName(QStringLiteral("alignedCrop"));
    crop_->setAccessibleName(tr("the aligned picture"));
    crop_->setSides(kCropSide, kCropSide);
    crop_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* beside = new QHBoxLayout;
    beside->setSpacing(3 * kSpace);
    beside->addWidget(crop_);
    beside->addWidget(mutedLabel(tr("The alignment is yours: drag the handles onto both eyes and "
                                    "the mouth. The network sees what stands at the left.")),
                      1);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kSpace);
    column->addWidget(handles_);
    column->addLayout(beside);
    zoom_ = new ChipButton(tr("zoom to the face"));
    zoom_->setObjectName(QStringLiteral("zoomFace"));
    zoom_->setToolTip(tr("Shows the surroundings of the handles alone, to place them finer."));
    zoom_->setAccessibleDescription(zoom_->toolTip());
    column->addWidget(zoom_, 0, Qt::AlignLeft);
    connect(zoom_, &ChipButton::toggled, handles_, &PhotoHandles::setZoomed);
    connect(handles_, &PhotoHandles::pointsEdited, this, &PictureSection::pointsEdited);
    part->hide();
    return part;
}

void PictureSection::clear() {
    samples_->clear();
    samples_->setPresent(std::nullopt);  // the picture at hand is none of the samples to come
    samples_->hide();
    samplesNote_->clear();
    samplesNote_->hide();
    setTestPictures(0, {});
}

void PictureSection::setFaces(bool faces) {
    own_->setText(faces ? tr("Drop, paste or open a photo; drag three handles onto eyes and mouth.")
                        : tr("Drop, paste or open a picture; it is fitted as the data was."));
}

void PictureSection::showSamples(const Samples& samples) {
    std::vector<QImage> pictures;
    QStringList names;
    for (std::size_t i = 0; i < samples.pictures.count(); ++i) {
        pictures.push_back(toQImage(samples.pictures, i));
        names << tr("sample %1, %2").arg(i + 1).arg(QString::fromStdString(samples.origin));
    }
    samples_->setVisible(!pictures.empty());
    samples_->setPictures(std::move(pictures), names);
    samplesNote_->setText(samples.note.empty()
                              ? tr("%1 samples, %2")
                                    .arg(samples.pictures.count())
                                    .arg(QString::fromStdString(samples.origin))
                              : tr("No samples: %1.").arg(QString::fromStdString(samples.note)));
    samplesNote_->show();
}

void PictureSection::setTestPictures(std::int64_t count, const QString& dataset) {
    const QSignalBlocker quiet(test_);
    tests_->setVisible(count > 0);
    constexpr std::int64_t kMost = std::numeric_limits<int>::max();
    test_->setRange(kNoTest, static_cast<int>(std::clamp<std::int64_t>(count - 1, 0, kMost)));
    if (count == 0) {
        test_->setValue(kNoTest);
    }
    testsTitle_->setText(tr("%1 test picture").arg(dataset));
}

void PictureSection::setSample(std::optional<std::size_t> index) {
    const QSignalBlocker quiet(test_);
    samples_->setPresent(index);
    test_->setValue(kNoTest);
}

void PictureSection::setTestPicture(std::size_t index) {
    const QSignalBlocker quiet(test_);
    samples_->setPresent(std::nullopt);
    test_->setValue(static_cast<int>(index));
}

void PictureSection::showTaken(const TakenPicture& taken) {
    QString words = QString::fromStdString(taken.origin);
    if (!taken.note.empty()) {
        words += QStringLiteral(" · ") + QString::fromStdString(taken.note);
    }
    origin_->setText(words);
    // Where a sample or a test picture comes from is told where it was chosen.
    origin_->setVisible(!samples_->present().has_value() && test_->value() == kNoTest);
    showPhoto(taken);
}

void PictureSection::showPhoto(const TakenPicture& taken) {
    alignment_->setVisible(taken.photo != nullptr);
    if (taken.photo == nullptr) {
        photo_.reset();
        return;
    }
    crop_->setImage(toQImage(taken.picture));
    // The same photo aligned anew: its handles are where the user has them.
    if (taken.photo != photo_) {
        photo_ = taken.photo;
        handles_->setPhoto(toQImage(*photo_));
        handles_->setPoints(taken.points);
        zoom_->setChecked(false);
    }
}

}  // namespace lmser::ui
