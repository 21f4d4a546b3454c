// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>
#include <optional>
#include <vector>

namespace lmser::ui {

class PictureThumb;

/// Pictures of one unit swept over its range, from low to high. The one nearest to the present value is
/// framed, and a mark stands at the value itself. Pointing at a picture previews it, a click or Enter sets
/// the unit; the arrow keys go from picture to picture.
class SweepStrip : public QWidget {
    Q_OBJECT
public:
    explicit SweepStrip(QWidget* parent = nullptr);
    ~SweepStrip() override;

    /// One picture a value, values rising; `unit` names the unit in words.
    void setPictures(std::vector<QImage> pictures, std::vector<double> values, const QString& unit);
    void clear();
    /// Without the mark and the numbers below the pictures, for a strip that stands over a slider.
    void setScaleShown(bool shown);

    /// Where the unit stands now; it may lie outside of the range.
    void setPresent(double value);

    [[nodiscard]] const std::vector<double>& values() const { return values_; }
    [[nodiscard]] std::vector<QImage> pictures() const;
    /// The picture nearest to the present value; nothing without pictures.
    [[nodiscard]] std::optional<std::size_t> presentIndex() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The pointer or the focus is on a picture.
    void previewStarted(const QImage& picture, double value);
    void previewEnded();
    void valueChosen(double value);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void resizeThumbs(std::size_t count);
    void place();
    void markPresent();
    [[nodiscard]] bool moveFocus(std::size_t from, int key);
    [[nodiscard]] int side() const;
    [[nodiscard]] int sideFor(int width) const;
    [[nodiscard]] double positionOf(double value) const;

    std::vector<PictureThumb*> thumbs_;  ///< children
    std::vector<double> values_;
    QString unit_;
    double present_ = 0;
    std::optional<std::size_t> marked_;
    bool previewing_ = false;
    bool scaleShown_ = true;
};

}  // namespace lmser::ui
