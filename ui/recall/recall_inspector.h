// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace lmser::ui {

class FaceMorph;
class FaceSliders;
class ModelSection;
class PictureSection;
class RecallOptionsSection;

/// What stands in the Inspector dock while Recall is shown: the picture, the ways to a memory, how it is recalled, the
/// sliders on the face, the way to another face.
class RecallInspector : public QWidget {
    Q_OBJECT
public:
    explicit RecallInspector(QWidget* parent = nullptr);

    /// Whether the pictures are faces, pictures in colour; digits are spoken of as pictures.
    void setFaces(bool faces);

    PictureSection* const picture;
    RecallOptionsSection* const options;
    FaceSliders* const face;
    FaceMorph* const morph;
    ModelSection* const model;

Q_SIGNALS:
    /// The picture at hand becomes the start of Explore, with every unit and the way to another.
    void exploreRequested();

private:
    QLabel* addCard(const QString& head, QWidget* content);

    QLabel* slidersHead_ = nullptr;
    QLabel* morphHead_ = nullptr;
};

}  // namespace lmser::ui
