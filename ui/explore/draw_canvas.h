// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPointF>
#include <QWidget>
#include <optional>
#include <vector>

namespace lmser::ui {

/// The sheet of DrawPad: strokes of a soft round brush, white on black, on 280 x 280 logical pixels whatever its
/// size on the screen.
class DrawCanvas : public QWidget {
    Q_OBJECT
public:
    explicit DrawCanvas(QWidget* parent = nullptr);

    /// The drawing as a grey picture of `side` pixels.
    [[nodiscard]] QImage drawing(int side) const;
    /// Whether nothing was drawn, or all of it was taken back.
    [[nodiscard]] bool isEmpty() const { return strokes_.empty(); }

    void undo();
    void clear();

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override { return width; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A stroke goes on.
    void strokeGrew();
    /// A stroke ended, or was taken back.
    void strokesChanged();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Stroke {
        std::vector<QPointF> points;
        bool erases = false;
    };

    [[nodiscard]] QRectF sheet() const;
    [[nodiscard]] QPointF onSheet(const QPointF& widget) const;
    void extend(const QPointF& to);
    void dab(const Stroke& stroke, std::size_t at);
    void finish(const Stroke& stroke);
    void redraw();

    QImage ink_;  ///< how much of it lies on every logical pixel
    std::vector<Stroke> strokes_;
    Qt::MouseButton drawing_ = Qt::NoButton;
};

}  // namespace lmser::ui
