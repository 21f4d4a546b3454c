// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QImage>
#include <cstddef>

namespace lmser::ui {

/// One small picture of several, as a button. The present one is framed in the accent and is the stop of Tab;
/// from there the arrow keys of what it stands in go on.
class PictureThumb : public QAbstractButton {
    Q_OBJECT
public:
    /// `place` counts from 0.
    PictureThumb(QWidget* parent, std::size_t place);

    void setPicture(const QImage& picture);
    void setPresent(bool present);
    [[nodiscard]] bool isPresent() const { return present_; }
    [[nodiscard]] const QImage& picture() const { return picture_; }
    [[nodiscard]] std::size_t place() const { return place_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage picture_;
    std::size_t place_;
    bool present_ = false;
};

}  // namespace lmser::ui
