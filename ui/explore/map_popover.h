// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QImage>

class QLabel;

namespace lmser::ui {

class ImageView;

/// A small card beside the pointer: the picture behind a point of the map, and its class.
class MapPopover : public QFrame {
    Q_OBJECT
public:
    explicit MapPopover(QWidget* parent);

    /// Shows it beside `at`, inside of the parent; the picture follows.
    void showAt(const QPoint& at, const QString& words);
    void setPicture(const QImage& picture);
    [[nodiscard]] QString words() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ImageView* picture_;
    QLabel* words_;
};

}  // namespace lmser::ui
