// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace lmser::ui {

/// One picture large and crisp; or, divided, two in one place: left of a line that is dragged the other one. Arrow keys
/// move the line by a hundredth of the width, with Shift by a tenth; Home and End show one of the two whole.
class ComparedView : public QWidget {
    Q_OBJECT
public:
    explicit ComparedView(QWidget* parent = nullptr);

    /// What is shown, and what is shown left of the line where the view is divided. Null: the placeholder.
    void setPictures(const QImage& picture, const QImage& other);
    [[nodiscard]] const QImage& picture() const { return picture_; }
    [[nodiscard]] const QImage& other() const { return other_; }
    void setPlaceholder(const QString& text);

    void setDivided(bool divided);
    [[nodiscard]] bool isDivided() const { return divided_; }
    /// Where the line is, from 0 at the left border of the picture to 1 at the right.
    void setDivider(double place);
    [[nodiscard]] double divider() const { return divider_; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void dragTo(double x);
    void paintLine(QPainter& painter, const QRectF& picture) const;
    [[nodiscard]] QRectF place() const;

    QImage picture_;
    QImage other_;
    QString placeholder_;
    bool divided_ = false;
    double divider_ = .5;
};

}  // namespace lmser::ui
