// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QPixmap>
#include <QTimer>
#include <QWidget>
#include <vector>

namespace lmser::ui {

/// Two style units as a point on a square from -2 to 2. A style is s = 2 erf(v / √2) of a value v that is normally
/// distributed over the data, so the square is evenly filled; the contours are where v lies a half, one and two
/// standard deviations from the middle.
///
/// Press anywhere to jump and drag; Shift drags at a tenth. The arrow keys step, finely with Shift; a double-click or
/// Home asks for the middle. A drag leaves a trail that fades.
class StylePad : public QWidget {
    Q_OBJECT
public:
    static constexpr double kReach = 2;  ///< the ends of both axes

    explicit StylePad(QWidget* parent = nullptr);
    ~StylePad() override;

    /// What the axes are called.
    void setNames(const QString& across, const QString& up);
    /// Shows a point without telling anybody. It may lie outside; then its mark waits at the edge.
    void setPoint(const QPointF& point);
    [[nodiscard]] QPointF point() const { return point_; }
    /// The point in words: "style 1 1.08, style 2 0.83".
    [[nodiscard]] QString pointText() const;

    /// Moves the point as a user would: kept inside, and told.
    void edit(const QPointF& point);
    /// Goes `across` and `up` fortieths of the axes; a tenth of that with Shift.
    void step(int across, int up, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

    /// Where a point stands in the widget, and the other way round.
    [[nodiscard]] QPointF toWidget(const QPointF& point) const;
    [[nodiscard]] QPointF fromWidget(const QPointF& position) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override { return width; }

Q_SIGNALS:
    /// The user moved the point; never sent by setPoint().
    void pointEdited(const QPointF& point);
    void dragStarted();
    void dragEnded();
    void centreRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Trace {
        QPointF point;
        qint64 when = 0;  ///< milliseconds of clock_
    };

    [[nodiscard]] QRectF square() const;
    void anchorAt(const QPointF& position, Qt::KeyboardModifiers modifiers);
    void endDrag();
    void leaveTrace();
    void fade();
    void tellPoint();
    void paintGround();
    void paintTrail(QPainter& painter) const;
    void paintPoint(QPainter& painter) const;

    QString across_;
    QString up_;
    QPointF point_;
    QPixmap ground_;  ///< axes and contours, painted once for many points
    std::vector<Trace> trail_;
    QElapsedTimer clock_;
    QTimer fading_;

    bool dragging_ = false;
    QPointF anchor_;       ///< where the pointer was when the present speed began
    QPointF anchorPoint_;  ///< and the point that it held then
    bool fine_ = false;
};

}  // namespace lmser::ui
