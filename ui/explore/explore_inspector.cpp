// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/explore_inspector.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRandomGenerator>
#include <QSpinBox>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <limits>

#include "ui/explore/category_chooser.h"
#include "ui/explore/draw_pad.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kPictureSide = 96;
constexpr int kLeastPictureSide = 64;
constexpr int kMostReflections = 3;

/// A spin box that leaves the wheel to the dock's scrolling unless it has the focus.
class IndexBox : public QSpinBox {
public:
    IndexBox(const QString& objectName, const QString& name) {
        setObjectName(objectName);
        setAccessibleName(name);
        findChild<QLineEdit*>()->setAccessibleName(name);
        setFocusPolicy(Qt::StrongFocus);
        setKeyboardTracking(false);
        setAlignment(Qt::AlignRight);
    }

protected:
    void wheelEvent(QWheelEvent* event) override {
        if (hasFocus()) {
            QSpinBox::wheelEvent(event);
        } else {
            event->ignore();
        }
    }
};

ImageView* pictureWithCaption(QGridLayout* grid, int column, const QString& caption,
                              const QString& name) {
    auto* picture = new ImageView;
    picture->setSides(kPictureSide, kLeastPictureSide);
    picture->setFixedHeight(kPictureSide);
    picture->setAccessibleName(caption);
    picture->setObjectName(name);
    QLabel* words = mutedLabel(caption);
    words->setAlignment(Qt::AlignHCenter);
    grid->addWidget(picture, 0, column);
    grid->addWidget(words, 1, column);
    grid->setColumnStretch(column, 1);
    return picture;
}

}  // namespace

ExploreInspector::ExploreInspector(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("exploreInspector"));
    setAccessibleName(tr("Inspector of Explore"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);  // the dock has its own
    column->setSpacing(3 * kSpace);
    buildCategory();
    buildShared();
    buildStart();
    buildCode();
    buildWeights();
    column->addStretch(1);
    setCategoryShown(false);
    setTestImages(0, {});
    setWiring(false, Fusion::sum);
}

QVBoxLayout* ExploreInspector::section(const QString& head, QWidget** whole) {
    auto* part = new QWidget(this);
    auto* rows = new QVBoxLayout(part);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2 * kSpace);
    auto* card = new Card({}, part, Card::Kind::card);
    card->setAccessibleName(head);
    rows->addWidget(sectionHead(head, part));
    rows->addWidget(card);
    layout()->addWidget(part);
    if (whole != nullptr) {
        *whole = part;
    }
    return card->body();
}

ChipButton* ExploreInspector::chip(const QString& name, const QString& text, const QString& tip,
                                   bool checkable) {
    auto* made = new ChipButton(text, this, checkable);
    made->setObjectName(name);
    made->setToolTip(tip);
    return made;
}

void ExploreInspector::buildCategory() {
    QVBoxLayout* body = section(tr("Category"), &categorySection_);
    category_ = new CategoryChooser;
    body->addWidget(category_);
}

CategoryChooser* ExploreInspector::category() const {
    return category_;
}

DrawPad* ExploreInspector::drawPad() const {
    return drawPad_;
}

void ExploreInspector::setCategoryShown(bool shown) {
    categorySection_->setVisible(shown);
}

void ExploreInspector::buildStart() {
    QVBoxLayout* body = section(tr("Start from"));
    body->addWidget(mutedLabel(tr("Drop or paste a picture, or draw one.")));
    drawPad_ = new DrawPad;
    drawPad_->setObjectName(QStringLiteral("drawPad"));
    body->addWidget(drawPad_);
    auto* chips = new QWidget;
    auto* flow = new FlowLayout(chips);
    auto* open = chip(QStringLiteral("openPicture"), tr("open picture…"),
                      tr("Starts from a PNG or JPEG of any size. One that was exported here brings "
                         "its code back."),
                      false);
    auto* paste = chip(QStringLiteral("pastePicture"), tr("paste picture"),
                       tr("Starts from the picture on the clipboard."), false);
    flow->addWidget(open);
    flow->addWidget(paste);
    body->addWidget(chips);
    body->addWidget(buildPictures());
    buildChooser();
    body->addWidget(chooser_);
    connect(open, &ChipButton::clicked, this, &ExploreInspector::openPictureRequested);
    connect(paste, &ChipButton::clicked, this, &ExploreInspector::pastePictureRequested);
}

