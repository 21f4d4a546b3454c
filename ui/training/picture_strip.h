// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/base/image.h"

namespace lmser::ui {

/// Pictures in a row, and below each of them how the network reconstructs it. The tiles grow with the width.
class PictureStrip : public QWidget {
    Q_OBJECT
public:
    explicit PictureStrip(QWidget* parent = nullptr);

    /// Either may be null: its row is then empty tiles. The pictures of the same pointer are not converted
    /// again.
    void setPictures(std::shared_ptr<const Images> originals,
                     std::shared_ptr<const Images> reconstructions);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int columns() const;
    [[nodiscard]] int tileSide(int width) const;

    std::shared_ptr<const Images> originals_;
    std::shared_ptr<const Images> reconstructions_;
    std::vector<QImage> above_;
    std::vector<QImage> below_;
};

}  // namespace lmser::ui
