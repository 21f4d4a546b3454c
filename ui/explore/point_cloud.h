// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <cstdint>
#include <optional>
#include <vector>

#include "ui/training/custom_plot.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {

/// The points of a map, each with the mark of its class, in the order of the data so that no class hides the
/// others. Marks are painted once and then copied; a mark that would fall on the pixel of one of its class is
/// left out. So 10,000 points are drawn within a frame.
class PointCloud : public QCPLayerable {
    Q_OBJECT
public:
    explicit PointCloud(QCustomPlot* plot);

    /// One x, y and label a point.
    void setPoints(std::vector<float> x, std::vector<float> y, std::vector<std::uint8_t> labels);
    /// Which classes are drawn and found; those beyond its end are.
    void setShown(std::vector<bool> shown);
    void setTokens(const Tokens& tokens);

    [[nodiscard]] std::size_t count() const { return x_.size(); }
    [[nodiscard]] QPointF point(std::size_t index) const;
    [[nodiscard]] std::uint8_t label(std::size_t index) const { return labels_[index]; }
    /// The box around all points; an empty one without points.
    [[nodiscard]] QRectF bounds() const;
    /// The shown point nearest to a pixel, within `reach` pixels.
    [[nodiscard]] std::optional<std::size_t> nearest(const QPointF& pixel, double reach) const;

protected:
    [[nodiscard]] QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    struct Line {  ///< pixel = factor * value + offset
        double factor;
        double offset;
    };
    [[nodiscard]] static Line lineOf(const QCPAxis& axis);
    [[nodiscard]] bool isShown(std::size_t index) const;
    void makeMarks(double ratio);

    std::vector<float> x_;
    std::vector<float> y_;
    std::vector<std::uint8_t> labels_;
    std::vector<bool> shown_;
    Tokens tokens_;
    std::vector<QImage> marks_;  ///< one a class; empty: to be painted
    double marksRatio_ = 0;
    QImage canvas_;
    std::vector<std::uint8_t> taken_;  ///< by which class every pixel is, counted from 1
};

}  // namespace lmser::ui
