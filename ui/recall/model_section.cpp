// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/model_section.h"

#include <QBoxLayout>
#include <QLabel>

#include "ui/widgets/card.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {

ModelSection::ModelSection(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("modelSection"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kSpace);
    column->addWidget(addWay("celeba-recall", tr("The recipe"),
                             tr("Is shown holes while it learns, and told where they are: so it "
                                "recalls what is hidden.")));
    column->addWidget(addWay("celeba-recall-paper", tr("Paper's way"),
                             tr("Learns whole faces only, so a hole is a face it never saw, and "
                                "misleads it.")));
    column->addWidget(addWay("celeba-recall-shared", tr("Shared neurons"),
                             tr("Shared neurons carry the hole from below up to the picture that "
                                "comes down again.")));
    column->addWidget(
        addWay("mnist-recall", tr("Digits"), tr("The recipe on MNIST: small, quick to train.")));
    refresh();
}

Card* ModelSection::addWay(const char* preset, const QString& title, const QString& why) {
    auto* card = new Card({}, nullptr, Card::Kind::card);
    const QString name = QLatin1String(preset);
    card->setObjectName(QStringLiteral("way-") + name);
    card->setAccessibleName(title);
    auto* head = new QLabel(title);
    QFont strong = textFont();
    strong.setWeight(QFont::DemiBold);
    head->setFont(strong);
    auto* button = new ChipButton({}, nullptr, false);
    button->setObjectName(QStringLiteral("use-") + name);
    auto* first = new QHBoxLayout;
    first->setSpacing(2 * kSpace);
    first->addWidget(head, 1);
    first->addWidget(button);
    auto* state = new QLabel;
    state->setObjectName(QStringLiteral("state-") + name);
    state->setWordWrap(true);
    state->setToolTip(tr("How well this way recalled what is hidden now, over the hidden pixels."));
    card->body()->setSpacing(kSpace);
    card->body()->addLayout(first);
    card->body()->addWidget(mutedLabel(why));
    card->body()->addWidget(state);
    connect(
        button, &ChipButton::clicked, this, [this, name] { act(name); }, Qt::QueuedConnection);
    ways_.push_back({name, card, state, button});
    return card;
}

void ModelSection::setShipped(const QStringList& names) {
    for (const Way& way : ways_) {
        if (names.contains(way.preset)) {
            paths_.insert(way.preset, way.preset);
        }
    }
    refresh();
}

void ModelSection::addRun(const QString& preset, const QString& path) {
    // What comes with the program stays the first choice.
    if (!path.isEmpty() && paths_.value(preset) != preset) {
        paths_.insert(preset, path);
        refresh();
    }
}

void ModelSection::setPresent(const QString& preset) {
    present_ = preset;
    refresh();
}

void ModelSection::setScore(double psnr) {
    scores_.insert(present_, psnr);
    refresh();
}

void ModelSection::forgetScores() {
    if (!scores_.isEmpty()) {
        scores_.clear();
        refresh();
    }
}

QString ModelSection::stateOf(const QString& preset) const {
    QString open = preset == present_ ? tr("open now") : QString();
    if (!scores_.contains(preset)) {
        return open;
    }
    const QString score = tr("%1 dB in this hole").arg(scores_.value(preset), 0, 'f', 1);
    return open.isEmpty() ? score : QStringLiteral("%1 · %2").arg(open, score);
}

void ModelSection::act(const QString& preset) {
    if (paths_.contains(preset)) {
        Q_EMIT modelWanted(paths_.value(preset));
    } else {
        Q_EMIT trainingWanted(preset);
    }
}

void ModelSection::refresh() {
    for (const Way& way : ways_) {
        const bool present = way.preset == present_;
        const bool there = paths_.contains(way.preset);
        way.card->setSelected(present);
        way.button->setVisible(!present);
        way.button->setText(there ? tr("Open") : tr("Train it"));
        way.button->setAccessibleName(
            QStringLiteral("%1: %2").arg(way.card->accessibleName(), way.button->text()));
        way.button->setToolTip(there ? paths_.value(way.preset)
                                     : tr("Starts a new run of the preset %1.").arg(way.preset));
        way.button->updateGeometry();
        way.state->setText(stateOf(way.preset));
        way.state->setVisible(!way.state->text().isEmpty());
    }
}

}  // namespace lmser::ui
