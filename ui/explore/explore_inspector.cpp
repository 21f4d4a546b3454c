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

/// A spin box that leaves the wheel to the dock's scrolling unless it has the focus.
class IndexBox : public QSpinBox {
public:
    using QSpinBox::QSpinBox;

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
    buildStart();
    buildWeights();
    buildShortcuts();
    buildCode();
    column->addStretch(1);
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

void ExploreInspector::buildStart() {
    QVBoxLayout* body = section(tr("Start from"));
    auto* pictures = new QGridLayout;
    pictures->setSpacing(kSpace);
    original_ = pictureWithCaption(pictures, 0, tr("test picture"), QStringLiteral("startPicture"));
    reconstruction_ = pictureWithCaption(pictures, 1, tr("reconstruction"),
                                         QStringLiteral("startReconstruction"));
    body->addLayout(pictures);
    startLabel_ = mutedLabel({});
    startLabel_->setObjectName(QStringLiteral("startLabel"));
    body->addWidget(startLabel_);

    buildChooser();
    body->addWidget(chooser_);
}

void ExploreInspector::buildChooser() {
    chooser_ = new QWidget;
    auto* rows = new QVBoxLayout(chooser_);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2 * kSpace);
    auto* flow = new FlowLayout;
    index_ = new IndexBox;
    index_->setObjectName(QStringLiteral("testImageIndex"));
    index_->setAccessibleName(tr("test picture number"));
    index_->findChild<QLineEdit*>()->setAccessibleName(tr("test picture number"));
    index_->setToolTip(
        tr("Which picture of the test split is perceived; its top code becomes the start."));
    index_->setFocusPolicy(Qt::StrongFocus);
    index_->setKeyboardTracking(false);
    index_->setAlignment(Qt::AlignRight);
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

void ExploreInspector::buildShortcuts() {
    QVBoxLayout* body = section(tr("Shared neurons"), &shortcutsSection_);
    shortcuts_ =
        chip(QStringLiteral("shortcuts"), tr("shortcuts"),
             tr("Lets the bottom-up signals y of the start picture join the top-down signals u in "
                "every shared neuron."),
             true);
    shortcutsWhy_ = mutedLabel({});
    auto* line = new QHBoxLayout;
    line->addWidget(shortcuts_);
    line->addStretch(1);
    body->addLayout(line);
    body->addWidget(shortcutsWhy_);
    connect(shortcuts_, &ChipButton::toggled, this, &ExploreInspector::shortcutsToggled);
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
    auto* chips = new QWidget;
    auto* flow = new FlowLayout;
    chips->setLayout(flow);
    auto* copy = chip(QStringLiteral("copyCode"), tr("copy"),
                      tr("Copies the code as a JSON array of numbers."), false);
    auto* paste = chip(QStringLiteral("pasteCode"), tr("paste"),
                       tr("Sets the code from a JSON array of numbers, one a top unit."), false);
    copy->setAccessibleName(tr("copy code"));
    paste->setAccessibleName(tr("paste code"));
    flow->addWidget(copy);
    flow->addWidget(paste);
    body->addWidget(code_);
    body->addWidget(chips);
    connect(copy, &ChipButton::clicked, this, &ExploreInspector::copyRequested);
    connect(paste, &ChipButton::clicked, this, &ExploreInspector::pasteRequested);
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

void ExploreInspector::showStart(const QImage& original, const QImage& reconstruction, int label) {
    original_->setImage(original);
    reconstruction_->setImage(reconstruction);
    const bool named = label >= 0 && label < classes_.size();
    startLabel_->setVisible(label >= 0);
    startLabel_->setText(tr("label %1").arg(named ? classes_.at(label) : QString::number(label)));
    original_->setAccessibleDescription(startLabel_->text());
    shortcuts_->setEnabled(true);
}

void ExploreInspector::clearStart() {
    original_->setImage({});
    reconstruction_->setImage({});
    startLabel_->setVisible(!chooser_->isEnabled());
    startLabel_->setText(
        tr("Sliders start from the mean code. To start from a test picture, choose data of the "
           "network's "
           "picture size in Project."));
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
    shortcutsSection_->setVisible(sharedNeurons);
    const QString rule =
        fusion == Fusion::sum
            ? tr("the sum of bottom-up and top-down signals, z = s(y + u)")
            : tr("the average of bottom-up and top-down signals, z = s((y + u) / 2)");
    shortcutsWhy_->setText(
        tr("A shared neuron takes %1. On, y comes from the start picture and shines "
           "through; off, the picture comes from the code alone.")
            .arg(rule));
}

void ExploreInspector::setCode(const QString& text) {
    code_->setText(text);
}

}  // namespace lmser::ui
