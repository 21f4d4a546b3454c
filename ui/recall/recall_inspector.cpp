// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/recall_inspector.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/recall/face_morph.h"
#include "ui/recall/face_sliders.h"
#include "ui/recall/model_section.h"
#include "ui/recall/picture_section.h"
#include "ui/recall/recall_options_section.h"
#include "ui/widgets/card.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {

RecallInspector::RecallInspector(QWidget* parent)
    : QWidget(parent),
      picture(new PictureSection),
      options(new RecallOptionsSection),
      face(new FaceSliders),
      morph(new FaceMorph),
      model(new ModelSection) {
    setObjectName(QStringLiteral("recallInspector"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kSpace);
    addCard(tr("Picture"), picture);
    // Before the rest: a hole that is painted once is compared among them.
    column->addWidget(sectionHead(tr("Ways to remember")));
    column->addWidget(model);
    addCard(tr("Recall"), options);
    auto* sliders = new QWidget;
    auto* part = new QVBoxLayout(sliders);
    part->setContentsMargins(0, 0, 0, 0);
    part->setSpacing(2 * kSpace);
    part->addWidget(face);
    auto* explore = new QPushButton(tr("Open it in Explore"));
    explore->setObjectName(QStringLiteral("exploreFace"));
    explore->setToolTip(
        tr("The picture becomes the start of Explore: all units of its code, and "
           "the way from it to another."));
    connect(explore, &QPushButton::clicked, this, &RecallInspector::exploreRequested);
    part->addWidget(explore, 0, Qt::AlignLeft);
    slidersHead_ = addCard(tr("Face sliders"), sliders);
    slidersHead_->setObjectName(QStringLiteral("slidersHead"));
    morphHead_ = addCard(tr("Morph between two faces"), morph);
    column->addStretch(1);
}

void RecallInspector::setFaces(bool faces) {
    picture->setFaces(faces);
    slidersHead_->setText(faces ? tr("Face sliders") : tr("Sliders on the picture"));
    morphHead_->setText(faces ? tr("Morph between two faces") : tr("Morph between two pictures"));
}

QLabel* RecallInspector::addCard(const QString& head, QWidget* content) {
    auto* card = new Card({}, nullptr, Card::Kind::card);
    card->setAccessibleName(head);
    card->body()->addWidget(content);
    auto* column = qobject_cast<QVBoxLayout*>(layout());
    QLabel* label = sectionHead(head);
    column->addWidget(label);
    column->addWidget(card);
    return label;
}

}  // namespace lmser::ui
