// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

#include "core/base/image.h"

namespace lmser::ui {

class ImageView;

/// The side of the pictures of a morph: four pixels a pixel of MNIST.
inline constexpr int kMorphTile = 112;
/// The room around them for the ring while something hovers.
inline constexpr int kMorphFrame = 3;

/// One end of a morph: its picture, on which a picture or a picture file can be dropped.
class MorphEnd : public QWidget {
    Q_OBJECT
public:
    /// `letter` names it: A.
    explicit MorphEnd(const QString& letter, QWidget* parent = nullptr);

    void setPicture(const QImage& picture);
    [[nodiscard]] QImage picture() const;

Q_SIGNALS:
    void fileDropped(const QString& path);
    void pictureDropped(const lmser::Images& picture);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setAwaiting(bool awaiting);

    ImageView* view_;
    bool awaiting_ = false;  ///< something that can be dropped is over it
};

}  // namespace lmser::ui