QWidget* ExploreInspector::buildPictures() {
    auto* all = new QWidget;
    auto* rows = new QVBoxLayout(all);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(kSpace);
    pictures_ = new QWidget;
    auto* grid = new QGridLayout(pictures_);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(kSpace);
    original_ = pictureWithCaption(grid, 0, tr("start"), QStringLiteral("startPicture"));
    reconstruction_ =
        pictureWithCaption(grid, 1, tr("reconstruction"), QStringLiteral("startReconstruction"));
    startLabel_ = mutedLabel({});
    startLabel_->setObjectName(QStringLiteral("startLabel"));
    rows->addWidget(pictures_);
    rows->addWidget(startLabel_);
    return all;
}

void ExploreInspector::buildChooser() {
    chooser_ = new QWidget;
    auto* rows = new QVBoxLayout(chooser_);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2 * kSpace);
    auto* flow = new FlowLayout;
    index_ = new IndexBox(QStringLiteral("testImageIndex"), tr("test picture number"));
    index_->setPrefix(tr("test picture "));
    index_->setToolTip(
        tr("Which picture of the test split is perceived; its top code becomes the start."));
    auto* previous = chip(QStringLiteral("previousTestImage"), tr("previous"),
                          tr("Start from the test picture before this one."), false);
    auto* next = chip(QStringLiteral("nextTestImage"), tr("next"),
                      tr("Start from the next test picture."), false);
    auto* random = chip(QStringLiteral("randomTestImage"), tr("random"),
                        tr("Start from any test picture."), false);
    for (QWidget* part : {previous, next, random}) {
        flow->addWidget(part);
    }
    rows->addWidget(index_);
    rows->addLayout(flow);
    connect(index_, &QSpinBox::valueChanged, this,
            [this](int index) { Q_EMIT testImageRequested(static_cast<std::size_t>(index)); });
    connect(previous, &ChipButton::clicked, this, [this] { step(-1); });
    connect(next, &ChipButton::clicked, this, [this] { step(1); });
    connect(random, &ChipButton::clicked, this, &ExploreInspector::chooseAtRandom);
}

void ExploreInspector::buildWeights() {
    QVBoxLayout* body = section(tr("Weights"));
    auto* chips = new QWidget;
    auto* flow = new FlowLayout;
    chips->setLayout(flow);
    followLive_ = chip(QStringLiteral("followLive"), tr("follow live"),
                       tr("Decode with the newest weights while training goes on."), true);
    keepSnapshot_ = chip(QStringLiteral("keepSnapshot"), tr("keep this snapshot"),
                         tr("Go on with the weights of this moment while training goes on."), true);
    auto* either = new QButtonGroup(this);
    either->addButton(followLive_);
    either->addButton(keepSnapshot_);
    followLive_->setChecked(true);
    flow->addWidget(followLive_);
    flow->addWidget(keepSnapshot_);
    iteration_ = mutedLabel(tr("no weights yet"));
    iteration_->setObjectName(QStringLiteral("exploreIteration"));
    body->addWidget(chips);
    body->addWidget(iteration_);
    connect(followLive_, &ChipButton::clicked, this, [this] { Q_EMIT followLiveRequested(true); });
    connect(keepSnapshot_, &ChipButton::clicked, this,
            [this] { Q_EMIT followLiveRequested(false); });
}

void ExploreInspector::buildShared() {
    QVBoxLayout* body = section(tr("Shared neurons"), &sharedSection_);
    reflections_ = new IndexBox(QStringLiteral("reflections"), tr("reflections"));
    reflections_->setRange(0, kMostReflections);
    reflections_->setToolTip(
        tr("How often the picture of the code is perceived again, the code held. One cleans an "
           "imagined picture; more than three change it no further."));
    shortcuts_ =
        chip(QStringLiteral("shortcuts"), tr("shortcuts"),
             tr("Lets the bottom-up signals y of the start picture join the top-down signals u in "
                "every shared neuron."),
             true);
    shortcutsWhy_ = mutedLabel({});
    auto* line = new QHBoxLayout;
    line->addWidget(new QLabel(tr("Reflections")), 1);
    line->addWidget(reflections_);
    auto* below = new QHBoxLayout;
    below->addWidget(shortcuts_);
    below->addStretch(1);
    body->addLayout(line);
    body->addLayout(below);
    body->addWidget(shortcutsWhy_);
    connect(reflections_, &QSpinBox::valueChanged, this, &ExploreInspector::reflectionsChosen);
    connect(shortcuts_, &ChipButton::toggled, this, &ExploreInspector::shortcutsToggled);
}

void ExploreInspector::setReflections(int reflections) {
    const QSignalBlocker quiet(reflections_);
    reflections_->setValue(reflections);
}

