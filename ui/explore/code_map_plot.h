// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ui/training/custom_plot.h"

namespace lmser::ui {

class MapMarks;
class MapPopover;
class PointCloud;

/// The plane of a code map. A click or a drag with the left button goes there; the middle button or Shift pans,
/// the wheel zooms at the pointer, a double-click fits. With the keyboard arrows pan, Ctrl and arrows walk,
/// + and - zoom, Home fits. Neither the present code nor the pointer replots the points.
class CodeMapPlot : public QCustomPlot {
    Q_OBJECT
public:
    explicit CodeMapPlot(QWidget* parent = nullptr);

    void setAxisNames(const QString& across, const QString& up);
    /// One x, y and label a point. The view fits unless the user has moved it.
    void setPoints(std::vector<float> x, std::vector<float> y, std::vector<std::uint8_t> labels,
                   const QStringList& classes);
    void clearPoints();
    void setShown(std::vector<bool> shown);
    /// Where the present code stands; it need not be in view.
    void setPresent(std::optional<QPointF> present);
    /// The picture behind the point that is pointed at; that of another point is left out.
    void showPicture(std::size_t index, const QImage& picture);

    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] std::optional<std::size_t> pointed() const { return pointed_; }
    /// The name of the class of the shown point nearest to a place; empty where there is none.
    [[nodiscard]] QString classNear(const QPointF& place) const;
    void fit();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void pointedAt(std::size_t index);
    void walkStarted();
    void wentTo(const QPointF& place);
    void walkEnded();
    /// A click was the first half of a double-click: it is taken back.
    void clickTakenBack();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    enum class Gesture { none, press, walk, pan };

    void applyStyle();
    void setView(const QRectF& bounds);
    void panTo(const QPointF& pixel);
    void pan(double right, double up);
    void zoom(double factor, const QPointF& pixel);
    void walkBy(double right, double up);
    bool handleArrow(int key, bool walks);
    void pointAt(const QPointF& pixel);
    void pointAtNothing();
    [[nodiscard]] QPointF placeOf(const QPointF& pixel) const;
    [[nodiscard]] QRectF view() const;

    PointCloud* points_;
    MapMarks* marks_;
    MapPopover* popover_;
    QStringList classes_;
    std::optional<std::size_t> pointed_;
    Gesture gesture_ = Gesture::none;
    QPointF from_;  ///< pixel where the gesture began, or the last one of a pan
    bool userMovedView_ = false;
    bool ringed_ = false;  ///< the focus came by the keyboard: show where it is
};

}  // namespace lmser::ui
