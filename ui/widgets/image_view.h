// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace lmser::ui {

struct Tokens;

/// Shows one small picture large and crisp: every pixel of it is a square, at any device pixel ratio. Where
/// the picture is at least four times smaller than the room, it is shown at a whole multiple of its size.
/// It stands on a card: what the picture leaves free has the colour of the surface.
class ImageView : public QWidget {
    Q_OBJECT
public:
    explicit ImageView(QWidget* parent = nullptr);

    /// A null image shows the placeholder.
    void setImage(const QImage& image);
    [[nodiscard]] QImage image() const { return image_; }

    /// The words in place of a picture: what to do to get one.
    void setPlaceholder(const QString& text);

    /// The side at 100 % text that the layout starts from, and the least it may shrink to.
    void setSides(int preferred, int least);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage image_;
    QString placeholder_;
    int preferredSide_;
    int leastSide_;
};

/// The part of `room` (in logical pixels) that a picture of `size` is shown in at `ratio` device pixels a
/// logical one: centred, undistorted, snapped to device pixels.
QRectF pictureRect(const QSize& size, const QRectF& room, qreal ratio);

/// Draws the frame of a picture that is not there yet, with words in it.
void paintPlaceholder(QPainter& painter, const QRectF& room, const QString& words,
                      const Tokens& tokens);

/// Paints `image` crisp into `target`, a rectangle of pictureRect(), with round corners through which
/// `behind` is seen.
void paintPicture(QPainter& painter, const QRectF& target, const QImage& image, qreal radius,
                  const QColor& behind);

}  // namespace lmser::ui