void ExploreInspector::buildCode() {
    QVBoxLayout* body = section(tr("Code"));
    code_ = new QLabel;
    code_->setObjectName(QStringLiteral("codeText"));
    code_->setAccessibleName(tr("code"));
    code_->setFont(monospaceFont());
    code_->setWordWrap(true);
    code_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    code_->setToolTip(
        tr("The top code z_L that the picture is made of, rounded; copy takes every digit."));
    body->addWidget(code_);
    addCodeActions(body);
}

void ExploreInspector::addCodeActions(QVBoxLayout* body) {
    auto* chips = new QWidget;
    auto* flow = new FlowLayout(chips);
    auto* copy = chip(QStringLiteral("copyCode"), tr("copy"),
                      tr("Copies the code as a JSON array of numbers."), false);
    auto* paste = chip(QStringLiteral("pasteCode"), tr("paste"),
                       tr("Sets the code from a JSON array of numbers, one a top unit."), false);
    auto* save =
        chip(QStringLiteral("saveCode"), tr("save"),
             tr("Writes the code with its reflections and the network's fingerprint."), false);
    auto* open = chip(QStringLiteral("openCode"), tr("open"),
                      tr("Reads a code that was saved with this network."), false);
    copy->setAccessibleName(tr("copy code"));
    paste->setAccessibleName(tr("paste code"));
    save->setAccessibleName(tr("save code"));
    open->setAccessibleName(tr("open code"));
    for (QWidget* part : {copy, paste, save, open}) {
        flow->addWidget(part);
    }
    body->addWidget(chips);
    connect(copy, &ChipButton::clicked, this, &ExploreInspector::copyRequested);
    connect(paste, &ChipButton::clicked, this, &ExploreInspector::pasteRequested);
    connect(save, &ChipButton::clicked, this, &ExploreInspector::saveRequested);
    connect(open, &ChipButton::clicked, this, &ExploreInspector::openRequested);
}

void ExploreInspector::setTestImages(std::int64_t count, const std::vector<std::string>& classes) {
    classes_.clear();
    for (const std::string& name : classes) {
        classes_ << QString::fromStdString(name);
    }
    const auto last = std::min<std::int64_t>(std::max<std::int64_t>(count - 1, 0),
                                             std::numeric_limits<int>::max());
    const QSignalBlocker quiet(index_);
    index_->setRange(0, static_cast<int>(last));
    index_->setSuffix(count > 0 ? tr(" of %1").arg(QLocale().toString(qlonglong{count}))
                                : QString());
    chooser_->setEnabled(count > 0);
    chooser_->setVisible(count > 0);
    clearStart();
}

std::size_t ExploreInspector::testImage() const {
    return static_cast<std::size_t>(index_->value());
}

void ExploreInspector::step(int by) {
    const int count = index_->maximum() + 1;
    index_->setValue((index_->value() + by + count) % count);
}

void ExploreInspector::chooseAtRandom() {
    index_->setValue(QRandomGenerator::global()->bounded(index_->maximum() + 1));
}

QString ExploreInspector::className(int label) const {
    return label >= 0 && label < classes_.size() ? classes_.at(label) : QString::number(label);
}

void ExploreInspector::showStart(const QImage& original, const QImage& reconstruction,
                                 const QString& words) {
    original_->setImage(original);
    reconstruction_->setImage(reconstruction);
    pictures_->show();
    startLabel_->setVisible(!words.isEmpty());
    startLabel_->setText(words);
    original_->setAccessibleDescription(words);
    shortcuts_->setEnabled(true);
}

void ExploreInspector::clearStart() {
    original_->setImage({});
    reconstruction_->setImage({});
    pictures_->setVisible(chooser_->isEnabled());
    startLabel_->hide();
    shortcuts_->setChecked(false);
    shortcuts_->setEnabled(false);
}

void ExploreInspector::setFollowsLive(bool live) {
    (live ? followLive_ : keepSnapshot_)->setChecked(true);
}

void ExploreInspector::setIteration(std::int64_t iteration) {
    iteration_->setText(tr("iteration %1").arg(QLocale().toString(qlonglong{iteration})));
}

void ExploreInspector::setWiring(bool sharedNeurons, Fusion fusion) {
    sharedSection_->setVisible(sharedNeurons);
    const QString rule =
        fusion == Fusion::sum
            ? tr("the sum of bottom-up and top-down signals, z = s(y + u)")
            : tr("the average of bottom-up and top-down signals, z = s((y + u) / 2)");
    shortcutsWhy_->setText(
        tr("On, the start picture shines through; off, the picture comes from the code alone."));
    shortcuts_->setToolTip(
        tr("Lets the bottom-up signals y of the start picture join the top-down signals u in every "
           "shared neuron, which takes %1.")
            .arg(rule));
}

void ExploreInspector::setCode(const QString& text) {
    code_->setText(text);
}

}  // namespace lmser::ui
