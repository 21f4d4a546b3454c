// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "core/session/snapshot.h"

class QLabel;
class QSpinBox;

namespace lmser::ui {

class ChipButton;
class ImageView;
class PhotoHandles;
class PictureSheet;

/// Where the picture comes from: samples that need no data, the test pictures where data is loaded, or one's own photo
/// with three handles that align it.
class PictureSection : public QWidget {
    Q_OBJECT
public:
    explicit PictureSection(QWidget* parent = nullptr);

    /// Another network: its samples are on their way.
    void clear();
    void showSamples(const Samples& samples);
    /// How many test pictures fit the network; 0: none are loaded.
    void setTestPictures(std::int64_t count, const QString& dataset);
    /// Whether photos are aligned with handles: pictures in colour. Digits are fitted without.
    void setFaces(bool faces);
    void showTaken(const TakenPicture& taken);
    /// Frames a sample; none where the picture is one's own.
    void setSample(std::optional<std::size_t> index);
    /// The picture is that test picture.
    void setTestPicture(std::size_t index);

Q_SIGNALS:
    void sampleChosen(std::size_t index);
    void testPictureChosen(std::size_t index);
    void openRequested();
    void pasteRequested();
    void pointsEdited(const lmser::FacePoints& points);

private:
    QWidget* buildOwn();
    QWidget* buildTests();
    QWidget* buildAlignment();
    void showPhoto(const TakenPicture& taken);

    QLabel* own_;
    PictureSheet* samples_;
    QLabel* samplesNote_;
    QLabel* origin_;
    QWidget* tests_ = nullptr;
    QLabel* testsTitle_ = nullptr;
    QSpinBox* test_ = nullptr;
    QWidget* alignment_ = nullptr;
    PhotoHandles* handles_ = nullptr;
    ChipButton* zoom_ = nullptr;
    ImageView* crop_ = nullptr;
    std::shared_ptr<const Images> photo_;
};

}  // namespace lmser::ui
