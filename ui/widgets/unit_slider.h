// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QVariantAnimation>
#include <QWidget>
#include <optional>
#include <span>
#include <vector>

namespace lmser::ui {

/// The slider of one code unit, drawn over that unit's histogram. Values are real numbers, so that a screen
/// reader tells what the number field tells.
///
/// Press anywhere to jump and drag. Shift drags at a tenth of the speed, Ctrl at ten times; the same with
/// arrow keys and wheel. The wheel is left to the list unless the slider has the focus. A double-click asks
/// for a reset.
class UnitSlider : public QWidget {
    Q_OBJECT
public:
    explicit UnitSlider(QWidget* parent = nullptr);

    /// Shows a value without telling anybody. It may lie outside of the range.
    void setValue(double value);
    [[nodiscard]] double value() const { return value_; }

    /// The ends. `smoothly` lets what is drawn follow within a quarter of a second. A drag keeps the ends
    /// that it began with; new ones wait for its end. The value stays as it is.
    void setRange(double low, double high, bool smoothly = false);
    [[nodiscard]] double minimum() const { return ends_.low; }
    [[nodiscard]] double maximum() const { return ends_.high; }

    /// The unit's distribution: fractions in equal bins from `low` to `high`. Empty: none is drawn.
    void setHistogram(std::span<const float> fractions, double low, double high);

    /// Where a reset leads to: a tick on the track.
    void setStart(double start);

    [[nodiscard]] bool isDragging() const { return dragging_; }

    /// Sets the value as a user would: clamped to the range, and told.
    void edit(double value);
    /// Goes `steps` hundredths of the range; a tenth of that with Shift, ten times with Ctrl.
    void step(double steps, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user moved it; never sent by setValue().
    void valueEdited(double value);
    void dragStarted();
    void dragEnded();
    void resetRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Ends {
        double low = -5;
        double high = 5;
        bool operator==(const Ends&) const = default;
    };

    [[nodiscard]] double positionOf(double value) const;
    [[nodiscard]] double valuePerPixel() const;
    [[nodiscard]] QRectF track() const;
    void changeValue(double value);
    void anchorAt(double x, Qt::KeyboardModifiers modifiers);
    void endDrag();
    void easeTo(const Ends& ends);
    void drawEnds(const Ends& ends);
    void paintGround();
    void paintHistogram(QPainter& painter) const;
    void paintHandle(QPainter& painter) const;

    double value_ = 0;
    double start_ = 0;
    Ends ends_;                    ///< what the user can reach
    Ends drawn_;                   ///< what is drawn, on its way to ends_
    std::optional<Ends> waiting_;  ///< came during a drag
    Ends easeFrom_;
    QVariantAnimation ease_;

    std::vector<float> fractions_;
    Ends histogramEnds_;
    QPixmap ground_;  ///< histogram and track, painted once for many values

    bool dragging_ = false;
    double anchorX_ = 0;      ///< where the pointer was when the present speed began
    double anchorValue_ = 0;  ///< and the value that it held then
    Qt::KeyboardModifiers anchorModifiers_;
    int wheelRest_ = 0;  ///< of a wheel that turns in parts of a notch
};

}  // namespace lmser::ui
