// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QImage>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "core/base/image.h"

class QLabel;

namespace lmser::ui {

class ChipButton;
class DrawCanvas;
class ImageView;

/// A pad to draw a digit on with the mouse, white on black, with strokes as thick as MNIST's: left draws,
/// right erases, a stroke can be undone. Tells the drawing while it is made; beside it stands what became of it.
class DrawPad : public QWidget {
    Q_OBJECT
public:
    explicit DrawPad(QWidget* parent = nullptr);

    /// The drawing as the network is given it, and what was done to it in words.
    void showFitted(const QImage& picture, const QString& note);

    [[nodiscard]] bool isEmpty() const;
    /// An empty pad; nobody is told.
    void clear();

Q_SIGNALS:
    /// The drawing: one grey picture, white on black. At most every 30 ms while a stroke is drawn, and at its end.
    void drawn(const lmser::Images& drawing);
    /// The last stroke is gone: there is no drawing.
    void cleared();

private:
    void tell();
    void tellSoon();
    void showState();

    DrawCanvas* canvas_;
    ImageView* fitted_;
    QLabel* note_;
    ChipButton* undo_;
    ChipButton* clear_;
    QTimer pause_;  ///< until the next telling
    bool waiting_ = false;
};

}  // namespace lmser::ui
